package nl.wotpoort.smime;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.BadPaddingException;
import javax.crypto.CipherSpi;
import org.jspecify.annotations.Nullable;

/** RSA without padding, of which a test writes what a block becomes. */
abstract class OnlyRsa extends CipherSpi {

  private @Nullable Key key;

  abstract byte[] plain(byte[] block) throws GeneralSecurityException;

  final Key key() {
    return Objects.requireNonNull(key);
  }

  @Override
  protected void engineInit(int mode, Key given, SecureRandom random) {
    key = given;
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int from, int length) throws BadPaddingException {
    try {
      return plain(Arrays.copyOfRange(input, from, from + length));
    } catch (GeneralSecurityException e) {
      throw (BadPaddingException) new BadPaddingException(e.getMessage()).initCause(e);
    }
  }

  @Override
  protected int engineDoFinal(byte[] input, int from, int length, byte[] output, int to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int from, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int engineUpdate(byte[] input, int from, int length, byte[] output, int to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void engineInit(
      int mode, Key given, AlgorithmParameterSpec parameters, SecureRandom random) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void engineInit(
      int mode, Key given, AlgorithmParameters parameters, SecureRandom random) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void engineSetMode(String mode) {}

  @Override
  protected void engineSetPadding(String padding) {}

  @Override
  protected int engineGetBlockSize() {
    return 0;
  }

  @Override
  protected int engineGetOutputSize(int length) {
    return length;
  }

  @Override
  protected byte @Nullable [] engineGetIV() {
    return null;
  }

  @Override
  protected @Nullable AlgorithmParameters engineGetParameters() {
    return null;
  }
}
