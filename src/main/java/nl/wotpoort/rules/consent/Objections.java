package nl.wotpoort.rules.consent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    return objection.recorded().isBefore(consent.recorded())
        && points(objection, ask)
            .allMatch(point -> isLessSpecific(sides(objection, point), sides(consent, point)));
  }

  /**
   * What the objection bars of what is asked: the whole, or the parts it names, each for itself. A
   * consent must outweigh it on every one of them, or asking for the whole would give a part that
   * may not be given by itself.
   */
  private Stream<Ask> points(ConsentRecord objection, Ask ask) {
    return objection.categories().isEmpty()
        ? Stream.of(ask)
        : objection.categories().stream()
            .filter(one -> table.touches(one, ask.category()))
            .map(one -> one.covers(ask.category()) ? ask : new Ask(ask.purpose(), one));
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
   * above each other, so the deepest one tells.
   */
  private int[] sides(ConsentRecord record, Ask ask) {
    return new int[] {
      party(record.holders(), scenario.holder()),
      party(record.recipients(), scenario.recipient()),
      deepest(
          record.purposes().stream()
              .filter(one -> one.covers(ask.purpose()))
              .mapToInt(one -> depth(one.code()))),
      deepest(
          record.categories().stream()
              .filter(one -> one.covers(ask.category()))
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
