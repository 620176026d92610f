package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each way a mail is refused: what holds it, what the journal says of it, and that it is silent.
 */
class RefusalJournalTest {

  private static final Path FIXTURES =
      Path.of(System.getProperty("project.basedir", "."), "src/test/resources/fixtures/reject");

  @TempDir Path folder;

  /** One mail of others' making for each finding; the finding is the first part of its name. */
  private static final List<String> MAILS =
      List.of(
          "too-large--asn1-nested",
          "malformed--truncated",
          "not-encrypted--plain",
          "partially-encrypted--text-beside",
          "undecryptable--for-somebody-else",
          "not-signed--encrypted-only-aes-256-gcm",
          "partially-signed--text-beside-detached",
          "weak-algorithm--sha1-signature",
          "signature-invalid--text-altered-detached",
          "signer-untrusted--other-ca",
          "signer-expired--now",
          "signer-revoked--key-compromise",
          "revocation-unknown--no-crl-of-issuer",
          "key-usage--server-only",
          "signer-mismatch--other-sender-bare",
          "header-mismatch--other-subject");

  private static Bytes mail(String name) throws IOException {
    return Bytes.wrap(Files.readAllBytes(FIXTURES.resolve(name + ".eml")));
  }

  private static String shown(JournalEntry entry) {
    return String.join(
        " ",
        entry.event(),
        entry.action().name(),
        entry.outcome().name(),
        entry.actor().id(),
        entry.source(),
        entry.detail().map(Confidential::reveal).orElse("-").replaceFirst(":.*", ""));
  }

  private static List<String> journal(House house, MessageRef ref) {
    return house.store.journal().about(ref.toString()).stream()
        .map(line -> shown(line.entry()))
        .filter(
            line ->
                !line.startsWith("RECEIVED")
                    && !line.startsWith("RELEASED")
                    && !line.startsWith("SENT"))
        .toList();
  }

  private static HeldMessage held(House house, MessageRef ref) {
    return house.store.holds().show(ref).orElseThrow();
  }

  private static void release(House house, MessageRef ref) {
    house.store.holds().release(ref, Actor.administrator("test"), house.clock.instant());
  }

  @Test
  void everyFindingHoldsItsMailAndSaysWhichToTheJournalAlone() throws IOException {
    assertThat(MAILS)
        .extracting(name -> name.replaceFirst("--.*", ""))
        .containsExactlyElementsOf(List.of(Finding.values()).stream().map(Finding::code).toList());
    try (House house = House.in(folder)) {
      Map<String, MessageRef> mails = new LinkedHashMap<>();
      for (String name : MAILS) {
        mails.put(name.replaceFirst("--.*", ""), house.receive(House.OOST, mail(name)));
      }
      house.work();
      mails.forEach(
          (code, ref) -> {
            assertThat(held(house, ref).cause()).as(code).isEqualTo(HoldCause.NOT_VERIFIED);
            assertThat(held(house, ref).detail()).isEqualTo(code);
            assertThat(journal(house, ref))
                .containsExactly("NOT_VERIFIED EXECUTE REFUSED wotpoort test " + code);
            release(house, ref);
          });
      house.work();
      mails.forEach(
          (code, ref) -> {
            assertThat(held(house, ref).detail()).as("again, for nobody may").isEqualTo(code);
            assertThat(house.store.outbox().of(ref)).isEmpty();
          });
      assertThat(house.post.tried).isEmpty();
      assertThat(house.store.cases().newest(5)).isEmpty();
    }
  }

