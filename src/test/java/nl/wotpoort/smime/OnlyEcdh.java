package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Objects;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** ECDH of which a test writes what the secret is. */
abstract class OnlyEcdh extends KeyAgreementSpi {

  private @Nullable Key key;
  private byte @Nullable [] secret;

  abstract byte[] secret(Key other) throws GeneralSecurityException;

  final Key key() {
    return Objects.requireNonNull(key);
  }

  @Override
  protected void engineInit(Key given, SecureRandom random) {
    key = given;
  }

  @Override
  protected void engineInit(Key given, AlgorithmParameterSpec parameters, SecureRandom random) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected @Nullable Key engineDoPhase(Key other, boolean last) throws InvalidKeyException {
    try {
      secret = secret(other);
      return null;
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(e);
    }
  }

  @Override
  protected byte[] engineGenerateSecret() {
    return Objects.requireNonNull(secret).clone();
  }

  @Override
  protected int engineGenerateSecret(byte[] into, int at) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) {
    throw new UnsupportedOperationException();
  }
}
