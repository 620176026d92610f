package nl.wotpoort.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BytesTest {

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A slice knows nothing of what stands beside it in the same array. */
  @Test
  void containsOnlyWhatIsInTheSlice() {
    Bytes slice = Bytes.wrap(ascii("xx--grens--yy")).slice(2, 9);
    assertThat(slice.contains(ascii("--grens"))).isTrue();
    assertThat(slice.contains(ascii("--grens-"))).isFalse();
    assertThat(slice.contains(ascii("x--"))).isFalse();
    assertThat(slice.contains(ascii("ens"))).isTrue();
    assertThat(slice.contains(new byte[0])).isTrue();
    assertThat(Bytes.none().contains(ascii("a"))).isFalse();
    assertThat(Bytes.wrap(ascii("--g--grens")).contains(ascii("--grens"))).isTrue();
  }

  @Test
  void asciiOfTheSlice() {
    Bytes all = Bytes.of("abc\u00e9", StandardCharsets.UTF_8);
    assertThat(all.isAscii()).isFalse();
    assertThat(all.slice(0, 3).isAscii()).isTrue();
    assertThat(all.slice(4, 5).isAscii()).isFalse();
    assertThat(Bytes.none().isAscii()).isTrue();
  }
}
