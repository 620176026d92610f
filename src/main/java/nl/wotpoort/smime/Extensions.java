package nl.wotpoort.smime;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/** Reads extensions of certificates and CRLs; one that cannot be read is a {@link Fault}. */
final class Extensions {

  private Extensions() {}

  /** The key identifier in authorityKeyIdentifier; null when absent or not readable. */
  static byte @Nullable [] authorityKeyIdentifier(X509Extension of) {
    try {
      byte[] value = value(of, Extension.authorityKeyIdentifier.getId());
      return value == null
          ? null
          : AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets();
    } catch (Fault | IllegalArgumentException | ClassCastException e) {
      return null;
    }
  }

  /** The distribution points; null when the certificate has none. */
  static DistributionPoint @Nullable [] distributionPoints(X509Certificate certificate)
      throws Fault {
    byte[] value = value(certificate, Extension.cRLDistributionPoints.getId());
    try {
      return value == null ? null : CRLDistPoint.getInstance(value).getDistributionPoints();
    } catch (IllegalArgumentException | ClassCastException e) {
      throw unreadable();
    }
  }

  static @Nullable IssuingDistributionPoint issuingDistributionPoint(X509CRL crl) throws Fault {
    byte[] value = value(crl, Extension.issuingDistributionPoint.getId());
    try {
      return value == null ? null : IssuingDistributionPoint.getInstance(value);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw unreadable();
    }
  }

  /** CRLNumber or deltaCRLIndicator; null when absent. */
  static java.math.@Nullable BigInteger number(X509CRL crl, String oid) throws Fault {
    byte[] value = value(crl, oid);
    try {
      return value == null ? null : ASN1Integer.getInstance(value).getValue();
    } catch (IllegalArgumentException | ClassCastException e) {
      throw unreadable();
    }
  }

  private static byte @Nullable [] value(X509Extension of, String oid) throws Fault {
    byte[] wrapped = of.getExtensionValue(oid);
    if (wrapped == null) {
      return null;
    }
    try {
      byte[] inner = ASN1OctetString.getInstance(wrapped).getOctets();
      Asn1.read(inner, Limits.defaults());
      return inner;
    } catch (IllegalArgumentException | ClassCastException e) {
      throw unreadable();
    }
  }

  private static Fault unreadable() {
    return new Fault(Finding.REVOCATION_UNKNOWN, "an extension is not readable");
  }
}
