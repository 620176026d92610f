package nl.wotpoort.route.imap;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Mails that did not come when they were asked for. Each is asked for alone from then on, less and
 * less often, so that the others go on; and when it has been turned down often enough it is given
 * up. Kept in memory only: a restart begins anew. For one thread.
 */
final class Suspects {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Tries(int refusals, int cuts, long notBefore) {}

  private final Pace pace;
  private final Map<Long, Tries> known = new HashMap<>();

  Suspects(Pace pace) {
    this.pace = pace;
  }

  /** They were asked for with others, and one of them spoilt it. */
  void suspect(Collection<Long> uids, long now) {
    uids.forEach(uid -> known.putIfAbsent(uid, new Tries(0, 0, now)));
  }

  void refused(long uid, long now) {
    Tries before = known.getOrDefault(uid, new Tries(0, 0, now));
    int tries = before.refusals + 1;
    known.put(uid, new Tries(tries, before.cuts, now + pause(tries + before.cuts)));
  }

  void cut(long uid, long now) {
    Tries before = known.getOrDefault(uid, new Tries(0, 0, now));
    int tries = before.cuts + 1;
    known.put(uid, new Tries(before.refusals, tries, now + pause(tries + before.refusals)));
  }

  /** A fault that is not the mail's: tried again later, and never given up for it. */
  void postpone(long uid, long now) {
    Tries before = known.getOrDefault(uid, new Tries(0, 0, now));
    known.put(uid, new Tries(before.refusals, before.cuts, now + LONGEST.toNanos() / 6));
  }

  private long pause(int tries) {
    long longest = LONGEST.toNanos();
    return Math.min(longest, pace.firstRetry().toNanos() << Math.min(20, tries - 1));
  }

  boolean has(long uid) {
    return known.containsKey(uid);
  }

  boolean isDue(long uid, long now) {
    Tries tries = known.get(uid);
    return tries != null && tries.notBefore - now <= 0;
  }

  boolean isHopeless(long uid) {
    Tries tries = known.get(uid);
    return tries != null && (tries.refusals >= pace.refusals() || tries.cuts >= pace.cuts());
  }

  /** It came after all, or went. */
  void clear(long uid) {
    known.remove(uid);
  }

  /** Those that are not in the folder any more are nobody's concern. */
  void keepOnly(Set<Long> uids) {
    known.keySet().retainAll(uids);
  }

  boolean anyDue(long now) {
    return known.values().stream().anyMatch(tries -> tries.notBefore - now <= 0);
  }

  void clear() {
    known.clear();
  }
}
