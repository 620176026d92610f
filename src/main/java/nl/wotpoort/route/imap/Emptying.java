package nl.wotpoort.route.imap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import nl.wotpoort.desk.LargeMail;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.StoreException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties an open folder: mails are fetched by the batch, stored in one commit, and then moved.
 * While one batch is stored the server already sends the next and moves the one before. A mail that
 * does not come is asked for alone, and after some tries put aside; the others go on. For one
 * thread.
 */
final class Emptying {

  static final String TOO_LARGE = "SET_ASIDE_TOO_LARGE";
  static final String NOT_TO_BE_HAD = "SET_ASIDE_NOT_FETCHED";

  private static final Logger LOG = LoggerFactory.getLogger(Emptying.class);

  private final ImapAccount account;
  private final Pace pace;
  private final Sink sink;
  private final Watch watch;
  private final Ledger ledger;
  private final OpenFolder open;
  private final BooleanSupplier mayGoOn;
  private boolean moveRefused;

  Emptying(
      ImapAccount account,
      Pace pace,
      Sink sink,
      Watch watch,
      Ledger ledger,
      OpenFolder open,
      BooleanSupplier mayGoOn) {
    this.account = account;
    this.pace = pace;
    this.sink = sink;
    this.watch = watch;
    this.ledger = ledger;
    this.open = open;
    this.mayGoOn = mayGoOn;
  }

  /**
   * Takes in what is there from UID {@code first} on; answers the UID to go on from. Throws when
   * the connection is of no more use, or the server moves nothing.
   */
  long from(long first) throws IOException, ProtocolException {
    ledger.waits(false);
    List<OpenFolder.Listed> listed = open.list(first);
    if (first == 1) {
      ledger.keepOnly(
          listed.stream().map(OpenFolder.Listed::uid).collect(Collectors.toUnmodifiableSet()));
    }
    List<OpenFolder.Listed> sound = new ArrayList<>();
    List<OpenFolder.Listed> doubtful = new ArrayList<>();
    for (OpenFolder.Listed mail : listed) {
      if (ledger.suspects().has(mail.uid())) {
        doubtful.add(mail);
      } else if (!ledger.left().contains(mail.uid())) {
        sound.add(mail);
      }
    }
    List<OpenFolder.Listed> rest = withoutTooLarge(sound);
    inBatches(rest.stream().filter(mail -> !isLarge(mail)).toList());
    for (OpenFolder.Listed mail : rest) {
      if (isLarge(mail)) {
        inItsPlace(mail, large -> inBatches(List.of(large)));
      }
    }
    for (OpenFolder.Listed mail : doubtful) {
      if (ledger.suspects().isDue(mail.uid(), System.nanoTime())) {
        inItsPlace(mail, this::alone);
      }
    }
    if (moveRefused) {
      throw new IOException("the server does not move mail to " + account.moveTo());
    }
    return listed.isEmpty() ? first : Math.max(first, listed.get(listed.size() - 1).uid() + 1);
  }

  private static boolean isLarge(OpenFolder.Listed mail) {
    return LargeMail.isLarge(bytes(mail));
  }

