package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import org.junit.jupiter.api.Test;

/**
 * Parsers at the edge must end every input as a finding. As a test they run over the kept corpus
 * (EnvelopeFuzzTestInputs); {@code JAZZER_FUZZ=1 mvn test -Dtest=EnvelopeFuzzTest#opening} looks
 * for new inputs. The corpus was grown that way, ten minutes a target, and minimised
 * (docs/security.md).
 */
class EnvelopeFuzzTest {

  private static final Limits LIMITS = Limits.defaults();
  private static final EnvelopeOpener OPENER = SamplePki.opener();
  private static final Trust TRUST = SamplePki.trust(SamplePki.gps(), SamplePki.wot());
  private static final List<KeyEntry> OWN = SamplePki.keys("gateway/oost");
  private static final Set<Bytes> GENUINE =
      SamplePki.certificates().stream().map(EnvelopeFuzzTest::tbs).collect(Collectors.toSet());

  /** Whole mails: MIME outside, CMS of the envelope, decryption, and what is inside. */
  @FuzzTest(maxDuration = "10m")
  void opening(byte[] mail) {
    Opened opened = OPENER.open(Bytes.wrap(mail), SamplePki.OOST, SamplePki.NOW);
    assertThat(opened).isNotNull();
  }

  /** What an attacker can put inside the encryption, without having to encrypt it. */
  @FuzzTest(maxDuration = "10m")
  void signedContent(byte[] entity) {
    try {
      Entity root = Entity.read(Bytes.wrap(entity), LIMITS);
      SignedContent signed = SignedContent.read(root, LIMITS);
      SignatureCheck.Verified verified =
          new SignatureCheck(AlgorithmPolicy.defaults(), LIMITS).verify(signed, List.of());
      Entity content = Entity.read(verified.content(), LIMITS);
      ProtectedHeader.of(content, root.fields(), LIMITS)
          .compare(root.fields(), HeaderRules.defaults());
    } catch (Fault fault) {
      assertThat(fault.detail()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "10m")
  void asn1(byte[] der) {
    try {
      Asn1 value = Asn1.read(der, LIMITS);
      assertThat(value.raw()).isEqualTo(der);
    } catch (Fault fault) {
      assertThat(fault.detail()).isNotBlank();
    }
  }

  /** Cutting a multipart loses and invents nothing. */
  @FuzzTest(maxDuration = "10m")
  void mimeSlicing(byte[] entity) {
    try {
      Entity root = Entity.read(Bytes.wrap(entity), LIMITS);
      ContentType type = root.contentType();
      if (type.isMultipart()) {
        int total = SignedContent.parts(root, type, LIMITS).stream().mapToInt(Bytes::length).sum();
        assertThat(total).isLessThanOrEqualTo(root.body().length());
      }
      root.decodedBody();
    } catch (Fault fault) {
      assertThat(fault.detail()).isNotBlank();
    }
  }

  /**
   * Whatever From says, the address taken from it is written in it, and is the only one; and two
   * addresses are one when they are written alike but for ASCII capitals, never otherwise.
   *
   * @param lines the value of From, and behind a line end another address
   */
  @FuzzTest(maxDuration = "10m")
  void addressComparison(byte[] lines) {
    String[] two = new String(lines, StandardCharsets.UTF_8).split("\n", 2);
    String from = two[0];
    String other = two[two.length - 1];
    try {
      Address address = Sender.strict(List.of(new HeaderField("From", from)));
      assertThat(from.toLowerCase(Locale.ROOT)).contains(address.toString());
    } catch (Fault fault) {
      assertThat(fault.finding()).isIn(Finding.SIGNER_MISMATCH, Finding.HEADER_MISMATCH);
    }
    Optional<Address> first = Address.parse(from);
    Optional<Address> second = Address.parse(other);
    if (first.isPresent() && second.isPresent()) {
      assertThat(first.equals(second)).isEqualTo(from.equalsIgnoreCase(other));
      assertThat(from).matches("\\p{ASCII}+");
    }
  }

  /**
   * The identifier of a signer or recipient, and the certificates that came along: anybody may put
   * anything there. What is found is what was named; nobody is trusted but those whom our own
   * authorities certified; and whatever may be sealed for can be sealed for.
   */
  @FuzzTest(maxDuration = "10m")
  void certificateSelection(byte[] der) {
    try {
      List<Asn1> values = Asn1.read(der, LIMITS).expect(Asn1.SEQUENCE).children();
      Asn1 id = values.isEmpty() ? Asn1.read(der, LIMITS) : values.get(0);
      CertificateBag bag = CertificateBag.read(values);
      List<X509Certificate> along = bag.certificates(LIMITS);
      trustsOnlyTheGenuine(along);
      judgesUnderAnyAnchor(along);
      sealsOrSaysWhyNot(along);
      for (KeyEntry own : OWN) {
        RecipientId.means(id, own.certificate(), LIMITS);
      }
      assertThat(along).containsAll(bag.matching(id, LIMITS));
    } catch (Fault fault) {
      assertThat(fault.detail()).isNotBlank();
    } catch (CertificateException unreadable) {
      assertThat(unreadable).isNotNull();
    }
  }

  private static void trustsOnlyTheGenuine(List<X509Certificate> along) {
    for (X509Certificate certificate : along) {
      if (TRUST.judge(certificate, along, SamplePki.NOW).get(0).path().isValid()) {
        assertThat(GENUINE).contains(tbs(certificate));
      }
    }
  }

  /** The anchor's own signature is nobody's concern, so everything in it may be odd. */
  private static void judgesUnderAnyAnchor(List<X509Certificate> along) {
    if (along.size() > 1) {
      List<X509Certificate> anchor = along.subList(along.size() - 1, along.size());
      PathRequest request = PathRequest.of(along, anchor, List.of(), SamplePki.NOW);
      assertThat(new PathValidator().validate(request)).isNotNull();
    }
  }

  /** What was certified: whoever has a signature can write it in another way. */
  private static Bytes tbs(X509Certificate certificate) {
    try {
      return Bytes.wrap(certificate.getTBSCertificate());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static void sealsOrSaysWhyNot(List<X509Certificate> along) {
    CertificateBook book = CertificateBook.of(Map.of(SamplePki.GP, along));
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(SamplePki.OOST, OWN)),
            book,
            AlgorithmPolicy.defaults(),
            LIMITS,
            new SecureRandom());
    try {
      Bytes message = Bytes.of("From: oost@wotschiedam.nl\r\n\r\n", StandardCharsets.UTF_8);
      OuterHead head =
          OuterHead.of(SamplePki.OOST, SamplePki.GP, SamplePki.NOW, "<1@wotschiedam.nl>", "x");
      Recipient to = Recipient.of(SamplePki.GP);
      sealer.seal(message, head, SamplePki.OOST, to, SamplePki.NOW);
      assertThat(book.forSealing(SamplePki.GP, SamplePki.NOW)).isPresent();
    } catch (CannotSeal reason) {
      assertThat(reason.reason()).isNotNull();
    }
  }

  @Test
  void corpusIsThere() {
    for (String target : List.of("opening", "certificateSelection")) {
      assertThat(EnvelopeFuzzTest.class.getResource("EnvelopeFuzzTestInputs/" + target))
          .isNotNull();
    }
  }
}
