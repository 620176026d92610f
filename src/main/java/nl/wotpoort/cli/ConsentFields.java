package nl.wotpoort.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.wotpoort.desk.ConsentVocabulary;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.PolicyTable;
import nl.wotpoort.store.Giver;

/**
 * Reads the fields of a consent form, typed or from a file, with the policy's vocabulary and the
 * directory at hand: a misspelt party or category would be a consent that never counts. Each method
 * refuses with a sentence that never repeats anything about the client.
 */
final class ConsentFields {

  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

  private final PolicyTable table;
  private final ConsentVocabulary words;
  private final LocalDate today;
  private final Screen screen;

  ConsentFields(PolicyTable table, Directory directory, LocalDate today, Screen screen) {
    this.table = table;
    this.words = new ConsentVocabulary(table, directory);
    this.today = today;
    this.screen = screen;
  }

  private Refusal wrong(String key, Object... arguments) {
    return new Refusal(Exit.USAGE, screen.text(key, arguments));
  }

  /** What must be there; {@code field} names it. */
  String required(String field, String text) throws Refusal {
    if (text.isBlank()) {
      throw wrong("consent.empty", screen.text("consent.field." + field));
    }
    return text.strip();
  }

  Optional<Confidential<String>> optional(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(Confidential.of(text.strip()));
  }

  Optional<Confidential<LocalDate>> birthDate(String text) throws Refusal {
    Optional<LocalDate> date = date(text);
    if (date.isPresent() && (date.get().isAfter(today) || date.get().isBefore(EARLIEST))) {
      throw wrong("consent.birthDate");
    }
    return date.map(Confidential::of);
  }

  Optional<LocalDate> date(String text) throws Refusal {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
    } catch (DateTimeException e) {
      throw wrong("consent.date");
    }
  }

  /** A day that is not to come. */
  Optional<LocalDate> past(String text) throws Refusal {
    Optional<LocalDate> day = date(text);
    if (day.isPresent() && day.get().isAfter(today)) {
      throw wrong("consent.notYet");
    }
    return day;
  }

  /** The last day: not before the first, and not over already. */
  Optional<LocalDate> until(Optional<LocalDate> from, String text) throws Refusal {
    Optional<LocalDate> until = date(text);
    if (until.isPresent() && until.get().isBefore(from.orElse(LocalDate.MIN))) {
      throw wrong("consent.period");
    }
    if (until.isPresent() && until.get().isBefore(today)) {
      throw wrong("consent.over");
    }
    return until;
  }

  Optional<Confidential<Postcode>> postcode(String text) throws Refusal {
    if (text.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Confidential.of(Postcode.parse(text).orElseThrow(() -> wrong("consent.postcode"))));
  }

  Optional<Bsn> bsn(String text) throws Refusal {
    if (text.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(Bsn.parse(text.strip()).orElseThrow(() -> wrong("consent.bsn")));
  }

  /** Each with an authority: a name alone gives no consent. */
  List<Giver> givers(String text) throws Refusal {
    List<Giver> givers = new ArrayList<>();
    for (String item : items("by", text)) {
      givers.add(ConsentVocabulary.giver(item).orElseThrow(() -> wrong("consent.giver")));
    }
    return givers;
  }

  Giver giver(String name, String authority, Optional<LocalDate> until) throws Refusal {
    return new Giver(
        optional(name),
        ConsentVocabulary.authority(authority).orElseThrow(() -> wrong("consent.giver")),
        until);
  }

  /** A giver as people say it. */
  static String shown(String giver, Screen screen) {
    return screen.textOr("consent.giver." + giver, giver);
  }

  /** With the authority, and until when. */
  static String shown(Giver giver, Screen screen) {
    String authority = screen.text("consent.authority." + giver.authority().name());
    String named =
        giver
            .name()
            .map(Confidential::reveal)
            .map(n -> n + " (" + authority + ")")
            .orElse(authority);
    return giver.until().map(day -> named + " " + screen.text("consent.until", day)).orElse(named);
  }

  Set<Party> parties(String field, String text) throws Refusal {
    Set<Party> parties = new LinkedHashSet<>();
    for (String item : items(field, text)) {
      if (!words.isParty(item)) {
        throw wrong("consent.party", item, String.join(", ", examples()));
      }
      parties.add(new Party(item));
    }
    return parties;
  }

  List<String> examples() {
    return words.parties();
  }

  Set<Purpose> purposes(String text) throws Refusal {
    return items("purposes", text, purposes()::contains, "consent.purpose", purposes()).stream()
        .map(Purpose::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<String> purposes() {
    return words.purposes();
  }

  Set<Category> categories(String text) throws Refusal {
    return items("categories", text, categories()::contains, "consent.category", categories())
        .stream()
        .map(Category::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<String> categories() {
    return words.categories();
  }

  private List<String> items(
      String field, String text, Predicate<String> isKnown, String key, List<String> all)
      throws Refusal {
    List<String> items = items(field, text);
    for (String item : items) {
      if (!isKnown.test(item)) {
        throw wrong(key, item, String.join(", ", all));
      }
    }
    return items;
  }

  private List<String> items(String field, String text) throws Refusal {
    List<String> items =
        Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
    if (items.isEmpty()) {
      throw wrong("consent.empty", screen.text("consent.field." + field));
    }
    return items;
  }

  /** Who should consent at this age, when those who did are not they (policy, ages). */
  Optional<String> ageRemark(Optional<Confidential<LocalDate>> born, List<Giver> by) {
    if (born.isEmpty()) {
      return Optional.empty();
    }
    int age = born.get().reveal().until(today).getYears();
    boolean client = by.stream().anyMatch(g -> g.authority() == Giver.Authority.CLIENT);
    boolean others = by.stream().anyMatch(g -> g.authority() != Giver.Authority.CLIENT);
    if (age < table.ages().together() && !others) {
      return Optional.of(screen.text("consent.age.guardian", table.ages().together()));
    }
    boolean between = age >= table.ages().together() && age < table.ages().alone();
    if (between && !(client && others)) {
      return Optional.of(
          screen.text("consent.age.together", table.ages().together(), table.ages().alone()));
    }
    boolean onlyParents =
        others && !client && by.stream().noneMatch(g -> g.authority().represents());
    return age >= table.ages().alone() && onlyParents
        ? Optional.of(screen.text("consent.age.alone", table.ages().alone()))
        : Optional.empty();
  }

  /** What these categories look like including, and never do; empty when nothing is missing. */
  Optional<String> restrictedRemark(Set<Category> named) {
    String left =
        table.restricted().stream()
            .filter(closed -> named.stream().anyMatch(one -> one.covers(closed)))
            .filter(closed -> named.stream().noneMatch(closed::covers))
            .map(Category::code)
            .sorted()
            .collect(Collectors.joining(", "));
    return left.isEmpty() ? Optional.empty() : Optional.of(screen.text("consent.restricted", left));
  }
}
