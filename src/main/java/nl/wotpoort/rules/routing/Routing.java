package nl.wotpoort.rules.routing;

import java.util.List;
import java.util.Set;
import nl.wotpoort.rules.Finding;

/**
 * Where a letter goes and why: one finding at least for every rule that was asked, in their order.
 */
public record Routing(Outcome outcome, Set<Mark> marks, List<Finding> because) {

  public Routing {
    marks = Set.copyOf(marks);
    because = List.copyOf(because);
  }
}
