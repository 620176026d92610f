package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.LEASE;
import static nl.wotpoort.store.Sample.NOON;
import static nl.wotpoort.store.Sample.arrival;
import static nl.wotpoort.store.Sample.bytes;
import static nl.wotpoort.store.Sample.claimLetter;
import static nl.wotpoort.store.Sample.claimOne;
import static nl.wotpoort.store.Sample.decided;
import static nl.wotpoort.store.Sample.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Confidential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the outbox, one test a rule (docs/queue.md). */
class OutboxTest {

  private static final Reply NOT_NOW = new Reply(451, "4.3.0 later");
  private static final Reply NEVER = new Reply(550, "5.1.1 no such user");

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

  private OutgoingState stateOf(MessageRef ref, OutgoingLetter.Kind kind) {
    return store.outbox().of(ref).stream()
        .filter(file -> file.kind() == kind)
        .map(OutgoingFile::state)
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static Consequences instead(long uid) {
    return Consequences.none()
        .sending(
            OutgoingLetter.of(
                OutgoingLetter.Kind.NOTICE,
                "<instead-" + uid + "@poort.example>",
                Sample.GP,
                bytes("instead")));
  }

  @Test
  void aLetterComesBackAsItWasPosted() {
    OutgoingLetter.Recheck recheck =
        new OutgoingLetter.Recheck(Set.of("C-1", "C-2"), Confidential.of("facts of Kanarie"));
    OutgoingLetter letter = Sample.forward(1).sentFrom(Sample.OOST).rechecked(recheck);
    store.outbox().post(Consequences.none().sending(letter), NOON);

    OutgoingClaim claim = claimLetter(store, NOON);

    assertThat(claim.sealed()).isEqualTo(letter.sealed());
    assertThat(claim.messageId()).isEqualTo(letter.messageId());
    assertThat(claim.envelopeFrom()).contains(Sample.OOST);
    assertThat(claim.recipient()).isEqualTo(Sample.WORKER);
    assertThat(claim.recheck()).contains(recheck);
    assertThat(claim.caseNumber()).contains(Sample.number(1));
    assertThat(claim.createdAt()).isEqualTo(NOON);
    assertThat(claim.attempt()).isEqualTo(1);
  }

  @Test
  void aReceiptGoesOnlyAfterTheForwardWasTaken() {
    MessageRef ref = decided(store, 1);

    List<OutgoingClaim> first = store.outbox().claim(NOON, LEASE, "a", 10);
    assertThat(first).extracting(OutgoingClaim::kind).containsExactly(OutgoingLetter.Kind.FORWARD);
    store.outbox().sent(first.get(0), NOON.plusSeconds(1), ok(), List.of());

    OutgoingClaim receipt = claimLetter(store, NOON.plusSeconds(1));
    assertThat(receipt.kind()).isEqualTo(OutgoingLetter.Kind.RECEIPT);
    assertThat(receipt.envelopeFrom()).as("null return path").isEmpty();
    assertThat(receipt.message()).contains(ref);
  }

  @Test
  void aLetterLargerThanMayBeTakenIsLeftForLater() {
    store.outbox().post(Consequences.none().sending(Sample.forward(1)), NOON);
    long size = Sample.forward(1).sealed().length();

    assertThat(store.outbox().claim(NOON, LEASE, "a", 10, Set.of(), size - 1)).isEmpty();
    assertThat(store.outbox().claim(NOON, LEASE, "a", 10, Set.of(), size)).hasSize(1);
  }

  @Test
  void receiptsGoBeforeForwardsAndUrgentBeforeBulk() {
    store
        .outbox()
        .post(
            Consequences.none()
                .sending(Sample.forward(1).withPriority(OutgoingLetter.Priority.BULK))
                .sending(Sample.forward(2))
                .sending(Sample.receipt(3)),
            NOON);

    assertThat(store.outbox().claim(NOON, LEASE, "a", 10))
        .extracting(OutgoingClaim::messageId)
        .containsExactly(Sample.receiptId(3), Sample.forwardId(2), Sample.forwardId(1));
  }

  @Test
  void aDeferredLetterComesBackAtItsTimeWithItsAttemptCounted() {
    decided(store, 1);
    store.outbox().deferred(claimLetter(store, NOON), NOON.plusSeconds(300), NOT_NOW);

    assertThat(store.outbox().claim(NOON.plusSeconds(299), LEASE, "a", 1)).isEmpty();
    OutgoingClaim again = claimLetter(store, NOON.plusSeconds(300));
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.messageId()).isEqualTo(Sample.forwardId(1));
  }

