package nl.wotpoort.smime;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.jspecify.annotations.Nullable;

/** A CRL and which certificates, by which distribution point and for which reasons, it is about. */
final class CrlScope {

  /** One bit per reason of RFC 5280 §4.2.1.13, "unused" left out. */
  static final int ALL_REASONS = 0xff;

  private static final String CRL_NUMBER = "2.5.29.20";
  private static final String DELTA_INDICATOR = "2.5.29.27";
  private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
  private static final String REASON_CODE = "2.5.29.21";
  private static final String INVALIDITY_DATE = "2.5.29.24";
  private static final String CERTIFICATE_ISSUER = "2.5.29.29";
  private static final Set<String> KNOWN =
      Set.of(CRL_NUMBER, DELTA_INDICATOR, ISSUING_DISTRIBUTION_POINT, "2.5.29.35");
  private static final Set<String> KNOWN_IN_ENTRIES =
      Set.of(REASON_CODE, INVALIDITY_DATE, CERTIFICATE_ISSUER);

  private final X509CRL crl;
  private final @Nullable IssuingDistributionPoint issuingPoint;

  private CrlScope(X509CRL crl, @Nullable IssuingDistributionPoint issuingPoint) {
    this.crl = crl;
    this.issuingPoint = issuingPoint;
  }

  /** Empty when its scope cannot be read: such a CRL says nothing. */
  static Optional<CrlScope> of(X509CRL crl) {
    try {
      return Optional.of(new CrlScope(crl, Extensions.issuingDistributionPoint(crl)));
    } catch (Fault e) {
      return Optional.empty();
    }
  }

  X509CRL crl() {
    return crl;
  }

  boolean isDelta() {
    return crl.getExtensionValue(DELTA_INDICATOR) != null;
  }

  Instant said() {
    return crl.getThisUpdate().toInstant();
  }

  static DistributionPoint impliedPoint(X509Certificate certificate) {
    GeneralName issuer = new GeneralName(name(certificate.getIssuerX500Principal()));
    return new DistributionPoint(new DistributionPointName(new GeneralNames(issuer)), null, null);
  }

  private static X500Name name(X500Principal principal) {
    return X500Name.getInstance(principal.getEncoded());
  }

  /**
   * §6.3.3 (b), (d): the reasons this CRL covers for the certificate through that point, as bits; 0
   * when it is not about it, or the point's names cannot be read.
   */
  int reasonsFor(DistributionPoint point, X509Certificate certificate) {
    try {
      return isByIssuerOf(point, certificate) && isAbout(point, certificate) ? reasons(point) : 0;
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      return 0;
    }
  }

  private boolean isByIssuerOf(DistributionPoint point, X509Certificate certificate) {
    X500Principal issuer = crl.getIssuerX500Principal();
    if (point.getCRLIssuer() == null) {
      return issuer.equals(certificate.getIssuerX500Principal());
    }
    return isIndirect() && names(point.getCRLIssuer()).contains(issuer);
  }

  private boolean isIndirect() {
    return issuingPoint != null && issuingPoint.isIndirectCRL();
  }

  private boolean isAbout(DistributionPoint point, X509Certificate certificate) {
    if (issuingPoint == null) {
      return true;
    }
    boolean authority = certificate.getBasicConstraints() >= 0;
    if (issuingPoint.onlyContainsAttributeCerts()
        || (issuingPoint.onlyContainsUserCerts() && authority)
        || (issuingPoint.onlyContainsCACerts() && !authority)) {
      return false;
    }
    DistributionPointName own = issuingPoint.getDistributionPoint();
    return own == null || matches(own, point, certificate);
  }

  /** One of the names must be the same; a point without a name lends its cRLIssuer's. */
  private boolean matches(
      DistributionPointName own, DistributionPointName other, X500Principal issuer) {
    List<GeneralName> mine = fullNames(own, crl.getIssuerX500Principal());
    List<GeneralName> theirs = fullNames(other, issuer);
    return mine.stream().anyMatch(m -> theirs.stream().anyMatch(t -> same(m, t)));
  }

  private boolean matches(
      DistributionPointName own, DistributionPoint point, X509Certificate certificate) {
    X500Principal issuer = certificate.getIssuerX500Principal();
    DistributionPointName other = point.getDistributionPoint();
    if (other != null) {
      // a relative name in the point is relative to the cRLIssuer when there is one
      List<X500Principal> named =
          point.getCRLIssuer() == null ? List.of(issuer) : names(point.getCRLIssuer());
      return named.stream().anyMatch(n -> matches(own, other, n));
    }
    return point.getCRLIssuer() != null
        && matches(own, new DistributionPointName(point.getCRLIssuer()), issuer);
  }

  private static boolean same(GeneralName a, GeneralName b) {
    if (a.getTagNo() == GeneralName.directoryName && b.getTagNo() == GeneralName.directoryName) {
      return principal(a).equals(principal(b));
    }
    return a.equals(b);
  }

