package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.CannotSeal.Reason;
import nl.wotpoort.texts.Language;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key files, key rings, certificate books, and what cannot be sealed. */
class KeysTest {

  private static final byte[] P12 = SamplePki.bytes(SamplePki.CERTS.resolve("gateway/oost.p12"));
  private static final Instant BEFORE = Instant.parse("2025-06-01T00:00:00Z");
  private static final Instant AFTER = Instant.parse("2045-01-01T00:00:00Z");

  private static KeyFileFault fault(ThrowingCallable reading) {
    return catchThrowableOfType(KeyFileFault.class, reading);
  }

  @Test
  void wrongPasswordIsToldApartFromABrokenFile() {
    byte[] broken = P12.clone();
    broken[4] ^= 0x55;
    assertThat(fault(() -> KeyFiles.keys("oost.p12", P12, "fout".toCharArray())).why())
        .isEqualTo(KeyFileFault.Cause.WRONG_PASSWORD);
    assertThat(fault(() -> KeyFiles.keys("x.p12", broken, "fout".toCharArray())).why())
        .isEqualTo(KeyFileFault.Cause.BROKEN);
    assertThat(fault(() -> KeyFiles.keys("x.p12", new byte[0], "x".toCharArray())).why())
        .isEqualTo(KeyFileFault.Cause.BROKEN);
  }

  @Test
  void faultsNameTheFileAndWhatToDo() {
    KeyFileFault fault = fault(() -> KeyFiles.keys("oost.p12", P12, "fout".toCharArray()));
    assertThat(fault.text(Language.NL)).contains("oost.p12").contains("wachtwoord");
    assertThat(fault.text(Language.EN)).contains("oost.p12").contains("password");
  }

