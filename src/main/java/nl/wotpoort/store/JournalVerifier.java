package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Walks the whole journal and looks for a line that was edited, left out, added, moved or cut off,
 * for a seal that is gone or not ours, and for a line that the views would not find. Memory stays
 * flat; time grows with the journal. Thread-safe.
 */
final class JournalVerifier {

  private static final int PAGE = 1000;

  private final Database database;
  private final JournalForm form;
  private final JournalSigner signer;

  JournalVerifier(Database database, JournalForm form, JournalSigner signer) {
    this.database = database;
    this.form = form;
    this.signer = signer;
  }

  /** Held to the seals that are kept in the store and those that were noted outside. */
  ChainCheck verify(List<JournalSeal> kept, List<JournalSeal> noted) {
    TreeMap<Long, JournalSeal> seals = new TreeMap<>();
    for (JournalSeal seal : Stream.concat(kept.stream(), noted.stream()).toList()) {
      JournalSeal other = seals.putIfAbsent(seal.upto(), seal);
      boolean two = other != null && !other.head().equals(seal.head());
      if (two || !signer.isGenuine(seal)) {
        return new ChainCheck(0, JournalChain.START, Optional.of(seal.upto()));
      }
    }
    Set<String> objects = new HashSet<>();
    kept.forEach(seal -> objects.add(seal.object()));
    ChainCheck walked = walk(seals, objects);
    boolean cutOff = walked.isSound() && !seals.isEmpty() && seals.lastKey() > walked.lines();
    return cutOff
        ? new ChainCheck(walked.lines(), walked.head(), Optional.of(walked.lines() + 1))
        : walked;
  }

  /**
   * {@code kept} are the objects of the seals in the store: each has its line, and each line it.
   */
  private ChainCheck walk(Map<Long, JournalSeal> seals, Set<String> kept) {
    long expected = 1;
    String previous = JournalChain.START;
    long indexed = firstWithActor();
    while (true) {
      List<Link> links = links(expected);
      Found found = found(links);
      for (Link link : links) {
        boolean sound =
            link.number() == expected
                && link.previous().equals(previous)
                && link.hash().equals(link.computed())
                && isAsSealed(link, Optional.ofNullable(seals.get(link.number())))
                && link.seal().map(kept::contains).orElse(true)
                && found.finds(link, indexed);
        if (!sound) {
          return new ChainCheck(expected - 1, previous, Optional.of(expected));
        }
        previous = link.hash();
        expected++;
      }
      if (links.size() < PAGE) {
        return againstHead(expected, previous);
      }
    }
  }

  private static boolean isAsSealed(Link link, Optional<JournalSeal> seal) {
    return seal.map(s -> s.head().equals(link.hash())).orElse(true);
  }

  /**
   * A line as it is looked at.
   *
   * @param seal the object of the seal that it says was set
   */
  private record Link(
      long number,
      String previous,
      String hash,
      String computed,
      List<String> clients,
      String actor,
      Optional<String> seal) {}

  /** A line as the table has it, and nothing computed yet. */
  private record Written(JournalForm.Stored stored, String previous, String hash) {}

  /** Read one after the other, computed on every processor there is: that is half of the work. */
  private List<Link> links(long from) {
    List<Written> page =
        database.read(
            "verifying the journal",
            tx ->
                tx.list(
                    "SELECT "
                        + JournalForm.COLUMNS
                        + " FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?",
                    row ->
                        new Written(
                            JournalForm.stored(row), row.text("previous"), row.text("hash")),
                    from,
                    PAGE));
    return page.parallelStream().map(this::link).toList();
  }

  private Link link(Written line) {
    JournalForm.Stored stored = line.stored();
    String computed = form.hash(stored, line.previous());
    boolean asWritten = computed.equals(line.hash());
    return new Link(
        stored.number(),
        line.previous(),
        line.hash(),
        computed,
        stored.clients().isEmpty() ? List.of() : List.of(stored.clients().split(" ")),
        // what was altered may not even decrypt
        asWritten ? form.actorOf(stored) : "",
        stored.event().equals(JournalSeal.EVENT) ? Optional.of(stored.object()) : Optional.empty());
  }

  /** What the two indexes hold about a page: without it a line is there and no view shows it. */
  private record Found(Set<String> clients, Set<String> actors) {
    boolean finds(Link link, long indexed) {
      return link.clients().stream().allMatch(c -> clients.contains(key(link.number(), c)))
          && (link.number() < indexed || actors.contains(key(link.number(), link.actor())));
    }
  }

  private static String key(long number, String pseudonym) {
    return number + " " + pseudonym;
  }

  private Found found(List<Link> links) {
    if (links.isEmpty()) {
      return new Found(Set.of(), Set.of());
    }
    long first = links.get(0).number();
    long last = links.get(links.size() - 1).number();
    return database.read(
        "verifying the journal",
        tx ->
            new Found(
                index(tx, "journal_client", first, last), index(tx, "journal_actor", first, last)));
  }

  private static Set<String> index(Tx tx, String table, long first, long last) throws SQLException {
    Collection<String> keys =
        tx.list(
            "SELECT seq, pseudonym FROM " + table + " WHERE seq >= ? AND seq <= ?",
            row -> key(row.number("seq"), row.text("pseudonym")),
            first,
            last);
    return new HashSet<>(keys);
  }

  /** Lines from before the index of actors was kept are looked through one by one. */
  private long firstWithActor() {
    return database
        .read(
            "verifying the journal",
            tx ->
                tx.first(
                    "SELECT COALESCE(MIN(seq), 0) AS first FROM journal_actor",
                    row -> row.number("first")))
        .filter(first -> first > 0)
        .orElse(Long.MAX_VALUE);
  }

  /** Lines may have been added while we walked, so the head may be further; never nearer. */
  private ChainCheck againstHead(long next, String previous) {
    JournalChain.Head head = database.read("verifying the journal", JournalChain::head);
    boolean cutOff = head.number() >= next && links(next).isEmpty();
    boolean forged = head.number() < next - 1;
    boolean other = head.number() == next - 1 && !head.hash().equals(previous);
    Optional<Long> broken = cutOff || forged || other ? Optional.of(next) : Optional.empty();
    return new ChainCheck(next - 1, previous, broken);
  }
}
