package nl.wotpoort.rules.judge;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;

/** What a letter says about consent and grounds, in the form the policy judges. */
final class Statements {

  /**
   * The id of the record a statement becomes: it stands in no register, and no withdrawal can find
   * it.
   */
  static final String ID = Decision.STATEMENT;

  /** What a parent or guardian is called in the record a statement becomes. */
  static final String GUARDIAN = "guardian";

  private static final Set<String> CLIENT_WORDS =
      Set.of(
          "client",
          "cliënt",
          "patient",
          "patiënt",
          "inwoner",
          "zelf",
          "betrokkene",
          "jongere",
          "kind");

  private static final Set<String> GUARDIAN_WORDS =
      Set.of(
          "ouder",
          "ouders",
          "moeder",
          "vader",
          "voogd",
          "gezag",
          "gezaghebbende",
          "mother",
          "father",
          "parent",
          "parents",
          "guardian");

  private Statements() {}

  /** The sender's own "yes", as a record for this letter only; empty for no, unknown and unsaid. */
  static Optional<ConsentRecord> asRecord(
      ConsentStatement statement,
      String clientKey,
      Party holder,
      Set<Party> reach,
      Set<Purpose> purposes,
      List<Category> judged,
      Instant now) {
    if (statement.given() != ConsentStatement.Given.YES) {
      return Optional.empty();
    }
    Set<Party> recipients =
        statement.recipients().isEmpty() ? reach : Set.copyOf(statement.recipients());
    Set<Category> categories =
        Set.copyOf(statement.categories().isEmpty() ? judged : statement.categories());
    Set<Purpose> meant =
        statement.purposes().isEmpty() ? purposes : Set.copyOf(statement.purposes());
    return Optional.of(
        new ConsentRecord(
            ID,
            ConsentRecord.Type.CONSENT,
            clientKey,
            givers(statement.by()),
            Set.of(holder),
            recipients,
            meant,
            categories,
            now,
            statement.date().map(Moment.Day::new),
            statement.until().map(Moment.Day::new),
            Optional.empty(),
            ConsentRecord.State.ACTIVE,
            Optional.empty(),
            ConsentRecord.Evidence.ASSERTED_BY_SENDER,
            Optional.empty()));
  }

  /**
   * Nobody named: the client, for that is whose consent it is. A word that says neither is nobody's
   * consent.
   */
  private static Set<String> givers(List<Confidential<String>> by) {
    if (by.isEmpty()) {
      return Set.of("client");
    }
    Set<String> givers = new LinkedHashSet<>();
    for (Confidential<String> text : by) {
      Set<String> words =
          new HashSet<>(Arrays.asList(text.reveal().toLowerCase(Locale.ROOT).split("[^\\p{L}]+")));
      if (words.stream().anyMatch(CLIENT_WORDS::contains)) {
        givers.add("client");
      }
      if (words.stream().anyMatch(GUARDIAN_WORDS::contains)) {
        givers.add(GUARDIAN);
      }
    }
    return givers.isEmpty() ? Set.of("unnamed") : givers;
  }

  /**
   * The ground as stated. {@code by} is the sender's own path when somebody is named: the name
   * itself is for people; that a person stands behind it is what the policy asks. Its reasons are
   * the weighing, and whether the client was told and if not why not: without all of these it is a
   * bare flag.
   */
  static List<Scenario.Ground> grounds(Optional<LegalGround> stated, Party sender) {
    return stated.stream()
        .map(
            ground ->
                new Scenario.Ground(
                    ground.kind(),
                    ground.by().map(name -> sender),
                    ground.justification().isPresent() && saysWhetherTold(ground),
                    ground.necessary()))
        .toList();
  }

  private static boolean saysWhetherTold(LegalGround ground) {
    return ground
        .clientInformed()
        .map(told -> told || ground.whyNotInformed().isPresent())
        .orElse(false);
  }
}