  @Test
  void aCopyAnotherContentAndALoopAreEachNamed() {
    try (House house = House.in(folder)) {
      Bytes first = house.fromGp("<1@gp.example>", House.REFERRAL);
      house.receive(House.OOST, first);
      house.work();
      MessageRef copy = house.receive(House.OOST, first);
      MessageRef other =
          house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL + "x\n"));
      Bytes sent = house.post.takenFor(House.TEAM_OOST).get(0).letter();
      MessageRef loop = house.receive(House.OOST, sent);
      house.work();
      assertThat(journal(house, copy)).containsExactly("DUPLICATE EXECUTE SUCCESS wotpoort test -");
      assertThat(journal(house, other))
          .containsExactly("CONFLICTING_COPY EXECUTE SUCCESS wotpoort test -");
      assertThat(held(house, other).detail()).isEqualTo("MESSAGE_ID");
      assertThat(journal(house, loop)).containsExactly("LOOP EXECUTE REFUSED wotpoort test -");
      assertThat(held(house, loop).detail()).isEqualTo("POSTMARKS");
    }
  }

  /** As to two of our mailboxes in one mail: each copy sealed for its own. */
  @Test
  void theSameContentAtAnotherMailboxIsNoOtherContent() {
    Address zuid = Address.of("zuid@wotschiedam.nl");
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      MessageRef copy =
          house.receive(
              zuid,
              house.sealed(
                  House.GP,
                  "gp/a.devries.p12",
                  House.OOST,
                  "gateway/zuid.pem",
                  "<1@gp.example>",
                  House.REFERRAL));
      house.work();
      assertThat(journal(house, copy))
          .isNotEmpty()
          .noneMatch(line -> line.startsWith("CONFLICTING_COPY"))
          .noneMatch(line -> line.startsWith("NOT_VERIFIED"));
    }
  }

  /** What he was told last, not what still waits for the forward to be taken. */
  @Test
  void aCopyWhileTheNextReceiptWaitsGetsTheOneBefore() {
    try (House house = House.in(folder)) {
      Bytes mail = house.fromGp("<1@gp.example>", House.REQUEST);
      house.receive(House.OOST, mail);
      house.work();
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      house.desk().work();
      house.receive(House.OOST, mail);
      house.desk().work();
      house.work();
      List<Post.Parcel> told = house.post.takenFor(House.GP);
      assertThat(told).hasSize(3);
      assertThat(told)
          .extracting(Post.Parcel::letter)
          .filteredOn(told.get(0).letter()::equals)
          .hasSize(2);
    }
  }

  @Test
  void withoutAFreeCaseNumberItIsAFaultAndNotForEver() {
    try (House house =
        House.in(folder, usual -> House.drawing(usual, () -> CaseNumber.ofRandom(2)))) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      MessageRef second =
          house.receive(House.OOST, house.fromGp("<2@gp.example>", House.REFERRAL + "x\n"));
      for (int attempt = 0; attempt < 4; attempt++) {
        house.work();
        house.clock.move(Duration.ofMinutes(1));
      }
      assertThat(held(house, second).cause()).isEqualTo(HoldCause.POISON);
      assertThat(held(house, second).detail()).startsWith("IllegalStateException@Walk:");
    }
  }

  /** One word of a person lets one thing pass, not the next. */
  @Test
  void whatIsReleasedAsALoopIsStillHeldAsAnotherContent() {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      Bytes other = house.fromGp("<1@gp.example>", House.REFERRAL + "x\n");
      house.work();
      MessageRef round =
          house.receive(
              House.OOST,
              Bytes.of(
                  "Received: from a by b\r\n".repeat(51)
                      + other.decode(StandardCharsets.ISO_8859_1),
                  StandardCharsets.ISO_8859_1));
      List<HoldCause> causes = new ArrayList<>();
      for (int turn = 0; turn < 2; turn++) {
        house.work();
        causes.add(held(house, round).cause());
        release(house, round);
      }
      assertThat(causes).containsExactly(HoldCause.LOOP, HoldCause.CONFLICTING_COPY);
      house.work();
      assertThat(house.store.holds().show(round)).isEmpty();
    }
  }

  @Test
  void whatCannotBeSealedIsAFailureAndWhatIsGivenBackARefusal() {
    try (House house = House.in(folder, House::withoutTeamCertificates)) {
      MessageRef unsealable =
          house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      MessageRef lacking =
          house.receive(House.OOST, house.fromGp("<2@gp.example>", "Doel: ondersteuning\n"));
      house.work();
      assertThat(journal(house, unsealable))
          .containsExactly("HELD EXECUTE FAILED " + House.GP + " test NO_RECIPIENT_CERTIFICATE");
      assertThat(journal(house, lacking))
          .containsExactly("REFUSED EXECUTE REFUSED " + House.GP + " test -");
    }
  }

  /** What is held for something else is not on its way by that ground: a person looks first. */
  @Test
  void aGroundIsStatedWhereASecondPersonIsAwaitedAndNowhereElse() {
    Address unknown = Address.of("poort@wotschiedam.nl");
    String ground =
        House.REFERRAL.replaceAll("Toestemming:.*", "")
            + """
            Wettelijke grond: conflict van plichten
            Besloten door: A. de Vries
            Cliënt geïnformeerd: ja
            Afweging: acuut gevaar voor een ander
            """;
    try (House house = House.in(folder)) {
      MessageRef stated = house.receive(House.OOST, house.fromGp("<1@gp.example>", ground));
      MessageRef nowhere =
          house.receive(
              unknown,
              house.sealed(
                  House.GP,
                  "gp/a.devries.p12",
                  unknown,
                  "gateway/poort.pem",
                  "<2@gp.example>",
                  ground));
      house.work();
      assertThat(held(house, stated).detail()).startsWith("SECOND_PERSON");
      assertThat(journal(house, stated))
          .hasSize(2)
          .first(InstanceOfAssertFactories.STRING)
          .startsWith("GROUND_STATED EXECUTE SUCCESS " + House.GP);
      assertThat(held(house, nowhere).detail()).startsWith("NOT_ROUTABLE");
      assertThat(journal(house, nowhere)).singleElement().asString().startsWith("HELD ");
    }
  }
}
