package nl.wotpoort.smime;

import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Encrypts what is written to it, piece by piece, into {@code out}. Of a cipher for encryption. */
final class EncryptingStream extends OutputStream {

  private static final int PIECE = 1 << 14;

  private final Cipher cipher;
  private final Base64Lines out;
  private final byte[] encrypted;

  /** {@code length}: of all that will be written. */
  EncryptingStream(Cipher cipher, Base64Lines out, int length) {
    this.cipher = cipher;
    this.out = out;
    this.encrypted = new byte[Math.min(PIECE, length) + 64];
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      for (int at = from; at < from + length; at += PIECE) {
        int taken = Math.min(PIECE, from + length - at);
        out.write(encrypted, 0, cipher.update(bytes, at, taken, encrypted));
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("internal error: a buffer too small for a cipher", e);
    }
  }

  /** What the cipher still holds: padding, or the last bytes and the tag. */
  byte[] last() throws GeneralSecurityException {
    return cipher.doFinal();
  }
}
