package nl.wotpoort.route.imap;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a folder's mails from one connection to the next, by UID; all of it is forgotten
 * when UIDVALIDITY changes, for the same numbers are other mails then, and when the process ends.
 *
 * <p>That a mail is stored is not among it: a server that was put back from a backup gives the same
 * numbers to other mails, under the same UIDVALIDITY. Only bytes that were fetched now tell. For
 * one thread.
 */
final class Ledger {

  private final Suspects suspects;
  private final Set<Long> left = new HashSet<>();
  private final Set<Long> toExpunge = new TreeSet<>();
  private boolean waiting;
  private long uidValidity = -1;

  Ledger(Pace pace) {
    this.suspects = new Suspects(pace);
  }

  void opened(long validity) {
    if (validity != uidValidity) {
      suspects.clear();
      toExpunge.clear();
      uidValidity = validity;
    }
    left.clear();
  }

  /** The folder was looked through: what is not there any more is nobody's concern. */
  void keepOnly(Set<Long> there) {
    suspects.keepOnly(there);
    left.retainAll(there);
  }

  /** Those that do not come when asked for. */
  Suspects suspects() {
    return suspects;
  }

  /** Those that could not even be put aside. */
  Set<Long> left() {
    return left;
  }

  /** Whether a mail was left for want of room, to be had again soon. */
  boolean isWaiting() {
    return waiting;
  }

  void waits(boolean forRoom) {
    waiting = forRoom;
  }

  /** Copied away and marked deleted. */
  Set<Long> toExpunge() {
    return toExpunge;
  }
}
