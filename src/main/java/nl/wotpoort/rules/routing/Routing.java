package nl.wotpoort.rules.routing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.rules.Finding;

/**
 * Where a letter goes and why: one finding at least for every rule that was asked, in their order.
 */
public record Routing(Outcome outcome, Set<Mark> marks, List<Finding> because) {

  /** Findings of rules that had nothing to say about a letter and passed it on to the next. */
  private static final Set<String> PASSED_ON =
      Stream.of(
              Code.NAMED_NONE,
              Code.SUPPORTER_NOT_ASKED,
              Code.CASE_NONE,
              Code.TEAM_NOT_CHOSEN,
              Code.AGE_ADULT,
              Code.SERIOUS_NOT,
              Code.EXPERTISE_NOT_NAMED,
              Code.EXPERTISE_NONE)
          .map(Code::name)
          .collect(Collectors.toUnmodifiableSet());

  /** Whether a finding says why a letter went where it went; the others say why not elsewhere. */
  public static boolean isDecisive(Finding finding) {
    return finding.room().equals("routing") && !PASSED_ON.contains(finding.code());
  }

  public Routing {
    marks = Set.copyOf(marks);
    because = List.copyOf(because);
  }
}
