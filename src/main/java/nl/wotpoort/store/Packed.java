package nl.wotpoort.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Long {@link Fields} made small before they are encrypted (zlib, RFC 1950): the texts of a large
 * house are megabytes, and each version of them is kept. Fields begin with a digit, packed ones
 * with a letter, so that those of before are still read.
 */
final class Packed {

  private static final char MARK = 'z';

  private Packed() {}

  static byte[] of(String fields) {
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      packed.write(MARK);
      try (OutputStream out = new DeflaterOutputStream(packed, fast)) {
        out.write(fields.getBytes(StandardCharsets.UTF_8));
      }
      return packed.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("nothing here but memory", e);
    } finally {
      fast.end();
    }
  }

  /** Throws {@link StoreException.Damaged} for what is neither. */
  static String opened(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != MARK) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException.Damaged("a stored value does not unpack", e);
    }
  }
}
