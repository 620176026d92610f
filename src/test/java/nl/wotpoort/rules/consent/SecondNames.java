package nl.wotpoort.rules.consent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The names of the second reading: each is expanded to all names above it, as texts. */
final class SecondNames {

  private static final Set<String> RESTRICTED =
      Set.of(
          "medical.psychiatry",
          "medical.addiction",
          "medical.sexual",
          "social.safety",
          "youth.jggz");

  private static final Map<String, List<String>> ABOVE = new ConcurrentHashMap<>();

  private SecondNames() {}

  static List<String> texts(Iterable<?> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.toString()));
    return texts;
  }

  /** All names that cover this one, itself last. Remembered: the worlds use few names. */
  static List<String> above(String name, String separator) {
    return ABOVE.computeIfAbsent(separator + name, key -> List.copyOf(expand(name, separator)));
  }

  private static List<String> expand(String name, String separator) {
    List<String> above = new ArrayList<>(List.of("*"));
    int colon = name.indexOf(':');
    if (separator.equals("/") && colon >= 0) {
      above.add(name.substring(0, colon) + ":*");
    }
    String path = "";
    for (String part : name.split(separator.equals(".") ? "[.]" : separator)) {
      path = path.isEmpty() ? part : path + separator + part;
      above.add(path);
    }
    return above;
  }

  /** How deep the deepest of {@code names} stands in {@code chain}; 0 when none does. */
  static int deepest(List<String> names, List<String> chain) {
    return names.stream().mapToInt(chain::indexOf).max().orElse(-1) + 1;
  }

  private static boolean exactEnough(String named, String asked) {
    List<String> closed = new ArrayList<>(above(asked, "."));
    closed.retainAll(RESTRICTED);
    return closed.isEmpty() || above(named, ".").containsAll(closed);
  }

  static boolean reaches(List<String> named, String asked) {
    return named.stream()
        .anyMatch(name -> above(asked, ".").contains(name) && exactEnough(name, asked));
  }

  private static String practice(Optional<?> party) {
    return party.map(Object::toString).orElse("nobody").split("/")[0];
  }

  /** Whether {@code member} is of the house of {@code of}; both known. */
  static boolean sameHouse(Optional<?> of, Optional<?> member) {
    return of.isPresent() && member.isPresent() && practice(of).equals(practice(member));
  }

  static List<String> chain(Optional<?> party) {
    return party.map(name -> above(name.toString(), "/")).orElse(List.of());
  }

  /** The categories of an objection that bear on what is asked: above it, or an open part of it. */
  static List<String> touching(ConsentRecord record, String category) {
    return texts(record.categories()).stream()
        .filter(
            name ->
                above(category, ".").contains(name)
                    || (above(name, ".").contains(category)
                        && Collections.disjoint(above(name, "."), RESTRICTED)))
        .collect(Collectors.toList());
  }

  /** Nothing named is as wide as everything named. */
  static int level(Set<?> named, List<String> chain) {
    return Math.max(1, deepest(texts(named), chain));
  }

  /** What an objection that bears on {@code category} bars of it: all of it, or these parts. */
  static Set<String> barred(ConsentRecord objection, String category) {
    Set<String> barred = new TreeSet<>();
    for (String name : touching(objection, category)) {
      barred.add(above(category, ".").contains(name) ? category : name);
    }
    return barred.isEmpty() ? Set.of(category) : barred;
  }
}
