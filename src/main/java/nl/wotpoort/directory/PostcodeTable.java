package nl.wotpoort.directory;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wotpoort.letter.Postcode;
import org.jspecify.annotations.Nullable;

/**
 * Which team serves which postcode, as PC4 with PC6 exceptions: the longest match wins. Immutable,
 * thread-safe.
 */
public final class PostcodeTable {

  private final Map<Postcode, TeamId> teams;

  private PostcodeTable(Map<Postcode, TeamId> teams) {
    this.teams = Map.copyOf(teams);
  }

  /** Keys are PC4 (no letters) or PC6. */
  public static PostcodeTable of(Map<Postcode, TeamId> teams) {
    return new PostcodeTable(teams);
  }

  public static PostcodeTable empty() {
    return new PostcodeTable(Map.of());
  }

  /** What a postcode says about the team. */
  public enum Match {
    ONE,
    /** No team serves it. */
    NONE,
    /** A PC4 whose PC6 exceptions lie in another team: without its letters it is nobody's. */
    SEVERAL
  }

  public Match match(Postcode postcode) {
    if (postcode.letters().isEmpty() && hasOtherBelow(postcode)) {
      return Match.SEVERAL;
    }
    return longest(postcode).isPresent() ? Match.ONE : Match.NONE;
  }

  /** The one team, or empty when none or several could be meant. */
  public Optional<TeamId> teamOf(Postcode postcode) {
    return match(postcode) == Match.ONE ? longest(postcode) : Optional.empty();
  }

  /** All postcodes named in the table, in order. */
  public Set<String> named() {
    TreeSet<String> names = new TreeSet<>();
    teams.keySet().forEach(p -> names.add(p.toString()));
    return names;
  }

  /** The team of a postcode exactly as {@link #named} gives it; null when the table has it not. */
  @Nullable TeamId named(String postcode) {
    return Postcode.parse(postcode).map(teams::get).orElse(null);
  }

  Set<TeamId> teams() {
    return Set.copyOf(teams.values());
  }

  private Optional<TeamId> longest(Postcode postcode) {
    TeamId exact = teams.get(postcode);
    return Optional.ofNullable(
        exact != null ? exact : teams.get(new Postcode(postcode.digits(), "")));
  }

  private boolean hasOtherBelow(Postcode pc4) {
    Optional<TeamId> own = longest(pc4);
    return teams.entrySet().stream()
        .filter(e -> e.getKey().digits().equals(pc4.digits()))
        .anyMatch(e -> !Optional.of(e.getValue()).equals(own));
  }
}
