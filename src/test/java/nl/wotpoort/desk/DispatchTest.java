package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a letter between the store and the next hop. */
class DispatchTest {

  @TempDir Path folder;

  private static MessageRef referred(House house) {
    MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
    house.desk().work();
    return ref;
  }

  private static Map<OutgoingLetter.Kind, OutgoingState> states(House house, MessageRef ref) {
    return house.store.outbox().of(ref).stream()
        .collect(
            Collectors.toMap(OutgoingFile::kind, OutgoingFile::state, (first, later) -> later));
  }

  private static OutgoingFile forward(House house, MessageRef ref) {
    return house.store.outbox().of(ref).stream()
        .filter(file -> file.kind() == OutgoingLetter.Kind.FORWARD)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void consentWithdrawnAfterPostingStopsTheLetterAndReplacesTheReceipt() {
    try (House house = House.in(folder)) {
      String consent = house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").id();
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.desk().work();
      house.clock.move(Duration.ofMinutes(1));
      house.clerk().withdraw(consent, "cliënt", "telefonisch", Actor.of("test", "worker"));
      house.clock.move(Duration.ofMinutes(1));
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.STOPPED)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.REPLACED);
      assertThat(house.post.taken).as("the desk says what becomes of it").isEmpty();
      assertThat(house.store.queue().state(ref)).contains(MessageState.RECEIVED);

      house.work();
      assertThat(house.post.taken).extracting(Post.Parcel::to).containsExactly(House.GP);
      assertThat(house.readByGp(house.post.taken.get(0).letter()))
          .contains("Wij houden het vast", "nog niet doorgestuurd", "WP-")
          .doesNotContain("ingetrokken", "niet aangekomen", "Voorbeeld", "toestemming");
      assertThat(house.store.cases().newest(9)).hasSize(1);
      assertThat(house.store.cases().newest(1).get(0).status()).isEqualTo(CaseStatus.OPEN);
      assertThat(house.store.requests().show(ref).orElseThrow().state())
          .isEqualTo(RequestState.HELD);
      assertThat(house.store.journal().about(ref.toString()))
          .anyMatch(
              line ->
                  line.entry().event().equals("STOPPED")
                      && line.entry().detail().orElseThrow().reveal().equals("WITHDRAWN"));

      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      house.work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).as("consent again: it goes on").hasSize(1);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(1).letter()))
          .contains("Vraag 1: doorgestuurd.");
    }
  }

  /** Whoever asks hears within a minute, whether or not the next hop is there. */
  @Test
  void aRequestThatIsNotTakenAtOnceIsToldOfAsHeldAndThenAsForwarded() {
    try (House house = House.in(folder)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.post.away(House.TEAM_OOST);
      house.work();
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(0).letter()))
          .contains("Wij houden het vast", "Vraag 1: nog niet doorgestuurd.", "<1@gp.example>");
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      for (int hour = 0; hour < 6; hour++) {
        house.work();
        house.clock.move(Duration.ofHours(1));
      }
      assertThat(house.post.takenFor(House.GP))
          .as("the same again for the same mail; no word of a delay")
          .hasSize(2);
      house.post.back(House.TEAM_OOST);
      house.clock.move(Duration.ofHours(4));
      house.work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      assertThat(house.post.takenFor(House.GP)).hasSize(3);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(2).letter()))
          .contains(
              "veilig doorgestuurd naar het wijkondersteuningsteam Oost", "Vraag 1: doorgestuurd.")
          .doesNotContain("disposition-notification");
    }
  }

  @Test
  void anObjectionMadeAfterPostingStopsAReferral() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.clock.move(Duration.ofMinutes(1));
      house.consent(ConsentRecord.Type.OBJECTION, "gp:A/d1", "wot:oost");
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.STOPPED);
      assertThat(house.post.takenFor(House.TEAM_OOST)).isEmpty();
    }
  }

  @Test
  void aWordThatEndsBeforeTheLetterLeavesStopsIt() {
    try (House house = House.in(folder)) {
      MessageRef ref =
          house.receive(
              House.OOST,
              house.fromGp("<1@gp.example>", House.REFERRAL + "Toestemming tot: 15-06-2026\n"));
      house.desk().work();
      house.post.away(House.TEAM_OOST);
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.QUEUED);
      house.post.back(House.TEAM_OOST);
      house.clock.move(Duration.ofHours(12)); // to the sixteenth
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.STOPPED);
    }
  }

  @Test
  void aPermanentRefusalIsToldToTheSender() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.refuse(House.TEAM_OOST);
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.FAILED)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.REPLACED);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(0).letter()))
          .contains("niet aangekomen", "WP-")
          .doesNotContain("Voorbeeld", "Oost", "slechtziend");
    }
  }

  /** The answer of a team that cannot reach the GP is the team's news, not the GP's. */
  @Test
  void newsGoesToWhoWroteTheLetter() {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      CaseNumber number = house.store.cases().newest(1).get(0).number();
      house.post.taken.clear();
      house.receive(
          House.CASES,
          house.sealed(
              House.TEAM_OOST,
              "team/oost.p12",
              House.CASES,
              "gateway/zaak.pem",
              "<f1@intern.wotschiedam.nl>",
              "Zaaknummer: "
                  + number
                  + "\nBesluit: kan ondersteunen\nContactpersoon: S. Jansen\n"));
      house.post.refuse(House.GP);
      house.work();
      List<Post.Parcel> news = house.post.takenFor(House.TEAM_OOST);
      assertThat(news).hasSize(1);
      assertThat(house.readByTeam(news.get(0).letter())).contains("niet aangekomen");
      assertThat(house.post.takenFor(House.GP)).isEmpty();
      assertThat(house.store.cases().newest(1).get(0).status())
          .as("what the team decided stands")
          .isEqualTo(CaseStatus.ACCEPTED);
    }
  }

  @Test
  void aTemporaryRefusalIsTriedAgainUpTheLadder() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.away(House.TEAM_OOST);
      for (int seconds : List.of(30, 120, 300, 900, 1800, 3600)) {
        house.dispatch().work();
        Instant due = forward(house, ref).dueAt().orElseThrow();
        assertThat(due).isEqualTo(house.clock.instant().plusSeconds(seconds));
        house.clock.move(Duration.ofSeconds(seconds - 1));
        assertThat(house.dispatch().work()).isZero();
        assertThat(house.post.tried).hasSize(forward(house, ref).attempts());
        house.clock.move(Duration.ofSeconds(1));
      }
      String first = house.post.tried.get(0).header("Message-ID");
      assertThat(house.post.tried)
          .allMatch(parcel -> parcel.header("Message-ID").equals(first))
          .extracting(Post.Parcel::letter)
          .allMatch(house.post.tried.get(0).letter()::equals);
    }
  }

  @Test
  void theSenderHearsOfADelayOnceAndGetsTheReceiptInTheEnd() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.away(House.TEAM_OOST);
      Instant end = House.START.plus(Duration.ofHours(12));
      while (house.clock.instant().isBefore(end)) {
        house.dispatch().work();
        if (house.clock.instant().isBefore(House.START.plus(Duration.ofHours(4)))) {
          assertThat(house.post.takenFor(House.GP)).isEmpty();
        }
        house.clock.move(Duration.ofMinutes(10));
      }
      List<Post.Parcel> told = house.post.takenFor(House.GP);
      assertThat(told).hasSize(1);
      assertThat(house.readByGp(told.get(0).letter())).contains("vertraagd", "WP-");

      house.post.back(House.TEAM_OOST);
      house.clock.move(Duration.ofHours(3));
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.SENT)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.SENT);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(1).letter()))
          .contains("veilig doorgestuurd");
    }
  }

  @Test
  void afterFiveDaysItIsGivenUp() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.away(House.TEAM_OOST);
      house.dispatch().work();
      house.clock.move(Duration.ofDays(5).plusSeconds(1));
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.FAILED);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(0).letter()))
          .contains("niet aangekomen");
    }
  }

  @Test
  void aLateSuccessAfterGivingUpMakesNoSecondNotice() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.refuse(House.TEAM_OOST);
      house.dispatch().work();
      int before = house.post.taken.size();
      house.clock.move(Duration.ofDays(1));
      house.dispatch().work();
      assertThat(house.post.taken).hasSize(before);
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.FAILED);
    }
  }

  /**
   * A node that was thought lost had got its 250 after all: the fact is noted, nobody hears twice.
   */
  @Test
  void aLate250AfterTheFailureNoticeMakesNoSecondNotice() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.refuse(House.TEAM_OOST);
      Dispatch other = house.dispatch();
      house.post.next(
          () -> {
            house.clock.move(Duration.ofMinutes(11));
            other.work();
            return new Delivery.Accepted("2.0.0 queued after all");
          });
      house.dispatch().work();
      house.clock.move(Duration.ofDays(1));
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.SENT)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.REPLACED);
      assertThat(house.post.takenFor(House.GP)).hasSize(1);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(0).letter()))
          .contains("niet aangekomen");
    }
  }

  /** An administrator mends a mistake of the mail server: nothing bounces meanwhile. */
  @Test
  void inSoftModeARefusalForGoodIsTriedAgain() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      Dispatch soft =
          new Dispatch(
              house.rooms,
              house.post,
              RetryLadder.usual(),
              Dispatch.Hands.USUAL,
              Settings.Refusals.SOFT);
      house.post.refuse(House.TEAM_OOST);
      soft.work();
      assertThat(forward(house, ref).state()).isEqualTo(OutgoingState.QUEUED);
      assertThat(forward(house, ref).reply().orElseThrow().code()).isEqualTo(550);
      assertThat(house.post.takenFor(House.GP)).isEmpty();

      house.post.refused.remove(House.TEAM_OOST);
      house.clock.move(Duration.ofHours(1));
      soft.work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.SENT)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.SENT);
    }
  }

  /** A hop may take longer than a lease: what is under way stays ours as long as we say so. */
  @Test
  void aLetterUnderWayIsKept() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      Dispatch mine = house.dispatch();
      Dispatch other = house.dispatch();
      house.post.next(
          () -> {
            for (int i = 0; i < 5; i++) {
              house.clock.move(Duration.ofMinutes(1));
              mine.keep();
              assertThat(other.work()).isZero();
            }
            return new Delivery.Accepted("2.0.0 at last");
          });
      mine.work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      assertThat(states(house, ref)).containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.SENT);
    }
  }

  /** The hop took it and the process died before the commit: the same letter once more. */
  @Test
  void aNodeThatDiesAfterTheHopTookItSendsTheSameLetterAgain() {
    try (House house = House.in(folder)) {
      referred(house);
      house.post.next(
          () -> {
            throw new IllegalStateException("dies");
          });
      house.dispatch().work();
      house.clock.move(Duration.ofMinutes(1));
      house.dispatch().work();
      assertThat(house.post.tried.get(1).letter()).isEqualTo(house.post.tried.get(0).letter());
      assertThat(house.post.taken).hasSize(2);
    }
  }

  @Test
  void aFaultInOneLetterStopsNoOther() {
    try (House house = House.in(folder)) {
      MessageRef one = referred(house);
      MessageRef two =
          house.receive(House.OOST, house.fromGp("<2@gp.example>", House.REFERRAL + "\n"));
      house.desk().work();
      house.post.next(
          () -> {
            throw new StackOverflowError("in the first");
          });
      house.dispatch().work();
      assertThat(states(house, one))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.QUEUED);
      assertThat(states(house, two)).containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.SENT);
      assertThat(forward(house, one).reply().orElseThrow().text())
          .startsWith("StackOverflowError@DispatchTest")
          .doesNotContain("in the first");
    }
  }

  /** A server that is slow for one letter: those behind it go back and keep their turn. */
  @Test
  void lettersBehindASlowOneGoBackBeforeTheirLeaseEnds() {
    try (House house = House.in(folder)) {
      for (int i = 0; i < 3; i++) {
        house.receive(
            House.OOST, house.fromGp("<" + i + "@gp.example>", House.REFERRAL + "\n".repeat(i)));
      }
      house.desk().work();
      house.post.next(
          () -> {
            house.clock.move(Duration.ofMinutes(3));
            return new Delivery.Deferred(0, "read timed out");
          });
      house.dispatch().work();
      assertThat(house.post.takenFor(House.TEAM_OOST))
          .as("the other two, and later the first")
          .hasSizeGreaterThanOrEqualTo(2);
      assertThat(house.post.takenFor(House.TEAM_OOST))
          .extracting(parcel -> parcel.header("Message-ID"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void whoeverLostItsLeaseDecidesNothing() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      Dispatch other = house.dispatch();
      house.post.next(
          () -> {
            // so slow that another node took over and finished
            house.clock.move(Duration.ofMinutes(11));
            other.work();
            return new Delivery.Refused(550, "late no");
          });
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.SENT)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.SENT);
      assertThat(house.post.takenFor(House.GP)).hasSize(1);
    }
  }

  /** Nothing is sealed for the waiting sender any more: the letter stays, and nothing is lost. */
  @Test
  void whenNewsIsNotPossibleTheLetterStays() {
    MessageRef ref;
    try (House house = House.in(folder)) {
      ref = referred(house);
    }
    try (House house = House.in(folder, DispatchTest::withoutAnyCertificate)) {
      house.post.refuse(House.TEAM_OOST);
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.QUEUED)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.WAITING);
      assertThat(house.store.journal().about(ref.toString()))
          .anyMatch(line -> line.entry().event().equals("NEWS_NOT_POSSIBLE"));
    }
    try (House house = House.in(folder)) {
      house.clock.move(Duration.ofHours(1));
      house.post.refuse(House.TEAM_OOST);
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.FAILED);
      assertThat(house.post.takenFor(House.GP)).hasSize(1);
    }
  }

  private static Rooms withoutAnyCertificate(Rooms usual) {
    return House.sealingFor(usual, Map.of());
  }

  @Test
  void aReceiptThatFailsIsNobodysNews() {
    try (House house = House.in(folder)) {
      MessageRef ref = referred(house);
      house.post.refuse(House.GP);
      house.dispatch().work();
      assertThat(states(house, ref))
          .containsEntry(OutgoingLetter.Kind.FORWARD, OutgoingState.SENT)
          .containsEntry(OutgoingLetter.Kind.RECEIPT, OutgoingState.FAILED);
      assertThat(house.store.outbox().unsent(10)).hasSize(1);
    }
  }

  @Test
  void nothingOfTheClientStandsOnTheOutside() {
    try (House house = House.in(folder)) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      for (Post.Parcel parcel : house.post.taken) {
        Bytes letter =
            parcel.letter(); // base64 writes four digits by chance, never a space or dash
        assertThat(letter.decode(StandardCharsets.ISO_8859_1))
            .doesNotContain("Voorbeeld", "3112 AB", "1980-04-02", "slechtziend");
      }
    }
  }
}
