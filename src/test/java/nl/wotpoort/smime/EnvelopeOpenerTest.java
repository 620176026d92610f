package nl.wotpoort.smime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the opener says beside the verdict, its borders, and mail that is signed only. */
class EnvelopeOpenerTest {

  private static final Path FIXTURES = SamplePki.ROOT.resolve("src/test/resources/fixtures");
  private static final EnvelopeOpener OPENER = SamplePki.opener();
  private static final Limits LIMITS = Limits.defaults();
  private static final String SUBMITTED =
      "Received: from pc by mail.intern.example with ESMTPSA id 1; x\r\n";

  private static Bytes fixture(String name) {
    return Bytes.wrap(SamplePki.bytes(FIXTURES.resolve(name + ".eml")));
  }

  private static Bytes joined(String head, Bytes rest) {
    return new Pieces(List.of(Bytes.of(head, StandardCharsets.US_ASCII), rest)).joined();
  }

  private static Opened open(EnvelopeOpener opener, Bytes mail) {
    return opener.open(mail, SamplePki.OOST, SamplePki.NOW);
  }

  /** The verdict, the remarks, and whose signature stands on what is refused. */
  private static String outcome(EnvelopeOpener opener, Bytes mail) {
    return open(opener, mail)
        .fold(
            t -> "ACCEPT " + t.remarks() + " " + t.algorithms().cipher(),
            r -> r.finding().code() + r.signer().map(s -> " by " + s).orElse(""));
  }

