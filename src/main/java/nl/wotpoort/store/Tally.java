package nl.wotpoort.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Counts and digests rows, the same on every database and in whatever order they come: the sum
 * (modulo 2^64, four words wide) of the SHA-256 of each row. Against accidents, not against
 * somebody who chooses rows; a {@link Manifest} is keyed for that.
 */
final class Tally {

  private static final int WORDS = 4;

  private final MessageDigest digest;
  private final long[] sum = new long[WORDS];
  private long rows;

  Tally() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  void nothing() {
    digest.update((byte) 0);
  }

  void number(long number) {
    digest.update((byte) 1);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  void text(String text) {
    sized((byte) 2, text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] bytes) {
    sized((byte) 3, bytes);
  }

  private void sized(byte kind, byte[] bytes) {
    digest.update(kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  void endOfRow() {
    ByteBuffer row = ByteBuffer.wrap(digest.digest());
    for (int i = 0; i < WORDS; i++) {
      sum[i] += row.getLong();
    }
    rows++;
  }

  long rows() {
    return rows;
  }

  /** {@code count digest}, for a manifest or a report. */
  @Override
  public String toString() {
    ByteBuffer all = ByteBuffer.allocate(WORDS * Long.BYTES);
    for (long word : sum) {
      all.putLong(word);
    }
    return rows + " " + HexFormat.of().formatHex(all.array());
  }
}
