package nl.wotpoort.smime;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import nl.wotpoort.letter.Address;
import org.jspecify.annotations.Nullable;

/** What a certificate says, asked one question at a time. */
public final class Certificates {

  private static final String SAMPLE = "WOTpoort SAMPLE - niet voor gebruik";
  private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;

  private Certificates() {}

  static X509Certificate read(byte[] der) throws CertificateException {
    return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
  }

  static X509CRL readCrl(byte[] der) throws CRLException {
    try {
      return (X509CRL) factory().generateCRL(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new CRLException(e);
    }
  }

  static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
  }

  /** Lower-case hex over the DER certificate. */
  public static String sha256(X509Certificate certificate) {
    try {
      return sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError("internal error: a parsed certificate has no encoding", e);
    }
  }

  static String sha256(byte[] der) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** True for what comes from certs-sample/, whose private keys everybody may read. */
  public static boolean isSample(X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    // a name is taken apart only when it is in it: thousands are asked at once
    return subject.getName().contains(SAMPLE) && SAMPLE.equals(rdn(subject, "O").orElse(""));
  }

  /** PEM, as a file of one certificate. */
  public static String pem(X509Certificate certificate) {
    try {
      String text =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new AssertionError("internal error: a parsed certificate has no encoding", e);
    }
  }

  /** Whether mail may be encrypted for it at {@code now}: a person's, for that use, not over. */
  public static boolean isForReading(X509Certificate certificate, Instant now) {
    return certificate.getBasicConstraints() < 0
        && mayReceive(certificate)
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  static boolean isValidAt(X509Certificate certificate, Instant at) {
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && !at.isAfter(certificate.getNotAfter().toInstant());
  }

  /** digitalSignature (or no key usage at all), and emailProtection (or no extended key usage). */
  static boolean maySign(X509Certificate certificate) {
    return allows(certificate, DIGITAL_SIGNATURE) && isForMail(certificate);
  }

  /** Of an authority below the anchor: emailProtection or any, or no extended key usage. */
  static boolean mayCertifyMail(X509Certificate authority) {
    try {
      List<String> usages = authority.getExtendedKeyUsage();
      return usages == null
          ? !says(authority, EXTENDED_KEY_USAGE)
          : usages.contains(EMAIL_PROTECTION) || usages.contains(ANY_USAGE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  /** Ed25519 and Ed448 only sign, whatever the certificate says or leaves open. */
  static boolean mayReceive(X509Certificate certificate) {
    if (certificate.getPublicKey() instanceof EdECPublicKey) {
      return false;
    }
    String algorithm = certificate.getPublicKey().getAlgorithm();
    int usage = algorithm.equals("RSA") ? KEY_ENCIPHERMENT : KEY_AGREEMENT;
    return allows(certificate, usage) && isForMail(certificate);
  }

  /** Whether key usage has that bit (RFC 5280 §4.2.1.3), or is not there at all. */
  static boolean allows(X509Certificate certificate, int usage) {
    boolean[] bits = certificate.getKeyUsage();
    return bits == null ? !says(certificate, KEY_USAGE) : bits[usage];
  }

  /** To the JDK an extension that is not critical and cannot be read is none. */
  private static boolean says(X509Certificate certificate, String oid) {
    return certificate.getExtensionValue(oid) != null;
  }

  private static boolean isForMail(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null
          ? !says(certificate, EXTENDED_KEY_USAGE)
          : usages.contains(EMAIL_PROTECTION);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  /**
   * The addresses in subjectAltName's rfc822Names, as written; empty when it has none. What is no
   * ASCII address is kept out: NUL and look-alikes match nobody.
   */
  public static List<Address> addresses(X509Certificate certificate) {
    return rfc822Names(certificate).stream().flatMap(n -> Address.parse(n).stream()).toList();
  }

  static List<String> rfc822Names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      var alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> name : alternatives) {
          if (name.get(0) instanceof Integer kind && kind == 1 && name.get(1) instanceof String s) {
            names.add(s);
          }
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return names;
  }

  /** The subject's emailAddress attributes (RFC 5280 §4.1.2.6: legacy). */
  static List<Address> subjectAddresses(X509Certificate certificate) {
    List<Address> found = new ArrayList<>();
    String subject =
        certificate
            .getSubjectX500Principal()
            .getName(X500Principal.RFC2253, Map.of(EMAIL_ADDRESS, "EMAILADDRESS"));
    for (Rdn rdn : rdns(subject)) {
      if (rdn.getType().equalsIgnoreCase("EMAILADDRESS") && rdn.getValue() instanceof String s) {
        Address.parse(s).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The common name; the whole subject when it has none. */
  public static String name(X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return rdn(subject, "CN").orElse(subject.getName());
  }

  private static Optional<String> rdn(X500Principal principal, String type) {
    return rdns(principal.getName()).stream()
        .filter(r -> r.getType().equalsIgnoreCase(type))
        .map(r -> r.getValue() instanceof String s ? s : "")
        .filter(s -> !s.isEmpty())
        .findFirst();
  }

  private static List<Rdn> rdns(String name) {
    try {
      List<Rdn> rdns = new ArrayList<>();
      for (Rdn rdn : new LdapName(name).getRdns()) {
        rdn.toAttributes().getAll().asIterator().forEachRemaining(a -> rdns.addAll(split(a)));
      }
      return rdns;
    } catch (InvalidNameException e) {
      return List.of();
    }
  }

  /** A multi-valued RDN counts as its members. */
  private static List<Rdn> split(Object attribute) {
    List<Rdn> members = new ArrayList<>();
    if (attribute instanceof Attribute a) {
      try {
        for (var values = a.getAll(); values.hasMore(); ) {
          members.add(new Rdn(a.getID(), values.next()));
        }
      } catch (NamingException e) {
        return List.of();
      }
    }
    return members;
  }

  /** The subject key identifier, or null. */
  static byte @Nullable [] keyIdentifier(X509Certificate certificate, Limits limits) {
    byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
    if (extension == null) {
      return null;
    }
    try {
      byte[] inner = Asn1.read(extension, limits).expect(Asn1.OCTETS).content();
      return Asn1.read(inner, limits).expect(Asn1.OCTETS).content();
    } catch (Fault e) {
      return null;
    }
  }
}
