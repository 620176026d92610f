package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.referral.ReferralState;

/** How far the referrals are, and how they came there. Thread-safe. */
public final class ReferralBook {

  private final Database database;

  ReferralBook(Database database) {
    this.database = database;
  }

  public Optional<ReferralFile> show(CaseNumber number) {
    return database.read(
        "reading a referral",
        tx ->
            tx.first(
                "SELECT * FROM referral WHERE case_number = ?",
                ReferralBook::file,
                number.value()));
  }

  /** Those about which somebody must hear now, the longest due first; at most {@code max}. */
  public List<ReferralFile> due(Instant now, int max) {
    return database.read(
        "looking for deadlines",
        tx ->
            tx.list(
                "SELECT * FROM referral WHERE next_at <= ? ORDER BY next_at, case_number LIMIT ?",
                ReferralBook::file,
                now,
                max));
  }

  /** A line of a referral's history; {@code reason} as in {@link ReferralChange}. */
  public record Event(
      CaseNumber number,
      Instant at,
      String event,
      ReferralState state,
      Optional<String> team,
      String reason) {}

  /** What happened to one referral, in order. */
  public List<Event> history(CaseNumber number) {
    return database.read(
        "reading a referral's history",
        tx ->
            tx.list(
                "SELECT * FROM referral_event WHERE case_number = ? ORDER BY version",
                ReferralBook::event,
                number.value()));
  }

  /** A referral with what it is counted under. */
  public record Counted(ReferralFile file, ReferralChange.Opened under) {}

  /** Those opened from {@code from} until before {@code to}, by number. */
  public List<Counted> opened(Instant from, Instant to) {
    return database.read(
        "counting referrals",
        tx ->
            tx.list(
                "SELECT * FROM referral WHERE opened_at >= ? AND opened_at < ? ORDER BY case_number",
                row -> new Counted(file(row), under(row)),
                from,
                to));
  }

  /** The history of the same referrals, by number and in order. */
  public List<Event> historyOfOpened(Instant from, Instant to) {
    return database.read(
        "counting referrals",
        tx ->
            tx.list(
                "SELECT e.* FROM referral_event e JOIN referral r ON r.case_number = e.case_number"
                    + " WHERE r.opened_at >= ? AND r.opened_at < ?"
                    + " ORDER BY e.case_number, e.version",
                ReferralBook::event,
                from,
                to));
  }

  void change(Tx tx, ReferralChange change) throws SQLException {
    int changed = change.opened().isPresent() ? open(tx, change) : goOn(tx, change);
    if (changed == 0) {
      throw new CaseMoved(change.number());
    }
    tx.update(
        "INSERT INTO referral_event (case_number, version, at, event, state, team, reason)"
            + " VALUES (?,?,?,?,?,?,?)",
        change.number().value(),
        change.version() + 1,
        change.at(),
        change.event(),
        change.state(),
        change.team(),
        change.reason());
  }

  private static int open(Tx tx, ReferralChange change) throws SQLException {
    ReferralChange.Opened under = change.opened().orElseThrow();
    return tx.update(
        "INSERT INTO referral (case_number, version, state, opened_at, clock_from, next_step,"
            + " next_at, practice, grounds, expertise, youth) VALUES (?,1,?,?,?,?,?,?,?,?,?)"
            + " ON CONFLICT DO NOTHING",
        change.number().value(),
        change.state(),
        change.at(),
        change.clockFrom(),
        change.nextStep(),
        change.nextAt(),
        under.practice(),
        under.grounds(),
        under.expertise(),
        under.youth() ? 1 : 0);
  }

  private static int goOn(Tx tx, ReferralChange change) throws SQLException {
    return tx.update(
        "UPDATE referral SET version = version + 1, state = ?, clock_from = ?, next_step = ?,"
            + " next_at = ? WHERE case_number = ? AND version = ?",
        change.state(),
        change.clockFrom(),
        change.nextStep(),
        change.nextAt(),
        change.number().value(),
        change.version());
  }

  private static ReferralFile file(Row row) throws SQLException {
    return new ReferralFile(
        new CaseNumber(row.text("case_number")),
        row.count("version"),
        ReferralState.valueOf(row.text("state")),
        row.instant("opened_at"),
        row.maybeInstant("clock_from"),
        row.maybeText("next_step").map(Deadlines.Step::valueOf),
        row.maybeInstant("next_at"));
  }

  private static ReferralChange.Opened under(Row row) throws SQLException {
    return new ReferralChange.Opened(
        row.text("practice"), row.text("grounds"), row.text("expertise"), row.count("youth") == 1);
  }

  private static Event event(Row row) throws SQLException {
    return new Event(
        new CaseNumber(row.text("case_number")),
        row.instant("at"),
        row.text("event"),
        ReferralState.valueOf(row.text("state")),
        row.maybeText("team"),
        row.text("reason"));
  }
}
