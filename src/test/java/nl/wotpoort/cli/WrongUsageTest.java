package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is typed, one gets a sentence and an exit code, never a stack trace. */
class WrongUsageTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hold lst                       | 2 | Onbekend: lst. Bedoelt u list?",
        "frobnicate                     | 2 | Onbekend: frobnicate",
        "explain                        | 2 | Er ontbreekt iets: BESTAND.eml.",
        "explain x.eml --at gisteren    | 2 | --at: \"gisteren\" past hier niet. Schrijf een datum",
        "explain x.eml --to niemand     | 2 | Schrijf één e-mailadres",
        "route --age oud                | 2 | Schrijf een heel getal.",
        "route --age 7 --age 8          | 2 | --age staat er twee keer",
        "route --urgency heel           | 2 | Kies uit: normal, urgent, serious.",
        "hold reject M1                 | 2 | Er ontbreekt iets: --reason.",
        "cert validate a.pem            | 2 | Er ontbreekt iets: --anchors.",
        "--lang fr check                | 2 | Kies uit: nl, en.",
        "check --offline --online       | 2 | gaan niet samen",
      })
  void saysWhatIsWrong(String typed, int exit, String sentence) {
    Typed result = Typed.command(typed.strip().split(" +"));
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ", "Exception");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "explain x.eml",
    "open x.eml",
    "hold list",
    "case list",
    "consent list",
    "journal verify",
    "run",
    "route",
    "decide"
  })
  void aHomeWithoutAnythingIsSaidToBeSo(String typed) {
    String[] words = ("--home " + folder + " " + typed).split(" ");
    Typed result = Typed.command(words);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).isNotBlank().doesNotContain("\tat ", "Exception");
  }

  @Test
  void aBugIsCalledABug() throws Exception {
    TestHome home = TestHome.in(folder);
    String[] check = {"--home", home.folder().toString(), "check"};

    Typed quiet = Typed.in(new BrokenClock(), Typed.SECRETS, "", check);
    assertThat(quiet.exit()).isEqualTo(70);
    assertThat(quiet.err())
        .contains("Interne fout in wotpoort (UnsupportedOperationException)", "--debug")
        .doesNotContain("\tat ");

    Typed loud =
        Typed.in(new BrokenClock(), Typed.SECRETS, "", "--debug", check[0], check[1], check[2]);
    assertThat(loud.exit()).isEqualTo(70);
    assertThat(loud.err()).contains("\tat nl.wotpoort.cli.");
  }

  /** Fails where nobody expects it. */
  private static final class BrokenClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      throw new UnsupportedOperationException("broken");
    }
  }
}
