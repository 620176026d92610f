package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import org.junit.jupiter.api.Test;

/**
 * Parsers at the edge must end every input as a finding. As a test they run over the kept corpus
 * (EnvelopeFuzzTestInputs); {@code JAZZER_FUZZ=1 mvn test -Dtest=EnvelopeFuzzTest#opening} looks
 * for new inputs.
 */
class EnvelopeFuzzTest {

  private static final Limits LIMITS = Limits.defaults();
  private static final EnvelopeOpener OPENER = SamplePki.opener();

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

  /** Whatever From says, the address taken from it is written in it, and is the only one. */
  @FuzzTest(maxDuration = "10m")
  void addressComparison(byte[] from) {
    String value = new String(from, StandardCharsets.UTF_8);
    try {
      Address address = Sender.strict(List.of(new HeaderField("From", value)));
      assertThat(value.toLowerCase(Locale.ROOT)).contains(address.toString());
    } catch (Fault fault) {
      assertThat(fault.finding()).isIn(Finding.SIGNER_MISMATCH, Finding.HEADER_MISMATCH);
    }
  }

  @Test
  void corpusIsThere() {
    assertThat(EnvelopeFuzzTest.class.getResource("EnvelopeFuzzTestInputs/opening")).isNotNull();
  }
}
