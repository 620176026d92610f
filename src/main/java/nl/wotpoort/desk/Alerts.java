package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.RoutesSettings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.AlertBook;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.RoutesVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for what hints at mail going to the wrong place: very many cases for one
 * worker, a team whose route receives nothing. Each is said once a day, in the journal and the log.
 * (That a practice changed is said when the change is activated or its certificate approved, that
 * nobody of a team can be told something when it had to be.) A chore: once over all nodes.
 */
public final class Alerts implements Chores.Work {

  public static final String MANY_CASES = AlertBook.PREFIX + "MANY_CASES";
  public static final String SILENT_ROUTE = AlertBook.PREFIX + "SILENT_ROUTE";
  public static final String PRACTICE_CHANGED = AlertBook.PREFIX + "PRACTICE_CHANGED";
  public static final String TEAM_UNREACHED = AlertBook.PREFIX + "TEAM_UNREACHED";

  /** Every kind of alert. */
  public static final List<String> KINDS =
      List.of(MANY_CASES, SILENT_ROUTE, PRACTICE_CHANGED, TEAM_UNREACHED);

  /** For how long an alert is news to a monitor. */
  public static final Duration NEWS = Duration.ofDays(1);

  private static final String APPROVED = "certificate-";

  /** How often to look. */
  public static final Duration INTERVAL = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofDays(1);

  private final Supplier<Rooms> rooms;
  private final RoutesSettings settings;

  public Alerts(Supplier<Rooms> rooms, RoutesSettings settings) {
    this.rooms = rooms;
    this.settings = settings;
  }

  @Override
  public void at(Instant now) {
    AlertBook book = rooms.get().store().alerts();
    new TreeMap<>(book.newCases(now.minus(HOUR)))
        .forEach(
            (worker, cases) -> {
              if (cases >= settings.casesAnHour()) {
                raise(MANY_CASES, "worker:" + worker, "cases=" + cases, now);
              }
            });
    silent(book.lastCases(), now);
  }

  /** A team that never had a case counts from the first version of the routes. */
  private void silent(Map<String, Instant> last, Instant now) {
    Optional<Instant> began = rooms.get().store().routes().version(1).map(RoutesVersion::at);
    for (Mailbox mailbox : rooms.get().directory().mailboxes()) {
      if (mailbox instanceof Mailbox.TeamMailbox team) {
        Optional<Instant> since =
            Optional.ofNullable(last.get(team.team().value())).or(() -> began);
        since
            .filter(moment -> moment.plus(settings.silentAfter()).isBefore(now))
            .ifPresent(
                moment ->
                    raise(
                        SILENT_ROUTE,
                        "team:" + team.team(),
                        "days=" + Duration.between(moment, now).toDays(),
                        now));
      }
    }
  }

  private void raise(String event, String object, String detail, Instant now) {
    JournalEntry alert = entry(event, object, detail, now);
    if (rooms.get().store().alerts().raise(alert, PAUSE)) {
      LOG.warn("alert: {} {} {}", event, object, detail);
    }
  }

  /** That mail to an address of a practice is sealed for another certificate from now on. */
  public static JournalEntry certificateApproved(String id, Address address, Instant now) {
    return entry(PRACTICE_CHANGED, APPROVED + id, Activation.CERTIFICATE + address, now);
  }

  static boolean isOfApproval(JournalEntry alert) {
    return alert.object().startsWith(APPROVED);
  }

  static JournalEntry entry(String event, String object, String detail, Instant now) {
    return JournalEntry.of(now, event, JournalEntry.Action.READ, Actor.gateway(), object)
        .explaining(detail);
  }
}
