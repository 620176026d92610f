package nl.wotpoort.route.status;

import java.util.List;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * One reason why the gateway is not ready.
 *
 * @param about what the sentence mentions: counts, and names of accounts; never a person
 */
record Trouble(Kind kind, List<String> about) {

  enum Kind {
    INTAKE_DOWN,
    STORE_AWAY,
    DISK_LOW,
    MESSAGES_WAIT,
    LETTERS_WAIT,
    KEY_TOKEN_AWAY,
    KEY_EXPIRED,
    CRL_EXPIRED
  }

  Trouble {
    about = List.copyOf(about);
  }

  static Trouble of(Kind kind, Object... about) {
    return new Trouble(kind, List.of(about).stream().map(Object::toString).toList());
  }

  String say(Language language) {
    return Texts.of("status", language).say(kind.name(), about.toArray());
  }
}
