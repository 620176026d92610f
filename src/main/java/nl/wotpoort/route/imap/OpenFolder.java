package nl.wotpoort.route.imap;

import jakarta.mail.Flags;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Bytes;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/**
 * The mails of a selected folder, named by UID only: sequence numbers change under our hands when
 * another client deletes. For one thread.
 */
final class OpenFolder {

  /** A mail that is there. */
  record Listed(long uid, long size) {}

  private final Line line;
  private final long uidValidity;

  private final Ledger ledger;

  OpenFolder(Line line, long uidValidity, Ledger ledger) {
    this.line = line;
    this.uidValidity = uidValidity;
    this.ledger = ledger;
  }

  Line line() {
    return line;
  }

  long uidValidity() {
    return uidValidity;
  }

  /** What is there from {@code first} on, oldest first; without what somebody marked deleted. */
  List<Listed> list(long first) throws IOException, ProtocolException {
    Line.Answer answer = line.ask("UID FETCH " + first + ":* (UID FLAGS RFC822.SIZE)", null);
    if (!answer.isOk() && line.exists() > 0) {
      throw new IOException("the server does not list the folder");
    } // of an empty folder some servers take 1:* for a mistake
    Map<Long, Listed> listed = new HashMap<>();
    for (Response response : answer.untagged()) {
      if (response instanceof FetchResponse fetched) {
        UID uid = fetched.getItem(UID.class);
        FLAGS flags = fetched.getItem(FLAGS.class);
        RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
        boolean deleted = flags != null && flags.contains(Flags.Flag.DELETED);
        // n:* always holds the last mail, also when its UID is below n
        if (uid != null && uid.uid >= first && !deleted) {
          listed.put(uid.uid, new Listed(uid.uid, size == null ? 0 : size.size));
        }
      }
    }
    return listed.values().stream().sorted((a, b) -> Long.compare(a.uid(), b.uid())).toList();
  }

  /** Asks for mails and does not wait. Nothing is marked as seen by it. */
  String ask(Collection<Long> uids) throws IOException, ProtocolException {
    return line.send("UID FETCH " + Uids.set(uids) + " (UID BODY.PEEK[])", null);
  }

  /** The bytes of the mails asked for, as far as the server has them. */
  Map<Long, Bytes> fetched(String asked) throws IOException {
    Map<Long, Bytes> mails = new HashMap<>();
    for (Response response : line.answer(asked).untagged()) {
      if (response instanceof FetchResponse fetched) {
        UID uid = fetched.getItem(UID.class);
        BODY body = fetched.getItem(BODY.class);
        if (uid != null && body != null) {
          bytes(body).ifPresent(bytes -> mails.put(uid.uid, bytes));
        }
      }
    }
    return mails;
  }

  /** NIL is no mail; an empty literal is an empty one. */
  private static Optional<Bytes> bytes(BODY body) {
    ByteArray data = body.getByteArray();
    if (data == null) {
      return Optional.empty();
    }
    int start = data.getStart();
    return Optional.of(Bytes.wrap(data.getBytes()).slice(start, start + data.getCount()));
  }

  /** Sends the move of stored mails; {@link #moved} says how it went. */
  String startMove(Collection<Long> uids, String target) throws IOException, ProtocolException {
    Argument folder = Line.folder(target);
    String verb = line.can("MOVE") ? "UID MOVE " : "UID COPY ";
    return line.send(verb + Uids.set(uids), folder);
  }

  /**
   * Waits for a move. False when the server did not do it; the mails are where they were.
   *
   * <p>Without MOVE (RFC 6851): copied, marked deleted, and just those expunged (RFC 4315). Without
   * UIDPLUS too they stay marked: a plain EXPUNGE would remove what other people marked.
   */
  boolean moved(String sent, Collection<Long> uids, String target)
      throws IOException, ProtocolException {
    Line.Answer answer = line.answer(sent);
    if (answer.tagged().isNO()) {
      line.create(target);
      answer = line.answer(startMove(uids, target));
    }
    if (!answer.isOk()) {
      return false;
    }
    if (line.can("MOVE")) {
      return true;
    }
    // written down first: the connection may end after it was done and before we hear of it
    ledger.toExpunge().addAll(uids);
    boolean flagged =
        line.ask("UID STORE " + Uids.set(uids) + " +FLAGS.SILENT (\\Deleted)", null).isOk();
    expunge();
    return flagged;
  }

  /** Ends what a server without MOVE was left to do, here or on the connection before. */
  void expunge() throws IOException, ProtocolException {
    Set<Long> uids = ledger.toExpunge();
    if (!uids.isEmpty()
        && line.can("UIDPLUS")
        && line.ask("UID EXPUNGE " + Uids.set(uids), null).isOk()) {
      uids.clear();
    }
  }
}
