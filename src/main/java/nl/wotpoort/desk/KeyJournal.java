package nl.wotpoort.desk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.smime.CertificateInUse;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;

/**
 * Tells the journal which keys and certificates are in use: at the start, when they are others than
 * the last it was told of, and whenever changed files are taken. Each line names what came and what
 * went by fingerprint. Written before they are used: when the process dies in between, the next
 * start takes the same files and finds them told.
 */
final class KeyJournal {

  private static final String OBJECT = "keys";
  private static final String TAKEN = "KEYS_TAKEN";
  private static final String REFUSED = "KEYS_REFUSED";

  /** The most changes a line names; a longer list is counted. */
  private static final int TOLD = 200;

  private KeyJournal() {}

  /**
   * Before {@code next} is used in place of {@code now}, which is empty at the start.
   *
   * @throws nl.wotpoort.store.StoreException when the store is away: then they may not be used
   */
  static void taken(Optional<Rooms> now, Rooms next) {
    SortedSet<String> used = inUse(next);
    String name = "KEYS:" + digest(used);
    if (!name.equals(lastTold(next))) {
      SortedSet<String> before = now.map(KeyJournal::inUse).orElseGet(TreeSet::new);
      next.store()
          .journal()
          .write(
              line(next, TAKEN)
                  .restingOn(Set.of(), List.of(name))
                  .explaining(String.join("\n", shortened(changes(before, used)))));
    }
  }

  /** Another node, or this one before it was started anew, may have told of the same. */
  private static String lastTold(Rooms rooms) {
    return rooms.store().journal().about(OBJECT).stream()
        .map(JournalLine::entry)
        .filter(entry -> entry.event().equals(TAKEN))
        .flatMap(entry -> entry.ruleIds().stream())
        .reduce("", (earlier, later) -> later);
  }

  /** Changed files that cannot be used: the last good ones stay. */
  static void refused(Rooms now, int faults) {
    now.store()
        .journal()
        .write(
            line(now, REFUSED).ending(JournalEntry.Outcome.REFUSED).explaining("faults=" + faults));
  }

  /** Who put the files there the gateway cannot know: it names itself, and its machine. */
  private static JournalEntry line(Rooms rooms, String event) {
    return JournalEntry.of(
            rooms.clock().instant(), event, JournalEntry.Action.UPDATE, Actor.gateway(), OBJECT)
        .comingFrom(rooms.node());
  }

  private static SortedSet<String> inUse(Rooms rooms) {
    return Stream.concat(
            rooms.sealer().certificates().stream(), rooms.opener().certificates().stream())
        .map(CertificateInUse::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** So that the same certificates have the same name, on every node. */
  private static String digest(SortedSet<String> used) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", used).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static List<String> changes(SortedSet<String> before, SortedSet<String> after) {
    List<String> changes = new ArrayList<>();
    after.stream().filter(one -> !before.contains(one)).forEach(one -> changes.add("+ " + one));
    before.stream().filter(one -> !after.contains(one)).forEach(one -> changes.add("- " + one));
    return changes;
  }

  private static List<String> shortened(List<String> changes) {
    if (changes.size() <= TOLD) {
      return changes;
    }
    List<String> told = new ArrayList<>(changes.subList(0, TOLD));
    told.add("... +" + (changes.size() - TOLD));
    return told;
  }
}
