package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SignerInfo (RFC 5652 §5.3) taken apart. Signed attributes must be there, each once, among them
 * contentType saying id-data and messageDigest.
 *
 * <p>RFC 5652 lets a signature over id-data do without signed attributes. Then a signature over
 * somebody's attributes can be passed off as one over content that reads like them, and the other
 * way round; RFC 8551 §2.5 wants senders to send them, and all mail programs do. So none is
 * refused.
 */
final class SignerInfo {

  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

  private final Asn1 id;
  private final String digest;
  private final SignatureScheme scheme;
  private final byte[] signature;
  private final Asn1 signedAttributes;
  private final Map<String, Asn1> attributes;

  private SignerInfo(
      Asn1 id,
      String digest,
      SignatureScheme scheme,
      byte[] signature,
      Asn1 signedAttributes,
      Map<String, Asn1> attributes) {
    this.id = id;
    this.digest = digest;
    this.scheme = scheme;
    this.signature = signature;
    this.signedAttributes = signedAttributes;
    this.attributes = attributes;
  }

  static SignerInfo read(Asn1 info, Limits limits) throws Fault {
    Asn1.Cursor fields = info.expect(Asn1.SEQUENCE).cursor();
    fields.take(Asn1.INTEGER);
    Asn1 id = fields.take();
    Asn1 digestAlgorithm = fields.take(Asn1.SEQUENCE);
    String digest = SignatureScheme.digest(digestAlgorithm.cursor().take().oid());
    @Nullable Asn1 signed = fields.at(0xA0) ? fields.take() : null;
    Asn1 algorithm = fields.take(Asn1.SEQUENCE);
    SignatureScheme scheme = SignatureScheme.ofSignerInfo(algorithm, digest);
    byte[] signature = fields.take(Asn1.OCTETS).content();
    if (signed == null) {
      throw SignatureCheck.invalid("no signed attributes");
    }
    SignerInfo signer = new SignerInfo(id, digest, scheme, signature, signed, attributes(signed));
    signer.checkAttributes(digestAlgorithm, algorithm);
    return signer;
  }

  /** RFC 5652 §5.3: no attribute type twice. */
  private static Map<String, Asn1> attributes(Asn1 set) throws Fault {
    Map<String, Asn1> attributes = new HashMap<>();
    for (Asn1 attribute : set.children()) {
      Asn1.Cursor parts = attribute.expect(Asn1.SEQUENCE).cursor();
      if (attributes.put(parts.take().oid(), parts.take(Asn1.SET)) != null) {
        throw SignatureCheck.invalid("a signed attribute twice");
      }
    }
    return attributes;
  }

  private void checkAttributes(Asn1 digestAlgorithm, Asn1 algorithm) throws Fault {
    if (!single(Oids.CONTENT_TYPE).oid().equals(Oids.DATA)) {
      throw SignatureCheck.invalid("the signed content type is another one");
    }
    messageDigest();
    if (attributes.containsKey(Oids.ALGORITHM_PROTECTION)) {
      Asn1.Cursor protection = single(Oids.ALGORITHM_PROTECTION).cursor();
      String signedDigest = protection.take().cursor().take().oid();
      String signedAlgorithm = protection.take(0xA1).cursor().take().oid();
      if (!signedDigest.equals(digestAlgorithm.cursor().take().oid())
          || !signedAlgorithm.equals(algorithm.cursor().take().oid())) {
        throw SignatureCheck.invalid("the algorithms are not the signed ones");
      }
    }
  }

  private Asn1 single(String type) throws Fault {
    Asn1 values = attributes.get(type);
    if (values == null || values.children().size() != 1) {
      throw SignatureCheck.invalid("a signed attribute missing or with several values");
    }
    return values.children().get(0);
  }

  /**
   * RFC 5035 §5.4: a signature that names its certificate holds with no other one. The older form
   * (RFC 2634) hashes with SHA-1; it can only refuse, so it is looked at too.
   */
  void checkCertificateAttribute(X509Certificate certificate) throws Fault {
    if (attributes.containsKey(Oids.SIGNING_CERTIFICATE)) {
      requireHash("SHA-1", named(Oids.SIGNING_CERTIFICATE), certificate);
    }
    if (attributes.containsKey(Oids.SIGNING_CERTIFICATE_V2)) {
      Asn1.Cursor id = named(Oids.SIGNING_CERTIFICATE_V2);
      String hash = "SHA-256";
      if (id.at(Asn1.SEQUENCE)) {
        hash = SignatureScheme.digest(id.take().cursor().take().oid());
      }
      requireHash(hash, id, certificate);
    }
  }

  /** The first ESSCertID: the signer's. */
  private Asn1.Cursor named(String attribute) throws Fault {
    return single(attribute).cursor().take(Asn1.SEQUENCE).cursor().take().cursor();
  }

  private static void requireHash(String hash, Asn1.Cursor id, X509Certificate certificate)
      throws Fault {
    try {
      byte[] own = MessageDigest.getInstance(hash).digest(certificate.getEncoded());
      if (!MessageDigest.isEqual(own, id.take(Asn1.OCTETS).content())) {
        throw SignatureCheck.invalid("the signature names another certificate");
      }
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw SignatureCheck.invalid("the signature names another certificate");
    }
  }

  Asn1 id() {
    return id;
  }

  String digest() {
    return digest;
  }

  SignatureScheme scheme() {
    return scheme;
  }

  byte[] signature() {
    return signature;
  }

  /**
   * What the signature may cover: the attributes as they stand, under the tag of a SET, and when
   * they do not stand in DER (RFC 5652 §5.4 signs that, whatever is sent) their DER form. The same
   * attributes either way.
   */
  List<byte[]> covered() throws Fault {
    byte[] der = Der.encoded(Asn1.SET, signedAttributes);
    if (signedAttributes.indefinite) {
      return List.of(der);
    }
    byte[] asSent = signedAttributes.raw();
    asSent[0] = Asn1.SET;
    return Arrays.equals(asSent, der) ? List.of(der) : List.of(asSent, der);
  }

  byte[] messageDigest() throws Fault {
    return single(Oids.MESSAGE_DIGEST).expect(Asn1.OCTETS).content();
  }

  /** The signer's own word; empty when absent or not readable. */
  Optional<Instant> signingTime() throws Fault {
    if (!attributes.containsKey(Oids.SIGNING_TIME)) {
      return Optional.empty();
    }
    Asn1 time = single(Oids.SIGNING_TIME);
    String text = new String(time.content(), StandardCharsets.US_ASCII);
    if (time.tag == 0x17) {
      text = (text.compareTo("5") < 0 ? "20" : "19") + text;
    }
    try {
      return Optional.of(LocalDateTime.parse(text, GENERALIZED_TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
