package nl.wotpoort.smime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import nl.wotpoort.letter.Bytes;

/** Writes the encrypted mail: one recipient, one fresh key, as {@link Manner} says. */
final class EncryptingWriter {

  private static final byte[] CRLF = {'\r', '\n'};
  private static final int TAG = Encrypted.FULL_TAG;

  /** How: as it was settled, nothing left open. */
  record Manner(Recipient.Cipher cipher, Recipient.KeyTransport keyTransport) {}

  private final Manner manner;
  private final X509Certificate certificate;
  private final SecureRandom random;

  EncryptingWriter(Manner manner, X509Certificate certificate, SecureRandom random) {
    this.manner = manner;
    this.certificate = certificate;
    this.random = random;
  }

  /**
   * Throws for a key from which nothing secret comes, such as a point of X25519 from which every
   * secret is the same.
   *
   * @param content the signed entity
   */
  Bytes write(Pieces content, OuterHead head) throws InvalidKeyException {
    try {
      byte[] key = drawn(32);
      boolean cbc = manner.cipher() == Recipient.Cipher.AES_256_CBC;
      Frame frame = cbc ? cbc(content.length(), key) : aead(content.length(), key);
      byte[] fields = head.write(cbc ? "enveloped-data" : "authEnveloped-data");
      return mail(fields, frame, content);
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("internal error: a certificate that was checked does not seal", e);
    }
  }

  /** Encrypted and encoded straight into the one array that is the mail. */
  private static Bytes mail(byte[] fields, Frame frame, Pieces content)
      throws GeneralSecurityException, IOException {
    int start = fields.length + CRLF.length;
    int text = Math.toIntExact(Base64Lines.length(frame.length()));
    byte[] mail = Arrays.copyOf(fields, start + text + CRLF.length);
    System.arraycopy(CRLF, 0, mail, fields.length, CRLF.length);
    Base64Lines base64 = new Base64Lines(mail, start, frame.length());
    base64.write(frame.head(), 0, frame.head().length);
    EncryptingStream encrypting = new EncryptingStream(frame.cipher(), base64, content.length());
    content.writeTo(encrypting);
    byte[] last = encrypting.last();
    int tag = frame.isAuthenticated() ? TAG : 0;
    base64.write(last, 0, last.length - tag);
    if (frame.isAuthenticated()) {
      byte[] value = Der.octets(Arrays.copyOfRange(last, last.length - tag, last.length));
      base64.write(value, 0, value.length);
    }
    System.arraycopy(CRLF, 0, mail, base64.end(), CRLF.length);
    return Bytes.wrap(mail);
  }

  private byte[] drawn(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** AuthEnvelopedData (RFC 5083) with AES-GCM (RFC 5084) or ChaCha20-Poly1305 (RFC 8103). */
  private Frame aead(int length, byte[] key) throws GeneralSecurityException {
    byte[] nonce = drawn(12);
    boolean gcm = manner.cipher() == Recipient.Cipher.AES_256_GCM;
    Cipher cipher = Engines.cipher(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, gcm ? "AES" : "ChaCha20"),
        gcm ? new GCMParameterSpec(8 * TAG, nonce) : new IvParameterSpec(nonce));
    byte[] parameters = gcm ? Der.sequence(Der.octets(nonce), Der.integer(TAG)) : Der.octets(nonce);
    byte[] algorithm = Der.algorithm(manner.cipher().oid(), parameters);
    return Frame.of(Oids.AUTH_ENVELOPED_DATA, recipientInfo(key), algorithm, length, cipher);
  }