  @Test
  void whoeverDiesWhileSendingLeavesTheLetterToAnotherUnderTheSameMessageId() {
    decided(store, 1);
    OutgoingClaim dead = claimLetter(store, NOON);
    OutgoingClaim next = claimLetter(store, NOON.plus(LEASE));

    assertThat(next.messageId()).isEqualTo(dead.messageId());
    assertThat(next.attempt()).isEqualTo(2);
    assertThatThrownBy(() -> store.outbox().deferred(dead, NOON, NOT_NOW))
        .isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> store.outbox().failed(dead, NOON, NEVER, instead(1)))
        .isInstanceOf(LeaseLost.class);
  }

  @Test
  void sentIsAFactAlsoFromWhoLostItsLeaseAndReleasesOnce() {
    MessageRef ref = decided(store, 1);
    OutgoingClaim late = claimLetter(store, NOON);
    OutgoingClaim newer = claimLetter(store, NOON.plus(LEASE));

    assertThat(store.outbox().sent(late, NOON, ok(), List.of())).isTrue();
    assertThat(store.outbox().sent(newer, NOON, ok(), List.of())).isFalse();
    assertThat(stateOf(ref, OutgoingLetter.Kind.FORWARD)).isEqualTo(OutgoingState.SENT);
    assertThat(store.outbox().claim(NOON, LEASE, "a", 10)).hasSize(1);
  }

  @Test
  void aForwardThatFailsReplacesTheReceiptThatWaited() {
    MessageRef ref = decided(store, 1);
    store.outbox().failed(claimLetter(store, NOON), NOON, NEVER, instead(1));

    assertThat(stateOf(ref, OutgoingLetter.Kind.FORWARD)).isEqualTo(OutgoingState.FAILED);
    assertThat(stateOf(ref, OutgoingLetter.Kind.RECEIPT)).isEqualTo(OutgoingState.REPLACED);
    assertThat(store.outbox().claim(NOON.plus(Duration.ofDays(9)), LEASE, "a", 10))
        .extracting(OutgoingClaim::messageId)
        .containsExactly("<instead-1@poort.example>");
  }

  @Test
  void aForwardNeverFailsInSilence() {
    MessageRef ref = decided(store, 1);
    OutgoingClaim claim = claimLetter(store, NOON);

    assertThatThrownBy(() -> store.outbox().failed(claim, NOON, NEVER, Consequences.none()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stateOf(ref, OutgoingLetter.Kind.FORWARD)).isEqualTo(OutgoingState.SENDING);
    assertThat(stateOf(ref, OutgoingLetter.Kind.RECEIPT)).isEqualTo(OutgoingState.WAITING);
  }

  @Test
  void aLateSuccessBeatsTheFailureAndMakesNoSecondReceipt() {
    MessageRef ref = decided(store, 1);
    OutgoingClaim claim = claimLetter(store, NOON);
    store.outbox().failed(claim, NOON, NEVER, instead(1));

    assertThat(store.outbox().sent(claim, NOON, ok(), List.of())).isTrue();
    assertThat(stateOf(ref, OutgoingLetter.Kind.FORWARD)).isEqualTo(OutgoingState.SENT);
    assertThat(stateOf(ref, OutgoingLetter.Kind.RECEIPT)).isEqualTo(OutgoingState.REPLACED);
  }

  @Test
  void whatThePolicyStopsIsNotSent() {
    MessageRef ref = decided(store, 1);
    store.outbox().stopped(claimLetter(store, NOON), NOON, "WITHDRAWN", instead(1));

    assertThat(stateOf(ref, OutgoingLetter.Kind.FORWARD)).isEqualTo(OutgoingState.STOPPED);
    assertThat(store.outbox().claim(NOON.plus(LEASE), LEASE, "a", 10))
        .extracting(OutgoingClaim::kind)
        .containsExactly(OutgoingLetter.Kind.NOTICE);
  }

  @Test
  void aWaitingReceiptCanBeReplacedOnce() {
    MessageRef ref = decided(store, 1);
    OutgoingRef forward = store.outbox().of(ref).get(0).ref();

    assertThat(store.outbox().replaceWaiting(forward, NOON, instead(1))).isTrue();
    assertThat(store.outbox().replaceWaiting(forward, NOON, instead(2))).isFalse();
    assertThat(store.outbox().of(ref)).hasSize(3);
  }

  @Test
  void aLetterThatWaitsForASentOneGoesAtOnce() {
    decided(store, 1);
    store.outbox().sent(claimLetter(store, NOON), NOON, ok(), List.of());
    OutgoingLetter late = Sample.receipt(2).waitingFor(Sample.forwardId(1));
    store.outbox().post(Consequences.none().sending(late), NOON);

    assertThat(store.outbox().claim(NOON, LEASE, "a", 10))
        .extracting(OutgoingClaim::messageId)
        .contains(Sample.receiptId(2));
  }

  @Test
  void aLetterCannotWaitForAFailedOne() {
    decided(store, 1);
    store.outbox().failed(claimLetter(store, NOON), NOON, NEVER, instead(1));
    Consequences late =
        Consequences.none().sending(Sample.receipt(2).waitingFor(Sample.forwardId(1)));

    assertThatThrownBy(() -> store.outbox().post(late, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDuplicateIsAnsweredWithTheSameReceiptOnceTheFirstIsOut() {
    MessageRef ref = decided(store, 1);
    OutgoingRef receipt = receiptOf(1);
    postDuplicate(2, receipt);
    assertThat(store.outbox().of(ref)).as("the one under way answers both").hasSize(2);

    sendAll(NOON);
    postDuplicate(3, receipt);
    postDuplicate(4, receipt);

    OutgoingClaim again = claimLetter(store, NOON);
    assertThat(again.messageId()).isEqualTo(Sample.receiptId(1));
    assertThat(again.sealed()).isEqualTo(bytes("receipt 1"));
    assertThat(store.outbox().claim(NOON, LEASE, "a", 10)).isEmpty();
  }

  private OutgoingRef receiptOf(long uid) {
    return store
        .duplicates()
        .of(Sample.GP, Sample.digest(uid), Sample.OOST)
        .flatMap(Earlier::receipt)
        .orElseThrow();
  }

  private void postDuplicate(long uid, OutgoingRef receipt) {
    store.queue().received(arrival(uid));
    Claimed claimed = claimOne(store);
    store.queue().post(claimed, Posting.done(Consequences.none().repeating(receipt)), NOON);
  }

  private void sendAll(Instant now) {
    for (List<OutgoingClaim> some = store.outbox().claim(now, LEASE, "a", 10);
        !some.isEmpty();
        some = store.outbox().claim(now, LEASE, "a", 10)) {
      some.forEach(claim -> store.outbox().sent(claim, now, ok(), List.of()));
    }
  }

  @Test
  void aPurgedReceiptIsNotOfferedForRepeating() {
    decided(store, 1);
    sendAll(NOON);
    store.purge(NOON.plusSeconds(1), 10);

    assertThat(store.duplicates().of(Sample.GP, Sample.digest(1), Sample.OOST))
        .hasValueSatisfying(earlier -> assertThat(earlier.receipt()).isEmpty());
  }

  @Test
  void aReplyFindsItsCaseByMessageId() {
    decided(store, 1);
    decided(store, 2);

    assertThat(store.cases().byMessageIds(List.of(Sample.forwardId(1), Sample.receiptId(1))))
        .containsExactly(Sample.number(1));
    assertThat(store.cases().byMessageIds(List.of("<2@praktijk.example>")))
        .containsExactly(Sample.number(2));
    assertThat(store.cases().byMessageIds(List.of(Sample.forwardId(1), Sample.forwardId(2))))
        .hasSize(2);
    assertThat(store.cases().byMessageIds(List.of("<other@x.example>"))).isEmpty();
  }

  @Test
  void theLastReplyIsShown() {
    MessageRef ref = decided(store, 1);
    store.outbox().deferred(claimLetter(store, NOON), NOON.plusSeconds(9), NOT_NOW);

    OutgoingFile file = store.outbox().of(ref).get(0);
    assertThat(file.reply()).contains(NOT_NOW);
    assertThat(file.dueAt()).contains(NOON.plusSeconds(9));
    assertThat(store.outbox().unsent(10)).hasSize(2);
    assertThat(file.settledAt()).isEqualTo(Optional.empty());
  }
}
