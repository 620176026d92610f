package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import nl.wotpoort.letter.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields outside, byte for byte, and what cannot be smuggled into them. */
class OuterHeadTest {

  private static final Address US = Address.of("poort@wotschiedam.nl");
  private static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  private static final Instant SUMMER = Instant.parse("2026-06-05T22:30:00Z");

  private static OuterHead head() {
    return OuterHead.of(US, GP, SUMMER, "<1@wotschiedam.nl>", "[...]");
  }

  private static String written(OuterHead head) {
    return new String(head.write("enveloped-data"), StandardCharsets.US_ASCII);
  }

  @Test
  void nothingButWhatThePostNeeds() {
    assertThat(written(head()))
        .isEqualTo(
            """
            From: poort@wotschiedam.nl
            To: a.devries@praktijk-delinde.example
            Subject: [...]
            Date: Sat, 6 Jun 2026 00:30:00 +0200
            Message-ID: <1@wotschiedam.nl>
            MIME-Version: 1.0
            Content-Type: application/pkcs7-mime; smime-type=enveloped-data;
             name=smime.p7m
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename=smime.p7m
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void whatMayBeAbsentStandsWhereItBelongs() {
    OuterHead all =
        head()
            .inReplyTo("<2@x.example>", List.of("<3@x.example>", "<2@x.example>"))
            .autoSubmitted("auto-replied")
            .replyTo(Address.of("oost@wotschiedam.nl"));
    assertThat(written(all).lines())
        .containsSubsequence(
            "To: a.devries@praktijk-delinde.example",
            "Reply-To: oost@wotschiedam.nl",
            "Message-ID: <1@wotschiedam.nl>",
            "In-Reply-To: <2@x.example>",
            "References: <3@x.example>",
            " <2@x.example>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1@x.example", "<1>", "<a b@x>", "<1@x>\r\nBcc: <y@z>", "<é@x>", "<@x>", "<1@>"})
  void whatIsNoMessageIdStandsNowhere(String id) {
    assertThat(OuterHead.isMessageId(id)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OuterHead.of(US, GP, SUMMER, id, "x"))
        .withMessageContaining("Message-ID");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head().inReplyTo(id, List.of()))
        .withMessageContaining("In-Reply-To");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head().inReplyTo("<1@x>", List.of("<2@x>", id)))
        .withMessageContaining("References");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: x@y.example", "a\nb", "\t", "é"})
  void aSubjectIsOneLineOfAscii(String subject) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OuterHead.of(US, GP, SUMMER, "<1@x>", subject))
        .withMessageContaining("Subject");
  }

  @Test
  void autoSubmittedIsOneOfThree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head().autoSubmitted("no\r\nBcc: x@y.example"))
        .withMessageContaining("Auto-Submitted");
    assertThat(OuterHead.isMessageId("<1.a@x.example>")).isTrue();
  }
}
