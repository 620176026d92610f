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
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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
import nl.wotpoort.smime.EnvelopeSealer;
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

  /** What this process works with already, and need not read again. */
  private final Optional<Rooms> inUse;

  public Activation(Settings settings, Store store, Furnishing.SampleKeys samples, Clock clock) {
    this(settings, store, samples, clock, Optional.empty());
  }

  private Activation(
      Settings settings,
      Store store,
      Furnishing.SampleKeys samples,
      Clock clock,
      Optional<Rooms> inUse) {
    this.settings = settings;
    this.store = store;
    this.samples = samples;
    this.clock = clock;
    this.inUse = inUse;
  }

  /** In a running gateway: what these rooms have read is not read again. */
  static Activation beside(Rooms rooms, Settings settings, Furnishing.SampleKeys samples) {
    return new Activation(settings, rooms.store(), samples, rooms.clock(), Optional.of(rooms));
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
    Supplier<Optional<Directory>> old = inBackground(before, today);
    Loaded<Configuration> loaded = Configuration.activated(settings, number, files, today);
    if (loaded.value().isEmpty()) {
      return refused(who, now, new Result(Optional.empty(), loaded.problems(), List.of()));
    }
    Directory after = loaded.value().get().directory();
    Map<String, String> certificates = new TreeMap<>();
    try {
      certificates.putAll(fingerprints(loaded.value().get()));
    } catch (Furnishing.CannotFurnish cannot) {
      return refused(who, now, new Result(Optional.empty(), loaded.problems(), cannot.sentences()));
    }
    List<String> changes = changes(before, old.get(), after, certificates);
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
            journal(next, after, event, before.map(RoutesVersion::at)));
    return new Result(Optional.of(next), loaded.problems(), List.of());
  }

  /** What would change if these files were activated; empty when they are at fault. */
  public Optional<List<String>> preview(Map<String, byte[]> files) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), Moment.AMSTERDAM);
    Optional<RoutesVersion> before = store.routes().active();
    Supplier<Optional<Directory>> old = inBackground(before, today);
    return Configuration.activated(settings, 0, files, today)
        .value()
        .flatMap(
            configuration -> {
              try {
                Map<String, String> certificates = fingerprints(configuration);
                return Optional.of(
                    changes(before, old.get(), configuration.directory(), certificates));
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

  private List<JournalEntry> journal(
      RoutesVersion next, Directory after, String event, Optional<Instant> before) {
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
        .filter(change -> change.startsWith("~ practice ") || isPartners(change, after))
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
  private static boolean isPartners(String change, Directory after) {
    return change.startsWith(CERTIFICATE)
        && Address.parse(change.substring(CERTIFICATE.length()))
            .flatMap(after::partnerOf)
            .isPresent();
  }

  private static List<String> changes(
      Optional<RoutesVersion> before,
      Optional<Directory> old,
      Directory after,
      Map<String, String> certificates) {
    List<String> changes = new ArrayList<>();
    old.ifPresent(
        was -> Changes.between(was, after).forEach(change -> changes.add(change.toString())));
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

  /**
   * The directory in force until now, for comparison; empty when there is none, or its certificate
   * files are gone by now. One that must be read is read beside what the caller does next.
   */
  private Supplier<Optional<Directory>> inBackground(
      Optional<RoutesVersion> before, LocalDate today) {
    Optional<Directory> known = before.flatMap(this::inUse);
    return known.isPresent() || before.isEmpty()
        ? () -> known
        : CompletableFuture.supplyAsync(() -> read(before.get(), today))::join;
  }

  /** Which addresses answered is not in the files. */
  private Optional<Directory> inUse(RoutesVersion version) {
    return inUse
        .map(Rooms::directory)
        .filter(directory -> directory.version().equals(version.name()))
        .map(directory -> directory.awaiting(Set.of()));
  }

  private Optional<Directory> read(RoutesVersion version, LocalDate today) {
    return Routes.read(version.bytes(), settings.certificates(), path -> true, today).value();
  }

  private Map<String, String> fingerprints(Configuration configuration)
      throws Furnishing.CannotFurnish {
    CertificateBook known =
        inUse.map(Rooms::sealer).map(EnvelopeSealer::readers).orElse(CertificateBook.EMPTY);
    CertificateBook book = Furnishing.book(configuration, samples, settings.language(), known);
    Map<String, String> fingerprints = new TreeMap<>();
    book.addresses()
        .forEach(
            address ->
                fingerprints.put(address.toString(), String.join(" ", book.fingerprints(address))));
    return fingerprints;
  }
}
