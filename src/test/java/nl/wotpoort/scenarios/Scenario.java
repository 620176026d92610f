package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with a {@code scenario.txt}: a story, how the house differs from the usual one, and
 * steps. A step begins at an empty line, does one thing and says what must come of it:
 *
 * <pre>
 * story: one sentence, in Dutch
 * clock: 2026-06-15T08:00:00Z           when it plays; this is the usual moment
 * directory: w301: endDate: 2026-05-29  a line for that worker in directory.yaml
 * setting: requests.lapse = 2d          a line for wotpoort.properties
 *
 * mail: NAME                            sends NAME.eml (made from NAME.txt by make-scenarios.sh)
 * to: oost@wotschiedam.nl
 * decision: FORWARDED                   the event in the journal
 * forward to: ADDRESS or none           who gets a letter from the gateway
 * receipt: FORWARDED, REFUSED, HELD, DONE, LAPSED or none   what the sender of the last mail gets
 * also to: ADDRESS                      who gets another letter; may be repeated
 * also contains: ADDRESS words
 * state: ACCEPTED                       how far the referral is then
 * forward contains: …                   sentences; {case1} is the first case number
 * receipt contains: …
 * receipt lacks: …
 * receipt same as before: yes           byte for byte
 * forward lacks: …
 * hold: CAUSE DETAIL                    how it is held now
 * request: FORWARDED                    how far the newest request is
 * rule: SIGNED_ONLY                     a rule that the journal's last decision names
 *
 * reply: NAME                           seals NAME.txt now: {letter} is the Message-ID of the forward
 *                                       to its sender that came at step …
 * letter: 2                             … the second, counted from 1; without this the last
 * consent: ID; client: NAME, BORN; holder: …; recipient: …; purpose: …; categories: … …; until: DAY
 * objection: the same
 * withdraw: ID
 * later: PT10M                          the clock moves on, and requests are reviewed
 * clock: 2026-06-19T06:00:00Z           it is that time, and the deadlines are looked at
 * release: held                         an administrator lets what is held pass
 * second: w401                          a second person releases it; refused: FIRST_PERSON
 * </pre>
 */
record Scenario(
    Path folder,
    String story,
    Instant clock,
    List<String> directory,
    List<String> settings,
    List<Step> steps) {

  private static final Set<String> HEAD = Set.of("story", "clock", "directory", "setting");
  private static final Set<String> ACTIONS =
      Set.of(
          "mail",
          "reply",
          "second",
          "consent",
          "objection",
          "withdraw",
          "later",
          "clock",
          "release");
  private static final Set<String> EXPECTATIONS =
      Set.of(
          "to",
          "letter",
          "refused",
          "decision",
          "forward to",
          "receipt",
          "also to",
          "also contains",
          "state",
          "forward contains",
          "forward lacks",
          "request",
          "rule",
          "receipt contains",
          "receipt lacks",
          "receipt same as before",
          "hold");

  /** A line: {@code name: value}. */
  record Line(String name, String value) {
    static Line of(String text) {
      int colon = text.indexOf(": ");
      if (colon < 1) {
        throw new IllegalArgumentException("not a line of a scenario: " + text);
      }
      return new Line(
          text.substring(0, colon),
          text.substring(colon + 2).replace("{case1}", House.caseNumber(1).toString()));
    }
  }

  /** What is done, and the lines that say what must come of it. */
  record Step(Line action, List<Line> expected) {
    Optional<String> value(String name) {
      return values(name).findFirst();
    }

    Stream<String> values(String name) {
      return expected.stream().filter(line -> line.name().equals(name)).map(Line::value);
    }
  }

  /** All of them, by name; or those that the property {@code scenario} names, as a pattern. */
  static List<Scenario> all() {
    try (Stream<Path> folders = Files.list(House.PROJECT.resolve("src/test/resources/scenarios"))) {
      String wanted = System.getProperty("scenario", ".*");
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> folder.getFileName().toString().matches(wanted))
          .sorted()
          .map(Scenario::in)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario in(Path folder) {
    try {
      String[] blocks = Files.readString(folder.resolve("scenario.txt")).strip().split("\n\n+");
      List<Line> head = blocks[0].lines().map(Line::of).toList();
      head.forEach(line -> require(HEAD.contains(line.name()), folder, line));
      List<Step> steps = new ArrayList<>();
      for (int i = 1; i < blocks.length; i++) {
        List<Line> lines = blocks[i].strip().lines().map(Line::of).toList();
        List<Line> expected = lines.subList(1, lines.size());
        require(ACTIONS.contains(lines.get(0).name()), folder, lines.get(0));
        expected.forEach(line -> require(EXPECTATIONS.contains(line.name()), folder, line));
        steps.add(new Step(lines.get(0), expected));
      }
      if (steps.stream().allMatch(step -> step.expected().isEmpty())) {
        throw new IllegalArgumentException(folder.getFileName() + ": nothing is expected");
      }
      return new Scenario(
          folder,
          first(head, "story").orElseThrow(),
          first(head, "clock").map(Instant::parse).orElse(House.NOW),
          head.stream().filter(l -> l.name().equals("directory")).map(Line::value).toList(),
          head.stream().filter(l -> l.name().equals("setting")).map(Line::value).toList(),
          steps);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean known, Path folder, Line line) {
    if (!known) {
      throw new IllegalArgumentException(folder.getFileName() + ": unknown line " + line.name());
    }
  }

  private static Optional<String> first(List<Line> lines, String name) {
    return lines.stream().filter(line -> line.name().equals(name)).map(Line::value).findFirst();
  }

  String name() {
    return folder.getFileName().toString();
  }

  byte[] mail(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name + ".eml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
