package nl.wotpoort.desk;

import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.ReceiptLetter;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingLetter;

/** Writes what the sender gets back. */
final class Receipts {

  private final Rooms rooms;
  private final Envelopes envelopes;

  Receipts(Rooms rooms, Envelopes envelopes) {
    this.rooms = rooms;
    this.envelopes = envelopes;
  }

  /**
   * Adds the answer to the sender. The first is the one receipt with a disposition (RFC 8098 §2.1);
   * what becomes of the message later is a notice in the case. A sender whom nothing can be sealed
   * for gets none: the message does not wait for that, and the journal says so.
   *
   * @param waitsFor the Message-ID of the letter that must have gone before this is true
   */
  Consequences adding(Consequences so, Docket docket, Told told, Optional<String> waitsFor) {
    return adding(so, docket, docket.isTold() ? Turn.LATER : Turn.FIRST, told, waitsFor);
  }

  /** Whether this is the first that the sender hears of his message. */
  enum Turn {
    FIRST,
    LATER
  }

  /** The same, for a sender whose receipt still waits and is replaced by this. */
  Consequences adding(
      Consequences so, Docket docket, Turn turn, Told told, Optional<String> waitsFor) {
    Optional<Sealing> sealing = rooms.directory().sealingFor(docket.sender());
    if (sealing.isEmpty()) {
      return so.journalling(impossible(docket, "NO_PARTNER"));
    }
    try {
      OutgoingLetter letter = letter(docket, turn, told, sealing.get());
      return so.sending(waitsFor.map(letter::waitingFor).orElse(letter));
    } catch (CannotSeal why) {
      return so.journalling(impossible(docket, why.reason().name()));
    }
  }

  private static JournalEntry impossible(Docket docket, String why) {
    return docket.journal("RECEIPT_NOT_POSSIBLE", JournalEntry.Outcome.FAILED).explaining(why);
  }

  private OutgoingLetter letter(Docket docket, Turn turn, Told told, Sealing sealing)
      throws CannotSeal {
    Address reader = docket.sender();
    Heading heading =
        envelopes.heading(
            envelopes.signerFor(docket.claimed().mailbox(), docket.now()),
            Optional.of(rooms.identity().organisation()),
            reader,
            Optional.of(rooms.identity().caseAddress(docket.number())),
            envelopes.messageId(
                docket.claimed().ref(),
                turn == Turn.FIRST ? "receipt" : "later",
                reader,
                docket.round()),
            docket.judged().reading().head().messageId(),
            docket.now());
    ReceiptLetter receipt = receipt(docket, told, heading);
    Bytes written =
        turn == Turn.LATER ? rooms.writer().followUp(receipt) : rooms.writer().receipt(receipt);
    Bytes sealed = envelopes.seal(written, heading, sealing, Optional.of(docket.number()), true);
    OutgoingLetter.Kind kind =
        turn == Turn.LATER ? OutgoingLetter.Kind.NOTICE : OutgoingLetter.Kind.RECEIPT;
    return OutgoingLetter.of(kind, heading.messageId(), reader, sealed).inCase(docket.number());
  }

  private ReceiptLetter receipt(Docket docket, Told told, Heading heading) {
    return new ReceiptLetter(
        heading,
        told.outcome(),
        docket.claimed().receivedAt(),
        Optional.of(docket.number()),
        told.destination(),
        told.answerBy(),
        told.reasons(),
        told.advice(),
        told.fillIn(),
        docket.judged().reading().head().messageId(),
        docket.claimed().envelopeRecipient().orElse(docket.claimed().mailbox()),
        docket.judged().opened().content().contentSha256(),
        rooms.identity().language());
  }
}
