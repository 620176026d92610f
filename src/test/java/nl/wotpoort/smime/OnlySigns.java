package nl.wotpoort.smime;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** ECDSA over SHA-256 as a token that may only sign does it. */
public final class OnlySigns extends SignatureSpi {

  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private @Nullable PrivateKey key;

  @Override
  protected void engineInitSign(PrivateKey given) {
    key = given;
  }

  @Override
  protected void engineUpdate(byte one) {
    message.write(one);
  }

  @Override
  protected void engineUpdate(byte[] bytes, int from, int length) {
    message.write(bytes, from, length);
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    try {
      Signature jdk = Signature.getInstance("SHA256withECDSA");
      jdk.initSign(Objects.requireNonNull(key));
      jdk.update(message.toByteArray());
      return jdk.sign();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new SignatureException(e);
    }
  }

  @Override
  protected void engineInitVerify(PublicKey given) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected boolean engineVerify(byte[] value) {
    throw new UnsupportedOperationException();
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String name, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String name) {
    throw new UnsupportedOperationException();
  }
}
