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
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.JournalEntry;
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
    return House.in(folder, usual -> desk(usual, kind, Map.of()));
  }

  /** {@code partners}: what stands in partners.yaml, and what instead. */
  private static Rooms desk(Rooms usual, String kind, Map<String, String> partners) {
    Map<String, byte[]> files =
        LiveRoomsTest.files(
            Routes.MAILBOXES,
            "address: oost@wotschiedam.nl\n    kind: team\n    team: oost",
            "address: oost@wotschiedam.nl\n    kind: " + kind);
    String text = new String(files.get(Routes.MAILBOXES), StandardCharsets.UTF_8);
    String other = "  - address: " + kind + "@wotschiedam.nl\n    kind: " + kind + "\n";
    assertThat(text).contains(other);
    files.put(Routes.MAILBOXES, text.replace(other, "").getBytes(StandardCharsets.UTF_8));
    String names = new String(files.get(Routes.PARTNERS), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> change : partners.entrySet()) {
      assertThat(names).contains(change.getKey());
      names = names.replace(change.getKey(), change.getValue());
    }
    files.put(Routes.PARTNERS, names.getBytes(StandardCharsets.UTF_8));
    return usual.with(
        Routes.activated(
                1, files, House.CONFIGURATION.settings().certificates(), LocalDate.of(2026, 6, 15))
            .value()
            .orElseThrow());
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
      Address practice = Address.of("praktijk@praktijk-delinde.example");
      assertThat(desk.halfWay(claimed, refused(practice, Finding.REVOCATION_UNKNOWN), House.START))
          .as("a person only")
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
      assertThat(events(house, ref)).doesNotContain("SMOELENBOEK_SENT");
      assertThat(events(house, ref)).contains("REFUSED");
    }
  }

  private static List<String> events(House house, MessageRef ref) {
    return house.store.journal().about(ref.toString()).stream()
        .map(line -> line.entry().event())
        .toList();
  }

  private static Bytes accepted(String name) throws IOException {
    return Bytes.wrap(
        Files.readAllBytes(
            Path.of(System.getProperty("project.basedir", "."))
                .resolve("src/test/resources/fixtures/accept/" + name + ".eml")));
  }

  private static final String PING =
      """
      Subject: Uw beveiligde mail is gecontroleerd
      Content-Type: text/plain; charset=utf-8
      In-Reply-To:\s
      Uw bericht aan dit adres is gecontroleerd zoals ieder bericht. Dit kwam eruit:

      - goed: versleuteld voor dit postvak (AES-256-GCM, RSA-PKCS1)
      - goed: ondertekend, en de handtekening klopt (RSA-PKCS1-SHA-256, SHA-256)
      - goed: certificaat van A. de Vries, uitgegeven door Zorg sample issuing CA, geldig tot en met 2044-01-01
      - goed: het certificaat is niet ingetrokken
      - goed: het certificaat hoort bij de afzender a.devries@praktijk-delinde.example
      - goed: onderwerp en afzender zijn mee ondertekend
      - goed: u staat in onze lijst (als gp:A/d1)
      - de inhoud is gelezen als: FreeText. Er is niets mee gedaan en niets van bewaard in een dossier

      Vragen? Bel 010 754 15 15.
      """;

  @Test
  void pingLineByLine() throws IOException {
    try (House house = house(folder, "ping")) {
      Bytes mail = house.fromGp("<1@gp.example>", CANARY);
      MessageRef ref = house.receive(House.OOST, mail);
      house.work();
      assertThat(house.readByGp(house.post.taken.get(0).letter())).isEqualTo(PING);
      assertThat(house.store.journal().about(ref.toString()))
          .filteredOn(line -> line.entry().event().equals("PING"))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.entry().action()).isEqualTo(JournalEntry.Action.READ);
                assertThat(line.entry().actor()).isEqualTo(Actor.of(House.GP.toString(), "gp"));
                assertThat(line.entry().source()).isEqualTo("test");
              });

      house.receive(House.OOST, mail);
      house.work();
      assertThat(house.post.taken).as("the same mail, the same answer").hasSize(2);
      assertThat(house.post.taken.get(1).letter()).isEqualTo(house.post.taken.get(0).letter());

      house.receive(House.OOST, accepted("openssl-detached-bare-aes-256-gcm"));
      house.work();
      assertThat(house.readByGp(house.post.taken.get(2).letter()))
          .contains("let op: onderwerp en afzender zijn niet mee ondertekend");
    }
  }

  @Test
  void aProgramHearsNothingAtPing() {
    try (House house = house(folder, "ping")) {
      MessageRef ref =
          house.receive(
              House.OOST,
              house.sealed(
                  House.GP,
                  "gp/a.devries.p12",
                  House.OOST,
                  "gateway/oost.pem",
                  "<1@gp.example>",
                  "Ik ben er niet.",
                  "Auto-Submitted: auto-replied\r\n"));
      house.work();
      assertThat(house.post.tried).isEmpty();
      assertThat(events(house, ref)).contains("FILED").doesNotContain("PING");
    }
  }

  /** His own certificate was approved from a mail; partners.yaml does not name him. */
  @Test
  void whoThePracticeVouchesForIsAnsweredWhereHeHasACertificate() {
    Address desk = Address.of("balie@praktijk-delinde.example");
    try (House house =
        House.in(
            folder,
            usual ->
                desk(
                    House.sealingFor(usual, Map.of(desk, House.certificates("gp/praktijk.pem"))),
                    "ping",
                    Map.of()))) {
      house.receive(
          House.OOST,
          house.sealed(
              desk, "gp/praktijk.p12", House.OOST, "gateway/oost.pem", "<1@gp.example>", "x"));
      house.work();
      assertThat(house.post.taken).extracting(Post.Parcel::to).containsExactly(desk);
      assertThat(house.read(house.post.taken.get(0).letter(), desk, "gp/praktijk.p12"))
          .contains("goed: ondertekend", "u staat in onze lijst (als gp:A)");
    }
  }

  /** He signs and reads as before, but his days are over. */
  @Test
  void aLocumWhoLeftIsForAPerson() {
    try (House house =
        House.in(
            folder,
            usual ->
                desk(
                    usual,
                    "ping",
                    Map.of(
                        "      - id: d1\n        name: A. de Vries\n",
                        "      - id: d1\n        name: A. de Vries\n        kind: locum\n"
                            + "        from: 2026-01-01\n        until: 2026-05-31\n")))) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      assertThat(house.store.holds().show(ref).orElseThrow().detail()).startsWith("UNKNOWN_SENDER");
      assertThat(events(house, ref)).doesNotContain("PING");
    }
  }

  /** Known and trusted, but nobody reads there: mail to it comes back to the gateway itself. */
  @Test
  void oneOfOurOwnMailboxesIsNotAnswered() {
    try (House house = house(folder, "ping")) {
      MessageRef ref =
          house.receive(
              House.OOST,
              house.sealed(
                  Address.of("zuid@wotschiedam.nl"),
                  "gateway/zuid.p12",
                  House.OOST,
                  "gateway/oost.pem",
                  "<1@wotschiedam.nl>",
                  "x"));
      house.work();
      assertThat(events(house, ref)).doesNotContain("PING", "FAULT");
      assertThat(house.post.tried).isEmpty();
    }
  }

  /** A practice's certificate vouches for him, but there is none to seal for him. */
  @Test
  void whoCannotBeAnsweredSealedIsNotAnswered() {
    Address desk = Address.of("balie@praktijk-delinde.example");
    try (House house = house(folder, "ping")) {
      MessageRef ref =
          house.receive(
              House.OOST,
              house.sealed(
                  desk, "gp/praktijk.p12", House.OOST, "gateway/oost.pem", "<1@gp.example>", "x"));
      house.work();
      assertThat(events(house, ref)).contains("RECEIPT_NOT_POSSIBLE").doesNotContain("PING");
      assertThat(house.post.tried).isEmpty();
    }
  }

  /** The partner's group takes mail whose revocation nobody can tell; its sender is told so. */
  @Test
  void pingSaysWhenRevocationCouldNotBeLookedUp() {
    try (House house =
        House.in(
            folder,
            usual ->
                desk(
                    House.lookingUp(usual, RevocationSource.NONE, PartnerGroup.WhenUnknown.ACCEPT),
                    "ping",
                    Map.of()))) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", CANARY));
      house.work();
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains("let op: of het certificaat is ingetrokken, kon niet worden nagekeken")
          .doesNotContain("niet ingetrokken");
    }
  }
}
