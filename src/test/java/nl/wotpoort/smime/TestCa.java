package nl.wotpoort.smime;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certification authority made on the spot, to issue certificates and CRLs with any extension.
 */
final class TestCa {

  static final Instant NOW = SamplePki.NOW;
  private static long serial = 1000;

  final KeyPair keys;
  final X509Certificate certificate;

  private TestCa(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  record Ext(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {}

  static Ext ext(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    return new Ext(oid, critical, value);
  }

  static TestCa root(String name, Ext... more) {
    KeyPair keys = newKeys();
    X509Certificate certificate = issue("CN=" + name, keys, "CN=" + name, keys, authority(more));
    return new TestCa(keys, certificate);
  }

  static TestCa of(KeyPair keys, X509Certificate certificate) {
    return new TestCa(keys, certificate);
  }

  /** The other's name and key, certified by this one. */
  TestCa vouchingFor(TestCa other, Ext... more) {
    return new TestCa(other.keys, issue(dn(), keys, other.dn(), other.keys, authority(more)));
  }

  TestCa authority(String name, Ext... more) {
    KeyPair own = newKeys();
    return new TestCa(own, issue(dn(), keys, "CN=" + name, own, authority(more)));
  }

  /** The same name with another key and usage, vouched for by this one. */
  TestCa helper(String name, int usage, Ext... more) {
    KeyPair own = newKeys();
    List<Ext> all = new ArrayList<>(List.of(more));
    all.add(ext(Extension.keyUsage, true, new KeyUsage(usage)));
    return new TestCa(own, issue(dn(), keys, "CN=" + name, own, all));
  }

  X509Certificate leaf(String name, Ext... more) {
    List<Ext> all = new ArrayList<>(List.of(more));
    all.add(ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
    return issue(dn(), keys, "CN=" + name, newKeys(), all);
  }

  /** A mail certificate for a key of any kind. */
  X509Certificate mailLeaf(String address, KeyPair own, Ext... more) {
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.rfc822Name, address));
    List<Ext> all = new ArrayList<>(List.of(more));
    all.add(ext(Extension.subjectAlternativeName, false, names));
    return issue(dn(), keys, "CN=" + address, own, all);
  }

  String dn() {
    return certificate.getSubjectX500Principal().getName();
  }

  private static List<Ext> authority(Ext[] more) {
    List<Ext> all = new ArrayList<>(List.of(more));
    all.add(ext(Extension.basicConstraints, true, new BasicConstraints(true)));
    all.add(ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    return all;
  }

  private static X509Certificate issue(
      String issuer, KeyPair issuerKeys, String subject, KeyPair subjectKeys, List<Ext> more) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name(issuer),
              BigInteger.valueOf(serial++),
              Date.from(NOW.minus(Duration.ofDays(30))),
              Date.from(NOW.plus(Duration.ofDays(300))),
              name(subject),
              SubjectPublicKeyInfo.getInstance(subjectKeys.getPublic().getEncoded()));
      for (Ext extension : more) {
        builder.addExtension(extension.oid(), extension.critical(), extension.value());
      }
      return Certificates.read(builder.build(signer(issuerKeys)).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static X500Name name(String dn) {
    return X500Name.getInstance(new X500Principal(dn).getEncoded());
  }

  private static ContentSigner signer(KeyPair keys) {
    try {
      return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  Crl crl(int number) {
    return new Crl(number);
  }

  /** A CRL in the making; valid from yesterday until tomorrow. */
  final class Crl {
    private final X509v2CRLBuilder builder;

    private Crl(int number) {
      builder = new X509v2CRLBuilder(name(dn()), Date.from(NOW.minus(Duration.ofDays(1))));
      builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(1))));
      with(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
    }

    Crl with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
      try {
        builder.addExtension(oid, critical, value);
        return this;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    Crl from(Instant start) {
      builder.setThisUpdate(Date.from(start));
      return this;
    }

    Crl until(Instant end) {
      builder.setNextUpdate(Date.from(end));
      return this;
    }

    Crl revoking(X509Certificate one, int reason) {
      builder.addCRLEntry(one.getSerialNumber(), Date.from(NOW.minus(Duration.ofDays(2))), reason);
      return this;
    }

    Crl revoking(X509Certificate one, org.bouncycastle.asn1.x509.Extensions extensions) {
      builder.addCRLEntry(
          one.getSerialNumber(), Date.from(NOW.minus(Duration.ofDays(2))), extensions);
      return this;
    }

    X509CRL sign() {
      return signBy(keys);
    }

    X509CRL signBy(KeyPair other) {
      try {
        return Certificates.readCrl(builder.build(signer(other)).getEncoded());
      } catch (IOException | GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }
}
