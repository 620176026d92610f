package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The desks the gateway minds itself answer the verified sender, sealed, and nobody else. */
class SelfServiceTest {

  @TempDir Path folder;

  /** The mailbox oost@ made into a desk, for there is a sample key of it. */
  private static House house(Path folder, String kind) {
    return House.in(
        folder,
        usual -> {
          Map<String, byte[]> files =
              LiveRoomsTest.files(
                  Routes.MAILBOXES,
                  "address: oost@wotschiedam.nl\n    kind: team\n    team: oost",
                  "address: oost@wotschiedam.nl\n    kind: " + kind);
          String text = new String(files.get(Routes.MAILBOXES), StandardCharsets.UTF_8);
          String other = "  - address: " + kind + "@wotschiedam.nl\n    kind: " + kind + "\n";
          assertThat(text).contains(other);
          files.put(Routes.MAILBOXES, text.replace(other, "").getBytes(StandardCharsets.UTF_8));
          return usual.with(
              Routes.activated(
                      1,
                      files,
                      House.CONFIGURATION.settings().certificates(),
                      LocalDate.of(2026, 6, 15))
                  .value()
                  .orElseThrow());
        });
  }

  private static final String CANARY = "kwartelkoning-in-de-tuin";

  @Test
  void aGpGetsTheCurrentSmoelenboek() {
    try (House house = house(folder, "smoelenboek")) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", CANARY));
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(house.post.taken).hasSize(1);
      assertThat(house.post.taken.get(0).to()).isEqualTo(House.GP);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains("Fatma Yılmaz", "06 5550 0131", "Team Groenoord", "Mark Bakker neemt waar")
          .containsPattern("Vingerafdruk certificaat \\(SHA-256\\): ([0-9a-f]{4} ){15}[0-9a-f]{4}")
          .doesNotContain(CANARY);
    }
  }

  @Test
  void pingTellsTheChecksAndNothingOfTheMail() {
    try (House house = house(folder, "ping")) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", CANARY));
      house.work();
      assertThat(house.post.taken).hasSize(1);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains(
              "goed: versleuteld voor dit postvak (AES-256-GCM",
              "goed: ondertekend",
              "goed: certificaat van",
              "is niet ingetrokken",
              "u staat in onze lijst (als gp:A/d1)")
          .doesNotContain(CANARY);
      assertThat(house.store.cases().newest(5)).as("no case").isEmpty();
    }
  }

  /** Verified but for the revocation of his certificate, and named in partners.yaml himself. */
  @Test
  void halfWayIsToldWhatLacksAndOthersHearNothing() {
    try (House house = house(folder, "ping")) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", CANARY));
      Claimed claimed =
          house.store.queue().claim(house.clock.instant(), Duration.ofMinutes(1), "a", 1).get(0);
      SelfService desk = new SelfService(house.rooms);
      OutgoingLetter letter =
          desk.halfWay(claimed, refused(House.GP, Finding.REVOCATION_UNKNOWN), House.START)
              .orElseThrow();
      assertThat(letter.slot()).as("once a day").isPresent();
      assertThat(house.readByGp(letter.sealed()))
          .contains("kon niet worden nagekeken", "goed: ondertekend")
          .doesNotContain(CANARY);
      Address stranger = Address.of("x@praktijk-delinde.example");
      assertThat(desk.halfWay(claimed, refused(stranger, Finding.REVOCATION_UNKNOWN), House.START))
          .isEmpty();
      for (Finding other : Finding.values()) {
        if (other != Finding.REVOCATION_UNKNOWN) {
          assertThat(desk.halfWay(claimed, refused(House.GP, other), House.START)).isEmpty();
        }
      }
    }
  }

  private static Bytes fixture(String name) throws IOException {
    return Bytes.wrap(
        Files.readAllBytes(
            Path.of(System.getProperty("project.basedir", "."))
                .resolve("src/test/resources/fixtures/reject/" + name + ".eml")));
  }

  /** Made by openssl: signed by A. de Vries, and sent as it was, whole or opaque. */
  @ParameterizedTest
  @ValueSource(
      strings = {"not-encrypted--signed-only-detached", "not-encrypted--signed-only-opaque"})
  void whoSignedAndForgotToEncryptIsToldSoSealed(String name) throws IOException {
    try (House house = house(folder, "ping")) {
      MessageRef ref = house.receive(House.OOST, fixture(name));
      house.work();
      assertThat(house.post.taken).hasSize(1);
      assertThat(house.post.taken.get(0).to()).isEqualTo(House.GP);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains("fout: niet versleuteld", "goed: ondertekend")
          .doesNotContain("Doel", "liënt");
      assertThat(house.store.holds().show(ref)).as("held as any other").isPresent();
      house.receive(House.OOST, fixture(name));
      house.work();
      assertThat(house.post.taken).as("once a day").hasSize(1);
    }
  }

  /** At any other mailbox the same mail gets what every unverified mail gets: nothing. */
  @Test
  void elsewhereItIsAsSilentAsAnyOther() throws IOException {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, fixture("not-encrypted--signed-only-detached"));
      house.work();
      assertThat(house.post.taken).isEmpty();
    }
  }

  /** Before a verified signature of somebody known nobody hears anything, at ping either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "not-encrypted--plain",
        "not-encrypted--headers-only",
        "signature-invalid--text-altered-detached",
        "signer-expired--now",
        "signer-mismatch--other-sender-rfc822"
      })
  void whoDidNotVerifiablySignHearsNothing(String name) throws IOException {
    try (House house = house(folder, "ping")) {
      house.receive(House.OOST, fixture(name));
      house.work();
      assertThat(house.post.taken).isEmpty();
    }
  }

  /** What is signed is sound; on the outside somebody wrote another subject. */
  @Test
  void whoseHeaderDiffersIsToldAtTheSignedAddress() throws IOException {
    try (House house = house(folder, "ping")) {
      house.receive(House.OOST, fixture("header-mismatch--other-subject"));
      house.work();
      assertThat(house.post.taken).hasSize(1);
      assertThat(house.post.taken.get(0).to()).isEqualTo(House.GP);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains("fout: onderwerp, datum of afzender buitenop");
    }
  }

  private static Opened.Refused refused(Address from, Finding finding) {
    return new Opened.Refused(finding, "", Optional.of(from), List.of(finding));
  }

  @Test
  void whoIsNotVerifiedHearsNothing() {
    try (House house = house(folder, "ping")) {
      Bytes good = house.fromGp("<1@gp.example>", CANARY);
      byte[] bytes = good.toArray();
      bytes[bytes.length - 40] ^= 1;
      MessageRef ref = house.receive(House.OOST, Bytes.wrap(bytes));
      house.work();
      assertThat(house.store.outbox().of(ref)).isEqualTo(List.<OutgoingFile>of());
      assertThat(house.store.holds().show(ref)).isPresent();
    }
  }

  @Test
  void aColleagueWhoAsksForTheSmoelenboekIsForAPerson() {
    try (House house = house(folder, "smoelenboek")) {
      Address team = House.TEAM_OOST;
      MessageRef ref =
          house.receive(
              House.OOST,
              house.sealed(
                  team, "team/oost.p12", House.OOST, "gateway/oost.pem", "<1@wot.example>", "x"));
      house.work();
      assertThat(house.store.outbox().of(ref)).noneMatch(f -> f.recipient().equals(House.GP));
    }
  }
}
