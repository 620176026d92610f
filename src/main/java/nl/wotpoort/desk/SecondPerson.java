package nl.wotpoort.desk;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Store;

/**
 * Who may agree to a legal ground as the second person: somebody we know, and not the one who
 * stated it. Two pairs of eyes are only two when they are of two people. Thread-safe.
 */
public final class SecondPerson {

  /** Why somebody cannot be the second person for a message. */
  public enum Objection {
    /** The message is held for something else, or not at all. */
    NOT_WAITING,
    /** Neither a worker of the directory nor an administrator of the settings. */
    NOT_KNOWN,
    /** A worker whose last day is over. */
    LEFT,
    /** Sent the message, belongs to those who did, or decided on the ground. */
    FIRST_PERSON
  }

  /** What becomes of somebody's agreement. */
  public record Answer(Optional<Objection> objection) {
    public boolean isAgreed() {
      return objection.isEmpty();
    }
  }

  private static final Set<String> TITLES =
      Set.of("dr", "drs", "mr", "ir", "ing", "prof", "mevrouw", "mevr", "mw", "dhr", "de", "heer");

  private final Store store;
  private final Directory directory;
  private final Set<String> administrators;

  /**
   * Knows who is who.
   *
   * @param administrators the names of setting {@code hold.secondPersons}
   */
  public SecondPerson(Store store, Directory directory, Set<String> administrators) {
    this.store = store;
    this.directory = directory;
    this.administrators = Set.copyOf(administrators);
  }

  /**
   * Journals that {@code by} agrees, and releases the message: it is judged anew and then goes on;
   * or nothing happens, and the answer says why. What if the process dies between the two? The
   * agreement stands, the message is still held, and asking again does the rest.
   *
   * @param by a worker's id or address, or an administrator's name
   * @param typist the login that typed it, which may be another's
   */
  public Answer agree(HeldMessage held, String by, String typist, Instant now) {
    Optional<Objection> objection = objection(held, by, now);
    if (objection.isEmpty()) {
      Actor who = actor(by);
      store
          .journal()
          .write(
              JournalEntry.of(
                      now,
                      Permission.SECOND_PERSON_AGREED,
                      JournalEntry.Action.UPDATE,
                      who,
                      held.ref())
                  .usingEmergencyGround()
                  .explaining(typist)
                  .comingFrom("cli"));
      store.holds().release(held.ref(), who, now);
    }
    return new Answer(objection);
  }

  /** Whether a message is held until a second person agrees. */
  public static boolean isAwaited(HeldMessage held) {
    return held.detail().startsWith(Decision.Hold.Cause.SECOND_PERSON.name());
  }

  private Optional<Objection> objection(HeldMessage held, String by, Instant now) {
    if (!isAwaited(held)) {
      return Optional.of(Objection.NOT_WAITING);
    }
    Optional<Worker> worker = worker(by);
    boolean isAdministrator = administrators.stream().anyMatch(by.strip()::equalsIgnoreCase);
    if (worker.isEmpty() && !isAdministrator) {
      return Optional.of(Objection.NOT_KNOWN);
    }
    boolean left =
        worker
            .map(w -> w.presenceOn(now.atZone(Moment.AMSTERDAM).toLocalDate()))
            .filter(Worker.Presence.LEFT::equals)
            .isPresent();
    if (left) {
      return Optional.of(Objection.LEFT);
    }
    List<JournalLine> lines = store.journal().about(held.ref().toString());
    return isSender(by, worker, lines) || decided(by, worker, lines)
        ? Optional.of(Objection.FIRST_PERSON)
        : Optional.empty();
  }

  private Optional<Worker> worker(String by) {
    return Address.parse(by.strip())
        .flatMap(directory::party)
        .map(Party::path)
        .filter(path -> path.startsWith("wot:") && path.contains("/"))
        .map(path -> path.substring(path.indexOf('/') + 1))
        .or(() -> Optional.of(by.strip()).filter(WorkerId::isSound))
        .map(WorkerId::new)
        .flatMap(directory::worker);
  }

  /** A worker stands in the journal as the one who speaks for the team. */
  private Actor actor(String by) {
    return worker(by)
        .map(
            worker ->
                new Actor(
                    worker.id().value(),
                    Optional.of("wot:" + worker.team().value()),
                    Optional.of("second person")))
        .orElseGet(() -> Actor.of(by.strip(), "second person"));
  }

  /** Whoever wrote from the mailbox of a team may be anybody of that team. */
  private boolean isSender(String by, Optional<Worker> worker, List<JournalLine> lines) {
    return lines.stream()
        .map(JournalLine::entry)
        .filter(entry -> entry.event().equals(GroundStatement.EVENT))
        .map(entry -> entry.actor().id())
        .anyMatch(
            sender ->
                sender.equalsIgnoreCase(by.strip())
                    || Address.parse(sender)
                        .flatMap(directory::party)
                        .filter(p -> worker.filter(w -> p.covers(w.party())).isPresent())
                        .isPresent());
  }

  private static boolean decided(String by, Optional<Worker> worker, List<JournalLine> lines) {
    String known = worker.map(w -> w.name().reveal()).orElse(by);
    return lines.stream()
        .map(JournalLine::entry)
        .filter(entry -> entry.event().equals(GroundStatement.EVENT))
        .flatMap(entry -> entry.detail().stream())
        .flatMap(detail -> GroundStatement.read(detail.reveal()).by().stream())
        .map(Confidential::reveal)
        .anyMatch(named -> mayBe(named, known));
  }

  /**
   * By last name and first letter, whatever stands around them, or by a last name alone: "Jansen,
   * S." and "mevrouw Jansen" may be Sanne Jansen. In doubt somebody else is the second person.
   */
  private static boolean mayBe(String named, String known) {
    List<String> own = words(known);
    if (own.isEmpty()) {
      return false;
    }
    String last = own.get(own.size() - 1);
    List<String> others = words(named).stream().filter(word -> !word.equals(last)).toList();
    return words(named).contains(last)
        && (others.isEmpty()
            || own.size() == 1
            || others.stream().anyMatch(word -> word.charAt(0) == own.get(0).charAt(0)));
  }

  /** Without accents and the dotless i, which people leave out. */
  private static List<String> words(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replace('ı', 'i');
    return Stream.of(plain.split("[^\\p{L}]+"))
        .filter(word -> !word.isEmpty() && !TITLES.contains(word))
        .toList();
  }
}
