package nl.wotpoort.smime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * Whether an OCSP answer holds (RFC 6960 §3.2): about this certificate, current, and signed by the
 * certificate's issuer or by somebody the issuer itself named for that (id-kp-OCSPSigning).
 */
final class OcspCheck {

  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
  private static final int DIGITAL_SIGNATURE = 0;

  /** How much another's clock may be ahead of ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** The worse ones later. HELD: put on hold by an answer that is over, and perhaps no longer. */
  enum Status {
    GOOD,
    HELD,
    REVOKED
  }

  /** An answer that holds; of REVOKED and HELD the time may be over. */
  record Answer(Status status, Instant from, Instant until) {

    /** What was said last counts; of two things said at the same time, the worse. */
    Answer or(Answer other) {
      int order = other.from.compareTo(from);
      return order > 0 || (order == 0 && other.status.compareTo(status) > 0) ? other : this;
    }

    Instant said() {
      return from.plus(SKEW);
    }
  }

  private final X509Certificate certificate;
  private final X509Certificate issuer;
  private final Optional<AlgorithmPolicy> policy;
  private final Instant at;
  private final Predicate<X509Certificate> isListed;

  /** {@code isListed}: whether a CRL at hand names that certificate of the issuer. */
  OcspCheck(
      X509Certificate certificate,
      X509Certificate issuer,
      Optional<AlgorithmPolicy> policy,
      Instant at,
      Predicate<X509Certificate> isListed) {
    this.certificate = certificate;
    this.issuer = issuer;
    this.policy = policy;
    this.at = at;
    this.isListed = isListed;
  }

  /** Throws revocation-unknown, with the reason, when it does not hold or does not know. */
  Answer check(byte[] response) throws Fault {
    try {
      BasicOCSPResponse basic = Ocsp.basic(response);
      requireNoCritical(basic.getTbsResponseData().getResponseExtensions());
      verify(basic, signer(basic));
      return newest(basic);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw Ocsp.unknown("an OCSP answer cannot be read");
    }
  }

  private Answer newest(BasicOCSPResponse basic) throws Fault {
    Answer newest = null;
    for (SingleResponse single : Ocsp.singles(basic)) {
      if (!Ocsp.means(single.getCertID(), certificate, issuer)) {
        continue;
      }
      requireNoCritical(single.getSingleExtensions());
      Answer answer = answer(single);
      newest = newest == null ? answer : newest.or(answer);
    }
    if (newest == null) {
      throw Ocsp.unknown("the OCSP answer is about another certificate");
    }
    return newest;
  }

  private Answer answer(SingleResponse single) throws Fault {
    Instant from = Ocsp.from(single);
    Instant until = Ocsp.until(single);
    Status status = status(single, at.isAfter(until));
    if (at.isBefore(from.minus(SKEW)) || (status == Status.GOOD && at.isAfter(until))) {
      throw Ocsp.unknown("the OCSP answer is not of this time");
    }
    return new Answer(status, from.minus(SKEW), until);
  }

  /** What was revoked stays so, also when the answer is over; all but a hold (RFC 5280 §5.3.1). */
  private static Status status(SingleResponse single, boolean over) throws Fault {
    CertStatus status = single.getCertStatus();
    return switch (status.getTagNo()) {
      case 0 -> Status.GOOD;
      case 1 -> over && mayHaveEnded(status) ? Status.HELD : Status.REVOKED;
      default -> throw Ocsp.unknown("the responder does not know the certificate");
    };
  }

  private static boolean mayHaveEnded(CertStatus revoked) {
    CRLReason reason = RevokedInfo.getInstance(revoked.getStatus()).getRevocationReason();
    int value = reason == null ? CRLReason.unspecified : reason.getValue().intValue();
    return value == CRLReason.certificateHold || value == CRLReason.removeFromCRL;
  }

  private static void requireNoCritical(@Nullable Extensions extensions) throws Fault {
    if (extensions != null && extensions.getCriticalExtensionOIDs().length > 0) {
      throw Ocsp.unknown("a critical extension in an OCSP answer");
    }
  }

  /** §4.2.2.2: the issuer itself, or one certified by that issuer, and nobody else, for OCSP. */
  private X509Certificate signer(BasicOCSPResponse basic) throws Fault {
    ResponderID id = basic.getTbsResponseData().getResponderID();
    if (means(id, issuer)) {
      return issuer;
    }
    for (X509Certificate along : along(basic.getCerts())) {
      if (means(id, along) && isDelegate(along)) {
        return along;
      }
    }
    throw Ocsp.unknown("the OCSP answer is of somebody the issuer did not name");
  }

  private static boolean means(ResponderID id, X509Certificate one) {
    byte[] byKey = id.getKeyHash();
    return byKey == null
        ? new X500Principal(encoded(id.getName())).equals(one.getSubjectX500Principal())
        : Arrays.equals(byKey, Ocsp.keyHash(one));
  }

  private static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<X509Certificate> along(@Nullable ASN1Sequence certificates) throws Fault {
    List<X509Certificate> along = new ArrayList<>();
    if (certificates == null) {
      return along;
    }
    if (certificates.size() > 10) {
      throw Ocsp.unknown("an OCSP answer with too many certificates");
    }
    try {
      for (ASN1Encodable one : certificates) {
        along.add(Certificates.read(encoded(one)));
      }
    } catch (CertificateException e) {
      throw Ocsp.unknown("an OCSP answer cannot be read");
    }
    return along;
  }

  /**
   * Directly under the same issuer: a responder of another branch speaks for that branch. Whether
   * it was revoked itself: id-pkix-ocsp-nocheck says not to ask; without that, a CRL at hand must
   * not name it. A responder is not asked about itself.
   */
  private boolean isDelegate(X509Certificate one) throws Fault {
    try {
      List<String> usages = one.getExtendedKeyUsage();
      if (usages == null
          || !usages.contains(OCSP_SIGNING)
          || !Certificates.allows(one, DIGITAL_SIGNATURE)
          || !one.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
          || !Certificates.isValidAt(one, at)
          || isListed.test(one)) {
        return false;
      }
      if (policy.isPresent()) {
        PublicKeys.require(one.getPublicKey(), policy.get());
        policy.get().require(PathValidator.scheme(one).name());
      }
      one.verify(issuer.getPublicKey());
      return true;
    } catch (CertificateParsingException e) {
      return false;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void verify(BasicOCSPResponse basic, X509Certificate by) throws Fault {
    ASN1ObjectIdentifier oid = basic.getSignatureAlgorithm().getAlgorithm();
    ASN1Encodable parameters = basic.getSignatureAlgorithm().getParameters();
    SignatureScheme scheme =
        SignatureScheme.of(
            oid.getId(),
            parameters == null ? null : Asn1.read(encoded(parameters), Limits.defaults()));
    if (policy.isPresent()) {
      policy.get().require(scheme.name());
    }
    if (!scheme.fits(by.getPublicKey())) {
      throw Ocsp.unknown("the signature of an OCSP answer does not fit its key");
    }
    try {
      Signature signature = Engines.signature(scheme.jca());
      if (scheme.parameters() != null) {
        signature.setParameter(scheme.parameters());
      }
      signature.initVerify(by.getPublicKey());
      signature.update(encoded(basic.getTbsResponseData()));
      if (!signature.verify(basic.getSignature().getOctets())) {
        throw Ocsp.unknown("the signature of an OCSP answer does not hold");
      }
    } catch (GeneralSecurityException e) {
      throw Ocsp.unknown("the signature of an OCSP answer does not hold");
    }
  }
}