  private static EnvelopeOpener signedOnly(Address sender) {
    return OPENER.accepting(new SignedOnly(Set.of(sender), "mail.intern.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"detached", "opaque"})
  void signedOnlyIsReadWhereItIsAllowed(String form) {
    Bytes mail = fixture("reject/not-encrypted--signed-only-" + form);
    String refused = "not-encrypted by " + SamplePki.GP;
    EnvelopeOpener allowed = signedOnly(SamplePki.GP);

    assertThat(outcome(OPENER, joined(SUBMITTED, mail))).isEqualTo(refused);
    assertThat(outcome(signedOnly(SamplePki.OOST), joined(SUBMITTED, mail))).isEqualTo(refused);
    assertThat(outcome(allowed, mail)).isEqualTo(refused);
    assertThat(outcome(allowed, joined(SUBMITTED, mail))).isEqualTo("ACCEPT [NOT_ENCRYPTED] none");
    Opened.Trusted trusted = SealAndOpenTest.trusted(open(allowed, joined(SUBMITTED, mail)));
    assertThat(trusted.algorithms().keyEncryption()).isEqualTo("none");
    String text = new Pieces(trusted.content().signedEntity()).joined().decode(UTF_8);
    assertThat(text).contains("multipart/signed").doesNotContain("Received");
  }

  /** Nobody is named as signer, and nothing is read, when anything about him is wrong. */
  @ParameterizedTest
  @CsvSource({
    "reject/key-usage--no-digital-signature, a.devries@praktijk-delinde.example",
    "reject/signer-revoked--key-compromise, a.devries@praktijk-delinde.example",
    "reject/signature-invalid--text-altered-detached, a.devries@praktijk-delinde.example",
    "accept/openssl-detached-rfc822-aes-256-cbc, b.smit@praktijk-delinde.example",
  })
  void signedOnlyAndSomethingElseWrong(String name, String from) throws Fault {
    String head = SUBMITTED + "From: " + from + "\r\n";
    Bytes inside = joined(head, decrypted(fixture(name)));
    assertThat(outcome(OPENER, inside)).isEqualTo("not-encrypted");
    assertThat(outcome(signedOnly(Address.of(from)), inside)).isEqualTo("not-encrypted");
  }

  /** What is signed outside and encrypted within is neither. */
  @Test
  void signedAroundSomethingEncrypted() {
    String signed = Forge.signed("Content-Type: application/pkcs7-mime\n\nx\n", Forge.GP);
    Bytes mail = Bytes.of(SUBMITTED + "From: " + SamplePki.GP + "\r\n" + signed, UTF_8);
    assertThat(outcome(OPENER, mail)).isEqualTo("partially-encrypted");
    assertThat(outcome(signedOnly(SamplePki.GP), mail)).isEqualTo("partially-encrypted");
  }

  @Test
  void aDetachedSignatureTravelsOnAsItCame() throws Fault {
    Bytes mail = fixture("accept/openssl-detached-rfc822-aes-256-cbc");
    Opened.Trusted trusted = SealAndOpenTest.trusted(open(OPENER, mail));
    assertThat(new Pieces(trusted.content().signedEntity()).joined()).isEqualTo(decrypted(mail));
  }

  private static Bytes decrypted(Bytes mail) throws Fault {
    AlgorithmPolicy policy = AlgorithmPolicy.defaults();
    Entity outer = Entity.read(mail, LIMITS);
    return new Decryptor(policy, LIMITS, new SecureRandom())
        .decrypt(
            () -> Encrypted.read(Outside.envelope(outer, LIMITS), policy, LIMITS),
            SamplePki.keys("gateway/oost"))
        .content();
  }

  /** Who signed is told of a refused mail only when nothing but the header differs. */
  @ParameterizedTest
  @CsvSource({
    "reject/header-mismatch--other-subject, true",
    "reject/header-mismatch--other-to, true",
    "reject/signer-expired--now, false",
    "reject/key-usage--server-only, false",
    "reject/signature-invalid--text-altered-detached, false",
  })
  void signerOfWhatIsRefused(String name, boolean named) {
    String by = named ? " by " + SamplePki.GP : "";
    String code = name.replaceAll("reject/(.*)--.*", "$1");
    assertThat(outcome(OPENER, fixture(name))).isEqualTo(code + by);
  }

  @Test
  void whatIsToldOfTheSigner() {
    Opened.Trusted trusted =
        SealAndOpenTest.trusted(
            open(OPENER, fixture("accept/openssl-detached-rfc822-aes-256-cbc")));
    Signer signer = trusted.signer();
    X509Certificate certificate = SamplePki.certificate("gp/a.devries");
    assertThat(signer.certificate()).isEqualTo(certificate);
    assertThat(signer.organisation()).isFalse();
    assertThat(signer.chain())
        .containsExactly(
            certificate.getSubjectX500Principal().getName(),
            SamplePki.certificate("ca/zorg-issuing").getSubjectX500Principal().getName(),
            SamplePki.certificate("ca/zorg-root").getSubjectX500Principal().getName());
    assertThat(signer.claimedSigningTime()).contains(Instant.parse("2026-06-15T07:30:00Z"));
  }

  @Test
  void aMailAsLargeAsTheLimit() {
    Bytes mail = fixture("accept/openssl-detached-rfc822-aes-256-cbc");
    assertThat(outcome(upTo(mail.length()), mail)).startsWith("ACCEPT");
    assertThat(outcome(upTo(mail.length() - 1), mail)).isEqualTo("too-large");
  }

  private static EnvelopeOpener upTo(int bytes) {
    return EnvelopeOpener.of(
        SamplePki.ring("gateway"),
        SamplePki.trust(SamplePki.gps()),
        AlgorithmPolicy.defaults(),
        LIMITS.withMessageBytes(bytes),
        HeaderRules.defaults());
  }

  /** Noise looks like a wrong key; what is too large says so. */
  @Test
  void whatWasDecryptedIsNoEntity() {
    assertThat(Forge.verdict(Forge.encrypted("noise"))).isEqualTo("undecryptable");
    assertThat(Forge.verdict(Forge.encrypted("\r\nhallo"))).isEqualTo("not-signed");
    assertThat(Forge.verdict(Forge.encrypted("X: y\r\n".repeat(1001)))).isEqualTo("too-large");
  }

  @Test
  void whatIsInUseAndUntilWhen() {
    PartnerGroup gps = SamplePki.gps();
    X509Certificate root = gps.anchors().get(0);
    X509Certificate issuing = gps.intermediates().get(0);
    EnvelopeOpener opener =
        EnvelopeOpener.of(
            SamplePki.ring("gateway"), SamplePki.trust(gps), AlgorithmPolicy.defaults());
    assertThat(opener.deadlines())
        .containsExactly(
            new Deadline(Deadline.Kind.AUTHORITY, root.getNotAfter().toInstant()),
            new Deadline(Deadline.Kind.AUTHORITY, issuing.getNotAfter().toInstant()),
            new Deadline(Deadline.Kind.CRL, gps.crls().get(0).getNextUpdate().toInstant()),
            new Deadline(Deadline.Kind.CRL, gps.crls().get(1).getNextUpdate().toInstant()));
    assertThat(opener.certificates())
        .containsExactly(
            new CertificateInUse(Deadline.Kind.AUTHORITY, "huisartsen", Certificates.sha256(root)),
            new CertificateInUse(
                Deadline.Kind.AUTHORITY, "huisartsen", Certificates.sha256(issuing)));
    assertThat(opener.revocationSource()).isSameAs(RevocationSource.NONE);
  }
}
