package nl.wotpoort.smime;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Keys that stay in a PKCS#11 token (a smart card, an HSM, SoftHSM), through the JDK's own
 * SunPKCS11. RSA and the NIST curves; the token must do what its certificates are for: raw RSA
 * (CKM_RSA_X_509, our own code takes the padding off without an oracle), RSA and ECDSA signatures
 * over SHA-256, and CKM_ECDH1_DERIVE with a secret that may be read. All of it is tried when the
 * key is read.
 */
public final class KeyTokens {

  /** Derived secrets are for our own key derivation, so the token must let us have them. */
  private static final String DERIVED =
      "attributes(*, CKO_SECRET_KEY, CKK_GENERIC_SECRET)"
          + " = {\n CKA_SENSITIVE = false\n CKA_EXTRACTABLE = true\n}\n";

  private KeyTokens() {}

  /**
   * Every private key in the token of {@code slot} that has a certificate beside it (the same
   * CKA_ID). A wrong PIN is tried once; most tokens lock themselves after three.
   *
   * @param library the token's PKCS#11 library, an absolute path
   * @throws KeyFileFault TOKEN_ABSENT, WRONG_PIN, EMPTY or TOKEN_UNFIT
   */
  public static List<KeyEntry> keys(Path library, long slot, char[] pin) throws KeyFileFault {
    String name = library + ", slot " + slot;
    KeyStore store = open(name, library, slot, pin);
    List<KeyEntry> entries = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, null) instanceof PrivateKey key) {
          entries.add(entry(name, alias, key, store));
        }
      }
    } catch (GeneralSecurityException | ProviderException e) {
      throw new KeyFileFault(KeyFileFault.Cause.TOKEN_ABSENT, name);
    }
    if (entries.isEmpty()) {
      throw new KeyFileFault(KeyFileFault.Cause.EMPTY, name);
    }
    return entries;
  }

  private static KeyStore open(String name, Path library, long slot, char[] pin)
      throws KeyFileFault {
    try {
      KeyStore store = KeyStore.getInstance("PKCS11", provider(library, slot));
      store.load(null, pin);
      return store;
    } catch (IOException e) {
      throw new KeyFileFault(cause(e), name);
    } catch (GeneralSecurityException
        | ProviderException
        | InvalidParameterException
        | UnsupportedOperationException e) {
      // no such library or slot, or no token in the slot
      throw new KeyFileFault(KeyFileFault.Cause.TOKEN_ABSENT, name);
    }
  }

  /** The JDK's own way to tell a PIN that is wrong, too short or locked from all the rest. */
  static KeyFileFault.Cause cause(IOException e) {
    return e.getCause() instanceof UnrecoverableKeyException
            || e.getCause() instanceof LoginException
        ? KeyFileFault.Cause.WRONG_PIN
        : KeyFileFault.Cause.TOKEN_ABSENT;
  }

  private static Provider provider(Path library, long slot) throws GeneralSecurityException {
    @Nullable Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw new GeneralSecurityException("this Java lacks SunPKCS11");
    }
    return base.configure(
        "--name = wotpoort-"
            + slot
            + "\nlibrary = "
            + library
            + "\nslot = "
            + slot
            + "\n"
            + DERIVED);
  }

  private static KeyEntry entry(String name, String alias, PrivateKey key, KeyStore store)
      throws GeneralSecurityException, KeyFileFault {
    // the JDK shows no private key without its certificate
    Certificate[] chain = store.getCertificateChain(alias);
    // the token's copy would ask the token again for each look
    X509Certificate certificate = Certificates.read(chain[0].getEncoded());
    OwnKey inToken = OwnKey.inToken(key, store.getProvider());
    requireFit(inToken, certificate, name + " (" + alias + ")");
    List<X509Certificate> above = new ArrayList<>();
    for (int i = 1; i < chain.length; i++) {
      X509Certificate one = Certificates.read(chain[i].getEncoded());
      if (!PathOrder.isSelfIssued(one)) {
        above.add(one);
      }
    }
    return new KeyEntry(name + " (" + alias + ")", inToken, certificate, above);
  }

  /** Found out now, not with the first mail. */
  static void requireFit(OwnKey key, X509Certificate certificate, String name) throws KeyFileFault {
    PublicKey publicKey = certificate.getPublicKey();
    boolean fit =
        (publicKey instanceof RSAPublicKey || publicKey instanceof ECPublicKey)
            && (!Certificates.maySign(certificate) || key.signsFor(publicKey))
            && (!Certificates.mayReceive(certificate) || key.readsFor(publicKey));
    if (!fit) {
      throw new KeyFileFault(KeyFileFault.Cause.TOKEN_UNFIT, name);
    }
  }
}
