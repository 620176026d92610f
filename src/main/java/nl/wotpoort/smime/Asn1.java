package nl.wotpoort.smime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nl.wotpoort.letter.Bytes;

/**
 * One value of BER (X.690) as it stands in an array: where it begins, where its content lies, its
 * children. Reading copies nothing. Depth and count are bounded while reading, and lengths are
 * checked against what is there, so hostile nesting ends as a {@link Fault}; BouncyCastle's own
 * reader would overflow the stack at 20 kB of it.
 */
final class Asn1 {

  static final int INTEGER = 0x02;
  static final int BITS = 0x03;
  static final int OCTETS = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int CONSTRUCTED = 0x20;

  final byte[] array;
  final int tag;
  final int start;
  final int from;
  final boolean indefinite;
  private int to;
  private int end;
  private List<Asn1> children = List.of();

  private Asn1(byte[] array, int tag, int start, int from, boolean indefinite) {
    this.array = array;
    this.tag = tag;
    this.start = start;
    this.from = from;
    this.indefinite = indefinite;
  }

  /** Reads the one value that fills {@code array}. Bytes behind it are a fault. */
  static Asn1 read(byte[] array, Limits limits) throws Fault {
    return read(array, 0, array.length, limits);
  }

  static Asn1 read(Octets octets, Limits limits) throws Fault {
    return read(octets.array(), octets.from(), octets.to(), limits);
  }

  static Asn1 read(byte[] array, int from, int to, Limits limits) throws Fault {
    Asn1 value = new Reader(array, limits).value(from, to, 0);
    if (value.end != to) {
      throw Fault.malformed("bytes behind the ASN.1 value");
    }
    return value;
  }

  private static final class Reader {
    private final byte[] array;
    private final Limits limits;
    private int values;

    Reader(byte[] array, Limits limits) {
      this.array = array;
      this.limits = limits;
    }

    Asn1 value(int start, int stop, int depth) throws Fault {
      if (depth > limits.asn1Depth()) {
        throw Fault.tooLarge("ASN.1 nested deeper than " + limits.asn1Depth());
      }
      if (++values > limits.asn1Values()) {
        throw Fault.tooLarge("more than " + limits.asn1Values() + " ASN.1 values");
      }
      if (stop - start < 2) {
        throw Fault.malformed("ASN.1 value cut off");
      }
      int tag = array[start] & 0xff;
      if ((tag & 0x1f) == 0x1f) {
        throw Fault.malformed("ASN.1 tag number above 30");
      }
      int first = array[start + 1] & 0xff;
      if (first == 0x80) {
        return indefinite(start, stop, tag, depth);
      }
      int sizeBytes = first < 0x80 ? 0 : first & 0x7f;
      if (sizeBytes > 4 || stop - start - 2 < sizeBytes) {
        throw Fault.malformed("ASN.1 length cut off or above 4 bytes");
      }
      long length = sizeBytes == 0 ? first : 0;
      for (int i = 0; i < sizeBytes; i++) {
        length = length << 8 | (array[start + 2 + i] & 0xff);
      }
      int from = start + 2 + sizeBytes;
      if (length > stop - from) {
        throw Fault.malformed("ASN.1 length beyond the end");
      }
      Asn1 value = new Asn1(array, tag, start, from, false);
      value.to = from + (int) length;
      value.end = value.to;
      if (value.isConstructed()) {
        value.children = children(from, value.to, depth);
      }
      return value;
    }

    private List<Asn1> children(int from, int to, int depth) throws Fault {
      List<Asn1> children = new ArrayList<>(4);
      int at = from;
      while (at < to) {
        Asn1 child = value(at, to, depth + 1);
        children.add(child);
        at = child.end;
      }
      return children;
    }

    private Asn1 indefinite(int start, int stop, int tag, int depth) throws Fault {
      Asn1 value = new Asn1(array, tag, start, start + 2, true);
      if (!value.isConstructed()) {
        throw Fault.malformed("ASN.1 primitive of indefinite length");
      }
      List<Asn1> children = new ArrayList<>(4);
      int at = value.from;
      while (at + 1 < stop && (array[at] != 0 || array[at + 1] != 0)) {
        Asn1 child = value(at, stop, depth + 1);
        children.add(child);
        at = child.end;
      }
      if (at + 1 >= stop) {
        throw Fault.malformed("ASN.1 value of indefinite length without its end");
      }
      value.children = children;
      value.to = at;
      value.end = at + 2;
      return value;
    }
  }

  boolean isConstructed() {
    return (tag & CONSTRUCTED) != 0;
  }

  List<Asn1> children() {
    return children;
  }

  int length() {
    return to - from;
  }

