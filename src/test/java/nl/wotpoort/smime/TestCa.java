package nl.wotpoort.smime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
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
import org.jspecify.annotations.Nullable;

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

  /** With an empty subject. */
  X509Certificate nameless(Ext... more) {
    return issue(dn(), keys, "", newKeys(), List.of(more));
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

  static ContentSigner signer(KeyPair keys) {
    return signer(
        keys, "SHA256with" + keys.getPrivate().getAlgorithm().replaceFirst("^EC$", "ECDSA"));
  }

  static ContentSigner signer(KeyPair keys, String algorithm) {
    try {
      return new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  /** RSASSA-PSS with SHA-256, by the JDK. */
  static ContentSigner pssSigner(PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signature.initSign(key);
      byte[] parameters = signature.getParameters().getEncoded();
      AlgorithmIdentifier algorithm =
          new AlgorithmIdentifier(
              PKCSObjectIdentifiers.id_RSASSA_PSS, ASN1Primitive.fromByteArray(parameters));
      return new Pss(signature, algorithm, new ByteArrayOutputStream());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private record Pss(
      Signature signature, AlgorithmIdentifier algorithm, ByteArrayOutputStream signed)
      implements ContentSigner {

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public OutputStream getOutputStream() {
      return signed;
    }

    @Override
    public byte[] getSignature() {
      try {
        signature.update(signed.toByteArray());
        return signature.sign();
      } catch (SignatureException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The RSA key of the sample authority, certified by this one under its own name. */
  TestCa rsaAuthority() {
    try {
      String pem = Files.readString(SamplePki.CERTS.resolve("ca/zorg-issuing.key.pem"));
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*?-----", ""));
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      X509Certificate sample = SamplePki.certificate("ca/zorg-issuing");
      return vouchingFor(of(new KeyPair(sample.getPublicKey(), key), sample));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Without a number when that is 0. */
  Crl crl(int number) {
    return new Crl(number);
  }

  /** A CRL in the making; valid from yesterday until tomorrow. */
  final class Crl {
    private final X509v2CRLBuilder builder;
    private @Nullable Instant end = NOW.plus(Duration.ofDays(1));

    private Crl(int number) {
      builder = new X509v2CRLBuilder(name(dn()), Date.from(NOW.minus(Duration.ofDays(1))));
      if (number > 0) {
        with(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
      }
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

    Crl until(@Nullable Instant other) {
      end = other;
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
      return signWith(signer(other));
    }

    X509CRL signWith(ContentSigner signer) {
      if (end != null) {
        builder.setNextUpdate(Date.from(end));
      }
      try {
        return Certificates.readCrl(builder.build(signer).getEncoded());
      } catch (IOException | GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }
}
