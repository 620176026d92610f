package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {

  @Test
  void asciiStaysAsItIs() {
    assertThat(EncodedWords.encode("Verwijzing = 100% (spoed) =?x?="))
        .isEqualTo("Verwijzing = 100% (spoed) =?x?=");
  }

  /** python3 -c "from email.header import *; print(make_header(decode_header('=?…?=')))". */
  @Test
  void whatIsNotAsciiIsAWordAsPythonReadsIt() {
    assertThat(EncodedWords.encode("Jürgen – wijk_1 (a@b)?"))
        .isEqualTo("=?UTF-8?Q?J=C3=BCrgen_=E2=80=93_wijk=5F1_=28a=40b=29=3F?=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "é",
        "Ontvangstbericht: uw verwijzing is doorgestuurd – WOT Oost, Schiedam – en meer dan één regel lang",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
        "\"aanhaling\", =?UTF-8?Q?nep?= ünd \\ einde ",
        "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé"
      })
  void wordsAreShortAndReadBackByAnother(String text) throws Exception {
    String encoded = EncodedWords.encode(text);
    assertThat(encoded.split(" ")).allMatch(word -> word.length() <= 75);
    assertThat(encoded).matches("[\\x21-\\x7e ]+");
    assertThat(MimeUtility.decodeText(encoded)).isEqualTo(Controls.removeFromLine(text));
  }
}
