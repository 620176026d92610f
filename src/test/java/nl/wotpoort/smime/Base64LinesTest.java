package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As the JDK's own encoder writes it, in whatever pieces it comes. */
class Base64LinesTest {

  private static final int BEFORE = 5;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 56, 57, 58, 113, 114, 115, 16_415, 16_416, 16_417, 32_832, 33_000, 49_249})
  void asTheJdkDoes(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    byte[] expected = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(content);
    assertThat(Base64Lines.length(length)).isEqualTo(expected.length);
    for (int piece : new int[] {1, 57, 1000, 16_416, 20_000, length}) {
      byte[] target = new byte[BEFORE + expected.length];
      Base64Lines lines = new Base64Lines(target, BEFORE, length);
      for (int at = 0; at < length; at += piece) {
        if (piece == 1) {
          lines.write(content[at]);
        } else {
          lines.write(content, at, Math.min(piece, length - at));
        }
      }
      assertThat(lines.end()).isEqualTo(target.length);
      assertThat(Arrays.copyOf(target, BEFORE)).containsOnly(0);
      assertThat(Arrays.copyOfRange(target, BEFORE, target.length)).isEqualTo(expected);
    }
  }
}
