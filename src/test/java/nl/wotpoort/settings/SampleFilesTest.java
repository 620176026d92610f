package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;

/** The sample routes are what a newcomer starts from: they must be sound and say what they say. */
final class SampleFilesTest {

  private static final Path HOME = Path.of(System.getProperty("project.basedir", "."));
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static Directory sample() {
    return Routes.read(HOME.resolve("routes"), HOME, TODAY).value().orElseThrow();
  }

  @Test
  void theSampleHasNoErrors() {
    Loaded<Directory> loaded = Routes.read(HOME.resolve("routes"), HOME, TODAY);
    assertThat(loaded.errors().stream().map(p -> p.say(Language.NL))).isEmpty();
    assertThat(loaded.warnings().stream().map(Problem::code).distinct())
        .isSubsetOf("WORKER_WITHOUT_DELIVERY");
  }

  @Test
  void everyAddressIsTheRightParty() {
    Directory directory = sample();
    assertThat(party(directory, "oost@wotschiedam.nl")).isEqualTo("wot:oost");
    assertThat(party(directory, "centrumwest@wotschiedam.nl")).isEqualTo("wot:centrum-west");
    assertThat(party(directory, "info@wotschiedam.nl")).isEqualTo("wot:central");
    assertThat(party(directory, "centraal@intern.wotschiedam.nl")).isEqualTo("wot:central");
    assertThat(party(directory, "F.Yilmaz@wotschiedam.nl")).isEqualTo("wot:groenoord/w301");
    assertThat(party(directory, "f.yilmaz@intern.wotschiedam.nl")).isEqualTo("wot:groenoord/w301");
    assertThat(party(directory, "jeugd@wotschiedam.nl")).isEqualTo("mevis");
    assertThat(party(directory, "wvggz@wotschiedam.nl")).isEqualTo("gem:wvggz");
    assertThat(party(directory, "a.devries@praktijk-delinde.example")).isEqualTo("gp:A/d1");
    assertThat(party(directory, "b.smit@praktijk-delinde.example")).isEqualTo("gp:A/d2");
    assertThat(party(directory, "praktijk@praktijk-delinde.example")).isEqualTo("gp:A");
    assertThat(party(directory, "iemand@praktijk-delinde.example")).isEqualTo("gp:A");
    assertThat(party(directory, "c.dejong@praktijk-maasoever.example")).isEqualTo("gp:B/d1");
    assertThat(directory.party(Address.of("iemand@elders.example"))).isEmpty();
  }

  private static String party(Directory directory, String address) {
    return directory.party(Address.of(address)).map(Party::path).orElse("nobody");
  }

  @Test
  void aPracticeThatCannotReadGcmGetsCbc() {
    Directory directory = sample();
    assertThat(
            directory
                .sealingFor(Address.of("c.dejong@praktijk-maasoever.example"))
                .orElseThrow()
                .manner()
                .cipher())
        .contains(Sealing.Cipher.AES256_CBC);
    assertThat(
            directory
                .sealingFor(Address.of("a.devries@praktijk-delinde.example"))
                .orElseThrow()
                .manner()
                .cipher())
        .isEmpty();
  }

  @Test
  void thePostcodesAreTheOnesOfTheIssue() {
    Directory directory = sample();
    assertThat(team(directory, "3111 AA")).isEqualTo("centrum-west");
    assertThat(team(directory, "3113AB")).isEqualTo("oost");
    assertThat(team(directory, "3114 AB")).isEqualTo("zuid");
    assertThat(team(directory, "3118 JA")).isEqualTo("nieuwland");
    assertThat(team(directory, "3118 JB")).isEqualTo("groenoord");
    assertThat(team(directory, "3118")).isEqualTo("none");
    assertThat(team(directory, "3121")).isEqualTo("groenoord");
    assertThat(team(directory, "3124 ZZ")).isEqualTo("noordrand");
    assertThat(team(directory, "3125 AA")).isEqualTo("none");
    assertThat(team(directory, "1011 AB")).isEqualTo("none");
  }

  private static String team(Directory directory, String postcode) {
    return directory
        .teamOf(Postcode.parse(postcode).orElseThrow())
        .map(t -> t.id().value())
        .orElse("none");
  }

  @Test
  void aWorkersMailboxComesFromTheDirectory() {
    Mailbox mailbox = sample().mailbox(Address.of("s.jansen@wotschiedam.nl")).orElseThrow();
    assertThat(mailbox).isInstanceOf(Mailbox.WorkerMailbox.class);
    assertThat(sample().team(new TeamId("oost"))).isPresent();
  }

  @Test
  void namesDoNotPrint() {
    assertThat(sample().workers().toString()).doesNotContain("Fatma").contains("w301");
    assertThat(sample().partners().toString()).doesNotContain("Vries");
  }

  @Test
  void everyFileNamesItsSchema() throws Exception {
    for (String name : new String[] {"mailboxes", "directory", "partners"}) {
      String first = Files.readAllLines(HOME.resolve("routes/" + name + ".yaml")).get(0);
      assertThat(first)
          .isEqualTo("# yaml-language-server: $schema=../docs/schema/" + name + ".schema.json");
      assertThat(HOME.resolve("docs/schema/" + name + ".schema.json")).exists();
    }
  }
}
