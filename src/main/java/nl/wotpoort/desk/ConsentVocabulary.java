package nl.wotpoort.desk;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.PolicyTable;
import nl.wotpoort.store.Giver;

/**
 * The words a consent may be written in, from the policy and the directory: a misspelt party or
 * category would be a consent that never counts. Immutable and thread-safe.
 */
public final class ConsentVocabulary {

  private static final Map<Giver.Authority, Set<String>> WORDS =
      Map.of(
          Giver.Authority.CLIENT,
          Set.of("client", "cliënt", "cliente", "cliënte", "jongere", "patiënt", "inwoner"),
          Giver.Authority.PARENT,
          Set.of(
              "parent",
              "parents",
              "ouder",
              "ouders",
              "moeder",
              "vader",
              "mother",
              "father",
              "gezagdrager",
              "gezagdragers"),
          Giver.Authority.GUARDIAN,
          Set.of("guardian", "guardians", "voogd"),
          Giver.Authority.CURATOR,
          Set.of("curator"),
          Giver.Authority.MENTOR,
          Set.of("mentor"),
          Giver.Authority.BEWINDVOERDER,
          Set.of("bewindvoerder"),
          Giver.Authority.GEMACHTIGDE,
          Set.of("gemachtigde", "attorney"),
          Giver.Authority.FAMILY,
          Set.of("family", "familie", "partner", "echtgenoot", "echtgenote", "broer", "zus"));

  /** "M. Jansen (mentor tot 2027-01-01)". */
  private static final Pattern IN_BRACKETS =
      Pattern.compile(
          "(.{1,200}?)\\s*\\(([\\p{L}]+)(?:\\s+(?:tot en met|tot|t/m|until)\\s+([-0-9]{10}))?\\)");

  private final PolicyTable table;
  private final Directory directory;

  public ConsentVocabulary(PolicyTable table, Directory directory) {
    this.table = table;
    this.directory = directory;
  }

  /**
   * A giver as people write one: {@code cliënt}, {@code moeder}, {@code moeder Jansen}, {@code M.
   * Jansen (mentor)}, {@code M. Jansen (mentor tot 2027-01-01)}. Empty when the authority is not
   * said: a name alone gives no consent.
   */
  public static Optional<Giver> giver(String text) {
    String tidy = text.strip();
    Matcher bracketed = IN_BRACKETS.matcher(tidy);
    if (bracketed.matches()) {
      String until = bracketed.group(3) == null ? "" : bracketed.group(3);
      Optional<LocalDate> day = day(until);
      return until.isEmpty() || day.isPresent()
          ? authority(bracketed.group(2)).map(word -> giver(bracketed.group(1), word, day))
          : Optional.empty();
    }
    String[] words = tidy.split("\\s+", 2);
    return authority(words[0])
        .map(word -> giver(words.length > 1 ? words[1] : "", word, Optional.empty()));
  }

  private static Giver giver(String name, Giver.Authority authority, Optional<LocalDate> until) {
    return new Giver(
        Optional.of(name.strip()).filter(n -> !n.isEmpty()).map(Confidential::of),
        authority,
        until);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The authority a word stands for, or a code of {@link Giver.Authority}. */
  public static Optional<Giver.Authority> authority(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return WORDS.entrySet().stream()
        .filter(entry -> entry.getValue().contains(lower))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  public boolean isParty(String path) {
    return path.matches("[^\\s]{1,200}")
        && (path.equals("*")
            || path.equals("wot:*")
            || path.equals("gp:*")
            || known().anyMatch(party -> party.path().equals(path))
            || table.grounds().values().stream()
                .flatMap(ground -> ground.recipients().stream())
                .anyMatch(path::equals));
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
  public List<String> parties() {
    return Stream.concat(Stream.of("wot:*"), known().map(Party::path))
        .filter(path -> !path.contains("/"))
        .distinct()
        .toList();
  }

  public List<String> purposes() {
    return table.purposes().keySet().stream().map(Purpose::code).sorted().toList();
  }

  public List<String> categories() {
    return table.categories().stream().map(Category::code).sorted().toList();
  }
}
