package nl.wotpoort.smime;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
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
    } catch (Fault | IllegalArgumentException | IllegalStateException | ClassCastException e) {
      return null;
    }
  }

  /** The distribution points; null when the certificate has none. */
  static DistributionPoint @Nullable [] distributionPoints(X509Certificate certificate)
      throws Fault {
    byte[] value = value(certificate, Extension.cRLDistributionPoints.getId());
    try {
      return value == null ? null : CRLDistPoint.getInstance(value).getDistributionPoints();
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw unreadable();
    }
  }

  /** The addresses in the distribution points, http and https only. */
  static List<String> crlAddresses(X509Certificate certificate) {
    List<String> addresses = new ArrayList<>();
    try {
      DistributionPoint[] points = distributionPoints(certificate);
      for (DistributionPoint point : points == null ? new DistributionPoint[0] : points) {
        DistributionPointName name = point.getDistributionPoint();
        if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
          for (GeneralName one : GeneralNames.getInstance(name.getName()).getNames()) {
            address(one).ifPresent(addresses::add);
          }
        }
      }
      return addresses;
    } catch (Fault | IllegalArgumentException | IllegalStateException | ClassCastException e) {
      return List.of();
    }
  }

  /** The addresses of OCSP responders in authorityInfoAccess, http and https only. */
  static List<String> ocspAddresses(X509Certificate certificate) {
    List<String> addresses = new ArrayList<>();
    try {
      byte[] value = value(certificate, Extension.authorityInfoAccess.getId());
      if (value != null) {
        for (AccessDescription one :
            AuthorityInformationAccess.getInstance(value).getAccessDescriptions()) {
          if (one.getAccessMethod().equals(AccessDescription.id_ad_ocsp)) {
            address(one.getAccessLocation()).ifPresent(addresses::add);
          }
        }
      }
      return addresses;
    } catch (Fault | IllegalArgumentException | IllegalStateException | ClassCastException e) {
      return List.of();
    }
  }

  private static Optional<String> address(GeneralName name) {
    String text =
        name.getTagNo() == GeneralName.uniformResourceIdentifier ? name.getName().toString() : "";
    return Optional.of(text).filter(t -> t.matches("(?i)https?://[!-~]{1,2000}"));
  }

  static @Nullable IssuingDistributionPoint issuingDistributionPoint(X509CRL crl) throws Fault {
    byte[] value = value(crl, Extension.issuingDistributionPoint.getId());
    try {
      return value == null ? null : IssuingDistributionPoint.getInstance(value);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw unreadable();
    }
  }

  /** CRLNumber or deltaCRLIndicator; null when absent. */
  static @Nullable BigInteger number(X509CRL crl, String oid) throws Fault {
    byte[] value = value(crl, oid);
    try {
      return value == null ? null : ASN1Integer.getInstance(value).getValue();
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw unreadable();
    }
  }

  static @Nullable NameConstraints nameConstraints(X509Certificate certificate) throws Fault {
    return read(certificate, Extension.nameConstraints, NameConstraints::getInstance);
  }

  /** Of the subject; empty when there are none. */
  static List<GeneralName> alternativeNames(X509Certificate certificate) throws Fault {
    GeneralNames names =
        read(certificate, Extension.subjectAlternativeName, GeneralNames::getInstance);
    return names == null ? List.of() : List.of(names.getNames());
  }

  /** The policies as OIDs; empty when there are none. */
  static Set<String> policies(X509Certificate certificate) throws Fault {
    CertificatePolicies policies =
        read(certificate, Extension.certificatePolicies, CertificatePolicies::getInstance);
    Set<String> oids = new LinkedHashSet<>();
    if (policies != null) {
      for (PolicyInformation policy : policies.getPolicyInformation()) {
        oids.add(policy.getPolicyIdentifier().getId());
      }
    }
    return oids;
  }

  /** By issuerDomainPolicy. */
  static Map<String, Set<String>> policyMappings(X509Certificate certificate) throws Fault {
    Map<String, Set<String>> mappings =
        read(certificate, Extension.policyMappings, Extensions::mappings);
    return mappings == null ? Map.of() : mappings;
  }

  private static Map<String, Set<String>> mappings(byte[] value) {
    Map<String, Set<String>> mappings = new LinkedHashMap<>();
    for (ASN1Encodable one : ASN1Sequence.getInstance(value)) {
      ASN1Sequence pair = ASN1Sequence.getInstance(one);
      String issuers = ASN1ObjectIdentifier.getInstance(pair.getObjectAt(0)).getId();
      String subjects = ASN1ObjectIdentifier.getInstance(pair.getObjectAt(1)).getId();
      mappings.computeIfAbsent(issuers, i -> new LinkedHashSet<>()).add(subjects);
    }
    return mappings;
  }

  static @Nullable PolicyConstraints policyConstraints(X509Certificate certificate) throws Fault {
    return read(certificate, Extension.policyConstraints, PolicyConstraints::getInstance);
  }

  static @Nullable BigInteger inhibitAnyPolicy(X509Certificate certificate) throws Fault {
    ASN1Integer skip = read(certificate, Extension.inhibitAnyPolicy, ASN1Integer::getInstance);
    return skip == null ? null : skip.getValue();
  }

  /** Null when absent. What is there and cannot be read makes the path untrusted. */
  private static <T> @Nullable T read(
      X509Certificate certificate, ASN1ObjectIdentifier oid, Function<byte[], T> reader)
      throws Fault {
    try {
      byte[] value = value(certificate, oid.getId());
      return value == null ? null : reader.apply(value);
    } catch (Fault
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw new Fault(Finding.SIGNER_UNTRUSTED, "path rules: an extension cannot be read");
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
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw unreadable();
    }
  }

  private static Fault unreadable() {
    return new Fault(Finding.REVOCATION_UNKNOWN, "an extension is not readable");
  }
}
