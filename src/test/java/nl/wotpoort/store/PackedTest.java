package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PackedTest {

  @Test
  void comesOutAsItWentIn() {
    for (String text : new String[] {"", Fields.of("directory.yaml", "ë\n".repeat(100_000))}) {
      assertThat(Packed.opened(Packed.of(text))).isEqualTo(text);
    }
  }

  @Test
  void isSmall() {
    assertThat(Packed.of(Fields.of("  - id: w1\n".repeat(10_000)))).hasSizeLessThan(5_000);
  }

  /** What was written before anything was packed begins with the digits of a length. */
  @Test
  void readsWhatWasNotPacked() {
    String before = Fields.of("directory.yaml", "teams: []\n");
    assertThat(Packed.opened(before.getBytes(StandardCharsets.UTF_8))).isEqualTo(before);
    assertThat(Packed.opened(new byte[0])).isEmpty();
  }

  @Test
  void cutOffIsDamage() {
    byte[] whole = Packed.of(Fields.of("one", "two"));
    for (byte[] bytes : new byte[][] {Arrays.copyOf(whole, whole.length - 5), {'z'}, {'z', 1, 2}}) {
      assertThatExceptionOfType(StoreException.Damaged.class)
          .isThrownBy(() -> Packed.opened(bytes));
    }
  }
}
