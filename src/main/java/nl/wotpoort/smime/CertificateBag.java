package nl.wotpoort.smime;

import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that came with a signature. Anybody can put anything here, so a certificate is
 * parsed only when its serial number or key identifier is asked for, and one that does not parse
 * stands in nobody's way.
 */
final class CertificateBag {

  private final List<Asn1> values;
  private final IdentityHashMap<Asn1, X509Certificate> read = new IdentityHashMap<>();

  private CertificateBag(List<Asn1> values) {
    this.values = values;
  }

  /** {@code values}: the members of CertificateSet; other kinds than X.509 are passed over. */
  static CertificateBag read(List<Asn1> values) {
    return new CertificateBag(values.stream().filter(v -> v.tag == Asn1.SEQUENCE).toList());
  }

  /** Throws CertificateException when the certificate that is asked for does not parse. */
  List<X509Certificate> matching(Asn1 id, Limits limits) throws Fault, CertificateException {
    return id.tag == Asn1.SEQUENCE ? bySerial(id, limits) : byIdentifier(id, limits);
  }

  private List<X509Certificate> bySerial(Asn1 id, Limits limits)
      throws Fault, CertificateException {
    Asn1.Cursor parts = id.cursor();
    parts.take();
    BigInteger serial = parts.take().integer();
    List<X509Certificate> matching = new ArrayList<>();
    for (Asn1 value : limited(limits)) {
      if (serialOf(value).equals(Optional.of(serial))) {
        requireKnownKey(value);
        X509Certificate certificate = Certificates.read(value.raw());
        read.put(value, certificate);
        if (RecipientId.means(id, certificate, limits)) {
          matching.add(certificate);
        }
      }
    }
    return matching;
  }

  private List<X509Certificate> byIdentifier(Asn1 id, Limits limits) throws Fault {
    List<X509Certificate> matching = new ArrayList<>();
    for (X509Certificate certificate : certificates(limits)) {
      if (RecipientId.means(id, certificate, limits)) {
        matching.add(certificate);
      }
    }
    return matching;
  }

  /** All that parse. */
  List<X509Certificate> certificates(Limits limits) throws Fault {
    return limited(limits).stream().flatMap(v -> parsed(v).stream()).toList();
  }

  private Optional<X509Certificate> parsed(Asn1 value) {
    X509Certificate before = read.get(value);
    if (before != null) {
      return Optional.of(before);
    }
    try {
      return Optional.of(Certificates.read(value.raw()));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private List<Asn1> limited(Limits limits) throws Fault {
    if (values.size() > limits.certificates()) {
      throw Fault.tooLarge("more than " + limits.certificates() + " certificates");
    }
    return values;
  }

  /** Empty for what is no certificate at all. */
  private static Optional<BigInteger> serialOf(Asn1 certificate) {
    try {
      Asn1.Cursor tbs = certificate.cursor().take(Asn1.SEQUENCE).cursor();
      tbs.skip(0xA0);
      return Optional.of(tbs.take().integer());
    } catch (Fault none) {
      return Optional.empty();
    }
  }

  /**
   * Curves the JDK does not know make its certificate parser fail, which would look malformed; they
   * are weak.
   */
  private static void requireKnownKey(Asn1 certificate) throws Fault {
    Asn1.Cursor tbs = certificate.cursor().take(Asn1.SEQUENCE).cursor();
    tbs.skip(0xA0);
    for (int i = 0; i < 5; i++) {
      tbs.take();
    }
    Asn1.Cursor algorithm = tbs.take(Asn1.SEQUENCE).cursor().take(Asn1.SEQUENCE).cursor();
    if (algorithm.take().oid().equals(Oids.EC_PUBLIC_KEY)) {
      Asn1 curve = algorithm.take();
      boolean known =
          curve.tag == Asn1.OID
              && List.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35")
                  .contains(curve.oid());
      if (!known) {
        throw Fault.weak("an elliptic curve that is not P-256, P-384 or P-521");
      }
    }
  }
}
