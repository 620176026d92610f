package nl.wotpoort.smime;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes DER (X.690 §10). The other half of {@link Asn1}. */
final class Der {

  private static final Map<String, byte[]> OIDS = new ConcurrentHashMap<>();

  private Der() {}

  static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] head = head(tag, length);
    byte[] out = Arrays.copyOf(head, head.length + length);
    int at = head.length;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }

  /** Tag and length of a value of {@code length} bytes. */
  static byte[] head(int tag, int length) {
    if (length < 0x80) {
      return new byte[] {(byte) tag, (byte) length};
    }
    int sizeBytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
    byte[] head = new byte[2 + sizeBytes];
    head[0] = (byte) tag;
    head[1] = (byte) (0x80 | sizeBytes);
    for (int i = 0; i < sizeBytes; i++) {
      head[2 + i] = (byte) (length >>> (8 * (sizeBytes - 1 - i)));
    }
    return head;
  }

  static byte[] sequence(byte[]... parts) {
    return value(Asn1.SEQUENCE, parts);
  }

  /** A SET OF: its members in DER's order (X.690 §11.6). */
  static byte[] setOf(List<byte[]> members) {
    byte[][] sorted = members.toArray(new byte[0][]);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return value(Asn1.SET, sorted);
  }

  /**
   * {@code value} under another tag, in DER whatever its own form: definite lengths, strings in one
   * piece, members of a SET sorted. RFC 5652 §5.4 hashes signed attributes in this form.
   */
  static byte[] encoded(int tag, Asn1 value) throws Fault {
    if (!value.isConstructed()) {
      return value(tag, value.content());
    }
    if ((value.tag & ~0x20) == Asn1.OCTETS) {
      return value(tag & ~0x20, value.octets().toArray());
    }
    List<byte[]> members = new ArrayList<>();
    for (Asn1 child : value.children()) {
      members.add(encoded(child.tag, child));
    }
    return tag == Asn1.SET ? setOf(members) : value(tag, members.toArray(new byte[0][]));
  }

  /** Shared: to put into other values, not to write to. For our own names, which are few. */
  static byte[] oid(String dotted) {
    return OIDS.computeIfAbsent(dotted, Der::encodedOid);
  }

  private static byte[] encodedOid(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    arc(out, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      arc(out, Long.parseLong(arcs[i]));
    }
    return value(Asn1.OID, out.toByteArray());
  }

  private static void arc(ByteArrayOutputStream out, long arc) {
    int groups = Math.max(1, (70 - Long.numberOfLeadingZeros(arc)) / 7);
    for (int i = groups - 1; i >= 0; i--) {
      out.write((int) (arc >>> (7 * i) & 0x7f) | (i > 0 ? 0x80 : 0));
    }
  }

  static byte[] integer(BigInteger value) {
    return value(Asn1.INTEGER, value.toByteArray());
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] octets(byte[] content) {
    return value(Asn1.OCTETS, content);
  }

  static byte[] bits(byte[] content) {
    return value(0x03, new byte[] {0}, content);
  }

  static byte[] nul() {
    return new byte[] {5, 0};
  }

  /** An AlgorithmIdentifier without parameters. */
  static byte[] algorithm(String oid) {
    return sequence(oid(oid));
  }

  static byte[] algorithm(String oid, byte[] parameters) {
    return sequence(oid(oid), parameters);
  }
}
