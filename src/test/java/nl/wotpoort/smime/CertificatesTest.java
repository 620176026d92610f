package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.letter.Address;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a certificate says, question by question. */
class CertificatesTest {

  private static final TestCa ROOT = TestCa.root("Root");
  private static final KeyPair KEYS = TestCa.newKeys();
  private static final X509Certificate GP = SamplePki.certificate("gp/a.devries");
  private static final Instant NOW = TestCa.NOW;

  private static X509Certificate leaf(KeyPair keys, int usage, KeyPurposeId... purposes) {
    List<TestCa.Ext> all = new ArrayList<>();
    if (usage > 0) {
      all.add(TestCa.ext(Extension.keyUsage, true, new KeyUsage(usage)));
    }
    if (purposes.length > 0) {
      all.add(TestCa.ext(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes)));
    }
    return ROOT.mailLeaf("a@b.example", keys, all.toArray(TestCa.Ext[]::new));
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case "EC" -> KEYS;
      case "RSA" -> new KeyPair(GP.getPublicKey(), KEYS.getPrivate());
      default -> KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    };
  }

  /** RFC 5280 §4.2.1.3; RFC 8550 §4.4: what is not said is not limited. */
  @ParameterizedTest
  @CsvSource({
    "EC, digitalSignature, signs",
    "EC, keyAgreement, reads",
    "EC, keyEncipherment, -",
    "EC, none, signs reads",
    "RSA, keyEncipherment, reads",
    "RSA, keyAgreement, -",
    "RSA, digitalSignature, signs",
    "RSA, none, signs reads",
    "X25519, keyAgreement, reads",
    "Ed25519, digitalSignature, signs",
    "Ed25519, none, signs",
  })
  void usage(String algorithm, String usage, String expected) throws Exception {
    int bits =
        switch (usage) {
          case "digitalSignature" -> KeyUsage.digitalSignature;
          case "keyAgreement" -> KeyUsage.keyAgreement;
          case "keyEncipherment" -> KeyUsage.keyEncipherment;
          default -> 0;
        };
    KeyPair keys = keys(algorithm);
    KeyPurposeId mail = KeyPurposeId.id_kp_emailProtection;
    assertThat(uses(leaf(keys, bits))).isEqualTo(expected);
    assertThat(uses(leaf(keys, bits, KeyPurposeId.id_kp_clientAuth, mail))).isEqualTo(expected);
    assertThat(uses(leaf(keys, bits, KeyPurposeId.id_kp_clientAuth))).isEqualTo("-");
  }

  /** What a certificate says of its use and cannot be read is not what it leaves open. */
  @Test
  void usageThatCannotBeRead() {
    for (ASN1ObjectIdentifier oid : List.of(Extension.keyUsage, Extension.extendedKeyUsage)) {
      TestCa.Ext odd = TestCa.ext(oid, false, DERNull.INSTANCE);
      assertThat(uses(ROOT.mailLeaf("a@b.example", KEYS, odd))).as(oid.getId()).isEqualTo("-");
    }
    TestCa.Ext none = TestCa.ext(Extension.keyUsage, false, DERNull.INSTANCE);
    int signsLists = 6; // cRLSign
    assertThat(Certificates.allows(ROOT.mailLeaf("a@b.example", KEYS, none), signsLists)).isFalse();
    assertThat(Certificates.allows(ROOT.mailLeaf("a@b.example", KEYS), signsLists)).isTrue();
    TestCa.Ext odd = TestCa.ext(Extension.extendedKeyUsage, false, DERNull.INSTANCE);
    assertThat(Certificates.mayCertifyMail(ROOT.authority("CA", odd).certificate)).isFalse();
    assertThat(Certificates.mayCertifyMail(ROOT.authority("CA").certificate)).isTrue();
  }

  private static String uses(X509Certificate certificate) {
    List<String> uses = new ArrayList<>();
    if (Certificates.maySign(certificate)) {
      uses.add("signs");
    }
    if (Certificates.mayReceive(certificate)) {
      uses.add("reads");
    }
    return uses.isEmpty() ? "-" : String.join(" ", uses);
  }

  /** TestCa's certificates end 300 days from now; the last moment is still theirs (RFC 5280). */
  @Test
  void fromWhenUntilWhen() {
    X509Certificate leaf = leaf(KEYS, KeyUsage.keyAgreement);
    Instant start = NOW.minus(Duration.ofDays(30));
    Instant end = NOW.plus(Duration.ofDays(300));
    assertThat(Certificates.isValidAt(leaf, start)).isTrue();
    assertThat(Certificates.isValidAt(leaf, end)).isTrue();
    assertThat(Certificates.isValidAt(leaf, start.minusMillis(1))).isFalse();
    assertThat(Certificates.isValidAt(leaf, end.plusMillis(1))).isFalse();
    assertThat(Certificates.isForReading(leaf, end)).isTrue();
    assertThat(Certificates.isForReading(leaf, end.plusMillis(1))).isFalse();
    assertThat(Certificates.isForReading(leaf, start.minusMillis(1))).isTrue(); // not yet is soon
    assertThat(Certificates.isForReading(leaf(KEYS, KeyUsage.digitalSignature), NOW)).isFalse();
    TestCa.Ext agrees = TestCa.ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
    TestCa.Ext authority = TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(0));
    assertThat(Certificates.isForReading(ROOT.mailLeaf("a@b.example", KEYS, authority), NOW))
        .isFalse();
    assertThat(Certificates.isForReading(ROOT.mailLeaf("a@b.example", KEYS, agrees), NOW)).isTrue();
  }

  /** As {@code openssl x509 -fingerprint -sha256} says, and as openssl wrote the file. */
  @Test
  void asAFileAndAsAFingerprint() {
    assertThat(Certificates.sha256(GP))
        .isEqualTo("0c6008a7f31be3228d3022dc846133a2390045cb23dbe6a26cadf46c99fd4cef");
    assertThat(Certificates.pem(GP)).startsWith("-----BEGIN CERTIFICATE-----\nMIIEYjCC");
    byte[] file = SamplePki.bytes(SamplePki.CERTS.resolve("gp/a.devries.pem"));
    assertThat(new String(file, StandardCharsets.US_ASCII)).contains(Certificates.pem(GP));
  }

  private static X509Certificate named(GeneralName... names) {
    return ROOT.leaf(
        "a", TestCa.ext(Extension.subjectAlternativeName, false, new GeneralNames(names)));
  }

  @Test
  void addressesAreThoseOfMail() {
    GeneralName first = new GeneralName(GeneralName.rfc822Name, "a@b.example");
    GeneralName second = new GeneralName(GeneralName.rfc822Name, "B@b.example");
    GeneralName none = new GeneralName(GeneralName.rfc822Name, "b.example");
    GeneralName host = new GeneralName(GeneralName.dNSName, "c.example");
    GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, "mailto:c@d.example");
    GeneralName other = new GeneralName(GeneralName.directoryName, "CN=e@f.example");
    X509Certificate all = named(host, first, uri, other, none, second);
    assertThat(Certificates.rfc822Names(all))
        .containsExactly("a@b.example", "b.example", "B@b.example");
    assertThat(Certificates.addresses(all))
        .containsExactly(Address.of("a@b.example"), Address.of("B@b.example"));
    assertThat(Certificates.addresses(ROOT.leaf("a@b.example"))).isEmpty();
  }

  /** An IA5String of a@b.example, alone, beside a name in one RDN, and twice. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.840.113549.1.9.1=#160b6140622e6578616d706c65,O=c@d.example | 1",
        "x+1.2.840.113549.1.9.1=#160b6140622e6578616d706c65 | 1",
        "x,1.2.840.113549.1.9.1=#160b6140622e6578616d706c65"
            + ",1.2.840.113549.1.9.1=#160b6140622e6578616d706c65 | 2",
        "x,1.2.840.113549.1.9.1=#160362616d | 0",
        "x,1.2.840.113549.1.9.1=#040b6140622e6578616d706c65 | 0",
        "a@b.example | 0",
      })
  void addressesInTheSubject(String rest, int expected) {
    String name = rest.startsWith("1.2") ? "x," + rest : rest;
    assertThat(Certificates.subjectAddresses(ROOT.leaf(name)))
        .hasSize(expected)
        .allMatch(Address.of("a@b.example")::equals);
  }

  @Test
  void namesForPeople() {
    assertThat(Certificates.name(GP)).isEqualTo("A. de Vries");
    assertThat(Certificates.name(ROOT.leaf("x+O=y"))).isEqualTo("x");
    assertThat(Certificates.name(ROOT.leaf("x\\, y,O=z"))).isEqualTo("x, y");
    assertThat(Certificates.name(ROOT.leaf(""))).isEqualTo("CN=");
    assertThat(Certificates.name(ROOT.leaf("#0403616263"))).isEqualTo("CN=#0403616263");
    X509Certificate nameless = ROOT.nameless();
    assertThat(Certificates.name(nameless)).isEmpty();
  }

  /** The whole name of the samples' organisation, and in that place. */
  @Test
  void samples() {
    String sample = "WOTpoort SAMPLE - niet voor gebruik";
    assertThat(Certificates.isSample(GP)).isTrue();
    assertThat(Certificates.isSample(ROOT.leaf("x,O=" + sample))).isTrue();
    assertThat(Certificates.isSample(ROOT.leaf(sample))).isFalse();
    assertThat(Certificates.isSample(ROOT.leaf("x,O=" + sample + "t"))).isFalse();
    assertThat(Certificates.isSample(ROOT.leaf("x,O=y"))).isFalse();
  }

  private static byte @Nullable [] identifier(ASN1Encodable value) {
    X509Certificate leaf = ROOT.leaf("a", TestCa.ext(Extension.subjectKeyIdentifier, false, value));
    return Certificates.keyIdentifier(leaf, Limits.defaults());
  }

  @Test
  void keyIdentifiers() {
    byte[] own = {1, 2, 3};
    assertThat(identifier(new DEROctetString(own))).isEqualTo(own);
    assertThat(identifier(new ASN1Integer(1))).isNull();
    assertThat(Certificates.keyIdentifier(ROOT.leaf("a"), Limits.defaults())).isNull();
  }
}
