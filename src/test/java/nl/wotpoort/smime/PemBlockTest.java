package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a block of a PEM file is, held to a pattern that says it in one line. */
class PemBlockTest {

  private static final Pattern PLAIN =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private static final List<String> PIECES =
      List.of(
          "-----BEGIN ",
          "-----END ",
          "-----",
          "-",
          "CERTIFICATE",
          "X509 CRL",
          "KEY",
          "AbC+/9==",
          "\r\n",
          " ",
          "\t",
          "\u000b",
          ":",
          "Proc-Type: 4",
          "é");

  private static List<PemBlock> plainly(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher pem = PLAIN.matcher(text);
    while (pem.find()) {
      blocks.add(new PemBlock(pem.group(1), pem.group(2)));
    }
    return blocks;
  }

  @Test
  void blocksAreFoundAndWhatIsNoneIsPassedOver() {
    Random random = new Random(9);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(8); piece > 0; piece--) {
        boolean whole = random.nextInt(3) == 0;
        text.append(
            whole
                ? "-----BEGIN KEY-----\nAQ==\n-----END KEY-----\n"
                : PIECES.get(random.nextInt(PIECES.size())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      List<PemBlock> blocks = PemBlock.in(bytes);
      assertThat(blocks).isEqualTo(plainly(new String(bytes, StandardCharsets.US_ASCII)));
      found += blocks.size();
    }
    assertThat(found).isGreaterThan(5000);
  }

  @Test
  void aLongLineOfDashesEndsSoon() {
    byte[] bytes = "-----BEGIN ".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    assertThat(PemBlock.in(bytes)).isEmpty();
  }

  @Test
  void everyCharacterInTheBodyAndInTheLabel() {
    for (char c = 0; c < 128; c++) {
      for (String text :
          List.of(
              "-----BEGIN KEY-----" + c + "AQ==\n-----END KEY-----",
              "-----BEGIN K" + c + "Y-----AQ==\n-----END K" + c + "Y-----",
              "-----BEGIN " + c + "-----AQ==\n-----END " + c + "-----")) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(PemBlock.in(bytes)).as("%d", (int) c).isEqualTo(plainly(text));
      }
    }
    for (String text :
        List.of(
            "-----BEGIN KEY----------END KEY-----",
            "-----BEGIN KEY-----A-----END KEY-----",
            "-----BEGIN KEY-----A-----END YEK-----",
            "-----BEGIN -----A-----END -----")) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(PemBlock.in(bytes)).as(text).isEqualTo(plainly(text));
    }
  }
}
