package nl.wotpoort.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.desk.ConsentForm;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;

/**
 * Asks for a consent on the console, one question after the other; a wrong answer is asked again.
 */
final class ConsentInterview {

  private final BufferedReader typed;
  private final ConsentFields fields;
  private final Screen screen;

  ConsentInterview(BufferedReader typed, ConsentFields fields, Screen screen) {
    this.typed = typed;
    this.fields = fields;
    this.screen = screen;
  }

  /** How one answer is read. */
  private interface Reader<T> {
    T read(String answer) throws Refusal;
  }

  ConsentForm form(ConsentRecord.Type type) throws Refusal {
    screen.say("consent.intro." + type.name());
    Client client = client();
    while (!client.isIdentified()) {
      screen.say("consent.notIdentified");
      client = client();
    }
    List<Giver> by = ask("by", fields::givers);
    fields.ageRemark(client.birthDate(), by).ifPresent(screen::line);
    Optional<Boolean> capable = capable(by);
    screen.say("consent.parties", String.join(", ", fields.examples()));
    Set<Party> holders = ask("holders", text -> fields.parties("holders", text));
    Set<Party> recipients = ask("recipients", text -> fields.parties("recipients", text));
    screen.say("consent.purposes", String.join(", ", fields.purposes()));
    Set<Purpose> purposes = ask("purposes", fields::purposes);
    screen.say("consent.categories", String.join(", ", fields.categories()));
    Set<Category> categories = ask("categories", fields::categories);
    fields.restrictedRemark(categories).ifPresent(screen::line);
    Optional<LocalDate> from = ask("from", fields::date);
    Optional<LocalDate> until = ask("until", text -> fields.until(from, text));
    return new ConsentForm(
        type,
        client,
        by.stream().map(Giver::inRecord).collect(Collectors.toUnmodifiableSet()),
        holders,
        recipients,
        purposes,
        categories,
        from,
        until,
        documentation(by),
        capable,
        Optional.empty());
  }

  /** Asked only when somebody decides for the client: then it matters. */
  private Optional<Boolean> capable(List<Giver> by) throws Refusal {
    return by.stream().anyMatch(giver -> giver.authority().represents())
        ? Optional.of(ask("capable", this::yes))
        : Optional.empty();
  }

  private Documentation documentation(List<Giver> by) throws Refusal {
    String method = demanded("method");
    Optional<LocalDate> on = ask("obtainedOn", fields::past);
    String where = demanded("where");
    String obtainedBy = demanded("obtainedBy");
    String place = demanded("place");
    String told = demanded("told");
    Optional<String> evidence =
        ask("evidence", text -> fields.optional(text).map(Confidential::reveal));
    return Documentation.of(method, obtainedBy, place, told)
        .given(on, Optional.of(where))
        .provedBy(evidence)
        .by(by);
  }

  private Client client() throws Refusal {
    Optional<Confidential<String>> name = ask("name", fields::optional);
    Optional<Confidential<String>> initials = ask("initials", fields::optional);
    Optional<Confidential<LocalDate>> born = ask("birthDate", fields::birthDate);
    Optional<Confidential<Postcode>> postcode = ask("postcode", fields::postcode);
    Optional<Confidential<String>> house = ask("houseNumber", fields::optional);
    Optional<Bsn> bsn = ask("bsn", fields::bsn);
    return new Client(
        name,
        initials,
        born,
        postcode,
        house,
        Optional.empty(),
        bsn,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private String demanded(String field) throws Refusal {
    return ask(field, text -> fields.required(field, text));
  }

  /** Whether the person says yes to the sentence. */
  boolean agrees(String sentence) throws Refusal {
    screen.line(sentence);
    return ask("agree", this::yes);
  }

  private boolean yes(String text) throws Refusal {
    String answer = text.strip().toLowerCase(Locale.ROOT);
    if (List.of("ja", "j", "yes", "y").contains(answer)) {
      return true;
    }
    if (List.of("nee", "n", "no").contains(answer)) {
      return false;
    }
    throw new Refusal(Exit.USAGE, screen.text("consent.yesOrNo"));
  }

  private <T> T ask(String field, Reader<T> reader) throws Refusal {
    while (true) {
      screen.ask(screen.text("consent.ask." + field));
      String answer = line();
      try {
        return reader.read(answer);
      } catch (Refusal wrong) {
        wrong.sentences().forEach(screen::line);
      }
    }
  }

  private String line() throws Refusal {
    try {
      String line = typed.readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException e) {
      throw new Refusal(Exit.USAGE, screen.text("consent.noInput"));
    }
    throw new Refusal(Exit.NO, screen.text("consent.brokenOff"));
  }
}
