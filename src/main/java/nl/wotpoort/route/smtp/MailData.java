package nl.wotpoort.route.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;

/**
 * A mail after DATA (RFC 5321 §4.1.1.4), read to its very end and nothing beyond: what is refused
 * is read to the end too, or the rest of it would be taken for commands. The end is CR LF dot CR LF
 * and nothing like it. A lone CR or LF, which one server takes for the end of a line and another
 * does not, is a fault: that is how one mail is smuggled in another.
 */
final class MailData {

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

  private static final int BLOCK = 8 * 1024;

  /** Most mails fit in the first array; those behind it have the size of a piece of room. */
  private static final int FIRST = 32 * 1024;

  private final int limit;
  private final Room.Share room;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[FIRST];
  private int inLast;
  private int size;
  private Optional<Fault> fault = Optional.empty();

  // where in the mail we are
  private int inLine;
  private byte before = '\n';

  /** The line so far is one dot, which is not yet written. */
  private boolean dot;

  private boolean ended;

  /**
   * To be read with {@link #read(InputStream)}.
   *
   * @param limit bytes that are kept
   * @param room is the caller's, who closes it when the mail has gone from memory
   */
  MailData(int limit, Room.Share room) {
    this.limit = limit;
    this.room = room;
  }

  Optional<Fault> fault() {
    return fault;
  }

  /**
   * Laid together, in an array that holds nothing else; a large mail is in the heap twice while
   * that is done, and once after it.
   */
  Bytes bytes() {
    if (full.isEmpty() && inLast == last.length) {
      return Bytes.wrap(last);
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] one : full) {
      System.arraycopy(one, 0, all, at, one.length);
      at += one.length;
    }
    System.arraycopy(last, 0, all, at, inLast);
    full.clear();
    last = all;
    inLast = all.length;
    return Bytes.wrap(all);
  }

  /**
   * In blocks: what was read beyond the end goes back, it is the next command. Throws EOFException
   * when the connection ends before the mail does, and when it goes on for ever: a part of a mail
   * is never taken for a whole one.
   *
   * @param in can go back to a mark, as a buffered one can
   */
  void read(InputStream in) throws IOException {
    byte[] block = new byte[BLOCK];
    long read = 0;
    while (!ended) {
      in.mark(BLOCK);
      int length = in.read(block);
      if (length < 0 || read > (long) PATIENCE * limit + LONGEST_LINE) {
        throw new EOFException("the mail has no end");
      }
      read += length;
      int taken = take(block, length);
      if (taken < length) {
        in.reset();
        in.skipNBytes(taken);
      }
    }
  }

  /** How many bytes of the block are this mail's; all of them, but in its last block. */
  private int take(byte[] block, int length) {
    int at = 0;
    while (at < length && !ended) {
      int run = isAmidALine() ? ordinary(block, at, length) : 0;
      if (run > 0) {
        keep(block, at, run);
        inLine += run;
        before = block[at + run - 1];
        at += run;
      } else {
        step(block[at++]);
      }
      if (inLine > LONGEST_LINE) {
        note(Fault.LONG_LINE);
      }
    }
    return at;
  }

  /** Where a byte that is no line end is nothing but a byte of the mail. */
  private boolean isAmidALine() {
    return before != '\r' && inLine > 0;
  }

  private static int ordinary(byte[] block, int from, int to) {
    int at = from;
    while (at < to && block[at] != '\r' && block[at] != '\n') {
      at++;
    }
    return at - from;
  }

  private void step(byte b) {
    if ((before == '\r') != (b == '\n')) {
      note(Fault.BARE_LINE_END);
    }
    boolean ends = before == '\r' && b == '\n';
    if (inLine == 0 && b == '.') {
      dot = true; // the dot of a stuffed line goes; so does the one that ends all
    } else if (dot && inLine == 2 && ends) {
      ended = true;
      return;
    } else if (!(dot && inLine == 1 && b == '\r')) { // the end of all, or a fault
      keep(new byte[] {b}, 0, 1);
    }
    inLine++;
    if (ends) {
      inLine = 0;
      dot = false;
    }
    before = b;
  }

  private void keep(byte[] block, int from, int length) {
    if (fault.isPresent()) {
      return;
    }
    if (size + length > limit) {
      note(Fault.TOO_LARGE);
    } else if (!room.isEnoughFor(size + length)) {
      note(Fault.NO_ROOM);
    } else {
      append(block, from, length);
    }
  }

  private void append(byte[] block, int from, int length) {
    int done = 0;
    while (done < length) {
      if (inLast == last.length) {
        full.add(last);
        last = new byte[Room.PIECE];
        inLast = 0;
      }
      int step = Math.min(length - done, last.length - inLast);
      System.arraycopy(block, from + done, last, inLast, step);
      inLast += step;
      done += step;
    }
    size += length;
  }

  private void note(Fault found) {
    if (fault.isEmpty()) {
      fault = Optional.of(found);
      full.clear();
      inLast = 0;
      size = 0;
    }
  }
}