  private static X500Principal principal(GeneralName name) {
    try {
      return new X500Principal(X500Name.getInstance(name.getName()).getEncoded());
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<X500Principal> names(GeneralNames names) {
    List<X500Principal> principals = new ArrayList<>();
    for (GeneralName name : names.getNames()) {
      if (name.getTagNo() == GeneralName.directoryName) {
        principals.add(principal(name));
      }
    }
    return principals;
  }

  private static List<GeneralName> fullNames(DistributionPointName name, X500Principal base) {
    if (name.getType() == DistributionPointName.FULL_NAME) {
      return List.of(GeneralNames.getInstance(name.getName()).getNames());
    }
    X500NameBuilder builder = new X500NameBuilder();
    for (RDN rdn : name(base).getRDNs()) {
      builder.addMultiValuedRDN(rdn.getTypesAndValues());
    }
    RDN last = RDN.getInstance(ASN1Set.getInstance(name.getName()));
    builder.addMultiValuedRDN(last.getTypesAndValues());
    return List.of(new GeneralName(builder.build()));
  }

  private int reasons(DistributionPoint point) {
    int ofPoint = bits(point.getReasons());
    int ofCrl = issuingPoint == null ? ALL_REASONS : bits(issuingPoint.getOnlySomeReasons());
    return ofPoint & ofCrl;
  }

  /** keyCompromise (bit 1) to aACompromise (bit 8) as the eight low bits. */
  private static int bits(@Nullable ReasonFlags flags) {
    if (flags == null) {
      return ALL_REASONS;
    }
    byte[] bytes = flags.getBytes();
    int bits = 0;
    for (int reason = 1; reason <= 8; reason++) {
      int at = reason / 8;
      if (at < bytes.length && (bytes[at] & 0x80 >> (reason % 8)) != 0) {
        bits |= 1 << (reason - 1);
      }
    }
    return bits;
  }

  /** Whether {@code other} says later what this one says; neither does when the signs disagree. */
  boolean isSupersededBy(CrlScope other) {
    int date = crl.getThisUpdate().compareTo(other.crl.getThisUpdate());
    int number = number().compareTo(other.number());
    return isOfSameScope(other)
        && (crl.equals(other.crl) || (date <= 0 && number <= 0 && date + number < 0));
  }

  private BigInteger number() {
    try {
      BigInteger number = Extensions.number(crl, CRL_NUMBER);
      return number == null ? BigInteger.ZERO : number;
    } catch (Fault e) {
      return BigInteger.ZERO;
    }
  }

  /** Earlier ones first. */
  int compareTo(CrlScope other) {
    int date = crl.getThisUpdate().compareTo(other.crl.getThisUpdate());
    return date != 0 ? date : number().compareTo(other.number());
  }

  /** By the same issuer and key, about the same certificates and reasons. */
  private boolean isOfSameScope(CrlScope other) {
    return crl.getIssuerX500Principal().equals(other.crl.getIssuerX500Principal())
        && Objects.equals(issuingPoint, other.issuingPoint)
        && Arrays.equals(
            Extensions.authorityKeyIdentifier(crl), Extensions.authorityKeyIdentifier(other.crl));
  }

  /** §5.2.4, §6.3.3 (c): same issuer and scope, and the delta starts no later than this one. */
  boolean isBaseOf(CrlScope delta) throws Fault {
    BigInteger number = Extensions.number(crl, CRL_NUMBER);
    BigInteger base = Extensions.number(delta.crl, DELTA_INDICATOR);
    BigInteger deltaNumber = Extensions.number(delta.crl, CRL_NUMBER);
    return number != null
        && base != null
        && deltaNumber != null
        && isOfSameScope(delta)
        && number.compareTo(base) >= 0
        && number.compareTo(deltaNumber) < 0;
  }

  /** The entry for that certificate; in an indirect CRL, under the certificate's own issuer. */
  @Nullable X509CRLEntry entry(X509Certificate certificate) {
    if (!isIndirect()) {
      return crl.getRevokedCertificate(certificate.getSerialNumber());
    }
    return crl.getRevokedCertificate(certificate);
  }

  static boolean isRemoval(X509CRLEntry entry) {
    return entry.getRevocationReason() == CRLReason.REMOVE_FROM_CRL;
  }

  static boolean isHold(X509CRLEntry entry) {
    return entry.getRevocationReason() == CRLReason.CERTIFICATE_HOLD;
  }

  /** §5.2, §5.3: a CRL with a critical extension we do not know says nothing to us. */
  boolean hasUnknownCriticalExtension() {
    if (hasUnknown(crl.getCriticalExtensionOIDs(), KNOWN)) {
      return true;
    }
    Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
    return entries != null
        && entries.stream()
            .anyMatch(e -> hasUnknown(e.getCriticalExtensionOIDs(), KNOWN_IN_ENTRIES));
  }

  private static boolean hasUnknown(@Nullable Set<String> critical, Set<String> known) {
    return critical != null && !known.containsAll(critical);
  }
}
