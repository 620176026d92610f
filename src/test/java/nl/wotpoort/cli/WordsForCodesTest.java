package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.rules.judge.Discounted;
import nl.wotpoort.rules.judge.Lack;
import nl.wotpoort.rules.referral.Reasons;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.rules.routing.Mark;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every code a person may get to see has its words, in Dutch and in English: the events of the
 * journal, the findings of the rules, states, reasons and causes.
 */
class WordsForCodesTest {

  private static final Path MAIN = TestHome.REPOSITORY.resolve("src/main/java/nl/wotpoort");

  private static final Pattern CAPITALS =
      Pattern.compile("(?<!paramLabel = )\"([A-Z][A-Z_]{3,})\"");

  /** In files that write the journal: what is in capitals and no event. */
  private static final Set<String> NO_EVENTS =
      Set.of(
          // details, rules, causes and uses
          "NO_PARTNER",
          "NOBODY",
          "MESSAGE_ID",
          "POSTMARKS",
          "SIGNED_ONLY",
          "CONSENT_STATED",
          "DESK_RESTS_ON_LAW",
          "LAPSED",
          "NOT_JUDGED",
          "ATTEMPTS",
          "PERMITTED",
          "NOT_COVERED",
          "READS",
          "SIGNS",
          // put before something
          "REMINDED_",
          "REMIND_",
          "ALERT_",
          "EXCEEDS_",
          "JOURNAL_");

  private static final Pattern WRITES =
      Pattern.compile(
          "JournalEntry|\\.journal\\(|\\blooked\\(|JournalSeal|GroundStatement|HeldDeed");

  private static Stream<String> sources(Predicate<Path> of) throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(of)
          .map(WordsForCodesTest::text)
          .toList()
          .stream();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  private static Set<String> found(Stream<String> sources, Pattern pattern) {
    return sources
        .flatMap(source -> pattern.matcher(source).results())
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void inBoth(String bundle, List<String> keys) {
    assertThat(keys).isNotEmpty();
    for (Language language : Language.values()) {
      Texts texts = Texts.of(bundle, language);
      assertThat(keys.stream().filter(key -> !texts.has(key)))
          .as("without words in %s, %s", bundle, language)
          .isEmpty();
    }
  }

  @Test
  void everyEventOfTheJournal() throws IOException {
    SortedSet<String> events =
        new TreeSet<>(found(sources(f -> WRITES.matcher(text(f)).find()), CAPITALS));
    assertThat(events).contains("RECEIVED", "FORWARDED", "JOURNAL_SEALED", "KEYS_TAKEN");
    events.addAll(
        found(
            sources(f -> f.endsWith("Permission.java") || f.endsWith("GroundStatement.java")),
            Pattern.compile("String [A-Z_]+ = \"([A-Z_]+)\"")));
    events.removeAll(NO_EVENTS);
    for (Deadlines.Step step : Deadlines.Step.values()) {
      events.add("REMINDED_" + step);
    }
    Texts texts = Texts.of("cli", Language.NL);
    inBoth(
        "cli",
        events.stream()
            .map(event -> texts.has("event.ALERT_" + event) ? "ALERT_" + event : event)
            .map(event -> "event." + event)
            .toList());
  }

  @Test
  void everyFindingOfTheJudge() throws IOException {
    List<String> codes =
        found(
                sources(f -> f.toString().contains("/rules/judge/")),
                Pattern.compile("found\\(\\s*\"([A-Z_]+)\"[,)]"))
            .stream()
            .toList();
    assertThat(codes).contains("COMPLETE_REFERRAL", "NOT_A_SIDE");
    inBoth("judge", codes);
  }

  static Stream<Arguments> codes() {
    return Stream.of(
        // success goes without saying
        arguments(
            "cli",
            "journal.",
            new Enum<?>[] {JournalEntry.Outcome.REFUSED, JournalEntry.Outcome.FAILED},
            ""),
        arguments("cli", "event.", Decision.Matter.values(), ""),
        arguments("cli", "event.", Letter.Feedback.Outcome.values(), ""),
        arguments("cli", "hold.", HoldCause.values(), ""),
        arguments("judge", "UNRECOGNISED_", Letter.Unrecognised.Why.values(), ""),
        arguments("judge", "AUTOMATIC_", Letter.AutomaticNotice.Kind.values(), ""),
        arguments("judge", "LACKS_", Lack.values(), ""),
        arguments("judge", "lack.", Lack.values(), ""),
        arguments("judge", "role.", Destination.Role.values(), ""),
        arguments("judge", "return.", Decision.Return.Why.values(), ".why"),
        arguments("judge", "return.", Decision.Return.Why.values(), ".todo"),
        arguments("judge", "hold.", Decision.Hold.Cause.values(), ""),
        arguments("judge", "discounted.", Discounted.Cause.values(), ""),
        arguments("routing", "MARK_", Mark.values(), ""),
        arguments("consent", "", Reason.values(), ".coarse"),
        arguments("consent", "", Reason.values(), ".full"),
        // a handing on has a sentence of its own
        arguments(
            "referral",
            "said.",
            EnumSet.complementOf(EnumSet.of(Letter.Feedback.Outcome.HANDED_ON))
                .toArray(Enum[]::new),
            ""),
        arguments("referral", "reason.", Reasons.values(), ""),
        arguments("referral", "remind.", Deadlines.Step.values(), ".subject"),
        arguments("referral", "remind.", Deadlines.Step.values(), ".text"),
        arguments("report", "code.", Reasons.values(), ""),
        arguments("report", "code.", Reason.values(), ""),
        arguments("report", "code.", RequestState.values(), ""),
        arguments("report", "code.", HoldCause.values(), ""),
        arguments("report", "code.LACKS_", Lack.values(), ""));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("codes")
  void everyConstantThatIsShown(String bundle, String before, Enum<?>[] all, String behind) {
    inBoth(bundle, Arrays.stream(all).map(one -> before + one.name() + behind).toList());
  }

  @Test
  void everyGroundAndPurpose() throws Exception {
    inBoth(
        "report",
        Arrays.stream(Situation.values()).map(ground -> "code." + ground.code()).toList());
    PolicyTables tables = PolicyFile.read(TestHome.REPOSITORY.resolve("routes/policy.yaml"));
    inBoth(
        "cli",
        tables.on(Times.day(Typed.NOW)).purposes().keySet().stream()
            .map(purpose -> "purpose." + purpose.code())
            .toList());
  }

  /** The Dutch file is the parent of the English one, so {@code has} alone would not show a gap. */
  @Test
  void bothLanguagesHaveTheSameKeysAndTakeTheSameArguments() throws IOException {
    Path folder = TestHome.REPOSITORY.resolve("src/main/resources/nl/wotpoort/texts");
    List<Path> english;
    try (Stream<Path> files = Files.list(folder)) {
      english = files.filter(file -> file.toString().endsWith("_en.properties")).toList();
    }
    assertThat(english).hasSizeGreaterThan(10);
    for (Path file : english) {
      Path dutch = folder.resolve(file.getFileName().toString().replace("_en.", "."));
      assertThat(filledIn(file)).as(file.getFileName().toString()).isEqualTo(filledIn(dutch));
    }
  }

  /** Each key with the numbers of its arguments. */
  private static Map<String, Set<String>> filledIn(Path file) throws IOException {
    Properties texts = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      texts.load(in);
    }
    Map<String, Set<String>> found = new TreeMap<>();
    texts.forEach(
        (key, text) ->
            found.put(
                key.toString(),
                Pattern.compile("\\{([0-9])")
                    .matcher(text.toString())
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new))));
    return found;
  }
}
