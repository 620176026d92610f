package nl.wotpoort.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.PolicyTable;

/**
 * Reads the fields of a consent form, typed or from a file, with the policy's vocabulary and the
 * directory at hand: a misspelt party or category would be a consent that never counts. Each method
 * refuses with a sentence that never repeats anything about the client.
 */
final class ConsentFields {

  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

  private static final Set<String> CLIENT = Set.of("client", "cliënt", "cliente", "cliënte");

  private static final Set<String> GUARDIAN =
      Set.of(
          "guardian",
          "guardians",
          "parent",
          "parents",
          "ouder",
          "ouders",
          "moeder",
          "vader",
          "voogd",
          "gezagdrager",
          "gezagdragers");

  private final PolicyTable table;
  private final Directory directory;
  private final LocalDate today;
  private final Screen screen;

  ConsentFields(PolicyTable table, Directory directory, LocalDate today, Screen screen) {
    this.table = table;
    this.directory = directory;
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

  /**
   * {@code client} for the client and {@code guardian} for a parent or guardian, whatever the
   * language: so the policy knows them (rules.judge). Any other name must be the one the letter
   * has.
   */
  Set<String> givers(String text) throws Refusal {
    return items("by", text).stream()
        .map(
            name -> {
              String word = name.toLowerCase(Locale.ROOT);
              return CLIENT.contains(word) ? "client" : GUARDIAN.contains(word) ? "guardian" : name;
            })
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A giver as people say it. */
  static String shown(String giver, Screen screen) {
    return screen.textOr("consent.giver." + giver, giver);
  }

  Set<Party> parties(String field, String text) throws Refusal {
    Set<Party> parties = new LinkedHashSet<>();
    for (String item : items(field, text)) {
      if (!item.matches("[^\\s]{1,200}") || !isKnown(item)) {
        throw wrong("consent.party", item, String.join(", ", examples()));
      }
      parties.add(new Party(item));
    }
    return parties;
  }

  private boolean isKnown(String path) {
    return path.equals("*")
        || path.equals("wot:*")
        || path.equals("gp:*")
        || known().anyMatch(party -> party.path().equals(path))
        || table.grounds().values().stream()
            .flatMap(ground -> ground.recipients().stream())
            .anyMatch(path::equals);
  }

  private Stream<Party> known() {
    Stream<Party> practices =
        directory.partners().stream()
            .flatMap(
                partner ->
                    Stream.concat(
                        Stream.of(partner.party()),
                        partner.professionals().stream().map(partner::party)));
    Stream<Party> teams = directory.teams().stream().map(team -> team.party());
    Stream<Party> workers = directory.workers().stream().map(worker -> worker.party());
    Stream<Party> desks =
        directory.mailboxes().stream()
            .filter(Mailbox.Desk.class::isInstance)
            .map(mailbox -> ((Mailbox.Desk) mailbox).party());
    return Stream.of(practices, teams, workers, desks, Stream.of(Mailbox.General.PARTY))
        .flatMap(some -> some);
  }

  /** Practices and teams; the people in them go without saying. */
  List<String> examples() {
    return Stream.concat(Stream.of("wot:*"), known().map(Party::path))
        .filter(path -> !path.contains("/"))
        .distinct()
        .toList();
  }

  Set<Purpose> purposes(String text) throws Refusal {
    return items("purposes", text, purposes()::contains, "consent.purpose", purposes()).stream()
        .map(Purpose::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<String> purposes() {
    return table.purposes().keySet().stream().map(Purpose::code).sorted().toList();
  }

  Set<Category> categories(String text) throws Refusal {
    return items("categories", text, categories()::contains, "consent.category", categories())
        .stream()
        .map(Category::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<String> categories() {
    return table.categories().stream().map(Category::code).sorted().toList();
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
  Optional<String> ageRemark(Optional<Confidential<LocalDate>> born, Set<String> by) {
    if (born.isEmpty()) {
      return Optional.empty();
    }
    int age = born.get().reveal().until(today).getYears();
    boolean client = by.contains("client");
    boolean others = by.size() > (client ? 1 : 0);
    if (age < table.ages().together() && !others) {
      return Optional.of(screen.text("consent.age.guardian", table.ages().together()));
    }
    boolean between = age >= table.ages().together() && age < table.ages().alone();
    return between && !(client && others)
        ? Optional.of(
            screen.text("consent.age.together", table.ages().together(), table.ages().alone()))
        : Optional.empty();
  }
}
