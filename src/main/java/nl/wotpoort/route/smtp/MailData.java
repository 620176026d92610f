package nl.wotpoort.route.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import nl.wotpoort.letter.Bytes;

/**
 * A mail after DATA (RFC 5321 §4.1.1.4), read to its very end and nothing beyond: what is refused
 * is read to the end too, or the rest of it would be taken for commands. The end is CR LF dot CR LF
 * and nothing like it. A lone CR or LF, which one server takes for the end of a line and another
 * does not, is a fault: that is how one mail is smuggled in another.
 */
final class MailData implements AutoCloseable {

  /** Why a mail is refused. */
  enum Fault {
    TOO_LARGE("552 5.3.4 larger than this server takes"),
    BARE_LINE_END("550 5.6.0 a line ends without CR LF"),
    LONG_LINE("550 5.6.0 a line is too long"),
    NO_ROOM("452 4.3.1 too many large mails at once, try again later");

    private final String reply;

    Fault(String reply) {
      this.reply = reply;
    }

    String reply() {
      return reply;
    }
  }

  /** Far more than RFC 5322 allows (998): old programs do not fold a long list of recipients. */
  static final int LONGEST_LINE = 16 * 1024;

  /** How far beyond the limit a mail is read to its end; then the connection is closed. */
  private static final int PATIENCE = 4;

  /** Memory is reserved in pieces of this size. */
  static final int PIECE = 64 * 1024;

  private final int limit;
  private final Semaphore room;
  private int pieces;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
  private Optional<Fault> fault = Optional.empty();

  private MailData(int limit, Semaphore room) {
    this.limit = limit;
    this.room = room;
  }

  /**
   * Throws EOFException when the connection ends before the mail does, and when it goes on for
   * ever: a part of a mail is never taken for a whole one.
   *
   * @param room one permit for each {@link #PIECE} of all mails that are in memory at once; held
   *     until this is closed
   */
  static MailData read(InputStream in, int limit, Semaphore room) throws IOException {
    MailData data = new MailData(limit, room);
    boolean whole = false;
    try {
      data.read(in);
      whole = true;
      return data;
    } finally {
      if (!whole) {
        data.close();
      }
    }
  }

  @Override
  public void close() {
    room.release(pieces);
    pieces = 0;
  }

  Optional<Fault> fault() {
    return fault;
  }

  Bytes bytes() {
    return Bytes.wrap(bytes.toByteArray());
  }

  private void read(InputStream in) throws IOException {
    long read = 0;
    int inLine = 0;
    boolean dot = false; // the line so far is one dot, which is not yet written
    int before = '\n';
    while (true) {
      int b = in.read();
      if (b < 0 || ++read > (long) PATIENCE * limit + LONGEST_LINE) {
        throw new EOFException("the mail has no end");
      }
      if ((before == '\r') != (b == '\n')) {
        note(Fault.BARE_LINE_END);
      }
      boolean ends = before == '\r' && b == '\n';
      if (inLine == 0 && b == '.') {
        dot = true; // the dot of a stuffed line goes; so does the one that ends all
      } else if (dot && inLine == 2 && ends) {
        return;
      } else {
        if (dot && inLine == 2 && before == '\r') {
          keep('\r'); // held back until it was known not to be the end
        }
        if (!(dot && inLine == 1 && b == '\r')) {
          keep(b);
        }
      }
      inLine++;
      if (ends) {
        inLine = 0;
        dot = false;
      } else if (inLine > LONGEST_LINE) {
        note(Fault.LONG_LINE);
      }
      before = b;
    }
  }

  private void keep(int b) {
    if (bytes.size() >= limit) {
      note(Fault.TOO_LARGE);
    } else if (bytes.size() >= pieces * PIECE && !room.tryAcquire()) {
      note(Fault.NO_ROOM);
    } else if (fault.isEmpty()) {
      pieces = Math.max(pieces, bytes.size() / PIECE + 1);
      bytes.write(b);
    }
  }

  private void note(Fault found) {
    if (fault.isEmpty()) {
      fault = Optional.of(found);
      bytes.reset();
    }
  }
}
