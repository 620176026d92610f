package nl.wotpoort.smime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads keys, certificates and CRLs out of the bytes of files. {@code file} is the name for
 * messages; nothing here opens a file. Stateless, thread-safe.
 */
public final class KeyFiles {

  /** DER that begins with a sequence of 256 bytes or more, or of no stated length. */
  private static final Pattern BASE64 = Pattern.compile("MI[IMEAQ][A-Za-z0-9+/]{250,}={0,2}");

  private KeyFiles() {}

  /**
   * Every private key in a PKCS#12 file, with its chain.
   *
   * @throws KeyFileFault WRONG_PASSWORD, BROKEN, EMPTY or NO_MATCH
   */
  public static List<KeyEntry> keys(String file, byte[] pkcs12, char[] password)
      throws KeyFileFault {
    KeyStore store = keyStore(file, pkcs12, password);
    List<KeyEntry> entries = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        Certificate[] chain = store.getCertificateChain(alias);
        // null for what is no key
        if (store.getKey(alias, password) instanceof PrivateKey own && chain != null) {
          entries.add(entry(file, alias, own, chain));
        }
      }
    } catch (UnrecoverableKeyException e) {
      throw new KeyFileFault(KeyFileFault.Cause.WRONG_PASSWORD, file);
    } catch (GeneralSecurityException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
    if (entries.isEmpty()) {
      throw new KeyFileFault(KeyFileFault.Cause.EMPTY, file);
    }
    return entries;
  }

  /**
   * The private keys in PEM files, each with the certificate among them that is its pair: what
   * {@code openssl req -nodes} leaves. For a folder on a desk, not for the gateway itself.
   *
   * @throws KeyFileFault EMPTY when there is no pair
   */
  public static List<KeyEntry> pemKeys(String source, List<PemFile> files) throws KeyFileFault {
    List<PrivateKey> keys = files.stream().flatMap(f -> f.keys().stream()).toList();
    List<X509Certificate> certificates =
        files.stream().flatMap(f -> f.certificates().stream()).toList();
    return filled(source, PemKeys.paired(source, keys, certificates));
  }

  /** The certificates in a PKCS#12 file, keys left aside. */
  public static List<X509Certificate> certificates(String file, byte[] pkcs12, char[] password)
      throws KeyFileFault {
    keyStore(file, pkcs12, password); // is the password right, is the file whole
    List<X509Certificate> certificates;
    try {
      certificates = Pkcs12Certificates.read(pkcs12, password);
    } catch (GeneralSecurityException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
    return filled(file, certificates);
  }

  /**
   * The certificates in a PEM file, in order, the one in a DER file, or those in a PKCS#7 bundle
   * ({@code .p7b}, {@code .p7c}) of either form.
   */
  public static List<X509Certificate> certificates(String file, byte[] bytes) throws KeyFileFault {
    return certificates(file, bytes, CertificateBook.EMPTY);
  }

  /** The same; those that are in {@code known} are not parsed again. */
  public static List<X509Certificate> certificates(String file, byte[] bytes, CertificateBook known)
      throws KeyFileFault {
    try {
      return filled(file, ofAnyForm(file, bytes, known));
    } catch (CertificateException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
  }

  /**
   * The certificates in a directory's export: LDIF (RFC 2849: userCertificate, a
   * userSMIMECertificate bundle) or CSV with a certificate in base64 in a cell; or in a file of
   * {@link #certificates(String, byte[])}. What is no certificate in it is passed over.
   *
   * @throws KeyFileFault EMPTY when there is none at all
   */
  public static List<X509Certificate> directory(String file, byte[] bytes) throws KeyFileFault {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean der = bytes.length > 0 && bytes[0] == Asn1.SEQUENCE;
    if (der || text.contains("-----BEGIN ")) {
      return certificates(file, bytes);
    }
    // a line of LDIF goes on after a line end and one blank
    Matcher base64 = BASE64.matcher(text.replaceAll("\r?\n ", ""));
    List<X509Certificate> found = new ArrayList<>();
    while (base64.find()) {
      try {
        found.addAll(ofAnyForm(file, Base64.getMimeDecoder().decode(base64.group())));
      } catch (CertificateException | IllegalArgumentException | KeyFileFault e) {
        // a photo, a key: an export holds more than certificates
      }
    }
    return filled(file, found.stream().distinct().toList());
  }

  static List<X509Certificate> ofAnyForm(String file, byte[] bytes)
      throws CertificateException, KeyFileFault {
    return ofAnyForm(file, bytes, CertificateBook.EMPTY);
  }

  private static List<X509Certificate> ofAnyForm(String file, byte[] bytes, CertificateBook known)
      throws CertificateException, KeyFileFault {
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : blocks(file, bytes, "CERTIFICATE", "X509 CERTIFICATE", "PKCS7", "CMS")) {
      if (isBundle(der)) {
        for (Certificate one : Certificates.factory().generateCertificates(stream(der))) {
          certificates.add(Certificates.read(one.getEncoded()));
        }
      } else {
        Optional<X509Certificate> parsed = known.known(der);
        certificates.add(parsed.isPresent() ? parsed.get() : Certificates.read(der));
      }
    }
    return certificates;
  }

  private static ByteArrayInputStream stream(byte[] der) {
    return new ByteArrayInputStream(der);
  }

  /** A ContentInfo begins with an OID, a certificate with a sequence. */
  private static boolean isBundle(byte[] der) {
    if (der.length < 12) {
      return false;
    }
    int second = der[1] & 0xff;
    int inside = second <= 0x80 ? 2 : 2 + (second & 0x7f); // 0x80: of no stated length
    return inside < der.length && der[inside] == Asn1.OID;
  }

  /** The CRLs in a PEM file, in order, or the one in a DER file. */
  public static List<X509CRL> crls(String file, byte[] bytes) throws KeyFileFault {
    List<X509CRL> crls = new ArrayList<>();
    try {
      for (byte[] der : blocks(file, bytes, "X509 CRL")) {
        crls.add(Certificates.readCrl(der));
      }
    } catch (CRLException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
    return filled(file, crls);
  }

  private static KeyStore keyStore(String file, byte[] pkcs12, char[] password)
      throws KeyFileFault {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(pkcs12), password);
      return store;
    } catch (IOException e) {
      // the JDK's own way to tell the two apart, see KeyStore.load
      boolean wrongPassword = e.getCause() instanceof UnrecoverableKeyException;
      throw new KeyFileFault(
          wrongPassword ? KeyFileFault.Cause.WRONG_PASSWORD : KeyFileFault.Cause.BROKEN, file);
    } catch (GeneralSecurityException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
  }

  private static KeyEntry entry(String file, String alias, PrivateKey key, Certificate[] chain)
      throws KeyFileFault {
    List<X509Certificate> above = new ArrayList<>();
    for (int i = 1; i < chain.length; i++) {
      if (chain[i] instanceof X509Certificate c && !PathOrder.isSelfIssued(c)) {
        above.add(c);
      }
    }
    if (chain[0] instanceof X509Certificate own && isPair(key, own)) {
      return new KeyEntry(file + " (" + alias + ")", key, own, above);
    }
    throw new KeyFileFault(KeyFileFault.Cause.NO_MATCH, file);
  }

  static boolean isPair(PrivateKey key, X509Certificate certificate) {
    if (key instanceof RSAPrivateCrtKey own
        && certificate.getPublicKey() instanceof RSAPublicKey theirs) {
      // the private key holds both halves of the public one; to sign takes the JDK 40 ms at a start
      return own.getModulus().equals(theirs.getModulus())
          && own.getPublicExponent().equals(theirs.getPublicExponent());
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519" -> "Ed25519";
          default -> "";
        };
    // an X25519 key cannot sign, so its pairing shows only when a mail is opened
    if (key.getAlgorithm().equals("XDH")) {
      return certificate.getPublicKey().getAlgorithm().equals("XDH");
    }
    try {
      byte[] sample = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] made = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(sample);
      return signature.verify(made);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<byte[]> blocks(String file, byte[] bytes, String... kinds)
      throws KeyFileFault {
    if (bytes.length > 0 && bytes[0] == Asn1.SEQUENCE) {
      return List.of(bytes);
    }
    List<byte[]> blocks = new ArrayList<>();
    List<String> wanted = List.of(kinds);
    try {
      for (PemBlock block : PemBlock.in(bytes)) {
        if (wanted.contains(block.label())) {
          blocks.add(block.decoded());
        }
      }
    } catch (IllegalArgumentException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
    return blocks;
  }

  private static <T> List<T> filled(String file, List<T> found) throws KeyFileFault {
    if (found.isEmpty()) {
      throw new KeyFileFault(KeyFileFault.Cause.EMPTY, file);
    }
    return List.copyOf(found);
  }
}