  private static int bytes(OpenFolder.Listed mail) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, mail.size()));
  }

  private interface Step {
    void take(OpenFolder.Listed mail) throws IOException, ProtocolException;
  }

  /**
   * A large mail has its place in the heap, beside what the desk and the dispatch have, until it is
   * stored. It is asked for only then: what was asked for must be read. Without a place it and the
   * large ones after it stay where they are, and what is new has its turn.
   */
  private void inItsPlace(OpenFolder.Listed mail, Step step) throws IOException, ProtocolException {
    if (!mayGoOn.getAsBoolean() || (ledger.isWaiting() && isLarge(mail))) {
      return;
    }
    Optional<Sink.Place> room = sink.place(bytes(mail), pace.place());
    if (room.isEmpty()) {
      ledger.waits(true);
      return;
    }
    try (Sink.Place held = room.get()) {
      step.take(mail);
    }
  }

  private List<OpenFolder.Listed> withoutTooLarge(List<OpenFolder.Listed> mails)
      throws IOException, ProtocolException {
    List<OpenFolder.Listed> rest = new ArrayList<>();
    for (OpenFolder.Listed mail : mails) {
      if (mail.size() > account.maxBytes() || mail.size() < 0) {
        setAside(mail, TOO_LARGE);
      } else {
        rest.add(mail);
      }
    }
    return rest;
  }

  private record Asked(Set<Long> uids, String tag) {}

  private record Move(Set<Long> uids, String tag) {}

  private void inBatches(List<OpenFolder.Listed> mails) throws IOException, ProtocolException {
    Deque<Set<Long>> rest = batches(mails);
    Deque<Move> moves = new ArrayDeque<>();
    Asked asked = next(rest);
    while (asked != null) {
      Map<Long, Bytes> came = came(asked);
      Asked ahead = mayGoOn.getAsBoolean() ? next(rest) : null;
      if (!came.isEmpty() && store(came)) {
        moves.add(startMove(new TreeSet<>(came.keySet())));
      }
      if (moves.size() > 1) {
        finish(moves.remove());
      }
      asked = ahead;
    }
    while (!moves.isEmpty()) {
      finish(moves.remove());
    }
  }

  private @Nullable Asked next(Deque<Set<Long>> rest) throws IOException, ProtocolException {
    Set<Long> uids = rest.poll();
    return uids == null ? null : new Asked(uids, open.ask(uids));
  }

  private Deque<Set<Long>> batches(List<OpenFolder.Listed> mails) {
    Deque<Set<Long>> batches = new ArrayDeque<>();
    Set<Long> batch = new TreeSet<>();
    long bytes = 0;
    for (OpenFolder.Listed mail : mails) {
      boolean full = batch.size() >= pace.batchMails() || bytes + mail.size() > pace.batchBytes();
      if (full && !batch.isEmpty()) {
        batches.add(batch);
        batch = new TreeSet<>();
        bytes = 0;
      }
      batch.add(mail.uid());
      bytes += mail.size();
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** Which of a batch came. One that spoils it for the others is found by asking one by one. */
  private Map<Long, Bytes> came(Asked asked) throws IOException {
    Set<Long> missing = new HashSet<>(asked.uids());
    try {
      Map<Long, Bytes> came = open.fetched(asked.tag());
      came.keySet().retainAll(asked.uids());
      missing.removeAll(came.keySet());
      return came;
    } finally {
      ledger.suspects().suspect(missing, System.nanoTime());
    }
  }

  /** False when these mails cannot be stored and others might: each is tried alone then. */
  private boolean store(Map<Long, Bytes> came) {
    List<Sink.Fetched> mails = new ArrayList<>();
    came.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            mail ->
                mails.add(
                    new Sink.Fetched(
                        Origin.imap(
                            account.name(), open.uidValidity(), mail.getKey(), mail.getValue()),
                        mail.getValue())));
    try {
      sink.take(mails);
      return true;
    } catch (StoreException fault) {
      if (fault.isTemporary()) {
        throw fault;
      }
      watch.failed(fault);
      long now = System.nanoTime();
      if (came.size() == 1) {
        came.keySet().forEach(uid -> ledger.suspects().postpone(uid, now));
      } else {
        ledger.suspects().suspect(came.keySet(), now);
      }
      return false;
    }
  }

  private Move startMove(Set<Long> uids) throws IOException, ProtocolException {
    return new Move(uids, open.startMove(uids, account.moveTo()));
  }

  private void finish(Move move) throws IOException, ProtocolException {
    moveRefused |= !open.moved(move.tag(), move.uids(), account.moveTo());
  }

  /** One that did not come before. */
  private void alone(OpenFolder.Listed mail) throws IOException, ProtocolException {
    Suspects suspects = ledger.suspects();
    if (suspects.isHopeless(mail.uid())) {
      setAside(mail, NOT_TO_BE_HAD);
      return;
    }
    boolean answered = false;
    Map<Long, Bytes> came = Map.of();
    try {
      came = open.fetched(open.ask(Set.of(mail.uid())));
      answered = true;
    } finally {
      if (!answered) {
        suspects.cut(mail.uid(), System.nanoTime());
      }
    }
    came.keySet().retainAll(Set.of(mail.uid()));
    if (came.isEmpty()) {
      suspects.refused(mail.uid(), System.nanoTime());
      LOG.warn("a mail does not come: account={} uid={}", account.name(), mail.uid());
    } else if (store(came)) {
      suspects.clear(mail.uid());
      finish(startMove(Set.of(mail.uid())));
    }
  }

  /** Never lost: it stays on the mail server, in a folder of its own, and the journal says so. */
  private void setAside(OpenFolder.Listed mail, String event)
      throws IOException, ProtocolException {
    LOG.warn(
        "set aside: account={} event={} uid={} size={} limit={} folder={}",
        account.name(),
        event,
        mail.uid(),
        mail.size(),
        account.maxBytes(),
        account.setAside());
    open.line().require(account.setAside());
    sink.setAside(Origin.imap(account.name(), open.uidValidity(), mail.uid()), event);
    Set<Long> uids = Set.of(mail.uid());
    if (!open.moved(open.startMove(uids, account.setAside()), uids, account.setAside())) {
      ledger.left().add(mail.uid());
    }
    ledger.suspects().clear(mail.uid());
  }
}
