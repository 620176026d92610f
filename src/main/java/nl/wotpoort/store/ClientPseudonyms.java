package nl.wotpoort.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything one client is known by: at least one pseudonym, at most one of a kind, the strongest
 * first.
 */
public record ClientPseudonyms(List<Pseudonym> all) {

  public ClientPseudonyms {
    List<Pseudonym> ordered = new ArrayList<>(all);
    ordered.sort(Comparator.comparing(Pseudonym::kind));
    if (ordered.isEmpty()
        || ordered.stream().map(Pseudonym::kind).distinct().count() != ordered.size()) {
      throw new IllegalArgumentException("a client has one pseudonym of a kind, and at least one");
    }
    all = List.copyOf(ordered);
  }

  /** The strongest; stands for the client where one name is needed. */
  public Pseudonym primary() {
    return all.get(0);
  }

  /**
   * Whether both are the same person, decided by the strongest kind both have: an equal name and
   * birth date do not help when the BSNs differ, and twins at one address are two when both names
   * are known. An equal BSN does not help either when both birth dates are known and differ: two
   * identifiers must agree. No kind in common: not the same.
   */
  public boolean isSameAs(ClientPseudonyms other) {
    for (Pseudonym mine : all) {
      Optional<Pseudonym> theirs = other.of(mine.kind());
      if (theirs.isPresent()) {
        return theirs.get().equals(mine) && !isBornOnAnotherDay(other);
      }
    }
    return false;
  }

  private boolean isBornOnAnotherDay(ClientPseudonyms other) {
    Optional<Pseudonym> mine = of(Pseudonym.Kind.BSN_BORN);
    Optional<Pseudonym> theirs = other.of(Pseudonym.Kind.BSN_BORN);
    return mine.isPresent() && theirs.isPresent() && !mine.equals(theirs);
  }

  /**
   * Whether both may be the same person: anything in common and no two different BSNs. For
   * objections, which must not be missed over the spelling of a name.
   */
  public boolean mayBe(ClientPseudonyms other) {
    Optional<Pseudonym> mine = of(Pseudonym.Kind.BSN);
    Optional<Pseudonym> theirs = other.of(Pseudonym.Kind.BSN);
    boolean contradicted = mine.isPresent() && theirs.isPresent() && !mine.equals(theirs);
    return !contradicted && all.stream().anyMatch(other.all::contains);
  }

  Optional<Pseudonym> of(Pseudonym.Kind kind) {
    return all.stream().filter(one -> one.kind() == kind).findFirst();
  }

  /** As one column: {@code BSN:… NAME_BORN:…}. */
  String joined() {
    return all.stream().map(Pseudonym::toString).collect(Collectors.joining(" "));
  }

  static Optional<ClientPseudonyms> split(String joined) {
    if (joined.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClientPseudonyms(Arrays.stream(joined.split(" ")).map(ClientPseudonyms::one).toList()));
  }

  private static Pseudonym one(String text) {
    int colon = text.indexOf(':');
    return new Pseudonym(
        Pseudonym.Kind.valueOf(text.substring(0, colon)), text.substring(colon + 1));
  }

  static Optional<ClientPseudonyms> ofAll(Collection<Pseudonym> some) {
    return some.isEmpty() ? Optional.empty() : Optional.of(new ClientPseudonyms(List.copyOf(some)));
  }
}
