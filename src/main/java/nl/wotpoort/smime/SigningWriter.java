package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import nl.wotpoort.letter.Bytes;

/**
 * Writes multipart/signed (RFC 8551 §3.5.3) around a message: detached, SHA-256 (SHA-512 with
 * Ed25519), with the chain, signing time and capabilities.
 */
final class SigningWriter {

  private static final byte[] CRLF = {'\r', '\n'};
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Instant LAST_UTC_TIME = Instant.parse("2049-12-31T23:59:59Z");

  private final KeyEntry key;
  private final SignatureScheme scheme;
  private final SecureRandom random;

  SigningWriter(KeyEntry key, SignatureScheme scheme, SecureRandom random) {
    this.key = key;
    this.scheme = scheme;
    this.random = random;
  }

  /** The signed entity around a whole message. */
  Pieces multipartSigned(Pieces message, Instant now) {
    LineEnds.Kind kind = LineEnds.kind(message);
    Pieces canonical = kind.bareLf() ? LineEnds.canonical(message) : message;
    return sign(ascii(partHead(kind)), canonical, now);
  }

  /**
   * The signed entity around an entity that is {@code head} and {@code rest}, one after another.
   */
  Pieces sign(byte[] head, Pieces rest, Instant now) {
    byte[] drawn = new byte[15];
    random.nextBytes(drawn);
    String boundary = "=_wotpoort_" + Base64.getUrlEncoder().encodeToString(drawn);
    Pieces covered = rest.after(Bytes.wrap(head));
    byte[] digest = SignatureCheck.digest(scheme.outgoingDigest(), covered);
    try {
      byte[] signature = Base64.getMimeEncoder(76, CRLF).encode(signedData(digest, now));
      return covered
          .after(Bytes.wrap(ascii(head(boundary))))
          .before(Bytes.wrap(ascii("\r\n--" + boundary + "\r\n" + signatureHead())))
          .before(Bytes.wrap(signature))
          .before(Bytes.wrap(ascii("\r\n--" + boundary + "--\r\n")));
    } catch (CertificateEncodingException e) {
      throw new AssertionError("internal error: a parsed certificate has no encoding", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private String head(String boundary) {
    return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n"
        + " micalg="
        + scheme.outgoingDigest().toLowerCase(Locale.ROOT)
        + "; boundary=\""
        + boundary
        + "\"\r\n\r\n--"
        + boundary
        + "\r\n";
  }

  /** forwarded=no: the wrapped message is this one, not one that is passed on (RFC 8551 §3.1). */
  private static String partHead(LineEnds.Kind kind) {
    return "Content-Type: message/rfc822; forwarded=no\r\nContent-Transfer-Encoding: "
        + (kind.sevenBit() ? "7bit" : "8bit")
        + "\r\n\r\n";
  }

  static String signatureHead() {
    return String.join(
        "\r\n",
        "Content-Type: application/pkcs7-signature; name=smime.p7s",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename=smime.p7s",
        "",
        "");
  }

  /** A ContentInfo with SignedData (RFC 5652 §5.1), without the content. */
  private byte[] signedData(byte[] digest, Instant now) throws CertificateEncodingException {
    List<byte[]> certificates = new ArrayList<>();
    certificates.add(key.certificate().getEncoded());
    for (X509Certificate above : key.chain()) {
      certificates.add(above.getEncoded());
    }
    byte[] certificateSet = Der.setOf(certificates);
    certificateSet[0] = (byte) 0xA0;
    byte[] signedData =
        Der.sequence(
            Der.integer(1),
            Der.setOf(List.of(digestAlgorithm())),
            Der.sequence(Der.oid(Oids.DATA)),
            certificateSet,
            Der.setOf(List.of(signerInfo(digest, now))));
    return Der.sequence(Der.oid(Oids.SIGNED_DATA), Der.value(0xA0, signedData));
  }

  private byte[] signerInfo(byte[] digest, Instant now) throws CertificateEncodingException {
    byte[] attributes =
        Der.setOf(
            List.of(
                attribute(Oids.CONTENT_TYPE, Der.oid(Oids.DATA)),
                attribute(Oids.MESSAGE_DIGEST, Der.octets(digest)),
                attribute(Oids.SIGNING_TIME, time(now)),
                attribute(Oids.SIGNING_CERTIFICATE_V2, signingCertificate()),
                attribute(Oids.SMIME_CAPABILITIES, capabilities())));
    byte[] signature = key.key().sign(scheme, attributes);
    attributes[0] = (byte) 0xA0;
    X509Certificate certificate = key.certificate();
    byte[] id =
        Der.sequence(
            certificate.getIssuerX500Principal().getEncoded(),
            Der.integer(certificate.getSerialNumber()));
    return Der.sequence(
        Der.integer(1),
        id,
        digestAlgorithm(),
        attributes,
        scheme.outgoingIdentifier(),
        Der.octets(signature));
  }

  private static byte[] attribute(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.setOf(List.of(value)));
  }

  /** RFC 5652 §11.3: UTCTime up to 2049. */
  private static byte[] time(Instant now) {
    return now.isAfter(LAST_UTC_TIME)
        ? Der.value(0x18, ascii(GENERALIZED_TIME.format(now)))
        : Der.value(0x17, ascii(UTC_TIME.format(now)));
  }

  /** RFC 5035 §4: the signature names its certificate; SHA-256 is the default and left out. */
  private byte[] signingCertificate() throws CertificateEncodingException {
    Bytes certificate = Bytes.wrap(key.certificate().getEncoded());
    byte[] hash = SignatureCheck.digest("SHA-256", certificate);
    return Der.sequence(Der.sequence(Der.sequence(Der.octets(hash))));
  }

  /** What we like to read, best first (RFC 8551 §2.5.2). */
  private static byte[] capabilities() {
    return Der.sequence(
        Der.algorithm(Oids.AES256_GCM),
        Der.algorithm(Oids.AES128_GCM),
        Der.algorithm(Oids.AES256_CBC),
        Der.algorithm(Oids.AES128_CBC));
  }

  private byte[] digestAlgorithm() {
    boolean longer = scheme.outgoingDigest().equals("SHA-512");
    return Der.algorithm(longer ? Oids.SHA512 : Oids.SHA256);
  }
}
