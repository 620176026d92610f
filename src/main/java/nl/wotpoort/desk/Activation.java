package nl.wotpoort.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Changes;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.RoutesMoved;
import nl.wotpoort.store.RoutesVersion;
import nl.wotpoort.store.Store;

/**
 * Puts changed routes files in force: all of them read and checked as one, their certificates
 * readable, and only then written as the next version, which every node then takes over ({@link
 * LiveRooms}). With any fault nothing changes. Thread-safe.
 */
public final class Activation {

  /** The most changes the journal names; a longer list is counted. */
  private static final int TOLD = 200;

  /** How a change of certificate begins; the address follows. */
  static final String CERTIFICATE = "~ certificate ";

  private final Settings settings;
  private final Store store;
  private final Furnishing.SampleKeys samples;
  private final Clock clock;

  /**
   * What was put in force here last; the next is compared with it, and it need not be read anew.
   */
  private volatile Optional<Known> last = Optional.empty();

  /** What the files of a version say on a day. */
  private record Known(String digest, LocalDate day, Directory directory) {}

  public Activation(Settings settings, Store store, Furnishing.SampleKeys samples, Clock clock) {
    this.settings = settings;
    this.store = store;
    this.samples = samples;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param version the new version in force; empty when nothing changed, or something is at fault
   * @param problems of the files: errors when they were refused, else warnings
   * @param faults what is wrong with certificates, a sentence each
   */
  public record Result(
      Optional<RoutesVersion> version, List<Problem> problems, List<String> faults) {
    public Result {
      problems = List.copyOf(problems);
      faults = List.copyOf(faults);
    }

    /** Whether the files may not be put in force. */
    public boolean isRefused() {
      return !faults.isEmpty() || problems.stream().anyMatch(Problem::isError);
    }
  }

  /**
   * Activates files.
   *
   * @param event what the journal calls it: ROUTES_ACTIVATED or ROUTES_ROLLED_BACK
   * @throws RoutesMoved when somebody else activated at the same moment
   */
  public Result activate(Map<String, byte[]> files, Actor who, String event) {
    Optional<RoutesVersion> before = store.routes().active();
    int number = before.map(RoutesVersion::number).orElse(0) + 1;
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, Moment.AMSTERDAM);
    Loaded<Configuration> loaded = Configuration.activated(settings, number, files, today);
    if (loaded.value().isEmpty()) {
      return refused(who, now, new Result(Optional.empty(), loaded.problems(), List.of()));
    }
    Map<String, String> certificates = new TreeMap<>();
    try {
      certificates.putAll(
          fingerprints(Furnishing.book(loaded.value().get(), samples, settings.language())));
    } catch (Furnishing.CannotFurnish cannot) {
      return refused(who, now, new Result(Optional.empty(), loaded.problems(), cannot.sentences()));
    }
    Directory after = loaded.value().get().directory();
    List<String> changes = changes(before, after, certificates, today);
    boolean same =
        before.map(b -> b.digest().equals(Routes.digest(files)) && changes.isEmpty()).orElse(false);
    if (same) {
      return new Result(Optional.empty(), loaded.problems(), List.of());
    }
    RoutesVersion next =
        new RoutesVersion(
            number,
            Routes.digest(files),
            now,
            who,
            changes,
            RoutesVersion.texts(files),
            certificates);
    store
        .routes()
        .activate(
            next,
            after.deliveries().map(Delivery::address).collect(Collectors.toSet()),
            journal(next, event, before.map(RoutesVersion::at)));
    last = Optional.of(new Known(next.digest(), today, after));
    return new Result(Optional.of(next), loaded.problems(), List.of());
  }

