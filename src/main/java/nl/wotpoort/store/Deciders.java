package nl.wotpoort.store;

import java.util.Comparator;
import java.util.List;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;

/** What a client's records say about who decides for the client. */
final class Deciders {

  private Deciders() {}

  /** Those who were recorded as a giver with a mandate, each as the record names him. */
  static List<Scenario.Representative> representatives(List<ConsentEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.consent().record().type() == ConsentRecord.Type.CONSENT)
        .flatMap(entry -> entry.consent().documentation().givers().stream())
        .filter(giver -> giver.authority().represents())
        .map(
            giver ->
                new Scenario.Representative(
                    giver.inRecord(), giver.authority().code(), giver.until().map(Moment.Day::new)))
        .distinct()
        .toList();
  }

  /** As the newest record that says so has it; nobody said so: able, as everybody is. */
  static boolean capable(List<ConsentEntry> entries) {
    return entries.stream()
        .map(entry -> entry.consent().record())
        .filter(record -> record.givenCapable().isPresent())
        .max(Comparator.comparing(ConsentRecord::recorded))
        .flatMap(ConsentRecord::givenCapable)
        .orElse(true);
  }
}
