package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.SecondNames.above;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rule 8 for the second reading. */
final class SecondGivers {

  private final Scenario.Client client;
  private final SecondClock clock;

  SecondGivers(Scenario.Client client, SecondClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Whether the client has reached this age; empty when the birth date is unknown. */
  Optional<Boolean> age(int years) {
    return client
        .born()
        .map(
            born -> {
              LocalDate birthday =
                  born.getMonthValue() == 2 && born.getDayOfMonth() == 29
                      ? LocalDate.of(born.getYear() + years, 2, 28).plusDays(1)
                      : born.plusYears(years);
              return !clock.today().isBefore(birthday);
            });
  }

  /** In which capacities the givers count: S the person, P a parent, R a representative. */
  Set<String> counts(ConsentRecord record, String category) {
    Set<String> counts = new TreeSet<>();
    if (client.born().isEmpty()) {
      return counts;
    }
    boolean twelve = age(12).orElseThrow();
    boolean sixteen = age(16).orElseThrow();
    boolean eighteen = age(18).orElseThrow();
    boolean able =
        record.givenCapable().isPresent() ? record.givenCapable().get() : client.capable();
    for (String giver : record.by()) {
      if (giver.equals("client") && twelve && able) {
        counts.add("S");
      }
      if (client.guardians().contains(giver) && (!sixteen || (!eighteen && !client.capable()))) {
        counts.add("P");
      }
      for (Scenario.Representative rep : client.reps()) {
        boolean kind =
            Set.of("curator", "mentor", "gemachtigde", "family").contains(rep.kind())
                || (rep.kind().equals("bewindvoerder")
                    && above(category, ".").contains("social.finance"));
        boolean runs = rep.until().isEmpty() || !clock.over(rep.until().get());
        if (rep.id().equals(giver) && kind && runs && sixteen && !client.capable()) {
          counts.add("R");
        }
      }
    }
    return counts;
  }

  String lacking(Set<String> givers) {
    if (givers.isEmpty()) {
      return "GIVER_NOT_COMPETENT";
    }
    boolean youth = age(12).orElse(false) && !age(16).orElse(true);
    boolean enough =
        !youth || (givers.contains("P") && (givers.contains("S") || !client.capable()));
    return enough ? "" : "MISSING_CO_CONSENT";
  }
}
