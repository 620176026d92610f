package nl.wotpoort.rules.routing;

import java.util.List;
import java.util.Optional;
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

  /**
   * Whether a finding says that a worker was chosen for having room; one who was named, or has the
   * client already, gets a letter whatever the load.
   */
  public static boolean isByLoad(Finding finding) {
    return finding.room().equals("routing")
        && (finding.code().equals(Code.EXPERTISE_CHOSEN.name())
            || finding.code().equals(Code.SUPPORTER_CHOSEN.name()));
  }

  /**
   * Why somebody the sender wrote to does not get the letter: away, or no longer in service. Empty
   * when nobody was named; whether a client has a worker already is never told this way.
   */
  public static Optional<Mark> absence(List<Finding> because) {
    Set<String> codes =
        because.stream()
            .filter(finding -> finding.room().equals("routing"))
            .map(Finding::code)
            .collect(Collectors.toSet());
    if (!codes.contains(Code.NAMED_WORKER.name())) {
      return Optional.empty();
    }
    if (codes.contains(Code.WORKER_LEFT.name())) {
      return Optional.of(Mark.WORKER_LEFT);
    }
    boolean away =
        Stream.of(Code.WORKER_SUBSTITUTE, Code.WORKER_SUBSTITUTE_CANNOT, Code.WORKER_NO_SUBSTITUTE)
            .map(Code::name)
            .anyMatch(codes::contains);
    return away ? Optional.of(Mark.WORKER_ABSENT) : Optional.empty();
  }

  public Routing {
    marks = Set.copyOf(marks);
    because = List.copyOf(because);
  }
}
