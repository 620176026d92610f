package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import nl.wotpoort.letter.CaseNumber;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code wotpoort report} over a made-up year of 2,000 cases in a real store (20,000: {@code
 * -Dreport.cases=20000}), counted a second time by SQL over the tables and by a clock that goes
 * minute by minute. The page is left in target/report.html, to be looked at.
 */
class ReportYearTest {

  private static final int CASES = Integer.getInteger("report.cases", 2_000);
  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
  private static final Instant YEAR = Instant.parse("2024-12-31T23:00:00Z");
  private static final String[] TEAMS = {
    "oost", "zuid", "groenoord", "nieuwland", "noordrand", "centrum-west"
  };
  private static final String[] GROUNDS = {
    "zorggebruik", "wonen-werk-inkomen", "jeugdhulp", "verslaving", "sociaal-netwerk", "gezondheid"
  };
  private static final String[] EXPERTISE = {
    "schulden", "wonen", "meedoen", "eenzaamheid", "mantelzorg", "opvoeden"
  };
  private static final String[] REASONS = {
    "NO_CAPACITY", "NOT_OUR_TASK", "CLIENT_DECLINES", "NOT_REACHED", "NO_CAPACITY NOT_OUR_TASK"
  };
  private static final String[] STATES = {"FORWARDED", "ANSWERED", "HELD", "REFUSED", "EXPIRED"};

  /** The feast days of 2025 and of January 2026, by hand from the municipality's calendar. */
  private static final Set<LocalDate> FEASTS =
      Set.of(
          LocalDate.of(2025, 1, 1),
          LocalDate.of(2025, 4, 21),
          LocalDate.of(2025, 4, 26),
          LocalDate.of(2025, 5, 5),
          LocalDate.of(2025, 5, 29),
          LocalDate.of(2025, 6, 9),
          LocalDate.of(2025, 12, 25),
          LocalDate.of(2025, 12, 26),
          LocalDate.of(2026, 1, 1));

  @TempDir static Path folder;
  private static TestHome home;
  private static Typed typed;
  private static List<String> csv;
  private static String html;

