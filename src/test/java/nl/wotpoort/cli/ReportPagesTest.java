package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.calendar.WorkingTime;
import nl.wotpoort.rules.report.Evaluation;
import nl.wotpoort.rules.report.FigureTable;
import nl.wotpoort.rules.report.ReferralRow;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;

/** A made-up year of 20,000 referrals, counted a second time by SQL. */
class ReportPagesTest {

  private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> TEAMS =
      List.of("centrum-west", "noordrand", "groenoord", "oost", "nieuwland", "zuid");

  private static List<ReferralRow> year() {
    Random random = new Random(7);
    List<ReferralRow> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Instant opened = YEAR.plusSeconds(random.nextInt(365 * 24 * 3600));
      boolean answered = random.nextInt(10) < 9;
      boolean declined = answered && random.nextInt(6) == 0;
      rows.add(
          new ReferralRow(
              Optional.of(TEAMS.get((int) Math.sqrt(random.nextInt(36)))),
              i < 3 ? "gp:klein" : "gp:P" + random.nextInt(12),
              List.of("ground" + random.nextInt(6)),
              List.of("topic" + random.nextInt(9)),
              random.nextInt(5) == 0,
              opened,
              Optional.of(opened.plusSeconds(random.nextInt(600))),
              answered
                  ? Optional.of(opened.plus(Duration.ofHours(random.nextInt(24 * 9))))
                  : Optional.empty(),
              answered ? Optional.of(declined ? "DECLINE" : "ACCEPT") : Optional.empty(),
              declined ? List.of("NO_CAPACITY") : List.of(),
              random.nextInt(20) == 0,
              random.nextInt(50) == 0,
              !answered));
    }
    return rows;
  }

  private static Evaluation evaluation(List<ReferralRow> rows) {
    return Evaluation.of(
        rows,
        Map.of("ANSWERED", 120, "LAPSED", 2, "REFUSED", 31),
        Map.of("NOT_DECIDED", 77),
        WorkingTime.usual(),
        Deadlines.usual(),
        YEAR.plus(Duration.ofDays(366)));
  }

  @Test
  void theFiguresAreThoseOfASecondCount() throws SQLException, IOException {
    List<ReferralRow> rows = year();
    Evaluation evaluation = evaluation(rows);
    try (Connection db = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      fill(db, rows);
      for (String column : List.of("team", "practice", "ground", "expertise", "age", "outcome")) {
        FigureTable table =
            evaluation.tables().stream()
                .filter(t -> t.title().equals(column))
                .findFirst()
                .orElseThrow();
        for (FigureTable.Cell cell : table.cells()) {
          if (cell.count().isPresent()) {
            assertThat(cell.count().getAsInt())
                .as(column + " " + cell.code())
                .isEqualTo(count(db, column, cell.code()));
          }
        }
      }
    }
    Path page = Path.of(System.getProperty("project.basedir", "")).resolve("target/report.html");
    ReportPages pages =
        new ReportPages(
            evaluation, LocalDate.parse("2026-01-01"), LocalDate.parse("2026-12-31"), Language.NL);
    Files.writeString(page, pages.html());
    assertThat(pages.html()).contains("<svg", "Per team").doesNotContain("script");
    assertThat(pages.csv()).contains("practice,gp:klein,<5");
    assertThat(pages.lines()).anyMatch(line -> line.contains("minder dan 5"));
  }

  private static void fill(Connection db, List<ReferralRow> rows) throws SQLException {
    db.createStatement()
        .execute("CREATE TABLE r (team, practice, ground, expertise, age, outcome)");
    try (PreparedStatement insert = db.prepareStatement("INSERT INTO r VALUES (?,?,?,?,?,?)")) {
      for (ReferralRow row : rows) {
        insert.setString(1, row.team().orElseThrow());
        insert.setString(2, row.practice());
        insert.setString(3, row.grounds().get(0));
        insert.setString(4, row.expertise().get(0));
        insert.setString(5, row.youth() ? "youth" : "adult");
        insert.setString(6, row.outcome().orElse("none"));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static int count(Connection db, String column, String code) throws SQLException {
    try (PreparedStatement ask =
        db.prepareStatement("SELECT COUNT(*) FROM r WHERE " + column + " = ?")) {
      ask.setString(1, code);
      try (ResultSet answer = ask.executeQuery()) {
        answer.next();
        return answer.getInt(1);
      }
    }
  }

  /** The one small practice, and the next smallest with it: else it is total less the others. */
  @Test
  void aSmallCountIsNotHadByDifference() {
    FigureTable table = FigureTable.of("practice", Map.of("a", 3, "b", 9, "c", 20, "d", 0), true);

    assertThat(table.total()).hasValue(32);
    assertThat(table.cells())
        .containsExactly(
            new FigureTable.Cell("c", OptionalInt.of(20)),
            new FigureTable.Cell("b", OptionalInt.empty()),
            new FigureTable.Cell("a", OptionalInt.empty()),
            new FigureTable.Cell("d", OptionalInt.of(0)));
    assertThat(FigureTable.of("x", Map.of("a", 2), true).total()).isEmpty();
    assertThat(FigureTable.of("x", Map.of("a", 1, "b", 1, "c", 30, "d", 40), true).cells())
        .filteredOn(cell -> cell.count().isPresent())
        .extracting(FigureTable.Cell::code)
        .containsExactly("d");
  }
}
