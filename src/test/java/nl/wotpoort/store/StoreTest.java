package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.LEASE;
import static nl.wotpoort.store.Sample.NOON;
import static nl.wotpoort.store.Sample.arrival;
import static nl.wotpoort.store.Sample.bytes;
import static nl.wotpoort.store.Sample.claimOne;
import static nl.wotpoort.store.Sample.decided;
import static nl.wotpoort.store.Sample.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the message queue, one test a rule (docs/queue.md). */
class StoreTest {

  @TempDir Path folder;
  Store store;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Nested
  class Receiving {

    @Test
    void whatWasReceivedComesBackByteForByte() {
      MessageRef ref = store.queue().received(arrival(1)).ref();

      Claimed claimed = claimOne(store);

      assertThat(claimed.ref()).isEqualTo(ref);
      assertThat(claimed.sealed()).isEqualTo(bytes("mail 1"));
      assertThat(claimed.mailbox()).isEqualTo(Sample.OOST);
      assertThat(claimed.envelopeRecipient()).contains(Sample.WORKER);
      assertThat(claimed.receivedAt()).isEqualTo(NOON);
      assertThat(claimed.source()).isEqualTo("intake");
      assertThat(claimed.attempt()).isEqualTo(1);
    }

    @Test
    void theSameOriginIsKnownAndChangesNothing() {
      Acceptance first = store.queue().received(arrival(1));
      Acceptance again = store.queue().received(arrival(1, NOON.plusSeconds(60)));

      assertThat(first.known()).isFalse();
      assertThat(again).isEqualTo(new Acceptance(first.ref(), true));
      assertThat(store.queue().claim(NOON, LEASE, "a", 10)).hasSize(1);
    }

    @Test
    void uidValidityAndSourceMakeAnotherMail() {
      store.queue().received(arrival(1));
      Arrival otherValidity =
          new Arrival(Origin.imap("intake", 8, 1), Sample.OOST, Optional.empty(), bytes("b"), NOON);
      Arrival otherSource =
          new Arrival(Origin.imap("info", 7, 1), Sample.OOST, Optional.empty(), bytes("c"), NOON);
      Arrival smtp =
          new Arrival(
              Origin.smtp("lmtp", "tx-1", 0), Sample.OOST, Optional.empty(), bytes("d"), NOON);

      assertThat(store.queue().received(List.of(otherValidity, otherSource, smtp)))
          .noneMatch(Acceptance::known);
    }

    @Test
    void aBatchMayHoldTheSameMailTwice() {
      assertThat(store.queue().received(List.of(arrival(1), arrival(2), arrival(1))))
          .extracting(Acceptance::known)
          .containsExactly(false, false, true);
    }

    @Test
    void anEmptyMailIsAMailToo() {
      Arrival empty =
          new Arrival(Origin.imap("intake", 7, 9), Sample.OOST, Optional.empty(), bytes(""), NOON);
      store.queue().received(empty);

      assertThat(claimOne(store).sealed().isEmpty()).isTrue();
    }
  }

  @Nested
  class Claiming {

    @Test
    void aClaimedMessageIsNotClaimedAgainBeforeItsLeaseEnds() {
      store.queue().received(arrival(1));
      claimOne(store);

      assertThat(store.queue().claim(NOON.plusSeconds(119), LEASE, "b", 10)).isEmpty();
      assertThat(store.queue().claim(NOON.plusSeconds(120), LEASE, "b", 10))
          .singleElement()
          .satisfies(claimed -> assertThat(claimed.attempt()).isEqualTo(2));
    }

    @Test
    void theLongestWaitingComesFirst() {
      store.queue().received(arrival(1, NOON.minusSeconds(1)));
      store.queue().received(arrival(2, NOON.minusSeconds(9)));
      store.queue().received(arrival(3, NOON.minusSeconds(5)));

      assertThat(store.queue().claim(NOON, LEASE, "a", 2))
          .extracting(Claimed::sealed)
          .containsExactly(bytes("mail 2"), bytes("mail 3"));
    }

    @Test
    void largeOnesComeOneByOne() {
      StoreSettings small =
          new StoreSettings(
              Sample.settings(folder).jdbcUrl(),
              Sample.key(),
              3,
              Duration.ofSeconds(5),
              8,
              Optional.empty());
      store.queue().received(List.of(arrival(1), arrival(2)));
      try (Store other = Store.open(small)) {
        assertThat(other.queue().claim(NOON, LEASE, "a", 10)).hasSize(1);
        assertThat(other.queue().claim(NOON, LEASE, "a", 10)).hasSize(1);
      }
    }

