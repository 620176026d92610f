package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2047, with the examples of its §8 and what mail programs make of it. */
class EncodedWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "=?ISO-8859-1?Q?a?=|a",
        "=?ISO-8859-1?Q?a?= b|a b",
        "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=|ab",
        "=?ISO-8859-1?Q?a?=  \t =?ISO-8859-1?Q?b?=|ab",
        "=?ISO-8859-1?Q?a_b?=|a b",
        "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=|a b",
        "=?iso-8859-1?q?Andr=E9?=|André",
        "=?utf-8?Q?Andr=C3=A9?=|André",
        "=?utf-8*nl?Q?Andr=c3=a9?=|André",
        "=?utf-8?B?QW5kcsOp?=|André",
        "=?utf-8?b? QW5kcsOp ?=|André",
        "=?utf-8?Q?a=4?=|a=4",
        "=?utf-8?Q?=41?=|A",
        "=?utf-8?Q??=|''",
        "geen woord|geen woord",
        "=?utf-8?X?a?=|=?utf-8?X?a?=",
        "=?utf-8?Q?$1\\?= x|$1\\ x",
      })
  void isShown(String text, String shown) {
    assertThat(EncodedWords.decode(text)).hasValue(shown.equals("''") ? "" : shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?x-unknown?Q?a?=",
        "a =?utf-8?B?!!!?=",
        "=?utf-8?Q?a?= =?;?Q?a?=",
        "=?utf-8?B?Q?="
      })
  void nobodyKnows(String text) {
    assertThat(EncodedWords.decode(text)).isEmpty();
  }
}
