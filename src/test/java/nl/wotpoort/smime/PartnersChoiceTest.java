package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.texts.Language;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How mail for a partner is sealed: as the entry says, else the certificate, else as is usual. */
class PartnersChoiceTest {

  private static final Address US = Address.of("box@wot.example");
  private static final Address GP = Address.of("gp@praktijk.example");
  private static final TestCa ROOT = TestCa.root("Root");
  private static final KeyPair RSA = pair("RSA");

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 4262: a sequence of algorithms in an extension. */
  private static X509Certificate able(String... names) {
    if (names[0].isEmpty()) {
      return ROOT.mailLeaf(GP.toString(), RSA);
    }
    AlgorithmIdentifier[] named =
        Arrays.stream(names).map(PartnersChoiceTest::algorithm).toArray(AlgorithmIdentifier[]::new);
    TestCa.Ext extension =
        TestCa.ext(
            new ASN1ObjectIdentifier(Oids.SMIME_CAPABILITIES), false, new DERSequence(named));
    return ROOT.mailLeaf(GP.toString(), RSA, extension);
  }

  private static AlgorithmIdentifier algorithm(String name) {
    AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    return switch (name) {
      case "gcm" -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes128_GCM);
      case "cbc" -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes128_CBC);
      case "chacha" -> new AlgorithmIdentifier(PKCSObjectIdentifiers.id_alg_AEADChaCha20Poly1305);
      case "3des" -> new AlgorithmIdentifier(PKCSObjectIdentifiers.des_EDE3_CBC);
      case "oaep" ->
          new AlgorithmIdentifier(
              PKCSObjectIdentifiers.id_RSAES_OAEP,
              new RSAESOAEPparams(
                  sha256,
                  new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                  RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
      case "oaep-sha1" -> new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP);
      default -> throw new AssertionError(name);
    };
  }

  private static Bytes seal(X509Certificate reader, Recipient to, List<KeyEntry> keys)
      throws CannotSeal {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(US, keys)),
            CertificateBook.of(Map.of(GP, List.of(reader))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    OuterHead head = OuterHead.of(US, GP, SamplePki.NOW, "<1@wot.example>", "[...]");
    Bytes letter = Bytes.of("From: box@wot.example\r\n\r\nx\r\n", StandardCharsets.UTF_8);
    return sealer.seal(letter, head, US, to, SamplePki.NOW);
  }

  private static Algorithms algorithms(Bytes mail, X509Certificate reader) {
    KeyEntry key = new KeyEntry("reader", RSA.getPrivate(), reader, List.of());
    PartnerGroup group =
        PartnerGroup.of("g", List.of(ROOT.certificate), List.of(), List.of(ROOT.crl(1).sign()));
    EnvelopeOpener opener =
        EnvelopeOpener.of(
            KeyRing.of(Map.of(GP, List.of(key))),
            SamplePki.trust(group),
            AlgorithmPolicy.defaults());
    return SealAndOpenTest.trusted(opener.open(mail, GP, SamplePki.NOW)).algorithms();
  }

  private static KeyEntry ours(String algorithm) {
    KeyPair pair = pair(algorithm);
    return new KeyEntry("ours", pair.getPrivate(), ROOT.mailLeaf(US.toString(), pair), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "'',          AES-256-GCM,       RSA-PKCS1",
    "gcm cbc,     AES-256-GCM,       RSA-PKCS1",
    "cbc 3des,    AES-256-CBC,       RSA-PKCS1",
    "chacha cbc,  CHACHA20-POLY1305, RSA-PKCS1",
    "3des,        AES-256-GCM,       RSA-PKCS1",
    "gcm oaep,    AES-256-GCM,       RSA-OAEP-SHA-256",
    "oaep-sha1,   AES-256-GCM,       RSA-PKCS1",
  })
  void theCertificateDecidesWhatTheEntryLeavesOpen(
      String named, String cipher, String keyEncryption) throws CannotSeal {
    X509Certificate reader = able(named.split(" "));
    Algorithms used = algorithms(seal(reader, Recipient.of(GP), List.of(ours("EC"))), reader);
    assertThat(used.cipher()).isEqualTo(cipher);
    assertThat(used.keyEncryption()).isEqualTo(keyEncryption);
  }

  @Test
  void theEntryGoesBeforeTheCertificate() throws CannotSeal {
    X509Certificate reader = able("cbc", "oaep");
    Recipient entry =
        Recipient.of(GP).with(Recipient.Cipher.AES_256_GCM).with(Recipient.KeyTransport.PKCS1);
    Algorithms used = algorithms(seal(reader, entry, List.of(ours("EC"))), reader);
    assertThat(used.cipher()).isEqualTo("AES-256-GCM");
    assertThat(used.keyEncryption()).isEqualTo("RSA-PKCS1");
  }

  @ParameterizedTest
  @CsvSource({
    "USUAL, ECDSA-SHA-256",
    "ECDSA, ECDSA-SHA-256",
    "ED25519, ED25519",
    "RSA_PSS, RSA-PSS-SHA-256",
    "RSA_PKCS1, RSA-PKCS1-SHA-256",
  })
  void ofSeveralKeysTheKindTheEntryAsksForSigns(Recipient.Signature wanted, String used)
      throws CannotSeal {
    X509Certificate reader = able("");
    List<KeyEntry> keys = new ArrayList<>(List.of(ours("EC"), ours("Ed25519"), ours("RSA")));
    Bytes mail = seal(reader, Recipient.of(GP).with(wanted), keys);
    assertThat(algorithms(mail, reader).signature()).isEqualTo(used);
  }

  @Test
  void ed25519SignsWhereThereIsNothingElse() throws CannotSeal {
    X509Certificate reader = able("");
    Bytes mail = seal(reader, Recipient.of(GP), List.of(ours("Ed25519")));
    Algorithms used = algorithms(mail, reader);
    assertThat(used.signature()).isEqualTo("ED25519");
    assertThat(used.digest()).as("RFC 8419 §3.1").isEqualTo("SHA-512");
  }

  /** RFC 7748 §6.1: with such a point everybody knows what was agreed. */
  @Test
  void aCertificateFromWhichNothingSecretComesIsNotSealedFor() throws Exception {
    KeyPair nothing =
        new KeyPair(
            KeyFactory.getInstance("X25519")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.ZERO)),
            RSA.getPrivate());
    X509Certificate reader = ROOT.mailLeaf(GP.toString(), nothing);
    CannotSeal cannot =
        catchThrowableOfType(
            CannotSeal.class, () -> seal(reader, Recipient.of(GP), List.of(ours("EC"))));
    assertThat(cannot.reason()).isEqualTo(CannotSeal.Reason.RECIPIENT_CERTIFICATE_UNSUITABLE);
    assertThat(cannot.about()).isEqualTo(GP);
  }

  @Test
  void noKeyOfThatKindIsSaidAndNothingElseIsMade() {
    Recipient wanted = Recipient.of(GP).with(Recipient.Signature.ED25519);
    CannotSeal cannot =
        catchThrowableOfType(CannotSeal.class, () -> seal(able(""), wanted, List.of(ours("EC"))));
    assertThat(cannot.reason()).isEqualTo(CannotSeal.Reason.NO_SIGNING_KEY_OF_KIND);
    assertThat(cannot.text(Language.NL)).contains("signature");
    assertThat(cannot.text(Language.EN)).contains("signature");
  }
}