  /** As openssl makes one of certificates alone; the JDK's KeyStore shows none of them. */
  @ParameterizedTest
  @ValueSource(strings = {"", "-legacy", "-certpbe NONE", "-certpbe AES-128-CBC -macalg sha512"})
  void certificatesInPkcs12WithoutAKey(String options) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "pkcs12", "-export", "-nokeys"));
    command.addAll(List.of("-in", SamplePki.CERTS.resolve("ca/zorg-root.pem").toString()));
    command.addAll(List.of("-certfile", SamplePki.CERTS.resolve("ca/wot-root.pem").toString()));
    command.addAll(List.of("-passout", "pass:anker"));
    List.of(options.split(" ")).stream().filter(o -> !o.isEmpty()).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] made = process.getInputStream().readAllBytes();

    assertThat(KeyFiles.certificates("x.p12", made, "anker".toCharArray()))
        .containsExactlyInAnyOrder(
            SamplePki.certificate("ca/zorg-root"), SamplePki.certificate("ca/wot-root"));
    assertThat(fault(() -> KeyFiles.certificates("x.p12", made, "fout".toCharArray())).why())
        .isEqualTo(KeyFileFault.Cause.WRONG_PASSWORD);
  }

  @Test
  void pemWithoutWhatWasAskedFor() {
    byte[] crl = SamplePki.bytes(SamplePki.CERTS.resolve("ca/wot-root.crl.pem"));
    assertThat(fault(() -> KeyFiles.certificates("x.pem", crl)).why())
        .isEqualTo(KeyFileFault.Cause.EMPTY);
    byte[] cut =
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(fault(() -> KeyFiles.certificates("x.pem", cut)).why())
        .isEqualTo(KeyFileFault.Cause.BROKEN);
  }

  @Test
  void olderKeyReadsTheNewestSigns() {
    List<KeyEntry> keys = SamplePki.ring("gateway").of(SamplePki.OOST);
    assertThat(keys).hasSize(2);
    KeyEntry signing =
        SamplePki.ring("gateway").forSigning(SamplePki.OOST, SamplePki.NOW).orElseThrow();
    assertThat(signing.source()).contains("gateway/oost ");
    assertThat(SamplePki.ring("gateway").forSigning(SamplePki.OOST, AFTER)).isEmpty();
  }

  @Test
  void keyOfAnotherMailboxDoesNotOpen() throws CannotSeal {
    Bytes sealed =
        SealAndOpenTest.seal(
            SamplePki.OOST, Recipient.Cipher.AES_256_GCM, Recipient.KeyTransport.PKCS1);
    Opened opened =
        SamplePki.opener().open(sealed, Address.of("zuid@wotschiedam.nl"), SamplePki.NOW);
    assertThat(opened.<Object>fold(t -> t, Opened.Refused::finding))
        .isEqualTo(Finding.UNDECRYPTABLE);
  }

  @Test
  void expiredCertificatesArePassedOverInAnyOrder() {
    Address gp = SamplePki.GP;
    List<X509Certificate> both =
        new ArrayList<>(
            List.of(SamplePki.certificate("gp/verlopen"), SamplePki.certificate("gp/a.devries")));
    for (int i = 0; i < 2; i++) {
      CertificateBook book = CertificateBook.of(Map.of(gp, both));
      assertThat(book.forSealing(gp, SamplePki.NOW))
          .contains(SamplePki.certificate("gp/a.devries"));
      Collections.reverse(both);
    }
  }

  /** Another with one byte changed is parsed for itself. */
  @Test
  void aCertificateInTheBookIsNotParsedAgain() throws Exception {
    byte[] der = SamplePki.certificate("gp/a.devries").getEncoded();
    X509Certificate known = byBouncyCastle(der); // the JDK gives back what it parsed before
    CertificateBook book = CertificateBook.of(Map.of(SamplePki.GP, List.of(known)));
    byte[] pem = Certificates.pem(known).getBytes(StandardCharsets.US_ASCII);
    assertThat(KeyFiles.certificates("a.pem", pem, book).get(0)).isSameAs(known);
    assertThat(KeyFiles.certificates("a.der", der, book).get(0)).isSameAs(known);

    byte[] other = der.clone();
    other[other.length - 1] = (byte) ~other[other.length - 1];
    assertThat(KeyFiles.certificates("b.der", other, book).get(0)).isNotEqualTo(known);
    X509Certificate stranger = SamplePki.certificate("gp/verlopen");
    assertThat(KeyFiles.certificates("c.der", stranger.getEncoded(), book))
        .containsExactly(stranger);
  }

  private static X509Certificate byBouncyCastle(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509", new BouncyCastleProvider())
            .generateCertificate(new ByteArrayInputStream(der));
  }

  private static Reason reason(KeyRing ring, CertificateBook book, Instant now) {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            ring,
            book,
            AlgorithmPolicy.defaults(),
            Limits.defaults().withMessageBytes(100_000),
            new SecureRandom());
    return reason(sealer, new byte[10], now);
  }

  private static Reason reason(EnvelopeSealer sealer, byte[] message, Instant now) {
    OuterHead head = OuterHead.of(SamplePki.OOST, SamplePki.GP, now, "<1@wotschiedam.nl>", "x");
    CannotSeal cannot =
        catchThrowableOfType(
            CannotSeal.class,
            () ->
                sealer.seal(
                    Bytes.wrap(message), head, SamplePki.OOST, Recipient.of(SamplePki.GP), now));
    assertThat(cannot.text(Language.NL)).isNotBlank();
    return cannot.reason();
  }

  @Test
  void whatCannotBeSealedIsSaid() {
    KeyRing ring = SamplePki.ring("gateway");
    CertificateBook book = SamplePki.book("gp");
    CertificateBook expired =
        CertificateBook.of(Map.of(SamplePki.GP, List.of(SamplePki.certificate("gp/verlopen"))));
    CertificateBook authority =
        CertificateBook.of(Map.of(SamplePki.GP, List.of(SamplePki.certificate("ca/zorg-root"))));

    assertThat(reason(KeyRing.of(Map.of()), book, SamplePki.NOW)).isEqualTo(Reason.NO_SIGNING_KEY);
    assertThat(reason(ring, book, AFTER)).isEqualTo(Reason.SIGNING_KEY_EXPIRED);
    assertThat(reason(ring, CertificateBook.of(Map.of()), SamplePki.NOW))
        .isEqualTo(Reason.NO_RECIPIENT_CERTIFICATE);
    assertThat(reason(ring, expired, SamplePki.NOW))
        .isEqualTo(Reason.RECIPIENT_CERTIFICATE_EXPIRED);
    assertThat(reason(ring, authority, SamplePki.NOW))
        .isEqualTo(Reason.RECIPIENT_CERTIFICATE_UNSUITABLE);
    EnvelopeSealer small =
        EnvelopeSealer.of(
            ring,
            book,
            AlgorithmPolicy.defaults(),
            Limits.defaults().withMessageBytes(1000),
            new SecureRandom());
    assertThat(reason(small, new byte[600], BEFORE)).isEqualTo(Reason.TOO_LARGE);
  }

  private static String sealedWith(AlgorithmPolicy policy, Recipient recipient) {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            SamplePki.ring("gp"),
            SamplePki.book("gateway"),
            policy,
            Limits.defaults(),
            new SecureRandom());
    OuterHead head =
        OuterHead.of(
            SamplePki.GP, SamplePki.OOST, SamplePki.NOW, "<1@praktijk-delinde.example>", "[...]");
    try {
      Bytes inner = Bytes.of(SealAndOpenTest.INNER, StandardCharsets.UTF_8);
      Bytes sealed = sealer.seal(inner, head, SamplePki.GP, recipient, SamplePki.NOW);
      return SamplePki.opener()
          .open(sealed, SamplePki.OOST, SamplePki.NOW)
          .fold(t -> t.algorithms().toString(), r -> r.finding().code());
    } catch (CannotSeal cannot) {
      return cannot.reason().code();
    }
  }

  @Test
  void whatThePolicyRefusesIsNotWrittenEither() {
    AlgorithmPolicy all = AlgorithmPolicy.defaults();
    Recipient usual = Recipient.of(SamplePki.OOST);
    Recipient cbc = usual.with(Recipient.Cipher.AES_256_CBC);
    assertThat(sealedWith(all.refusing(List.of("RSA-PKCS1")), usual)).contains("RSA-OAEP-SHA-256");
    assertThat(sealedWith(all.refusing(List.of("AES-256-CBC")), usual)).contains("AES-256-GCM");
    String refused = "algorithm-not-allowed";
    assertThat(sealedWith(all.refusing(List.of("AES-256-CBC")), cbc)).isEqualTo(refused);
    assertThat(sealedWith(all.refusing(List.of("RSA-PKCS1", "RSA-OAEP-SHA-256")), usual))
        .isEqualTo(refused);
    assertThat(sealedWith(all.refusing(List.of("RSA-PKCS1-SHA-256")), usual)).isEqualTo(refused);
    assertThat(sealedWith(all.withMinimumRsaBits(4096), usual))
        .isEqualTo("recipient-certificate-unsuitable");
  }

  private static String sealedFor(Trust trust, X509Certificate... certificates) {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
                SamplePki.ring("gateway"),
                CertificateBook.of(Map.of(SamplePki.GP, List.of(certificates))),
                AlgorithmPolicy.defaults(),
                Limits.defaults(),
                new SecureRandom())
            .trusting(trust);
    Instant now = SamplePki.NOW;
    OuterHead head = OuterHead.of(SamplePki.OOST, SamplePki.GP, now, "<1@wotschiedam.nl>", "x");
    try {
      Bytes inner = Bytes.wrap(new byte[10]);
      sealer.seal(inner, head, SamplePki.OOST, Recipient.of(SamplePki.GP), now);
      return "sealed";
    } catch (CannotSeal cannot) {
      assertThat(cannot.about()).isEqualTo(SamplePki.GP);
      return cannot.reason().code();
    }
  }

  @Test
  void theReadersCertificateMustBeTrustedAndNotRevoked() {
    PartnerGroup gps = SamplePki.gps();
    Trust trust = SamplePki.trust(gps);
    X509Certificate good = SamplePki.certificate("gp/a.devries");
    X509Certificate gone = SamplePki.certificate("gp/ingetrokken");
    X509Certificate strange = SamplePki.certificate("gp/onbekend");
    assertThat(sealedFor(trust, good)).isEqualTo("sealed");
    assertThat(sealedFor(trust, gone)).isEqualTo("recipient-certificate-revoked");
    assertThat(sealedFor(trust, strange)).isEqualTo("recipient-certificate-untrusted");
    assertThat(sealedFor(trust, gone, good)).isEqualTo("sealed");
    assertThat(sealedFor(trust, good, strange)).isEqualTo("sealed");
    PartnerGroup noLists = PartnerGroup.of("g", gps.anchors(), gps.intermediates(), List.of());
    assertThat(sealedFor(SamplePki.trust(noLists), good)).isEqualTo("recipient-revocation-unknown");
    PartnerGroup bare = PartnerGroup.of("g", gps.anchors(), List.of(), gps.crls());
    assertThat(sealedFor(SamplePki.trust(bare), good)).isEqualTo("recipient-certificate-untrusted");
    assertThat(sealedFor(SamplePki.trust(bare), good, SamplePki.certificate("ca/zorg-issuing")))
        .isEqualTo("sealed");
  }

  @ParameterizedTest
  @EnumSource(Finding.class)
  void everyFindingSpeaksBothLanguages(Finding finding) {
    for (Language language : Language.values()) {
      assertThat(finding.text(language)).endsWith(".");
      assertThat(finding.advice(language)).endsWith(".");
    }
    assertThat(Finding.ofCode(finding.code())).contains(finding);
  }

  @Test
  void nothingSecretIsPrinted() {
    KeyEntry key = SamplePki.keys("gateway/oost").get(0);
    assertThat(key.toString()).isEqualTo("key of gateway/oost (oost)");
  }
}