  @BeforeAll
  static void aYear() throws Exception {
    home = TestHome.in(folder);
    home.receive("oost@wotschiedam.nl", List.of()); // so that there is a store
    try (Connection db = raw()) {
      fill(db);
    }
    typed =
        home.type(
            "report",
            "--from",
            "2025-01-01",
            "--to",
            "2025-12-31",
            "--html",
            folder.resolve("report.html").toString(),
            "--csv",
            folder.resolve("report.csv").toString());
    assertThat(typed.exit()).as(typed.err()).isZero();
    csv = Files.readAllLines(folder.resolve("report.csv"));
    html = Files.readString(folder.resolve("report.html"));
    Files.copy(
        folder.resolve("report.html"),
        Path.of(System.getProperty("project.basedir", "")).resolve("target/report.html"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/wotpoort.db"));
  }

  private static void fill(Connection db) throws SQLException {
    db.setAutoCommit(false);
    Random random = new Random(7);
    for (int i = 0; i < CASES; i++) {
      long opened = YEAR.plusSeconds(random.nextInt(365 * 24 * 3600)).toEpochMilli();
      String number = CaseNumber.ofRandom(2L * i).value();
      update(
          db,
          "INSERT INTO case_file (number, status, created_at, sender_pseudonym, sender_box, team,"
              + " client_pseudonyms, is_open, last_event, last_event_at) VALUES"
              + " (?,'FORWARDED',?,'x',x'00',null,'',1,'REFERRAL',?)",
          number,
          opened,
          opened);
      boolean answered = random.nextInt(10) < 9;
      String answer =
          random.nextInt(6) == 0 ? "DECLINE" : random.nextInt(9) == 0 ? "ASK" : "ACCEPT";
      update(
          db,
          "INSERT INTO referral (case_number, version, state, opened_at, practice, grounds,"
              + " expertise, youth) VALUES (?,2,?,?,?,?,?,?)",
          number,
          answered ? "ACCEPTED" : "FORWARDED",
          opened,
          i < 3 ? "gp:klein" : random.nextBoolean() ? "gp:A" : "gp:B",
          pick(random, GROUNDS) + (random.nextInt(4) == 0 ? " " + GROUNDS[5] : ""),
          random.nextInt(3) == 0 ? "" : pick(random, EXPERTISE),
          random.nextInt(5) == 0 ? 1 : 0);
      String team = TEAMS[(int) Math.sqrt(random.nextInt(36))];
      // one in ten waits longer than the norm for a receipt allows
      long forwarded = opened + random.nextInt(i % 10 == 3 ? 40_000_000 : 600_000);
      event(db, number, 1, forwarded, "FORWARD", team, "");
      if (answered) {
        long at = forwarded + 100_000 + random.nextInt(24 * 9) * 3_600_000L;
        event(
            db, number, 2, at, answer, null, answer.equals("DECLINE") ? pick(random, REASONS) : "");
        if (random.nextInt(20) == 0) {
          event(db, number, 3, at + 1, "HAND_ON", pick(random, TEAMS), "");
        } else if (random.nextInt(40) == 0) {
          event(db, number, 3, at + 1, "DISPUTE", null, "");
        }
      }
      if (i % 10 == 0) {
        request(db, random, i, opened);
      }
    }
    db.commit();
  }

  private static void request(Connection db, Random random, int i, long at) throws SQLException {
    String state = i == 0 ? "HELD" : pick(random, STATES);
    boolean stopped = !state.equals("FORWARDED") && !state.equals("ANSWERED");
    update(
        db,
        "INSERT INTO message (id, source, origin_key, mailbox_box, state, attempts, fence,"
            + " received_at, hold_cause, hold_detail, size, sha256)"
            + " VALUES (?,'test',?,x'00','DONE',1,0,?,?,?,1,'x')",
        1000 + i,
        "k" + i,
        at,
        state.equals("HELD") ? "NOT_DECIDED" : null,
        state.equals("HELD") ? "AWAITING_CONSENT/NO_CONSENT" : null);
    update(
        db,
        "INSERT INTO request (message_id, case_number, state, asked_at, at) VALUES (?,?,?,?,?)",
        1000 + i,
        CaseNumber.ofRandom(2L * i).value(),
        state,
        at,
        at);
    if (stopped) {
      String rule =
          state.equals("REFUSED")
              ? random.nextBoolean() ? "LACKS_PURPOSE" : "LACKS_PURPOSE LACKS_QUESTIONS"
              : "COMPLETE_REQUEST " + (i == 0 ? "OBJECTION" : "NO_CONSENT") + ".full";
      update(
          db,
          "INSERT INTO journal (seq, at, event, action, outcome, actor_box, client_pseudonyms,"
              + " object, case_number, purpose, consent_ids, rule_ids, emergency, source,"
              + " correlation, previous, hash) VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM"
              + " journal), ?, ?, 'EXECUTE', 'REFUSED', x'00', '', ?, '', '', '', ?, 0, '', '',"
              + " '', '')",
          at,
          state.equals("REFUSED") ? "REFUSED" : "HELD",
          "M" + (1000 + i),
          rule);
    }
  }

  private static String pick(Random random, String... all) {
    return all[random.nextInt(all.length)];
  }

  private static void event(
      Connection db, String number, int version, long at, String event, String team, String reason)
      throws SQLException {
    update(
        db,
        "INSERT INTO referral_event VALUES (?,?,?,?,'FORWARDED',?,?)",
        number,
        version,
        at,
        event,
        team,
        reason);
  }

  private static void update(Connection db, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static void isShown(String table, String name, long count) {
    assertThat(csv).contains("\"" + table + "\",\"" + name + "\"," + count);
    assertThat(typed.out()).containsPattern("  " + Pattern.quote(name) + " +" + count + "\n");
    assertThat(html)
        .containsPattern(Pattern.quote(name) + "</th><td class=\"number\">" + count + "<");
  }

  private static long count(String sql) throws SQLException {
    try (Connection db = raw();
        Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void referralsAreThoseOfASecondCount() throws SQLException {
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("Er kwamen " + CASES + " verwijzingen binnen.");
    isShown(
        "Grond voor verwijzing (soms meer dan een)",
        "verslaving",
        count("SELECT COUNT(*) FROM referral WHERE grounds LIKE '%verslaving%'"));
    // one of the two goes unshown with the small one
    long shown = csv.stream().filter(line -> line.matches("\"Per praktijk\",.*,\\d+")).count();
    assertThat(shown).isEqualTo(1);
  }

  @Test
  void aPracticeOfThreeIsNotShownNorHadByDifference() {
    assertThat(csv).contains("\"Per praktijk\",\"gp:klein\",<5");
    assertThat(
            csv.stream().filter(line -> line.startsWith("\"Per praktijk\"") && line.endsWith("<5")))
        .hasSize(2);
    assertThat(csv)
        .contains(
            "\"Waarom een informatieverzoek terugging of moest wachten (soms meer dan een reden)\",\"cliënt maakt bezwaar\",<5");
  }

  @Test
  void outcomesReasonsAndHandingOn() throws SQLException {
    String first =
        "SELECT COUNT(*) FROM referral r WHERE (SELECT event FROM referral_event e WHERE"
            + " e.case_number = r.case_number AND event IN ('ACCEPT','DECLINE','ASK') ORDER BY"
            + " version LIMIT 1) = '%s'";
    isShown("Eerste antwoord", "kan ondersteunen", count(first.formatted("ACCEPT")));
    isShown("Eerste antwoord", "kan niet ondersteunen", count(first.formatted("DECLINE")));
    isShown("Eerste antwoord", "meer informatie nodig", count(first.formatted("ASK")));
    isShown(
        "Waarom niet, of wat ontbrak",
        "geen plaats",
        count("SELECT COUNT(*) FROM referral_event WHERE reason LIKE '%NO_CAPACITY%'"));
    isShown(
        "Overgedragen of oneens",
        "overgedragen",
        count("SELECT COUNT(*) FROM referral_event WHERE event = 'HAND_ON'"));
    isShown(
        "Overgedragen of oneens",
        "huisarts oneens",
        count("SELECT COUNT(*) FROM referral_event WHERE event = 'DISPUTE'"));
    isShown("Leeftijd", "jeugd (onder 18)", count("SELECT COUNT(*) FROM referral WHERE youth = 1"));
    isShown(
        "Gevraagde expertise (soms meer dan een)",
        "Geldzaken en schulden",
        count("SELECT COUNT(*) FROM referral WHERE expertise = 'schulden'"));
    isShown(
        "Per team",
        "Oost",
        count(
            "SELECT COUNT(*) FROM referral r WHERE (SELECT team FROM referral_event e WHERE"
                + " e.case_number = r.case_number AND team IS NOT NULL ORDER BY version DESC LIMIT"
                + " 1) = 'oost'"));
  }

  @Test
  void requestsByOutcomeAndReason() throws SQLException {
    isShown(
        "Informatieverzoeken, naar afloop",
        "beantwoord",
        count("SELECT COUNT(*) FROM request WHERE state = 'ANSWERED'"));
    isShown(
        "Informatieverzoeken, naar afloop",
        "teruggegeven",
        count("SELECT COUNT(*) FROM request WHERE state = 'REFUSED'"));
    isShown(
        "Waarom een informatieverzoek terugging of moest wachten (soms meer dan een reden)",
        "geen doel",
        count("SELECT COUNT(*) FROM journal WHERE rule_ids LIKE '%LACKS_PURPOSE%'"));
  }

  /** Office hours counted minute by minute, with the feast days written out; whole minutes. */
  @Test
  void medianAndP90InOfficeHours() throws SQLException {
    Map<LocalDate, Boolean> open = new TreeMap<>();
    List<Long> minutes = new ArrayList<>();
    try (Connection db = raw();
        Statement statement = db.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT f.at, a.at FROM referral_event f JOIN referral_event a ON a.case_number ="
                    + " f.case_number WHERE f.version = 1 AND a.version = 2")) {
      while (row.next()) {
        minutes.add(officeMillis(row.getLong(1), row.getLong(2), open) / 60_000);
      }
    }
    minutes.sort(null);
    String feedback =
        typed
            .out()
            .lines()
            .filter(line -> line.startsWith("Eerste antwoord van"))
            .findFirst()
            .orElseThrow();
    assertThat(feedback)
        .contains(minutes.size() + " keer")
        .contains("de helft binnen " + hours(minutes.get((minutes.size() + 1) / 2 - 1)))
        .contains("90 procent binnen " + hours(minutes.get((minutes.size() * 9 + 9) / 10 - 1)));
  }

  /** The days the office is open, one after the other: the sixth from the first that counts. */
  @Test
  void theShareWithinTheNormIsThatOfASecondCount() throws SQLException {
    List<LocalDate> open =
        LocalDate.of(2024, 12, 30)
            .datesUntil(LocalDate.of(2026, 3, 1))
            .filter(ReportYearTest::isWorkingDay)
            .toList();
    int answered = 0;
    int inTime = 0;
    int receipts = 0;
    int prompt = 0;
    Map<LocalDate, Boolean> days = new TreeMap<>();
    try (Connection db = raw();
        Statement statement = db.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT r.opened_at, f.at, a.at FROM referral r JOIN referral_event f ON"
                    + " f.case_number = r.case_number AND f.version = 1 LEFT JOIN referral_event a"
                    + " ON a.case_number = r.case_number AND a.version = 2")) {
      while (row.next()) {
        receipts++;
        prompt += officeMillis(row.getLong(1), row.getLong(2), days) <= 3_600_000 ? 1 : 0;
        long answer = row.getLong(3);
        if (!row.wasNull()) {
          answered++;
          inTime += answer <= lastMoment(open, row.getLong(2)) ? 1 : 0;
        }
      }
    }
    assertThat(typed.out())
        .contains(
            "Ontvangstbevestiging: " + receipts + " keer",
            "Binnen de norm van een werkuur: " + Math.round(100.0 * prompt / receipts) + " procent",
            "Binnen de afgesproken termijn: " + Math.round(100.0 * inTime / answered) + " procent");
    assertThat(Math.round(100.0 * inTime / answered)).isBetween(20L, 90L);
    assertThat(prompt).isLessThan(receipts);
  }

  private static long lastMoment(List<LocalDate> open, long from) {
    LocalDateTime came = LocalDateTime.ofInstant(Instant.ofEpochMilli(from), AMSTERDAM);
    int first = 0;
    while (!open.get(first).atTime(20, 0).isAfter(came)) {
      first++;
    }
    return open.get(first + 5).atTime(20, 0).atZone(AMSTERDAM).toInstant().toEpochMilli();
  }

  /** From one whole minute to the next: the office opens and closes on whole ones. */
  private static long officeMillis(long from, long to, Map<LocalDate, Boolean> open) {
    long count = 0;
    long at = from;
    while (at < to) {
      long next = Math.min(to, at - at % 60_000 + 60_000);
      LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(at), AMSTERDAM);
      boolean day = open.computeIfAbsent(local.toLocalDate(), ReportYearTest::isWorkingDay);
      count += day && local.getHour() >= 8 && local.getHour() < 20 ? next - at : 0;
      at = next;
    }
    return count;
  }

  private static boolean isWorkingDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !FEASTS.contains(day);
  }

  private static String hours(long minutes) {
    return String.format(Locale.ROOT, "%.1f", minutes / 60.0).replace('.', ',');
  }

  @Test
  void nothingIsFetchedAndNothingIsACode() throws IOException {
    assertThat(html).doesNotContain("http", "script", "url(", "@import", "<link");
    assertThat(html.replaceAll("<style>.*</style>", "").replaceAll("<[^>]*>", " ") + typed.out())
        .doesNotContainPattern("[A-Z]{3,}_[A-Z]")
        .doesNotContain("code.", "table.");
  }
}
