package nl.wotpoort.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The hand-written reading of an address against its grammar, and where RFC 5321 draws lines. */
final class AddressTest {

  private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern GRAMMAR =
      Pattern.compile(ATEXT + "(?:\\." + ATEXT + ")*@" + LABEL + "(?:\\." + LABEL + ")+");

  private static final String LETTERS = "aZ9.-@_+ \u00e9\u0000\"<";

  @Test
  void asItsGrammarSays() {
    Random random = new Random(1);
    int sound = 0;
    for (int i = 0; i < 300_000; i++) {
      String text = random.nextInt(3) == 0 ? word(random, 9) : likely(random);
      boolean expected = GRAMMAR.matcher(text).matches();
      assertThat(Address.parse(text).isPresent()).as(text).isEqualTo(expected);
      sound += expected ? 1 : 0;
    }
    assertThat(sound).isBetween(10_000, 290_000);
  }

  private static String likely(Random random) {
    return word(random, 3) + "a@b" + word(random, 3) + ".nl" + word(random, 1);
  }

  private static String word(Random random, int longest) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  @Test
  void noLongerThanItMayBe() {
    String domain = ("d".repeat(63) + ".").repeat(3) + "d".repeat(61); // 253
    assertThat(Address.parse("x@" + domain)).isPresent();
    assertThat(Address.parse("x@" + domain + "d")).isEmpty();
    assertThat(Address.parse("x".repeat(64) + "@a.nl")).isPresent();
    assertThat(Address.parse("x".repeat(65) + "@a.nl")).isEmpty();
    assertThat(Address.parse("x@" + "d".repeat(63) + ".nl")).isPresent();
    assertThat(Address.parse("x@" + "d".repeat(64) + ".nl")).isEmpty();
    assertThat(Address.parse("x@localhost")).isEmpty();
  }

  @Test
  void caseMakesNoSecondPerson() {
    assertThat(Address.parse("J.Jansen@WOTschiedam.NL"))
        .isEqualTo(Optional.of(Address.of("j.jansen@wotschiedam.nl")));
  }
}
