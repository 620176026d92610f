package nl.wotpoort.store;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

/**
 * A sealed letter to be sent. Immutable; the methods of one word return a changed copy.
 *
 * @param messageId fixed now and for ever, with its angle brackets; no other letter ever has it
 * @param envelopeFrom empty: the null return path {@code <>}
 * @param sealed the exact bytes to transmit
 * @param waitsFor the Message-ID of a letter (of the same posting, or earlier) that must be SENT
 *     first
 * @param recheck what dispatch judges once more before it sends
 * @param slot when given, the letter is left out if this slot was used before
 */
public record OutgoingLetter(
    Kind kind,
    String messageId,
    Optional<Address> envelopeFrom,
    Address recipient,
    Bytes sealed,
    Priority priority,
    Optional<CaseNumber> caseNumber,
    Optional<String> waitsFor,
    Optional<Recheck> recheck,
    Optional<NoticeSlot> slot) {

  public enum Kind {
    FORWARD,
    RECEIPT,
    NOTICE,
    FEEDBACK
  }

  /** Which goes first when there is a backlog. */
  public enum Priority {
    FIRST(0),
    NORMAL(1),
    BULK(2);

    /** As the column holds it; never renumber. */
    private final int rank;

    Priority(int rank) {
      this.rank = rank;
    }

    int rank() {
      return rank;
    }
  }

  /**
   * The consents a letter rests on, and the facts the desk wants back to judge it again, in the
   * desk's own form; encrypted on the disk.
   */
  public record Recheck(Set<String> consentIds, Confidential<String> facts) {
    public Recheck {
      consentIds = Set.copyOf(consentIds);
    }
  }

  /** At most one notice per correspondent, cause and day (Europe/Amsterdam). */
  public record NoticeSlot(Address correspondent, String cause, LocalDate day) {}

  public OutgoingLetter {
    if (waitsFor.isPresent() && waitsFor.get().equals(messageId)) {
      throw new IllegalArgumentException("a letter cannot wait for itself");
    }
  }

  /**
   * A letter with the priority of its kind: receipts and notices first, feedback, then forwards.
   */
  public static OutgoingLetter of(Kind kind, String messageId, Address recipient, Bytes sealed) {
    Priority priority =
        kind == Kind.RECEIPT || kind == Kind.NOTICE ? Priority.FIRST : Priority.NORMAL;
    return new OutgoingLetter(
        kind,
        messageId,
        Optional.empty(),
        recipient,
        sealed,
        priority,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public OutgoingLetter sentFrom(Address envelopeSender) {
    return new OutgoingLetter(
        kind,
        messageId,
        Optional.of(envelopeSender),
        recipient,
        sealed,
        priority,
        caseNumber,
        waitsFor,
        recheck,
        slot);
  }

  public OutgoingLetter inCase(CaseNumber number) {
    return new OutgoingLetter(
        kind,
        messageId,
        envelopeFrom,
        recipient,
        sealed,
        priority,
        Optional.of(number),
        waitsFor,
        recheck,
        slot);
  }

  public OutgoingLetter waitingFor(String otherMessageId) {
    return new OutgoingLetter(
        kind,
        messageId,
        envelopeFrom,
        recipient,
        sealed,
        priority,
        caseNumber,
        Optional.of(otherMessageId),
        recheck,
        slot);
  }

  public OutgoingLetter rechecked(Recheck again) {
    return new OutgoingLetter(
        kind,
        messageId,
        envelopeFrom,
        recipient,
        sealed,
        priority,
        caseNumber,
        waitsFor,
        Optional.of(again),
        slot);
  }

  public OutgoingLetter oncePer(NoticeSlot once) {
    return new OutgoingLetter(
        kind,
        messageId,
        envelopeFrom,
        recipient,
        sealed,
        priority,
        caseNumber,
        waitsFor,
        recheck,
        Optional.of(once));
  }

  public OutgoingLetter withPriority(Priority other) {
    return new OutgoingLetter(
        kind,
        messageId,
        envelopeFrom,
        recipient,
        sealed,
        other,
        caseNumber,
        waitsFor,
        recheck,
        slot);
  }
}
