package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.RegisteredConsent;

/**
 * A consent or objection as somebody fills it in (agreement S3): who, by whom, from whom to whom,
 * what for, what, how long, and how it was obtained.
 *
 * @param by the givers: {@code client}, or a guardian or representative by name
 * @param from the first day; empty: from now on
 * @param until the last day; empty: until withdrawn
 * @param capable whether the client was able to judge; empty: nobody said otherwise
 * @param replaces the consent this one comes in place of
 */
public record ConsentForm(
    ConsentRecord.Type type,
    Client client,
    Set<String> by,
    Set<Party> holders,
    Set<Party> recipients,
    Set<Purpose> purposes,
    Set<Category> categories,
    Optional<LocalDate> from,
    Optional<LocalDate> until,
    Documentation documentation,
    Optional<Boolean> capable,
    Optional<String> replaces) {

  /** Nothing said about the client's ability, in place of no other. */
  public ConsentForm(
      ConsentRecord.Type type,
      Client client,
      Set<String> by,
      Set<Party> holders,
      Set<Party> recipients,
      Set<Purpose> purposes,
      Set<Category> categories,
      Optional<LocalDate> from,
      Optional<LocalDate> until,
      Documentation documentation) {
    this(
        type,
        client,
        by,
        holders,
        recipients,
        purposes,
        categories,
        from,
        until,
        documentation,
        Optional.empty(),
        Optional.empty());
  }

  RegisteredConsent toRecord(String id, ClientPseudonyms pseudonyms, Instant now) {
    ConsentRecord record =
        new ConsentRecord(
            id,
            type,
            pseudonyms.primary().toString(),
            by,
            holders,
            recipients,
            purposes,
            categories,
            now,
            from.map(Moment.Day::new),
            until.map(Moment.Day::new),
            Optional.empty(),
            ConsentRecord.State.ACTIVE,
            replaces,
            ConsentRecord.Evidence.RECORDED,
            capable);
    return new RegisteredConsent(record, documentation, pseudonyms, Optional.of(client));
  }
}
