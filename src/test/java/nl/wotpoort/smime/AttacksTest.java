package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import nl.wotpoort.letter.Bytes;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bombs for parsers, and headers that would become others. The attacks on encryption and signatures
 * are in {@link EfailTest}, {@link JohnnyYouAreFiredTest} and {@link DecryptionOraclesTest}.
 */
class AttacksTest {

  @Test
  void theHonestMailTheAttacksStartFromOpens() {
    assertThat(Forge.verdict(Forge.honest())).isEqualTo("ACCEPT");
  }

  @Nested
  class ParserBombs {

    @Test
    void nestedIndefiniteAsn1() {
      byte[] bomb = new byte[200_000];
      for (int i = 0; i < bomb.length; i += 2) {
        bomb[i] = 0x30;
        bomb[i + 1] = (byte) 0x80;
      }
      assertThat(Forge.verdict(Forge.withDer(Forge.honest(), bomb))).isEqualTo("too-large");
    }

    @Test
    void aMillionHeaderFields() {
      assertThat(Forge.verdict("X: y\r\n".repeat(1_000_000))).isEqualTo("too-large");
    }

    @Test
    void oneHeaderOfMegabytes() {
      assertThat(Forge.verdict("From: " + "a".repeat(5_000_000))).isEqualTo("too-large");
    }

    @Test
    void aThousandNestedMultiparts() {
      StringBuilder mail = new StringBuilder("From: a@b.nl\r\n");
      for (int i = 0; i < 1000; i++) {
        mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b");
        mail.append(i).append("\r\n");
      }
      assertThat(Forge.verdict(mail.toString())).isEqualTo("not-encrypted");
    }

    @Test
    void aLengthBeyondTheEnd() {
      byte[] der = {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x06, 0x01};
      assertThat(Forge.verdict(Forge.withDer(Forge.honest(), der))).isEqualTo("malformed");
    }

    @Test
    void aMailAboveTheLimitIsNotEvenLookedAt() {
      EnvelopeOpener small =
          EnvelopeOpener.of(
              KeyRing.of(Map.of()),
              SamplePki.trust(),
              AlgorithmPolicy.defaults(),
              Limits.defaults().withMessageBytes(100),
              HeaderRules.defaults());
      Opened opened = small.open(Bytes.wrap(new byte[101]), SamplePki.OOST, SamplePki.NOW);

      assertThat(opened.<Object>fold(t -> t, Opened.Refused::finding)).isEqualTo(Finding.TOO_LARGE);
    }

    @Test
    void everyTruncationOfAnHonestMailEndsAsAFinding() {
      String mail = Forge.honest();
      EnvelopeOpener opener = SamplePki.opener();
      for (int length = 0; length < mail.length() - 3; length += 37) {
        Bytes cut = Bytes.of(mail.substring(0, length), StandardCharsets.UTF_8);
        Opened opened = opener.open(cut, SamplePki.OOST, SamplePki.NOW);
        assertThat(opened).isInstanceOf(Opened.Refused.class);
      }
    }
  }

  @Nested
  class HeaderInjection {

    @ParameterizedTest
    @ValueSource(
        strings = {"a\r\nBcc: x@lek.example", "a\nb", "a\rb", "a\u0000b", "caf\u00e9", "a\u2028b"})
    void subjectWithLineEndsIsNotAccepted(String subject) {
      Assertions.assertThatThrownBy(
              () -> OuterHead.of(SamplePki.GP, SamplePki.OOST, SamplePki.NOW, "<1@x.nl>", subject))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1@x.nl", "<1@x.nl>\r\nX: y", "<1 @x.nl>", "<1@x.nl> <2@x.nl>", "<>"})
    void messageIdThatIsNone(String id) {
      assertThat(OuterHead.isMessageId(id)).isFalse();
    }

    @Test
    void bareCarriageReturnInAHeaderIsMalformed() {
      assertThat(Forge.verdict("From: a@b.nl\rBcc: c@d.nl\r\n\r\n")).isEqualTo("malformed");
    }

    @Test
    void camelHeadersOfTheSenderAreJustHeaders() {
      String mail =
          Forge.honest()
              .replace(
                  "MIME-Version:", "CamelFileName: x\r\norg.apache.camel.y: z\r\nMIME-Version:");
      assertThat(Forge.verdict(mail)).isEqualTo("ACCEPT");
    }
  }
}