  /** What would change if these files were activated; empty when they are at fault. */
  public Optional<List<String>> preview(Map<String, byte[]> files) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), Moment.AMSTERDAM);
    Optional<RoutesVersion> before = store.routes().active();
    return Configuration.activated(settings, 0, files, today)
        .value()
        .flatMap(
            configuration -> {
              try {
                CertificateBook book = Furnishing.book(configuration, samples, settings.language());
                return Optional.of(
                    changes(before, configuration.directory(), fingerprints(book), today));
              } catch (Furnishing.CannotFurnish cannot) {
                return Optional.empty();
              }
            });
  }

  /** The old files stay; that somebody tried is worth a line. */
  private Result refused(Actor who, Instant now, Result result) {
    long errors = result.problems().stream().filter(Problem::isError).count();
    store
        .journal()
        .write(
            JournalEntry.of(now, "ROUTES_REFUSED", JournalEntry.Action.UPDATE, who, "routes")
                .ending(JournalEntry.Outcome.REFUSED)
                .explaining("problems=" + (errors + result.faults().size())));
    return result;
  }

  private List<JournalEntry> journal(RoutesVersion next, String event, Optional<Instant> before) {
    List<String> told = new ArrayList<>(next.changes());
    if (told.size() > TOLD) {
      int more = told.size() - TOLD;
      told = new ArrayList<>(told.subList(0, TOLD));
      told.add("... +" + more);
    }
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(
        JournalEntry.of(
                next.at(), event, JournalEntry.Action.UPDATE, next.by(), "routes-" + next.number())
            .restingOn(Set.of(), List.of("ROUTES:" + next.name()))
            .explaining(String.join("\n", told)));
    Set<String> said = before.map(this::said).orElse(Set.of());
    next.changes().stream()
        .filter(change -> change.startsWith("~ practice ") || isPartners(change, next))
        .filter(change -> !said.contains(change))
        .map(
            change ->
                Alerts.entry(Alerts.PRACTICE_CHANGED, "routes-" + next.number(), change, next.at()))
        .forEach(entries::add);
    return entries;
  }

  /** What was said already when a certificate was approved. */
  private Set<String> said(Instant since) {
    return store.alerts().newest(TOLD).stream()
        .map(JournalLine::entry)
        .filter(alert -> Alerts.isOfApproval(alert) && !alert.at().isBefore(since))
        .flatMap(alert -> alert.detail().stream())
        .map(Confidential::reveal)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Another certificate for an address of a practice. */
  private boolean isPartners(String change, RoutesVersion next) {
    return change.startsWith(CERTIFICATE)
        && directory(next, LocalDate.ofInstant(next.at(), Moment.AMSTERDAM))
            .flatMap(
                d -> Address.parse(change.substring(CERTIFICATE.length())).flatMap(d::partnerOf))
            .isPresent();
  }

  private List<String> changes(
      Optional<RoutesVersion> before,
      Directory after,
      Map<String, String> certificates,
      LocalDate today) {
    List<String> changes = new ArrayList<>();
    before
        .flatMap(version -> directory(version, today))
        .ifPresent(
            old -> Changes.between(old, after).forEach(change -> changes.add(change.toString())));
    before.ifPresent(
        version ->
            certificates.forEach(
                (address, now) -> {
                  String was = version.certificates().get(address);
                  if (was != null && !was.equals(now)) {
                    changes.add(CERTIFICATE + address);
                  }
                }));
    return changes;
  }

  /** As it was; empty when its certificate files are gone by now, and then nothing is compared. */
  private Optional<Directory> directory(RoutesVersion version, LocalDate today) {
    return last.filter(
            known -> known.digest().equals(version.digest()) && known.day().equals(today))
        .map(Known::directory)
        .or(
            () ->
                Routes.read(version.bytes(), settings.certificates(), path -> true, today).value());
  }

  private static Map<String, String> fingerprints(CertificateBook book) {
    Map<String, String> fingerprints = new TreeMap<>();
    book.addresses()
        .forEach(
            address ->
                fingerprints.put(address.toString(), String.join(" ", book.fingerprints(address))));
    return fingerprints;
  }
}