    @Test
    void afterTheLastAttemptItIsHeldAsPoisonAndOthersGoOn() {
      store.queue().received(arrival(1));
      Instant now = NOON;
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(claimOne(store, now).attempt()).isEqualTo(attempt);
        now = now.plus(LEASE);
      }
      store.queue().received(arrival(2, now));

      assertThat(store.queue().claim(now, LEASE, "a", 1))
          .singleElement()
          .satisfies(claimed -> assertThat(claimed.sealed()).isEqualTo(bytes("mail 2")));
      assertThat(store.holds().list(10))
          .singleElement()
          .satisfies(held -> assertThat(held.cause()).isEqualTo(HoldCause.POISON));
    }

    @Test
    void whatIsGivenBackCountsNoAttemptAndWaits() {
      store.queue().received(arrival(1));
      store.queue().giveBack(claimOne(store), NOON.plusSeconds(5));

      assertThat(store.queue().claim(NOON.plusSeconds(4), LEASE, "a", 1)).isEmpty();
      assertThat(claimOne(store, NOON.plusSeconds(5)).attempt()).isEqualTo(1);
    }

    @Test
    void whatIsTriedAgainCountsItsAttempt() {
      store.queue().received(arrival(1));
      store.queue().tryAgain(claimOne(store), NOON);

      assertThat(claimOne(store).attempt()).isEqualTo(2);
    }
  }

  @Nested
  class Deciding {

    @Test
    void aDecisionAndAllItsConsequencesAreThereTogether() {
      MessageRef ref = decided(store, 1);

      assertThat(store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(store.cases().show(Sample.number(1)))
          .hasValueSatisfying(file -> assertThat(file.sender()).isEqualTo(Sample.GP));
      assertThat(store.outbox().of(ref))
          .extracting(OutgoingFile::kind, OutgoingFile::state)
          .containsExactly(
              tuple(OutgoingLetter.Kind.FORWARD, OutgoingState.QUEUED),
              tuple(OutgoingLetter.Kind.RECEIPT, OutgoingState.WAITING));
      assertThat(store.journal().about(ref.toString()))
          .extracting(line -> line.entry().event())
          .containsExactly("RECEIVED", "FORWARDED");
      assertThat(store.queue().claim(NOON.plus(Duration.ofDays(1)), LEASE, "a", 10)).isEmpty();
    }

    @Test
    void whoLostItsLeaseWritesNothing() {
      store.queue().received(arrival(1));
      Claimed late = claimOne(store);
      Claimed newer = claimOne(store, NOON.plus(LEASE));

      assertThatThrownBy(() -> store.queue().post(late, decision(1, late.ref()), NOON))
          .isInstanceOf(LeaseLost.class);
      assertThatThrownBy(() -> store.queue().giveBack(late, NOON)).isInstanceOf(LeaseLost.class);
      assertThatThrownBy(() -> store.queue().hold(late, HoldCause.FAULT, "X", List.of(), NOON))
          .isInstanceOf(LeaseLost.class);
      assertThat(store.cases().newest(10)).isEmpty();

      store.queue().post(newer, decision(1, newer.ref()), NOON);
      assertThat(store.cases().newest(10)).hasSize(1);
    }

    @Test
    void theSamePostingTwiceIsRefused() {
      store.queue().received(arrival(1));
      Claimed claimed = claimOne(store);
      store.queue().post(claimed, decision(1, claimed.ref()), NOON);

      assertThatThrownBy(() -> store.queue().post(claimed, decision(1, claimed.ref()), NOON))
          .isInstanceOf(LeaseLost.class);
      assertThat(store.outbox().of(claimed.ref())).hasSize(2);
    }

    @Test
    void aCaseNumberInUseUndoesTheWholePosting() {
      decided(store, 1);
      MessageRef ref = store.queue().received(arrival(2)).ref();
      Claimed claimed = claimOne(store);
      Posting clash =
          Posting.done(
              Sample.fingerprint(2),
              Consequences.none().opening(Sample.newCase(1, ref)).sending(Sample.forward(2)));

      assertThatThrownBy(() -> store.queue().post(claimed, clash, NOON))
          .isInstanceOf(CaseNumberTaken.class);
      assertThat(store.outbox().of(ref)).isEmpty();
      assertThat(store.queue().state(ref)).contains(MessageState.WORKING);

      store.queue().post(claimed, decision(2, ref), NOON);
      assertThat(store.outbox().of(ref)).hasSize(2);
    }

    @Test
    void anOutgoingMessageIdIsUsedOnce() {
      decided(store, 1);
      store.queue().received(arrival(2));
      Claimed claimed = claimOne(store);
      Posting again = Posting.done(Consequences.none().sending(Sample.forward(1)));

      assertThatThrownBy(() -> store.queue().post(claimed, again, NOON))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLetterCannotWaitForNothing() {
      store.queue().received(arrival(1));
      Claimed claimed = claimOne(store);
      Posting lonely =
          Posting.done(
              Consequences.none().sending(Sample.receipt(1).waitingFor("<nobody@x.example>")));

      assertThatThrownBy(() -> store.queue().post(claimed, lonely, NOON))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNoticeGoesOncePerCorrespondentCauseAndDay() {
      LocalDate day = LocalDate.parse("2026-11-21");
      for (int i = 0; i < 3; i++) {
        OutgoingLetter notice =
            OutgoingLetter.of(
                    OutgoingLetter.Kind.NOTICE, "<n" + i + "@x.example>", Sample.GP, bytes("n"))
                .oncePer(
                    new OutgoingLetter.NoticeSlot(Sample.GP, "NOT_VERIFIED", day.plusDays(i / 2)));
        store.outbox().post(Consequences.none().sending(notice), NOON);
      }

      assertThat(store.outbox().unsent(10))
          .extracting(OutgoingFile::messageId)
          .containsExactly("<n0@x.example>", "<n2@x.example>");
    }
  }

  @Nested
  class Duplicates {

    @Test
    void aDecidedMessageIsFoundBySignerContentAndRecipient() {
      MessageRef ref = decided(store, 1);

      Earlier earlier =
          store.duplicates().of(Sample.GP, Sample.digest(1), Sample.OOST).orElseThrow();

      assertThat(earlier.ref()).isEqualTo(ref);
      assertThat(earlier.caseNumber()).contains(Sample.number(1));
      assertThat(earlier.receipt()).isPresent();
      assertThat(store.duplicates().of(Sample.GP, Sample.digest(1), Sample.WORKER)).isEmpty();
      assertThat(store.duplicates().of(Sample.WORKER, Sample.digest(1), Sample.OOST)).isEmpty();
    }

    @Test
    void aHeldFirstTryMakesNoDuplicate() {
      store.queue().received(arrival(1));
      Claimed claimed = claimOne(store);
      store.queue().hold(claimed, HoldCause.NOT_ROUTABLE, "POSTCODE", List.of(), NOON);

      assertThat(store.duplicates().of(Sample.GP, Sample.digest(1), Sample.OOST)).isEmpty();
    }

    @Test
    void twoCopiesDecidedAtOnceLeaveOneDecision() {
      store.queue().received(List.of(arrival(1), arrival(2)));
      List<Claimed> both = store.queue().claim(NOON, LEASE, "a", 2);
      store.queue().post(both.get(0), decision(1, both.get(0).ref()), NOON);
      Posting copy =
          Posting.done(Sample.fingerprint(1), Consequences.none().sending(Sample.forward(2)));

      assertThatThrownBy(() -> store.queue().post(both.get(1), copy, NOON))
          .isInstanceOf(AlreadyDecided.class);
      assertThat(store.queue().state(both.get(1).ref())).contains(MessageState.WORKING);
    }

    @Test
    void theSameMessageIdShowsTheContentItHad() {
      decided(store, 1);

      assertThat(store.duplicates().contentUnder(Sample.GP, "<1@praktijk.example>"))
          .contains(Sample.digest(1));
      assertThat(store.duplicates().contentUnder(Sample.WORKER, "<1@praktijk.example>")).isEmpty();
    }
  }

  @Test
  void everythingIsThereAfterReopening() {
    MessageRef ref = decided(store, 1);
    store.close();
    store = Sample.open(folder);

    assertThat(store.queue().state(ref)).contains(MessageState.DONE);
    assertThat(store.outbox().of(ref)).hasSize(2);
    assertThat(store.journal().verify().isSound()).isTrue();
  }
}
