package nl.wotpoort.letter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that do not change: a slice of an array nobody writes to any more. Signatures are over
 * bytes, so messages travel as these from room to room, never as text. Equal by content; prints its
 * length only. Thread-safe.
 */
public final class Bytes {

  private static final Bytes NONE = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int from;
  private final int to;

  private Bytes(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  public static Bytes none() {
    return NONE;
  }

  /**
   * Takes {@code array} over without a copy: the caller gives it away and never writes to it again.
   */
  public static Bytes wrap(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  public static Bytes of(String text, Charset charset) {
    return wrap(text.getBytes(charset));
  }

  /** All of them, one after another, in an array of their own. */
  public static Bytes joined(List<Bytes> pieces) {
    byte[] all = new byte[pieces.stream().mapToInt(Bytes::length).reduce(0, Math::addExact)];
    int at = 0;
    for (Bytes piece : pieces) {
      piece.copyTo(0, all, at, piece.length());
      at += piece.length();
    }
    return wrap(all);
  }

  public int length() {
    return to - from;
  }

  public boolean isEmpty() {
    return to == from;
  }

  public byte at(int index) {
    if (index < 0 || index >= length()) {
      throw new IndexOutOfBoundsException(index);
    }
    return array[from + index];
  }

  /**
   * The bytes from {@code start} (inclusive) to {@code end} (exclusive), sharing this one's memory.
   */
  public Bytes slice(int start, int end) {
    if (start < 0 || end < start || end > length()) {
      throw new IndexOutOfBoundsException(start + ".." + end + " of " + length());
    }
    return new Bytes(array, from + start, from + end);
  }

  /** A copy. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, to);
  }

  /**
   * For a library that takes arrays only, and a large message that should not be in the heap twice:
   * its own array when that holds nothing else, otherwise a copy. Whoever gets it never writes to
   * it.
   */
  public byte[] readOnlyArray() {
    return from == 0 && to == array.length ? array : toArray();
  }

  /** Where {@code wanted} stands first, from {@code start} on; {@code end} when it does not. */
  public int indexOf(byte wanted, int start, int end) {
    if (start < 0 || end < start || end > length()) {
      throw new IndexOutOfBoundsException(start + ".." + end + " of " + length());
    }
    int stop = from + end;
    int at = from + start;
    while (at < stop && array[at] != wanted) {
      at++;
    }
    return at - from;
  }

  /** Whether {@code wanted} stands in here anywhere; an empty one always does. */
  public boolean contains(byte[] wanted) {
    if (wanted.length == 0) {
      return true;
    }
    byte first = wanted[0];
    int last = to - wanted.length;
    for (int at = from; at <= last; at++) {
      if (array[at] == first
          && Arrays.equals(array, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether no byte has its highest bit set. */
  public boolean isAscii() {
    int bits = 0;
    for (int at = from; at < to; at++) {
      bits |= array[at];
    }
    return bits >= 0;
  }

  /**
   * Copies {@code length} bytes from {@code start} on into {@code to} at {@code at}: for loops that
   * read much, piece by piece.
   */
  public void copyTo(int start, byte[] to, int at, int length) {
    if (start < 0 || length < 0 || start > length() - length) {
      throw new IndexOutOfBoundsException(start + "+" + length + " of " + length());
    }
    System.arraycopy(array, from + start, to, at, length);
  }

  public InputStream open() {
    return new ByteArrayInputStream(array, from, length());
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(array, from, length());
  }

  public String decode(Charset charset) {
    return new String(array, from, length(), charset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(array, from, to, that.array, that.from, that.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length() + " bytes";
  }
}
