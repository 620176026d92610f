package nl.wotpoort.rules.consent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;

/**
 * Rule 9: an objection beats consent, unless every one of them is both older and less specific than
 * some covering consent. "Less specific" is less specific on at least one of the four sides
 * (holder, recipient, purpose, category) and more specific on none.
 */
final class Objections {

  private final Scenario scenario;
  private final PolicyTable table;

  Objections(Scenario scenario, PolicyTable table) {
    this.scenario = scenario;
    this.table = table;
  }

  /** Those of {@code objections} that none of the covering consents outweighs. */
  List<ConsentRecord> standing(
      List<ConsentRecord> objections, List<ConsentRecord> covering, Ask ask) {
    return objections.stream()
        .filter(
            objection -> covering.stream().noneMatch(consent -> outweighs(consent, objection, ask)))
        .collect(Collectors.toList());
  }

  private boolean outweighs(ConsentRecord consent, ConsentRecord objection, Ask ask) {
    int[] consents = sides(consent, ask, Category::covers);
    int[] objects = sides(objection, ask, table::touches);
    return objection.recorded().isBefore(consent.recorded()) && isLessSpecific(objects, consents);
  }

  private static boolean isLessSpecific(int[] objection, int[] consent) {
    boolean less = false;
    for (int side = 0; side < objection.length; side++) {
      if (objection[side] > consent[side]) {
        return false;
      }
      less |= objection[side] < consent[side];
    }
    return less;
  }

  /**
   * How near to what is asked the record comes on each side. The names that reach one point lie
   * above each other, so the deepest one tells. An objection to a part lies deeper than any consent
   * to the whole.
   */
  private int[] sides(
      ConsentRecord record, Ask ask, BiPredicate<Category, Category> reachesCategory) {
    return new int[] {
      party(record.holders(), scenario.holder()),
      party(record.recipients(), scenario.recipient()),
      deepest(
          record.purposes().stream()
              .filter(one -> one.covers(ask.purpose()))
              .mapToInt(one -> depth(one.code()))),
      deepest(
          record.categories().stream()
              .filter(one -> reachesCategory.test(one, ask.category()))
              .mapToInt(one -> depth(one.code())))
    };
  }

  private static int party(Set<Party> named, Optional<Party> asked) {
    return deepest(
        named.stream()
            .filter(one -> asked.filter(one::covers).isPresent())
            .mapToInt(one -> depth(one.path())));
  }

  /** A side left open is as general as {@code *}. */
  private static int deepest(IntStream depths) {
    return depths.max().orElse(0);
  }

  /**
   * {@code *} is the widest and {@code wot:*} comes next. Of other names above one point each
   * begins with the one above it, so the longer is the nearer.
   */
  private static int depth(String name) {
    if (name.equals("*")) {
      return 0;
    }
    return name.endsWith(":*") ? 1 : 1 + name.length();
  }
}
