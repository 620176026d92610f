package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingRef;
import nl.wotpoort.store.OutgoingState;
import nl.wotpoort.store.Reply;
import nl.wotpoort.store.RequestFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The room between the decision and the next hop, step by step ({@code RefusalsTest}: as read). */
class RequestAtTheDoorTest {

  @TempDir Path folder;

  private House house;
  private RequestAtTheDoor door;

  @BeforeEach
  void open() {
    house = House.in(folder);
    door = new RequestAtTheDoor(house.rooms);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private MessageRef decided(String body) {
    MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", body));
    house.desk().work();
    return ref;
  }

  private MessageRef permitted() {
    house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
    return decided(House.REQUEST);
  }

  /** What may go now, claimed. */
  private OutgoingClaim claimed() {
    List<OutgoingClaim> claims =
        house.store.outbox().claim(house.clock.instant(), Duration.ofMinutes(5), "test", 9);
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  private static String shown(OutgoingFile file) {
    return file.kind() + " " + file.state() + " " + file.waitsFor().isPresent();
  }

  private List<String> letters(MessageRef ref) {
    return house.store.outbox().of(ref).stream().map(RequestAtTheDoorTest::shown).toList();
  }

  private CaseFile caseOf(MessageRef ref) {
    RequestFile file = house.store.requests().show(ref).orElseThrow();
    return house.store.cases().show(file.caseNumber()).orElseThrow();
  }

  @Test
  void onlyTheLetterOfAPermittedRequestBringsOneOn() {
    MessageRef ref = permitted();
    OutgoingClaim claim = claimed();
    assertThat(door.request(claim).map(RequestFile::message)).contains(ref);
    assertThat(door.request(with(claim, OutgoingLetter.Kind.RECEIPT, claim.message()))).isEmpty();
    assertThat(door.request(with(claim, claim.kind(), Optional.empty()))).isEmpty();
    MessageRef referral = decided(House.REFERRAL);
    assertThat(door.request(with(claim, claim.kind(), Optional.of(referral)))).isEmpty();
    assertThat(door.isTakenBack(claim, door.request(claim).orElseThrow(), "X", none(), now()))
        .isTrue();
    assertThat(door.request(claim)).as("it is held now").isEmpty();
  }

  private static Consequences none() {
    return Consequences.none();
  }

  private Instant now() {
    return house.clock.instant();
  }

  private static OutgoingClaim with(
      OutgoingClaim c, OutgoingLetter.Kind kind, Optional<MessageRef> message) {
    return new OutgoingClaim(
        c.ref(),
        c.attempt(),
        kind,
        c.messageId(),
        c.envelopeFrom(),
        c.recipient(),
        c.sealed(),
        c.caseNumber(),
        message,
        c.recheck(),
        c.createdAt(),
        c.fence());
  }

  /** Fatma Yılmaz had it; its team keeps it, for it came to the team's address. */
  @Test
  void whatIsTakenBackIsHeldAndNobodyHasItsCase() {
    Address yilmaz = Address.of("f.yilmaz@wotschiedam.nl");
    house.consent(ConsentRecord.Type.CONSENT, "wot:groenoord", "gp:A");
    MessageRef ref =
        house.receive(
            yilmaz,
            house.sealed(
                House.GP,
                "gp/a.devries.p12",
                yilmaz,
                "gateway/f.yilmaz.pem",
                "<1@gp.example>",
                House.REQUEST));
    house.desk().work();
    OutgoingClaim claim = claimed();
    assertThat(caseOf(ref).status()).isEqualTo(CaseStatus.FORWARDED);
    assertThat(caseOf(ref).worker()).contains("w301");
    RequestFile request = door.request(claim).orElseThrow();
    assertThat(door.isTakenBack(claim, request, "WITHDRAWN", none(), now())).isTrue();
    assertThat(letters(ref)).containsExactly("FORWARD STOPPED false", "RECEIPT REPLACED true");
    assertThat(house.store.queue().state(ref)).contains(MessageState.RECEIVED);
    assertThat(house.store.requests().show(ref).orElseThrow().state()).isEqualTo(RequestState.HELD);
    CaseFile freed = caseOf(ref);
    assertThat(freed.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(freed.team()).contains("groenoord");
    assertThat(freed.worker()).isEqualTo(Optional.empty());
    assertThat(freed.lastEvent()).isEqualTo("STOPPED");
  }

  /** A request within a referral: who has the client keeps its case. */
  @Test
  void theCaseOfAnotherLetterStaysAsItIs() {
    decided(House.REFERRAL);
    house.dispatch().work();
    CaseNumber number = house.store.cases().newest(1).get(0).number();
    house.consent(ConsentRecord.Type.CONSENT, "gp:A", "wot:oost");
    MessageRef ref =
        house.receive(
            House.CASES,
            Optional.of(house.rooms.identity().caseAddress(number)),
            house.sealed(
                House.TEAM_OOST,
                "team/oost.p12",
                House.CASES,
                "gateway/zaak.pem",
                "<2@intern.wotschiedam.nl>",
                "Zaaknummer: " + number + "\n" + House.REQUEST.replace("status", "contact")));
    house.desk().work();
    CaseFile before = caseOf(ref);
    assertThat(before.number()).isEqualTo(number);
    OutgoingClaim claim = claimed();
    RequestFile request = door.request(claim).orElseThrow();
    assertThat(door.isTakenBack(claim, request, "WITHDRAWN", none(), now())).isTrue();
    assertThat(caseOf(ref)).isEqualTo(before);
    assertThat(house.store.requests().show(ref).orElseThrow().state()).isEqualTo(RequestState.HELD);
  }

  /** Purged, or judged anew already: then it is for the dispatch to say what becomes of it. */
  @Test
  void withoutItsOriginalNothingIsDone() {
    MessageRef ref = permitted();
    OutgoingClaim claim = claimed();
    RequestFile request = door.request(claim).orElseThrow();
    assertThat(door.isTakenBack(claim, request, "X", none(), now())).isTrue();
    assertThat(door.isTakenBack(claim, request, "X", none(), now())).isFalse();
    assertThat(letters(ref)).hasSize(2);
  }

  private OutgoingFile letter(MessageRef ref, int place) {
    return house.store.outbox().of(ref).get(place);
  }

  @Test
  void whoWaitsReadsOnceThatItIsHeldAndLaterThatItWent() {
    MessageRef ref = permitted();
    OutgoingClaim claim = claimed();
    RequestFile request = door.request(claim).orElseThrow();
    house.clock.move(Duration.ofMinutes(1));
    door.tellHeld(claim, request, now());
    List<String> told =
        List.of(
            "FORWARD SENDING false",
            "RECEIPT REPLACED true",
            "RECEIPT QUEUED false",
            "NOTICE WAITING true");
    assertThat(letters(ref)).isEqualTo(told);
    assertThat(letter(ref, 3).waitsFor()).contains(claim.ref());
    assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
    door.tellHeld(claim, request, now());
    assertThat(letters(ref)).as("once").isEqualTo(told);
    house.dispatch().work();
    assertThat(house.post.taken).hasSize(1);
    assertThat(house.readByGp(house.post.taken.get(0).letter()))
        .contains(
            "In-Reply-To: <1@gp.example>",
            "op 15-6-2026 om 12:00 uur",
            "U stuurde het naar " + House.OOST,
            "Wij houden het vast",
            "Vraag 1: nog niet doorgestuurd.");
    house.clock.move(Duration.ofMinutes(10));
    house.dispatch().work();
    assertThat(house.post.takenFor(House.GP)).hasSize(2);
    assertThat(house.readByGp(house.post.takenFor(House.GP).get(1).letter()))
        .contains("veilig doorgestuurd", "Oost", "Vraag 1: doorgestuurd.");
    assertThat(letters(ref)).last().isEqualTo("NOTICE SENT true");
  }

  /** It was told of once; whoever waits for another letter is not told of this one. */
  @Test
  void whoeverWaitsForNothingIsNotTold() {
    MessageRef ref = permitted();
    OutgoingClaim claim = claimed();
    RequestFile request = door.request(claim).orElseThrow();
    OutgoingClaim other =
        new OutgoingClaim(
            new OutgoingRef(claim.ref().number() + 100),
            1,
            claim.kind(),
            claim.messageId(),
            claim.envelopeFrom(),
            claim.recipient(),
            claim.sealed(),
            claim.caseNumber(),
            claim.message(),
            claim.recheck(),
            claim.createdAt(),
            claim.fence());
    door.tellHeld(other, request, now());
    assertThat(letters(ref)).containsExactly("FORWARD SENDING false", "RECEIPT WAITING true");
    house.store.outbox().sent(claim, now(), new Reply(250, "ok"), List.of());
    door.tellHeld(claim, request, now());
    assertThat(letters(ref)).containsExactly("FORWARD SENT false", "RECEIPT QUEUED true");
  }

  /** The receipt that waits is not taken away when nothing can be sealed in its place. */
  @Test
  void whoCannotBeToldSealedKeepsTheReceiptThatWaits() {
    MessageRef ref = permitted();
    OutgoingClaim claim = claimed();
    RequestFile request = door.request(claim).orElseThrow();
    new RequestAtTheDoor(House.sealingFor(house.rooms, Map.of())).tellHeld(claim, request, now());
    assertThat(letters(ref)).containsExactly("FORWARD SENDING false", "RECEIPT WAITING true");
    assertThat(letter(ref, 1).state()).isEqualTo(OutgoingState.WAITING);
  }
}
