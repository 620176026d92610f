package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Which key signs, which certificate is sealed for, and which of them belong together. */
class KeyChoiceTest {

  private static final Address OOST = SamplePki.OOST;
  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa ISSUING = ROOT.authority("Issuing");

  /** Valid from May 2026 on; the samples are from 2024. */
  private static KeyEntry newer(KeyPair pair) {
    return new KeyEntry(
        "newer", pair.getPrivate(), ISSUING.mailLeaf(OOST.toString(), pair), List.of());
  }

  private static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("RSA")) {
        generator.initialize(1024); // soon made; nobody asks here how strong it is
      }
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theNewestKeySignsInAnyOrderAndOneOfEd25519OnlyAlone() {
    KeyEntry sample = SamplePki.keys("gateway/oost").get(0);
    KeyEntry newer = newer(TestCa.newKeys());
    KeyEntry edwards = newer(pair("Ed25519"));
    List<KeyEntry> keys = new ArrayList<>(List.of(sample, edwards, newer));
    for (int i = 0; i < 2; i++) {
      KeyRing ring = KeyRing.of(Map.of(OOST, keys));
      assertThat(ring.forSigning(OOST, SamplePki.NOW)).containsSame(newer);
      assertThat(ring.forSigning(OOST, Recipient.Signature.RSA_PKCS1, SamplePki.NOW))
          .containsSame(sample);
      Collections.reverse(keys);
    }
    KeyRing ring = KeyRing.of(Map.of(OOST, List.of(edwards, sample)));
    assertThat(ring.forSigning(OOST, SamplePki.NOW)).containsSame(sample);
    assertThat(ring.samples()).containsExactly(sample);
    assertThat(ring.mailboxes()).containsExactly(OOST);
    assertThat(ring.of(SamplePki.GP)).isEmpty();
    assertThat(edwards.toString()).isEqualTo("key of newer");
    assertThat(edwards.isInToken()).isFalse();
    assertThat(edwards.isSample()).isFalse();
    // as the certificate, which TestCa makes for 300 days to come
    assertThat(edwards.notAfter()).isEqualTo(SamplePki.NOW.plus(Duration.ofDays(300)));
  }

  /** RFC 8550 §4.4.2: digitalSignature or nonRepudiation; here the first is asked for. */
  @Test
  void aKeyThatMayNotSignOrNotSoDoesNot() {
    KeyPair own = TestCa.newKeys();
    X509Certificate forReading =
        ISSUING.mailLeaf(OOST.toString(), own, usage(KeyUsage.keyAgreement));
    X509Certificate forBoth =
        ISSUING.mailLeaf(
            OOST.toString(), own, usage(KeyUsage.keyAgreement | KeyUsage.digitalSignature));
    KeyEntry reads = new KeyEntry("reads", own.getPrivate(), forReading, List.of());
    KeyEntry signs = new KeyEntry("signs", own.getPrivate(), forBoth, List.of());
    KeyRing ring = KeyRing.of(Map.of(OOST, List.of(reads)));
    assertThat(ring.forSigning(OOST, SamplePki.NOW)).isEmpty();
    assertThat(ring.of(OOST)).containsExactly(reads);
    assertThat(KeyRing.of(Map.of(OOST, List.of(reads, signs))).forSigning(OOST, SamplePki.NOW))
        .containsSame(signs);
    KeyEntry rsa = SamplePki.keys("gateway/oost").get(0);
    KeyEntry edwards = newer(pair("Ed25519"));
    KeyRing all = KeyRing.of(Map.of(OOST, List.of(rsa, signs, edwards)));
    assertThat(signed(all, Recipient.Signature.RSA_PSS)).containsSame(rsa);
    assertThat(signed(all, Recipient.Signature.ECDSA)).containsSame(signs);
    assertThat(signed(all, Recipient.Signature.ED25519)).containsSame(edwards);
    assertThat(signed(ring, Recipient.Signature.ED25519)).isEmpty();
  }

  private static TestCa.Ext usage(int bits) {
    return TestCa.ext(Extension.keyUsage, true, new KeyUsage(bits));
  }

  private static Optional<KeyEntry> signed(KeyRing ring, Recipient.Signature wanted) {
    return ring.forSigning(
        OOST, Recipient.of(SamplePki.GP).with(wanted).signature(), SamplePki.NOW);
  }

  @Test
  void theNewestCertificateIsSealedForInAnyOrder() {
    X509Certificate sample = SamplePki.certificate("gateway/oost");
    X509Certificate newer = newer(TestCa.newKeys()).certificate();
    List<X509Certificate> both = new ArrayList<>(List.of(sample, newer));
    for (int i = 0; i < 2; i++) {
      CertificateBook book = CertificateBook.of(Map.of(OOST, both));
      assertThat(book.candidates(OOST, SamplePki.NOW)).containsExactly(newer, sample);
      assertThat(book.forSealing(OOST, SamplePki.NOW)).contains(newer);
      assertThat(book.fingerprints(OOST))
          .isSorted()
          .containsExactlyInAnyOrder(Certificates.sha256(sample), Certificates.sha256(newer));
      assertThat(book.hasSample()).isTrue();
      Collections.reverse(both);
    }
    CertificateBook book = CertificateBook.of(Map.of(OOST, List.of(newer)));
    assertThat(book.hasSample()).isFalse();
    assertThat(book.addresses()).containsExactly(OOST);
    assertThat(book.of(SamplePki.GP)).isEmpty();
    assertThat(book.fingerprints(SamplePki.GP)).isEmpty();
  }

  @Test
  void aKeyAndTheCertificateOfAnotherAreNoPair() {
    for (String algorithm : List.of("RSA", "EC", "Ed25519", "X25519")) {
      KeyPair own = pair(algorithm);
      X509Certificate certificate = ISSUING.mailLeaf(OOST.toString(), own);
      assertThat(KeyFiles.isPair(own.getPrivate(), certificate)).as(algorithm).isTrue();
      if (!algorithm.equals("X25519")) {
        assertThat(KeyFiles.isPair(pair(algorithm).getPrivate(), certificate))
            .as(algorithm)
            .isFalse();
      }
      for (String other : List.of("gateway/oost", "gateway/zuid-ec")) {
        assertThat(KeyFiles.isPair(own.getPrivate(), SamplePki.certificate(other)))
            .as(algorithm)
            .isFalse();
      }
    }
  }

  private static byte[] pkcs12(KeyPair pair, Certificate... chain) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("box", pair.getPrivate(), "p".toCharArray(), chain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, "p".toCharArray());
    return out.toByteArray();
  }

  @Test
  void theRootIsNotSentAlongAndAStrangersCertificateIsSaid() throws Exception {
    KeyPair own = TestCa.newKeys();
    X509Certificate leaf = ISSUING.mailLeaf(OOST.toString(), own);
    byte[] file = pkcs12(own, leaf, ISSUING.certificate, ROOT.certificate);
    KeyEntry entry = KeyFiles.keys("x.p12", file, "p".toCharArray()).get(0);
    assertThat(entry.certificate()).isEqualTo(leaf);
    assertThat(entry.chain()).containsExactly(ISSUING.certificate);
    assertThat(entry.source()).isEqualTo("x.p12 (box)");

    byte[] other = pkcs12(TestCa.newKeys(), leaf, ISSUING.certificate);
    assertThat(
            catchThrowableOfType(
                    KeyFileFault.class, () -> KeyFiles.keys("x.p12", other, "p".toCharArray()))
                .why())
        .isEqualTo(KeyFileFault.Cause.NO_MATCH);
  }
}
