package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explain tells a person and a machine, and that it leaves no trace. */
class ExplainTest {

  private static final String REFERRAL =
      TestHome.FIXTURES.resolve("accept/openssl-detached-bare-aes-256-cbc.eml").toString();
  private static final String REQUEST =
      TestHome.FIXTURES.resolve("accept/openssl-detached-rfc822-aes-256-cbc.eml").toString();
  private static final String ALTERED =
      TestHome.FIXTURES.resolve("reject/header-mismatch--other-date.eml").toString();

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  @Test
  void aReferralThatWouldGoOn() {
    Typed typed = home.type("explain", REFERRAL);
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out())
        .contains(
            "voor postvak oost@wotschiedam.nl",
            "Openen: in orde. Ondertekend door a.devries@praktijk-delinde.example",
            "Soort: verwijzing",
            "  - Regel 7: het bericht is gericht aan team oost",
            "Besluit: doorsturen naar het wijkondersteuningsteam Oost (oost@intern.wotschiedam.nl).",
            "zoals in het bericht genoemd",
            "Er is niets bewaard en niets verstuurd.");
  }

  @Test
  void aRequestWithoutConsentWaits() {
    Typed typed = home.type("explain", REQUEST);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .contains("Besluit: vasthouden, wacht op toestemming [NO_CONSENT].", "De afzender leest:");
  }

  @Test
  void theSameForAMachine() {
    Typed typed = home.type("explain", REQUEST, "--json");
    assertThat(typed.json())
        .singleElement()
        .satisfies(
            json -> {
              assertThat(json.path("verdict").asText()).isEqualTo("ACCEPT");
              assertThat(json.path("kind").asText()).isEqualTo("INFO_REQUEST");
              assertThat(json.path("decision").asText()).isEqualTo("HOLD");
              assertThat(json.path("why").asText()).isEqualTo("AWAITING_CONSENT");
              assertThat(json.path("findings").findValuesAsText("code"))
                  .contains("COMPLETE_REQUEST", "TEAM_MAILBOX");
            });
  }

  @Test
  void aMailThatWasAltered() {
    Typed typed = home.type("explain", ALTERED);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .contains("Openen: geweigerd.", "header-mismatch", "krijgt geen ontvangstbewijs");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    home.type("explain", REFERRAL);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void withTheRealStoreADuplicateIsSeenAndNothingIsWritten() throws Exception {
    home.receive("oost@wotschiedam.nl", "accept/openssl-detached-bare-aes-256-cbc.eml");
    String before = home.type("journal", "verify").out();
    Typed typed = home.type("explain", REFERRAL);
    assertThat(typed.out()).contains("dit bericht is al behandeld als M1");
    assertThat(home.type("journal", "verify").out()).isEqualTo(before);
  }

  @Test
  void neitherContentNorNames() {
    assertThat(home.type("explain", REFERRAL).all() + home.type("explain", REQUEST, "--json").all())
        .doesNotContain("A. de Vries", "Hulpvraag:", "hulpvraag:", "Geboren");
  }

  @Test
  void toAnotherMailboxItDoesNotOpen() {
    Typed typed = home.type("explain", REFERRAL, "--to", "zuid@wotschiedam.nl");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("voor postvak zuid@wotschiedam.nl", "undecryptable");
  }

  @Test
  void aMailForSomebodyElse() throws Exception {
    Path other = Files.writeString(folder.resolve("x.eml"), "To: a@b.example\r\n\r\nHoi\r\n");
    Typed typed = home.type("explain", other.toString());
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("is van ons (a@b.example). Geef het postvak met --to.");
  }

  @Test
  void noFileAndNoMailAtAll() throws Exception {
    assertThat(home.type("explain", "nergens.eml").err())
        .contains("nergens.eml: dit bestand is er niet.");
    Path noise = Files.write(folder.resolve("noise"), new byte[] {0, 1, 2, (byte) 0xFF});
    Typed typed = home.type("explain", noise.toString(), "--to", "oost@wotschiedam.nl");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("malformed");
  }

  @Test
  void sampleKeysAreNotForRealMail() {
    Typed typed = Typed.command("--home", folder.toString(), "explain", REFERRAL);
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("certs-sample");
  }
}