  /** EnvelopedData (RFC 5652 §6, RFC 3565). */
  private Frame cbc(int length, byte[] key) throws GeneralSecurityException {
    byte[] iv = drawn(16);
    Cipher cipher = Engines.cipher("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    byte[] algorithm = Der.algorithm(Oids.AES256_CBC, Der.octets(iv));
    int padded = (length / 16 + 1) * 16;
    return Frame.of(Oids.ENVELOPED_DATA, recipientInfo(key), algorithm, padded, cipher);
  }

  /**
   * What stands before the ciphertext, and how long the whole will be: the cipher writes behind it,
   * so that no second copy of a large mail is made.
   *
   * @param tail bytes behind the ciphertext: the tag as an ASN.1 value, or none
   */
  private record Frame(byte[] head, int contentLength, int tail, Cipher cipher) {

    static Frame of(
        String type, byte[] recipientInfo, byte[] algorithm, int contentLength, Cipher cipher) {
      int tail = type.equals(Oids.AUTH_ENVELOPED_DATA) ? TAG + 2 : 0;
      byte[] dataType = Der.oid(Oids.DATA);
      byte[] contentHead = Der.head(0x80, contentLength);
      int infoLength = dataType.length + algorithm.length + contentHead.length + contentLength;
      byte[] infoHead = Der.head(Asn1.SEQUENCE, infoLength);
      byte[] version = Der.integer(tail > 0 ? 0 : version(recipientInfo));
      byte[] recipients = Der.value(Asn1.SET, recipientInfo);
      int dataLength = version.length + recipients.length + infoHead.length + infoLength + tail;
      byte[] dataHead = Der.head(Asn1.SEQUENCE, dataLength);
      byte[] explicit = Der.head(0xA0, dataHead.length + dataLength);
      byte[] oid = Der.oid(type);
      int whole = oid.length + explicit.length + dataHead.length + dataLength;
      Pieces head =
          Pieces.of(
              Der.head(Asn1.SEQUENCE, whole),
              oid,
              explicit,
              dataHead,
              version,
              recipients,
              infoHead,
              dataType,
              algorithm,
              contentHead);
      return new Frame(head.joined().toArray(), contentLength, tail, cipher);
    }

    /** RFC 5652 §6.1: 0 with nothing but version 0 recipients, otherwise 2. */
    private static int version(byte[] recipientInfo) {
      return recipientInfo[0] == Asn1.SEQUENCE ? 0 : 2;
    }

    int length() {
      return head.length + contentLength + tail;
    }

    boolean isAuthenticated() {
      return tail > 0;
    }
  }

  private byte[] recipientInfo(byte[] key) throws GeneralSecurityException {
    PublicKey publicKey = certificate.getPublicKey();
    if (publicKey instanceof RSAPublicKey) {
      return keyTransport(key);
    }
    if (publicKey instanceof ECPublicKey ec) {
      return keyAgreement(key, generator("EC", ec.getParams()), Oids.ECDH_SHA256);
    }
    if (publicKey instanceof XECPublicKey x) {
      return keyAgreement(key, generator("XDH", x.getParams()), Oids.HKDF_SHA256);
    }
    throw new AssertionError("internal error: a key of another kind passed PublicKeys");
  }

  private byte[] issuerAndSerial() {
    return Der.sequence(
        certificate.getIssuerX500Principal().getEncoded(),
        Der.integer(certificate.getSerialNumber()));
  }

  private byte[] keyTransport(byte[] key) throws GeneralSecurityException {
    boolean oaep = manner.keyTransport() == Recipient.KeyTransport.OAEP_SHA_256;
    byte[] algorithm;
    Cipher cipher;
    if (oaep) {
      byte[] sha256 = Der.algorithm(Oids.SHA256, Der.nul());
      byte[] mgf1 = Der.algorithm(Oids.MGF1, sha256);
      byte[] parameters = Der.sequence(Der.value(0xA0, sha256), Der.value(0xA1, mgf1));
      algorithm = Der.algorithm(Oids.RSA_OAEP, parameters);
      cipher = Engines.cipher("RSA/ECB/OAEPPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          Engines.prepared(certificate.getPublicKey()),
          KeyTransport.oaepParameters("SHA-256"),
          random);
    } else {
      algorithm = Der.algorithm(Oids.RSA, Der.nul());
      cipher = Engines.cipher("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, Engines.prepared(certificate.getPublicKey()), random);
    }
    return Der.sequence(
        Der.integer(0), issuerAndSerial(), algorithm, Der.octets(cipher.doFinal(key)));
  }

  private KeyPairGenerator generator(String algorithm, AlgorithmParameterSpec curve)
      throws GeneralSecurityException {
    KeyPairGenerator generator = Engines.keyPairs(algorithm);
    generator.initialize(curve, random);
    return generator;
  }

  /**
   * A fresh key on the recipient's curve, AES-256 wrap; RFC 5753 §3.1 with X9.63 and SHA-256, for
   * X25519 RFC 8418 §2 with HKDF and SHA-256.
   */
  private byte[] keyAgreement(byte[] key, KeyPairGenerator curve, String scheme)
      throws GeneralSecurityException {
    KeyPair ephemeral = curve.generateKeyPair();
    byte[] wrap = Der.algorithm(Oids.AES256_WRAP);
    PublicKey reader = Engines.prepared(certificate.getPublicKey());
    byte[] secret = OwnKey.fresh(ephemeral.getPrivate()).agree(reader);
    byte[] info = KeyAgreement.sharedInfo(wrap, null, 32);
    byte[] kek =
        scheme.equals(Oids.HKDF_SHA256)
            ? KeyAgreement.hkdf("SHA-256", secret, info, 32)
            : KeyAgreement.x963("SHA-256", secret, info, 32);
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(kek, "AES"));
    byte[] wrapped = cipher.wrap(new SecretKeySpec(key, "AES"));
    byte[] originator = ephemeral.getPublic().getEncoded();
    originator[0] = (byte) 0xA1;
    byte[] keys = Der.sequence(Der.sequence(issuerAndSerial(), Der.octets(wrapped)));
    return Der.value(
        0xA1, Der.integer(3), Der.value(0xA0, originator), Der.algorithm(scheme, wrap), keys);
  }
}
