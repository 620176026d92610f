package nl.wotpoort.rules.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Taker;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Situation;

/**
 * The expertise a letter asks for: of each set one, and of every set. What the structured fields
 * name comes first; only without that do the grounds speak, and each ground is served by several.
 */
final class Wanted {

  private final List<Set<String>> ofEachOne;

  private Wanted(List<Set<String>> ofEachOne) {
    this.ofEachOne = ofEachOne;
  }

  /** Empty when the letter names an expertise the directory does not know. */
  static Optional<Wanted> in(RoutingFacts facts, Directory directory) {
    return facts.expertise().isEmpty()
        ? Optional.of(fromGrounds(facts.situations(), directory))
        : named(facts.expertise(), directory);
  }

  private static Optional<Wanted> named(List<String> names, Directory directory) {
    List<Set<String>> sets = new ArrayList<>();
    for (String name : names) {
      Optional<Expertise> known = directory.expertiseNamed(name);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      sets.add(Set.of(known.get().code()));
    }
    return Optional.of(new Wanted(sets));
  }

  private static Wanted fromGrounds(Set<Situation> grounds, Directory directory) {
    return new Wanted(
        grounds.stream()
            .sorted()
            .map(ground -> serving(ground, directory))
            .filter(codes -> !codes.isEmpty())
            .toList());
  }

  private static Set<String> serving(Situation ground, Directory directory) {
    return directory.expertise().stream()
        .filter(e -> e.grounds().contains(ground))
        .map(Expertise::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean isNothing() {
    return ofEachOne.isEmpty();
  }

  /** Everybody who has it and takes cases, in no particular order. */
  Collection<Taker> takersIn(Directory directory) {
    Set<String> first = ofEachOne.get(0);
    if (ofEachOne.size() == 1 && first.size() == 1) {
      return directory.takersWith(first.iterator().next());
    }
    Set<Taker> all = new LinkedHashSet<>();
    for (String code : first) {
      for (Taker taker : directory.takersWith(code)) {
        if (isMetBy(taker.worker())) {
          all.add(taker);
        }
      }
    }
    return all;
  }

  private boolean isMetBy(Worker worker) {
    return ofEachOne.stream().allMatch(set -> set.stream().anyMatch(worker.expertise()::contains));
  }

  @Override
  public String toString() {
    return ofEachOne.stream()
        .map(set -> String.join("/", set))
        .distinct()
        .collect(Collectors.joining(" + "));
  }
}
