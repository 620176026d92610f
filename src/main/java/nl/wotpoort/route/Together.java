package nl.wotpoort.route;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What is written to a connection is held until an answer is read from it, or there is as much as a
 * TLS record takes. Commands that are sent ahead (RFC 2920) so leave in one record. In a record
 * each, the other side answers each by itself, and its second answer waits for the acknowledgement
 * of the first (Nagle's algorithm), some 40 ms. A {@code flush} is no reason to send: Angus Mail
 * flushes each command. For one thread, but for {@link #leave}.
 */
final class Together {

  /** RFC 8446 §5.1: the most that is in one record. */
  private static final int RECORD = 16_384;

  private final Held held;
  private final InputStream answers;

  Together(InputStream in, OutputStream out) {
    held = new Held(out);
    answers =
        new FilterInputStream(in) {
          @Override
          public int read() throws IOException {
            leave();
            return super.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            leave();
            return super.read(into, offset, length);
          }
        };
  }

  OutputStream output() {
    return held;
  }

  InputStream input() {
    return answers;
  }

  /** Sends what is held. Thread-safe: closing may come from another thread. */
  void leave() throws IOException {
    held.leave();
  }

  private static final class Held extends FilterOutputStream {

    private final byte[] bytes = new byte[RECORD];
    private int count;

    Held(OutputStream out) {
      super(out);
    }

    @Override
    public synchronized void write(int one) throws IOException {
      if (count == RECORD) {
        leave();
      }
      bytes[count++] = (byte) one;
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        if (count == RECORD) {
          leave();
        }
        int some = Math.min(RECORD - count, length - done);
        System.arraycopy(from, offset + done, bytes, count, some);
        count += some;
        done += some;
      }
    }

    @Override
    public void flush() {
      // whoever reads the answer sends
    }

    @Override
    public synchronized void close() throws IOException {
      leave();
      super.close();
    }

    synchronized void leave() throws IOException {
      int all = count;
      count = 0; // what could not be sent is not sent again, least of all by close()
      if (all > 0) {
        out.write(bytes, 0, all);
        out.flush();
      }
    }
  }
}