  /** The value with its tag and length, as it stands. */
  byte[] raw() {
    return Arrays.copyOfRange(array, start, end);
  }

  /** The content of a primitive value. */
  byte[] content() {
    return Arrays.copyOfRange(array, from, to);
  }

  Asn1 expect(int expected) throws Fault {
    if (tag != expected) {
      throw Fault.malformed("ASN.1 tag " + tag + " where " + expected + " belongs");
    }
    return this;
  }

  /** The pieces of an OCTET STRING under any tag, in order (X.690 §8.7.3); one when it is whole. */
  List<Octets> pieces() throws Fault {
    if (!isConstructed()) {
      return List.of(new Octets(array, from, to));
    }
    List<Octets> pieces = new ArrayList<>();
    gather(pieces);
    return pieces;
  }

  private void gather(List<Octets> pieces) throws Fault {
    for (Asn1 child : children) {
      if (child.isConstructed() && (child.tag & ~CONSTRUCTED) == OCTETS) {
        child.gather(pieces);
      } else {
        child.expect(OCTETS);
        pieces.add(new Octets(array, child.from, child.to));
      }
    }
  }

  /** Content octets of an OCTET STRING under any tag, pieces joined. */
  Octets octets() throws Fault {
    if (!isConstructed()) {
      return new Octets(array, from, to);
    }
    List<Octets> pieces = pieces();
    byte[] joined = new byte[pieces.stream().mapToInt(Octets::length).sum()];
    int filled = 0;
    for (Octets piece : pieces) {
      System.arraycopy(array, piece.from(), joined, filled, piece.length());
      filled += piece.length();
    }
    return new Octets(joined, 0, joined.length);
  }

  /**
   * The same without a second array: the pieces are moved together, over their own heads. For an
   * array that is nobody else's, and a value that is not read again.
   */
  Octets octetsInPlace() throws Fault {
    if (!isConstructed()) {
      return new Octets(array, from, to);
    }
    int filled = from;
    for (Octets piece : pieces()) {
      System.arraycopy(array, piece.from(), array, filled, piece.length());
      filled += piece.length();
    }
    return new Octets(array, from, filled);
  }

  /** Content octets in an array, shared. */
  record Octets(byte[] array, int from, int to) {
    int length() {
      return to - from;
    }

    /** Shares the array, to which nobody may write from then on. */
    Bytes bytes() {
      return Bytes.wrap(array).slice(from, to);
    }

    byte[] toArray() {
      return Arrays.copyOfRange(array, from, to);
    }
  }

  BigInteger integer() throws Fault {
    expect(INTEGER);
    if (length() == 0 || length() > 4096) {
      throw Fault.malformed("ASN.1 integer of " + length() + " bytes");
    }
    return new BigInteger(array, from, length());
  }

  /** A small integer, such as a version or a tag length. */
  int small() throws Fault {
    BigInteger value = integer();
    if (value.bitLength() > 30) {
      throw Fault.malformed("ASN.1 integer out of range");
    }
    return value.intValue();
  }

  /** Dotted decimal. */
  String oid() throws Fault {
    expect(OID);
    if (length() == 0 || length() > 64 || (array[to - 1] & 0x80) != 0) {
      throw Fault.malformed("not an object identifier");
    }
    StringBuilder dotted = new StringBuilder();
    long arc = 0;
    for (int i = from; i < to; i++) {
      if (arc > Long.MAX_VALUE >> 8) {
        throw Fault.malformed("object identifier out of range");
      }
      arc = arc << 7 | (array[i] & 0x7f);
      if ((array[i] & 0x80) == 0) {
        if (dotted.isEmpty()) {
          long root = Math.min(arc / 40, 2);
          dotted.append(root).append('.').append(arc - root * 40);
        } else {
          dotted.append('.').append(arc);
        }
        arc = 0;
      }
    }
    return dotted.toString();
  }

  Cursor cursor() {
    return new Cursor(children);
  }

  /** Walks over the children in order. */
  static final class Cursor {
    private final List<Asn1> values;
    private int next;

    private Cursor(List<Asn1> values) {
      this.values = values;
    }

    boolean at(int tag) {
      return next < values.size() && values.get(next).tag == tag;
    }

    boolean done() {
      return next == values.size();
    }

    Asn1 take() throws Fault {
      if (done()) {
        throw Fault.malformed("ASN.1 value missing");
      }
      return values.get(next++);
    }

    Asn1 take(int tag) throws Fault {
      return take().expect(tag);
    }

    /** Steps over a value with that tag when there is one. */
    void skip(int tag) {
      if (at(tag)) {
        next++;
      }
    }
  }
}
