package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an address list is cut into mailboxes: what each shows, its address, whether in a group. */
class MailboxesTest {

  /** What is shown, in angle brackets the address, G behind a member of a group. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a@b.nl | <a@b.nl>",
        "<a@b.nl> | <a@b.nl>",
        "A. de Vries <a@b.nl> | A. de Vries<a@b.nl>",
        "\"A, de Vries\" <a@b.nl> | A, de Vries<a@b.nl>",
        "\"A \\\"B\\\" C\" <a@b.nl> | A \"B\" C<a@b.nl>",
        "\"A\\\\\" <a@b.nl> | A\\<a@b.nl>",
        "\"A\" <a@b.nl>, <c@d.nl> | A<a@b.nl> & <c@d.nl>",
        "a@b.nl (A), c@d.nl | A)<a@b.nl> & <c@d.nl>",
        "a@b.nl (A (B) C) | A (B) C)<a@b.nl>",
        "a@b.nl (A \\) B) | A \\ B)<a@b.nl>",
        "a@b.nl (A \\( B) | A \\ B)<a@b.nl>",
        "(A) a@b.nl | A)<a@b.nl>",
        "a(A)@b.nl | A)<>",
        "\"a b\"@c.nl | a b<>",
        "\"a\" | a<>",
        "< a@b.nl > | <a@b.nl>",
        "<@x.nl:a@b.nl> | <>",
        "A <> | A<>",
        "a@b.nl,, | <a@b.nl>",
        "G: a@b.nl, \"C\" <c@d.nl>;, e@f.nl | G<a@b.nl>G & C<c@d.nl>G & <e@f.nl>",
        "\"G\" (H): a@b.nl; | G H)<a@b.nl>G",
        "G:;, a@b.nl | <a@b.nl>",
        "undisclosed-recipients:; | ``",
        "A: B: a@b.nl; | B A<a@b.nl>G",
        "a@b.nl;c@d.nl | <a@b.nl> & <c@d.nl>",
      })
  void isCut(String value, String expected) {
    String cut =
        Mailboxes.read(value).orElseThrow().stream()
            .map(
                m ->
                    m.shown().replaceAll("\\s+", " ")
                        + m.address().map(Address::toString).map(a -> "<" + a + ">").orElse("<>")
                        + (m.inGroup() ? "G" : ""))
            .collect(Collectors.joining(" & "));

    assertThat(cut).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"A <a@b.nl>",
        "\"A\\\" <a@b.nl>",
        "\"A\\",
        "a@b.nl \"",
        "a@b.nl (A",
        "a@b.nl (A (B)",
        "a@b.nl (A\\",
        "a@b.nl (A\\)",
        "<a@b.nl",
        "<a@b.nl> <c@d.nl>",
        "a@b.nl)",
        "a@b.nl>",
      })
  void cannotBeCut(String value) {
    assertThat(Mailboxes.read(value)).isEmpty();
  }
}
