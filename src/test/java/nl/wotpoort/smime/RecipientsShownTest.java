package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wrote and who was written to, as the mail shows it, is what was signed. */
class RecipientsShownTest {

  private static final String GP = "gp/a.devries";
  private static final String CC = "Cc: b.smit@praktijk-delinde.example";

  private static String mail(String outside, String inside) {
    String signed = Forge.signed(Forge.wrapped(Forge.innerHeader() + inside), GP);
    return Forge.encrypted(signed).replace("Subject: [...]", outside + "Subject: [...]");
  }

  @ParameterizedTest
  @CsvSource({
    "outside and inside, true, true, ACCEPT",
    "added on the way, true, false, header-mismatch",
    "left out outside, false, true, ACCEPT",
  })
  void copies(String what, boolean outside, boolean inside, String verdict) {
    String mail = mail(outside ? CC + "\r\n" : "", inside ? CC + "\n" : "");

    assertThat(Forge.verdict(mail)).as(what).isEqualTo(verdict);
  }

  /** RFC 6854 allows a group in From. A group is nobody; mail programs show its name. */
  @Test
  void groupAsSender() {
    String inside =
        Forge.wrapped(
            Forge.innerHeader()
                .replace(
                    "From: a.devries@praktijk-delinde.example",
                    "From: Huisartsen: a.devries@praktijk-delinde.example;"));
    String mail = Forge.encrypted(Forge.signed(inside, GP));

    assertThat(Forge.verdict(mail)).isEqualTo("signer-mismatch");
  }
}
