package nl.wotpoort.rules.consent;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;

/**
 * One dated version of what the law and the agreement fix: data, not code. Immutable.
 *
 * @param from the first day in Europe/Amsterdam on which this version is in force
 * @param categories the vocabulary
 * @param restricted covered only when named exactly
 * @param purposes the purposes known, each with what is necessary for it
 * @param ages who consents at which age
 * @param representatives per kind what such a representative decides on; an empty set is everything
 * @param grounds per kind of legal ground for whom and for what it applies
 * @param implied what feedback may always tell the practice that referred
 */
public record PolicyTable(
    LocalDate from,
    Set<Category> categories,
    Set<Category> restricted,
    Map<Purpose, NecessarySet> purposes,
    Ages ages,
    Map<String, Set<Category>> representatives,
    Map<String, GroundRule> grounds,
    Implied implied) {

  private static final Pattern SPELLING = Pattern.compile("[^.\\s\\p{Lu}]+(?:\\.[^.\\s\\p{Lu}]+)*");

  public PolicyTable {
    categories = Set.copyOf(categories);
    restricted = Set.copyOf(restricted);
    purposes = Map.copyOf(purposes);
    representatives = Map.copyOf(representatives);
    grounds = Map.copyOf(grounds);
  }

  /** In force when no version is: knows no purpose, so nothing is ever permitted by consent. */
  static PolicyTable none() {
    return new PolicyTable(
        LocalDate.MIN,
        Set.of(),
        Set.of(),
        Map.of(),
        new Ages(12, 16, 18),
        Map.of(),
        Map.of(),
        new Implied(Set.of(), Set.of()));
  }

  /**
   * Whether a record or ground that names {@code named} reaches {@code asked}: equal or above it,
   * but a restricted category (and all below it) only when that one itself is named.
   */
  boolean reaches(Set<Category> named, Category asked) {
    for (Category name : named) {
      if (name.covers(asked) && namesRestricted(name, asked)) {
        return true;
      }
    }
    return false;
  }

  private boolean namesRestricted(Category name, Category asked) {
    for (Category closed : restricted) {
      if (closed.covers(asked) && !closed.covers(name)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether an objection to {@code objected} touches {@code asked}: equal or above it, restricted
   * or not, or part of it. A restricted part does not count: permission for the whole never
   * includes it.
   */
  boolean touches(Category objected, Category asked) {
    return objected.covers(asked) || (asked.covers(objected) && !isRestricted(objected));
  }

  private boolean isRestricted(Category category) {
    return covers(restricted, category);
  }

  private static boolean covers(Set<Category> named, Category asked) {
    for (Category one : named) {
      if (one.covers(asked)) {
        return true;
      }
    }
    return false;
  }

  boolean knows(Purpose purpose) {
    return purposes.containsKey(purpose);
  }

  /**
   * A category not spelled as the tables spell theirs is in no set: it could hide a restricted one.
   */
  boolean needs(Purpose purpose, Category category) {
    NecessarySet set = purposes.get(purpose);
    return set != null && set.includes(category) && SPELLING.matcher(category.code()).matches();
  }

  /**
   * What a purpose makes necessary.
   *
   * @param included these categories and all below them
   * @param never but never these, nor what lies below them
   */
  public record NecessarySet(Set<Category> included, Set<Category> never) {

    public NecessarySet {
      included = Set.copyOf(included);
      never = Set.copyOf(never);
    }

    boolean includes(Category category) {
      return covers(included, category) && !covers(never, category);
    }
  }

  /**
   * Ages in whole years: from {@code together} the youth and a parent, from {@code alone} the
   * person alone, from {@code adult} no guardian any more.
   */
  public record Ages(int together, int alone, int adult) {}

  /** The categories that feedback after a referral with consent may hold without a record. */
  public record Implied(Set<Purpose> purposes, Set<Category> categories) {

    public Implied {
      purposes = Set.copyOf(purposes);
      categories = Set.copyOf(categories);
    }

    boolean includes(Ask ask) {
      return purposes.stream().anyMatch(one -> one.covers(ask.purpose()))
          && covers(categories, ask.category());
    }
  }

  /**
   * For whom and for what a legal ground applies.
   *
   * @param recipients kinds of party: {@code wot} is every {@code wot:…}
   */
  public record GroundRule(Set<String> recipients, Set<Purpose> purposes) {

    public GroundRule {
      recipients = Set.copyOf(recipients);
      purposes = Set.copyOf(purposes);
    }

    boolean appliesTo(Party recipient) {
      return recipients.contains(recipient.kind().split("/", 2)[0]);
    }

    boolean appliesTo(Purpose purpose) {
      return purposes.stream().anyMatch(one -> one.covers(purpose));
    }
  }
}
