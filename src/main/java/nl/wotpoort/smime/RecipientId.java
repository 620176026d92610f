package nl.wotpoort.smime;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;

/**
 * Says whether an IssuerAndSerialNumber or a SubjectKeyIdentifier (RFC 5652 §5.3, §6.2) means a
 * certificate. For a signer it only picks candidates: what counts is verified afterwards.
 */
final class RecipientId {

  private RecipientId() {}

  /** {@code id}: SEQUENCE of issuer and serial number, or key identifier under tag [0]. */
  static boolean means(Asn1 id, X509Certificate certificate, Limits limits) throws Fault {
    if (id.tag == Asn1.SEQUENCE) {
      Asn1.Cursor parts = id.cursor();
      Asn1 issuer = parts.take(Asn1.SEQUENCE);
      BigInteger serial = parts.take().integer();
      return serial.equals(certificate.getSerialNumber())
          && isName(issuer, certificate.getIssuerX500Principal());
    }
    Asn1 identifier = id.isConstructed() ? id.cursor().take(Asn1.OCTETS) : id;
    byte[] own = Certificates.keyIdentifier(certificate, limits);
    byte[] named = identifier.content();
    return MessageDigest.isEqual(own == null ? keyHash(certificate, limits) : own, named);
  }

  /**
   * RFC 5280 §4.2.1.2 (1), what Windows takes for the identifier of a certificate that has none: a
   * SHA-1 that only finds, and proves nothing.
   */
  private static byte[] keyHash(X509Certificate certificate, Limits limits) throws Fault {
    Asn1.Cursor spki = Asn1.read(certificate.getPublicKey().getEncoded(), limits).cursor();
    spki.take(Asn1.SEQUENCE);
    byte[] bits = spki.take(Asn1.BITS).content();
    try {
      return MessageDigest.getInstance("SHA-1").digest(Arrays.copyOfRange(bits, 1, bits.length));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("this Java lacks SHA-1", e);
    }
  }

  private static boolean isName(Asn1 name, X500Principal principal) throws Fault {
    byte[] raw = name.raw();
    if (Arrays.equals(raw, principal.getEncoded())) {
      return true;
    }
    try {
      return new X500Principal(raw).equals(principal);
    } catch (IllegalArgumentException e) {
      throw Fault.malformed("issuer name not readable");
    }
  }
}
