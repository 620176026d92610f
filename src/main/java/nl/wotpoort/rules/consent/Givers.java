package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;

/**
 * Who may consent for this client on the day judged (rule 8), and who may object (rule 9). Ages and
 * mandates are those of that day, not of the day of giving: consent is judged again at every
 * release.
 */
final class Givers {

  /** How the client is named among the givers of a record. */
  static final String CLIENT = "client";

  /** In which capacity somebody's consent counts. */
  enum Role {
    SELF,
    PARENT,
    REPRESENTATIVE
  }

  private enum Stage {
    UNKNOWN,
    CHILD,
    YOUTH,
    NEARLY_ADULT,
    ADULT
  }

  private final Scenario.Client client;
  private final Instant now;
  private final PolicyTable table;
  private final Stage stage;

  Givers(Scenario.Client client, Instant now, PolicyTable table) {
    this.client = client;
    this.now = now;
    this.table = table;
    this.stage = stage();
  }

  private Stage stage() {
    if (client.born().isEmpty()) {
      return Stage.UNKNOWN;
    }
    int age = Days.age(client.born().get(), Days.of(now));
    if (age < table.ages().together()) {
      return Stage.CHILD;
    }
    if (age < table.ages().alone()) {
      return Stage.YOUTH;
    }
    return age < table.ages().adult() ? Stage.NEARLY_ADULT : Stage.ADULT;
  }

  /** The capacities in which the givers of {@code record} count for {@code category}. */
  Set<Role> roles(ConsentRecord record, Category category) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    if (countsItself(record)) {
      roles.add(Role.SELF);
    }
    if (parentsDecide() && !Collections.disjoint(record.by(), client.guardians())) {
      roles.add(Role.PARENT);
    }
    if (representativesDecide()
        && client.reps().stream()
            .anyMatch(rep -> record.by().contains(rep.id()) && decides(rep, category))) {
      roles.add(Role.REPRESENTATIVE);
    }
    return roles;
  }

  /** Why these capacities together are not enough, or empty when they are. */
  Optional<Reason> lacking(Set<Role> roles) {
    if (roles.isEmpty()) {
      return Optional.of(Reason.GIVER_NOT_COMPETENT);
    }
    if (stage != Stage.YOUTH) {
      return Optional.empty();
    }
    boolean parent = roles.contains(Role.PARENT);
    boolean youth = roles.contains(Role.SELF) || !client.capable();
    return parent && youth ? Optional.empty() : Optional.of(Reason.MISSING_CO_CONSENT);
  }

  /** Whether this objection was made by somebody who may. When the age is unknown anybody may. */
  boolean mayObject(ConsentRecord objection, Category category) {
    return switch (stage) {
      case UNKNOWN -> true;
      case CHILD -> !roles(objection, category).isEmpty();
      default -> objection.by().contains(CLIENT) || !roles(objection, category).isEmpty();
    };
  }

  private boolean countsItself(ConsentRecord record) {
    boolean oldEnough = stage.compareTo(Stage.YOUTH) >= 0;
    return oldEnough
        && record.by().contains(CLIENT)
        && record.givenCapable().orElse(client.capable());
  }

  private boolean parentsDecide() {
    return switch (stage) {
      case CHILD, YOUTH -> true;
      case NEARLY_ADULT -> !client.capable();
      default -> false;
    };
  }

  private boolean representativesDecide() {
    return stage.compareTo(Stage.NEARLY_ADULT) >= 0 && !client.capable();
  }

  private boolean decides(Scenario.Representative rep, Category category) {
    Set<Category> matters = table.representatives().get(rep.kind());
    return matters != null
        && rep.until().map(until -> !until.isOver(now)).orElse(true)
        && (matters.isEmpty() || table.reaches(matters, category));
  }
}
