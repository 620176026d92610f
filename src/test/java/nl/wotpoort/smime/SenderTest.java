package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a header says sent the mail, or why nobody can say. Fields are divided by "¶". */
class SenderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "From: a@b.nl | a@b.nl",
        "FROM: A@B.nl | a@b.nl",
        "From: Anna (huisarts) <a@b.nl> | a@b.nl",
        "From: \"a@b.nl\" <A@b.nl> | a@b.nl",
        "From: \"Praktijk @ De Linde\" <a@b.nl> | a@b.nl",
        "From: Anna @ Linde <a@b.nl> | a@b.nl",
        "From: \"Anna →x\" <a@b.nl> | a@b.nl",
        "From: a@b.nl¶Sender: Anna <a@b.nl> | a@b.nl",
        "To: c@d.nl | header-mismatch",
        "From: a@b.nl¶From: a@b.nl | header-mismatch",
        "From: a@b.nl, c@d.nl | signer-mismatch",
        "From: a@b.nl, | a@b.nl",
        "From: <a@b.nl | signer-mismatch",
        "From: | signer-mismatch",
        "From: Anna | signer-mismatch",
        "From: Anna: a@b.nl; | signer-mismatch",
        "From: Anna:; | signer-mismatch",
        "From: \"x@lek.nl\" <a@b.nl> | header-mismatch",
        "From: x@lek.nl <a@b.nl> | header-mismatch",
        "From: (x@lek.nl) a@b.nl | header-mismatch",
        "From: \"a@b.nl x@lek.nl\" <a@b.nl> | header-mismatch",
        "From: \"x@lek\" <a@b.nl> | header-mismatch",
        "From: \"x@\" <a@b.nl> | header-mismatch",
        "From: \"@ lek.nl\" <a@b.nl> | header-mismatch",
        "From: \"@lek.nl\" <a@b.nl> | header-mismatch",
        "From: \"x\uff20lek.nl\" <a@b.nl> | header-mismatch",
        "From: \"x\ufe6blek.nl\" <a@b.nl> | header-mismatch",
        "From: =?utf-8?Q?x=40lek.nl?= <a@b.nl> | header-mismatch",
        "From: =?utf-99?Q?x?= <a@b.nl> | header-mismatch",
        "From: \"x@lek.nl\": a@b.nl; | header-mismatch",
        "From: =?utf-8?Q?=00?= <a@b.nl> | header-mismatch",
        "From: =?utf-8?Q?=1F?= <a@b.nl> | header-mismatch",
        "From: =?utf-8?Q?=20?= <a@b.nl> | a@b.nl",
        "From: =?utf-8?Q?=09?= <a@b.nl> | a@b.nl",
        "From: =?utf-8?Q?=7E?= <a@b.nl> | a@b.nl",
        "From: =?utf-8?Q?=7F?= <a@b.nl> | header-mismatch",
        "From: x\u2029 <a@b.nl> | a@b.nl",
        "From: x\u202a <a@b.nl> | header-mismatch",
        "From: x\u202e <a@b.nl> | header-mismatch",
        "From: x\u202f <a@b.nl> | a@b.nl",
        "From: x\u2065 <a@b.nl> | a@b.nl",
        "From: x\u2066 <a@b.nl> | header-mismatch",
        "From: x\u2069 <a@b.nl> | header-mismatch",
        "From: x\u206a <a@b.nl> | a@b.nl",
        "From: a@b.nl¶Sender: c@d.nl | signer-mismatch",
        "From: a@b.nl¶Sender: a@b.nl, c@d.nl | signer-mismatch",
        "From: a@b.nl¶Sender: Anna | signer-mismatch",
        "From: a@b.nl¶Sender: <a@b.nl | signer-mismatch",
        "From: a@b.nl¶Sender: a@b.nl¶Sender: c@d.nl | signer-mismatch",
      })
  void isTheOneInFromOrNobody(String header, String expected) throws Fault {
    assertThat(sender(fields(header))).isEqualTo(expected);
  }

  private static String sender(List<HeaderField> fields) {
    try {
      return Sender.strict(fields).toString();
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "From: x@lek.nl <a@b.nl> | a@b.nl",
        "From: a@b.nl¶Sender: c@d.nl | a@b.nl",
        "From: a@b.nl, c@d.nl | ``",
        "From: a@b.nl¶From: a@b.nl | ``",
        "From: Anna | ``",
        "To: a@b.nl | ``",
      })
  void claimedIsWhatStandsThere(String header, String expected) throws Fault {
    String claimed = Sender.claimed(fields(header)).map(Address::toString).orElse("");
    assertThat(claimed).isEqualTo(expected);
  }

  private static List<HeaderField> fields(String header) throws Fault {
    String text = header.replace("¶", "\r\n").replace('→', '\t') + "\r\n\r\n";
    return Entity.read(Bytes.of(text, StandardCharsets.UTF_8), Limits.defaults()).fields();
  }
}
