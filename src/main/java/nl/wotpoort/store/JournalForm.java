package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Purpose;

/**
 * The form of a line: how an entry stands in the columns of the table, what of it is encrypted, and
 * what its hash is made of. Immutable and thread-safe.
 */
final class JournalForm {

  static final String COLUMNS =
      "seq, at, event, action, outcome, actor_box, client_pseudonyms, object, case_number, purpose,"
          + " consent_ids, rule_ids, emergency, source, correlation, detail_box, previous, hash";

  private final Strongbox box;
  private final Hmac chain;
  private final Hmac actors;

  JournalForm(Strongbox box, StoreKey key) {
    this.box = box;
    this.chain = new Hmac(key.derive("journal"));
    this.actors = new Hmac(key.derive("journal actors"));
  }

  /** A line exactly as its columns hold it. */
  record Stored(
      long number,
      long at,
      String event,
      String action,
      String outcome,
      byte[] actorBox,
      String clients,
      String object,
      String caseNumber,
      String purpose,
      String consents,
      String rules,
      int emergency,
      String source,
      String correlation,
      Optional<byte[]> detailBox) {}

  Stored stored(long number, JournalEntry entry) {
    return new Stored(
        number,
        entry.at().toEpochMilli(),
        entry.event(),
        entry.action().name(),
        entry.outcome().name(),
        box.close("journal.actor", actorText(entry.actor())),
        entry.client().map(ClientPseudonyms::joined).orElse(""),
        entry.object(),
        entry.caseNumber().map(CaseNumber::value).orElse(""),
        entry.purpose().map(Purpose::code).orElse(""),
        entry.consentIds().stream().sorted().collect(Collectors.joining(" ")),
        String.join(" ", entry.ruleIds()),
        entry.emergency() ? 1 : 0,
        entry.source(),
        entry.correlation(),
        entry.detail().map(text -> box.close("journal.detail", text.reveal())));
  }

  static Stored stored(Row row) throws SQLException {
    return new Stored(
        row.number("seq"),
        row.number("at"),
        row.text("event"),
        row.text("action"),
        row.text("outcome"),
        row.box("actor_box"),
        row.text("client_pseudonyms"),
        row.text("object"),
        row.text("case_number"),
        row.text("purpose"),
        row.text("consent_ids"),
        row.text("rule_ids"),
        row.count("emergency"),
        row.text("source"),
        row.text("correlation"),
        row.maybeBox("detail_box"));
  }

  /** Lengths in front of every column, so that no two lines have the same bytes. */
  String hash(Stored row, String previous) {
    String text =
        Fields.of(
            previous,
            Long.toString(row.number()),
            Long.toString(row.at()),
            row.event(),
            row.action(),
            row.outcome(),
            HexFormat.of().formatHex(row.actorBox()),
            row.clients(),
            row.object(),
            row.caseNumber(),
            row.purpose(),
            row.consents(),
            row.rules(),
            Integer.toString(row.emergency()),
            row.source(),
            row.correlation(),
            row.detailBox().map(HexFormat.of()::formatHex).orElse("-"));
    return HexFormat.of().formatHex(chain.of(text));
  }

  JournalLine line(Row row) throws SQLException {
    Stored stored = stored(row);
    JournalEntry entry =
        new JournalEntry(
            row.instant("at"),
            stored.event(),
            JournalEntry.Action.valueOf(stored.action()),
            JournalEntry.Outcome.valueOf(stored.outcome()),
            actor(box.open("journal.actor", stored.actorBox())),
            ClientPseudonyms.split(stored.clients()),
            stored.object(),
            some(stored.caseNumber()).map(CaseNumber::new),
            some(stored.purpose()).map(Purpose::new),
            Set.copyOf(words(stored.consents())),
            words(stored.rules()),
            stored.emergency() == 1,
            stored.source(),
            stored.correlation(),
            stored.detailBox().map(b -> Confidential.of(box.open("journal.detail", b))));
    return new JournalLine(stored.number(), entry, row.text("hash"));
  }

  private static String actorText(Actor actor) {
    return Fields.of(actor.id(), actor.onBehalfOf().orElse(""), actor.role().orElse(""));
  }

  private static Actor actor(String text) {
    List<String> fields = Fields.split(text);
    return new Actor(fields.get(0), some(fields.get(1)), some(fields.get(2)));
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  /** By what an actor is looked up: nobody without the key can tell who it is. */
  String pseudonym(String actor) {
    byte[] mac = actors.of(actor.toLowerCase(Locale.ROOT));
    return HexFormat.of().formatHex(Arrays.copyOf(mac, 16));
  }

  /** The pseudonym of a line's actor. */
  String actorOf(Stored stored) {
    return pseudonym(actor(box.open("journal.actor", stored.actorBox())).id());
  }
}
