package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message's pass, from the store and back into it. */
class DeskTest {

  @TempDir Path folder;

  private static HeldMessage held(House house, MessageRef ref) {
    return house.store.holds().show(ref).orElseThrow(() -> new AssertionError("not held"));
  }

  private static List<OutgoingFile> letters(House house, MessageRef ref) {
    return house.store.outbox().of(ref);
  }

  @Test
  void forwardAndReceiptArePostedTogetherAndTheReceiptWaits() {
    try (House house = House.in(folder)) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      assertThat(house.desk().work()).isEqualTo(1);

      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(letters(house, ref))
          .extracting(OutgoingFile::kind, OutgoingFile::state)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(
                  OutgoingLetter.Kind.FORWARD, OutgoingState.QUEUED),
              org.assertj.core.groups.Tuple.tuple(
                  OutgoingLetter.Kind.RECEIPT, OutgoingState.WAITING));

      house.dispatch().work();
      assertThat(house.post.taken).hasSize(2);
      Post.Parcel forward = house.post.taken.get(0);
      Post.Parcel receipt = house.post.taken.get(1);
      assertThat(forward.to()).isEqualTo(House.TEAM_OOST);
      assertThat(forward.sender()).isPresent();
      assertThat(receipt.to()).isEqualTo(House.GP);
      assertThat(receipt.sender()).as("null return path").isEmpty();
      assertThat(receipt.header("Auto-Submitted")).isEqualTo("auto-replied");
      assertThat(receipt.header("In-Reply-To")).isEqualTo("<1@gp.example>");
      assertThat(house.readByTeam(forward.letter()))
          .contains("slechtziend", "Afzender: <" + House.GP + ">", "Dit delen berust op");
      assertThat(house.readByGp(receipt.letter()))
          .contains(
              "veilig doorgestuurd naar het wijkondersteuningsteam Oost",
              "disposition-notification",
              "Received-content-MIC",
              "uiterlijk op 22-6-2026")
          .doesNotContain("slechtziend");
      assertThat(forward.header("Subject")).matches("\\[WP-[0-9A-Z]{4}-[0-9A-Z]{4}\\]");
    }
  }

  @Test
  void theReceiptGoesOnlyAfterTheForwardWasTaken() {
    try (House house = House.in(folder)) {
      house.post.away(House.TEAM_OOST);
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      assertThat(house.post.tried).extracting(Post.Parcel::to).containsExactly(House.TEAM_OOST);

      house.post.back(House.TEAM_OOST);
      house.clock.move(Duration.ofMinutes(1));
      house.dispatch().work();
      assertThat(house.post.taken)
          .extracting(Post.Parcel::to)
          .containsExactly(House.TEAM_OOST, House.GP);
    }
  }

  @Test
  void workDoneAgainAfterACrashGivesTheSameMessageIds() {
    try (House house = House.in(folder)) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      // claimed by a node that dies before it posts
      house.store.queue().claim(house.clock.instant(), Duration.ofMinutes(2), "dead", 1);
      assertThat(house.desk().work()).isZero();
      house.clock.move(Duration.ofMinutes(3));
      assertThat(house.desk().work()).isEqualTo(1);
      Envelopes envelopes = new Envelopes(house.rooms);
      assertThat(letters(house, ref))
          .extracting(OutgoingFile::messageId)
          .containsExactlyInAnyOrder(
              envelopes.messageId(ref, "forward", House.TEAM_OOST, 0),
              envelopes.messageId(ref, "receipt", House.GP, 0));
    }
  }

  @Test
  void aDuplicateGetsTheSameReceiptAndGoesNowhere() {
    try (House house = House.in(folder)) {
      Bytes mail = house.fromGp("<1@gp.example>", House.REFERRAL);
      house.receive(House.OOST, mail);
      house.work();
      house.clock.move(Duration.ofMinutes(5));
      MessageRef copy = house.receive(House.OOST, mail);
      house.work();

      assertThat(house.store.queue().state(copy)).contains(MessageState.DONE);
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      List<Post.Parcel> receipts = house.post.takenFor(House.GP);
      assertThat(receipts).hasSize(2);
      assertThat(receipts.get(1).letter()).isEqualTo(receipts.get(0).letter());
    }
  }

  @Test
  void twoCopiesUnderWayAreAnsweredByOneReceipt() {
    try (House house = House.in(folder)) {
      Bytes mail = house.fromGp("<1@gp.example>", House.REFERRAL);
      house.receive(House.OOST, mail);
      house.receive(House.OOST, mail);
      house.work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      assertThat(house.post.takenFor(House.GP)).hasSize(1);
    }
  }

  @Test
  void theSameMessageIdOverOtherContentIsHeldAndAPersonCanLetItPass() {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      MessageRef other =
          house.receive(
              House.OOST,
              house.fromGp("<1@gp.example>", House.REFERRAL.replace("slechtziend", "doof")));
      house.work();
      assertThat(held(house, other).cause()).isEqualTo(HoldCause.CONFLICTING_COPY);
      assertThat(house.post.taken).hasSize(2);

      house.store.holds().release(other, Actor.administrator("test"), house.clock.instant());
      house.work();
      assertThat(house.store.queue().state(other)).contains(MessageState.DONE);
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(2);
    }
  }

  @Test
  void aRequestHeldForConsentGoesOnByItselfAndTheAskerHearsIt() {
    try (House house = House.in(folder)) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.work();
      assertThat(held(house, ref).detail()).startsWith("AWAITING_CONSENT/");
      assertThat(house.post.taken).extracting(Post.Parcel::to).containsExactly(House.GP);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains("wordt nog vastgehouden", "niets over de vraag of wij iemand kennen");

      house.clock.move(Duration.ofHours(1));
      assertThat(house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").released())
          .isEqualTo(1);
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      List<Post.Parcel> told = house.post.takenFor(House.GP);
      assertThat(told).hasSize(2);
      assertThat(told.get(1).header("Message-ID")).isNotEqualTo(told.get(0).header("Message-ID"));
      assertThat(house.readByGp(told.get(1).letter()))
          .contains("veilig doorgestuurd")
          .doesNotContain("disposition-notification", "controlegetal");
      CaseFile file = onlyCase(house);
      assertThat(file.status()).isEqualTo(CaseStatus.FORWARDED);
      assertThat(file.team()).contains("oost");
      CaseText known = CaseText.read(file.facts().orElseThrow().reveal());
      assertThat(known.handler()).isEqualTo("wot:oost");
      assertThat(known.matter()).isEqualTo(Decision.Matter.INFORMATION_REQUEST);
      assertThat(known.asked()).containsExactly("support.status");
    }
  }

  private static CaseFile onlyCase(House house) {
    List<CaseFile> cases = house.store.cases().newest(10);
    assertThat(cases).hasSize(1);
    return cases.get(0);
  }

  @Test
  void aDuplicateAfterTheHoldHearsWhatBecameOfIt() {
    try (House house = House.in(folder)) {
      Bytes mail = house.fromGp("<1@gp.example>", House.REQUEST);
      house.receive(House.OOST, mail);
      house.work();
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      house.work();
      house.receive(House.OOST, mail);
      house.work();
      List<Post.Parcel> told = house.post.takenFor(House.GP);
      assertThat(told).hasSize(3);
      assertThat(told.get(2).letter()).isEqualTo(told.get(1).letter());
    }
  }

  @Test
  void aReleaseThatChangesNothingIsNoNews() {
    try (House house = House.in(folder)) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.work();
      house.store.holds().release(ref, Actor.administrator("test"), house.clock.instant());
      house.work();
      assertThat(held(house, ref).detail()).startsWith("AWAITING_CONSENT/");
      assertThat(house.post.taken).hasSize(1);
    }
  }

  @Test
  void theAnswerOfTheTeamComesBackThroughTheCase() {
    try (House house = House.in(folder)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.work();
      CaseNumber number = onlyCase(house).number();
      house.receive(
          House.CASES,
          Optional.of(house.rooms.identity().caseAddress(number)),
          house.sealed(
              House.TEAM_OOST,
              "team/oost.p12",
              House.CASES,
              "gateway/zaak.pem",
              "<a1@intern.wotschiedam.nl>",
              "Zaaknummer: " + number + "\nAntwoord 1: Ja, Sanne Jansen.\nCategorie 1: status\n"));
      house.work();
      List<Post.Parcel> toGp = house.post.takenFor(House.GP);
      assertThat(toGp).hasSize(2);
      assertThat(house.readByGp(toGp.get(1).letter())).contains("Sanne Jansen");
      assertThat(house.post.takenFor(House.TEAM_OOST)).as("request and receipt").hasSize(2);
    }
  }

  @Test
  void whatCannotBeSealedIsHeldAndTheSenderHearsItOnce() {
    try (House house = House.in(folder, House::withoutTeamCertificates)) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      assertThat(held(house, ref).cause()).isEqualTo(HoldCause.NOT_SEALABLE);
      assertThat(held(house, ref).detail()).isEqualTo("NO_RECIPIENT_CERTIFICATE");
      assertThat(house.post.taken).extracting(Post.Parcel::to).containsExactly(House.GP);
      CaseFile file = onlyCase(house);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains(file.number().toString(), "wordt nog vastgehouden");

      house.store.holds().release(ref, Actor.administrator("test"), house.clock.instant());
      house.work();
      assertThat(house.post.taken).hasSize(1);
    }
  }

  @Test
  void onceTheCertificateIsThereTheReleasedMessageGoesUnderItsCaseNumber() {
    MessageRef ref;
    CaseNumber number;
    try (House house = House.in(folder, House::withoutTeamCertificates)) {
      ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      number = onlyCase(house).number();
    }
    try (House house = House.in(folder)) {
      house.store.holds().release(ref, Actor.administrator("test"), house.clock.instant());
      house.work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      assertThat(house.post.taken.get(0).header("Subject")).isEqualTo("[" + number + "]");
      CaseText known = CaseText.read(onlyCase(house).facts().orElseThrow().reveal());
      assertThat(known.handler()).isEqualTo("wot:oost");
      assertThat(known.consented()).isTrue();
    }
  }

  @Test
  void aRefusalNamesWhatLacksAndWhatDidNotCount() {
    try (House house = House.in(folder)) {
      house.receive(
          House.OOST,
          house.fromGp(
              "<1@gp.example>",
              """
              Doel: ondersteuning
              Doel: evaluatie
              Cliënt: J. Voorbeeld
              Geboortedatum: 31-02-1980
              Vraag 1: status van de aanvraag
              """));
      house.work();
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains(
              "- het doel",
              "- wie de cliënt is",
              "- Doel: dit staat er meer dan één keer",
              "- Geboortedatum: wij konden de waarde niet lezen",
              "Vraag 1:");
    }
  }

  @Test
  void aLegalGroundWaitsForASecondPerson() {
    try (House house = House.in(folder)) {
      String ground =
          House.REFERRAL.replaceAll("Toestemming:.*", "")
              + """
              Wettelijke grond: conflict van plichten
              Besloten door: A. de Vries
              Cliënt geïnformeerd: ja
              Afweging: acuut gevaar voor een ander
              """;
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", ground));
      house.work();
      assertThat(held(house, ref).detail()).isEqualTo("SECOND_PERSON/LEGAL_GROUND");
      assertThat(house.store.journal().about(ref.toString()))
          .filteredOn(line -> line.entry().event().equals("GROUND_STATED"))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.entry().emergency()).isTrue();
                assertThat(line.entry().detail().orElseThrow().reveal())
                    .contains("A. de Vries", "acuut gevaar voor een ander");
              });

      house.store.holds().release(ref, Actor.administrator("one"), house.clock.instant());
      house.work();
      assertThat(held(house, ref).detail()).as("a release is not enough").startsWith("SECOND");

      house
          .store
          .journal()
          .write(
              JournalEntry.of(
                  house.clock.instant(),
                  "SECOND_PERSON_AGREED",
                  JournalEntry.Action.UPDATE,
                  Actor.administrator("two"),
                  ref));
      house.store.holds().release(ref, Actor.administrator("one"), house.clock.instant());
      house.work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      assertThat(house.store.journal().about(ref.toString()))
          .filteredOn(line -> line.entry().event().equals("FORWARDED"))
          .allMatch(line -> line.entry().emergency());
      assertThat(CaseText.read(onlyCase(house).facts().orElseThrow().reveal()).consented())
          .as("a ground is no consent")
          .isFalse();
    }
  }

  @Test
  void automaticMailIsNeverAnswered() {
    try (House house = House.in(folder)) {
      MessageRef ref =
          house.receive(
              House.OOST,
              house.sealed(
                  House.GP,
                  "gp/a.devries.p12",
                  House.OOST,
                  "gateway/oost.pem",
                  "<auto@gp.example>",
                  "Ik ben er niet.",
                  "Auto-Submitted: auto-replied\r\n"));
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(house.post.tried).isEmpty();
    }
  }

  @Test
  void ourOwnMailComingBackIsHeldAndSilent() {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      Bytes forward = house.post.takenFor(House.TEAM_OOST).get(0).letter();
      MessageRef back = house.receive(House.OOST, forward);
      house.work();
      assertThat(held(house, back).cause()).isEqualTo(HoldCause.LOOP);
      assertThat(house.post.taken).hasSize(2);
    }
  }

  @Test
  void mailThatPassedMoreThanFiftyServersIsHeldAndAPersonCanLetItPass() {
    try (House house = House.in(folder)) {
      Bytes mail = house.fromGp("<1@gp.example>", House.REFERRAL);
      Bytes round =
          Bytes.of(
              "Received: from a by b\r\n".repeat(51) + mail.decode(StandardCharsets.ISO_8859_1),
              StandardCharsets.ISO_8859_1);
      MessageRef ref = house.receive(House.OOST, round);
      house.work();
      assertThat(held(house, ref).cause()).isEqualTo(HoldCause.LOOP);
      assertThat(house.post.tried).isEmpty();

      house.store.holds().release(ref, Actor.administrator("test"), house.clock.instant());
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
    }
  }

  @Test
  void fiftyServersAreNoLoop() {
    try (House house = House.in(folder)) {
      Bytes mail = house.fromGp("<1@gp.example>", House.REFERRAL);
      MessageRef ref =
          house.receive(
              House.OOST,
              Bytes.of(
                  "Received: from a by b\r\n".repeat(50) + mail.decode(StandardCharsets.ISO_8859_1),
                  StandardCharsets.ISO_8859_1));
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
    }
  }

  @Test
  void nobodyElseCanMakeOurMark() {
    try (House house = House.in(folder)) {
      Loops loops = new Loops(house.rooms.marks());
      String ours = new Envelopes(house.rooms).messageId(new MessageRef(1), "x", House.GP, 0);
      assertThat(loops.isOurs(ours)).isTrue();
      assertThat(loops.isOurs(ours.replaceFirst("<[0-9a-f]", "<g"))).isFalse();
      char first = ours.charAt(1) == '0' ? '1' : '0';
      assertThat(loops.isOurs("<" + first + ours.substring(2))).isFalse();
      assertThat(loops.isOurs("<1@gp.example>")).isFalse();
    }
  }

  @Test
  void aPoisonedMessageIsHeldWithItsCauseAndStopsNobody() {
    try (House house =
        House.in(
            folder,
            usual -> {
              // a case number drawn for the client whose name nobody can stand
              return new Rooms(
                  usual.identity(),
                  usual.directory(),
                  usual.tables(),
                  usual.keys(),
                  usual.opener(),
                  usual.sealer(),
                  usual.reader(),
                  usual.writer(),
                  usual.store(),
                  usual.marks(),
                  new Failing(usual.caseNumbers()),
                  usual.clock(),
                  usual.node());
            })) {
      MessageRef poison = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      MessageRef good =
          house.receive(House.OOST, house.fromGp("<2@gp.example>", House.REFERRAL + "\n"));
      house.work();
      assertThat(house.store.queue().state(good)).contains(MessageState.DONE);
      assertThat(house.store.queue().state(poison)).contains(MessageState.RECEIVED);
      for (int turn = 0; turn < 5; turn++) {
        house.clock.move(Duration.ofMinutes(1));
        house.work();
      }
      assertThat(held(house, poison).cause()).isEqualTo(HoldCause.POISON);
      assertThat(held(house, poison).detail()).startsWith("StackOverflowError@");
      assertThat(held(house, poison).attempts()).isEqualTo(3);
      assertThat(house.store.journal().about(poison.toString()))
          .filteredOn(line -> line.entry().event().equals("FAULT"))
          .hasSize(3);
    }
  }

  /** Throws for every message but the second of the first turn. */
  private static final class Failing implements java.util.function.Supplier<CaseNumber> {
    private final java.util.function.Supplier<CaseNumber> usual;
    private int draws;

    Failing(java.util.function.Supplier<CaseNumber> usual) {
      this.usual = usual;
    }

    @Override
    public CaseNumber get() {
      draws++;
      if (draws != 2) {
        throw new StackOverflowError("the name of a client");
      }
      return usual.get();
    }
  }

  @Test
  void aTakenCaseNumberIsDrawnAgain() {
    try (House house =
        House.in(
            folder,
            usual -> {
              CaseNumber one = CaseNumber.ofRandom(2);
              CaseNumber two = CaseNumber.ofRandom(4);
              java.util.Iterator<CaseNumber> drawn = List.of(one, one, two).iterator();
              return new Rooms(
                  usual.identity(),
                  usual.directory(),
                  usual.tables(),
                  usual.keys(),
                  usual.opener(),
                  usual.sealer(),
                  usual.reader(),
                  usual.writer(),
                  usual.store(),
                  usual.marks(),
                  drawn::next,
                  usual.clock(),
                  usual.node());
            })) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.receive(House.OOST, house.fromGp("<2@gp.example>", House.REFERRAL + "\n"));
      assertThat(house.desk().work()).isEqualTo(2);
      assertThat(house.store.cases().newest(5)).hasSize(2);
    }
  }

  @Test
  void aLetterAboutAnotherClientThanItsCaseIsHeld() {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      CaseNumber number = onlyCase(house).number();
      MessageRef other =
          house.receive(
              House.OOST,
              house.fromGp(
                  "<2@gp.example>",
                  House.REFERRAL.replace("J. Voorbeeld", "P. Ander").replace("1980", "1975")
                      + "Zaaknummer: "
                      + number
                      + "\n"));
      house.work();
      assertThat(held(house, other).detail()).startsWith("CLIENT_AMBIGUOUS/");
    }
  }

  @Test
  void anUnknownMailboxIsHeldAndSaidSo() {
    try (House house = House.in(folder)) {
      Address nobody = Address.of("poort@wotschiedam.nl");
      MessageRef ref =
          house.receive(
              nobody,
              house.sealed(
                  House.GP,
                  "gp/a.devries.p12",
                  nobody,
                  "gateway/poort.pem",
                  "<1@gp.example>",
                  House.REFERRAL));
      house.work();
      assertThat(held(house, ref).cause()).isEqualTo(HoldCause.NOT_ROUTABLE);
      assertThat(house.readByGp(house.post.taken.get(0).letter())).contains("niet zeker bij wie");
    }
  }
}
