package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.NoticeLetter;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sender is told when a letter that followed from his message did not leave, or not yet. It
 * goes to whoever waits for the receipt, names the case and nothing else, and is sealed.
 */
final class News {

  private static final Logger LOG = LoggerFactory.getLogger(News.class);

  private final Rooms rooms;
  private final Envelopes envelopes;

  News(Rooms rooms) {
    this.rooms = rooms;
    this.envelopes = new Envelopes(rooms);
  }

  /**
   * {@code so} with the news that replaces the receipt that waited: the policy forbids the letter
   * now. Why is not said: whether somebody withdrew is the client's own business. Empty when
   * somebody waits and nothing can be sealed for him.
   */
  Optional<Consequences> stopped(OutgoingClaim claim, Consequences so, Instant now) {
    return tell(claim, NoticeLetter.Kind.STOPPED, so, now);
  }

  /** The same: the next hop refused it for good, or the time was up. */
  Optional<Consequences> undeliverable(OutgoingClaim claim, Consequences so, Instant now) {
    return tell(claim, NoticeLetter.Kind.EXPIRED, so, now);
  }

  private Optional<Consequences> tell(
      OutgoingClaim claim, NoticeLetter.Kind kind, Consequences so, Instant now) {
    Optional<OutgoingFile> receipt = waiting(claim);
    return receipt.isEmpty()
        ? Optional.of(so)
        : receipt.flatMap(file -> letter(claim, file, kind, now)).map(so::sending);
  }

  /**
   * That it takes longer; the receipt itself still waits. Once for each letter, however often this
   * is asked: the slot is that of the letter, on the day it was posted.
   */
  Optional<OutgoingLetter> delayed(OutgoingClaim claim, Instant now) {
    return waiting(claim)
        .flatMap(file -> letter(claim, file, NoticeLetter.Kind.DELAYED, now))
        .map(
            letter ->
                letter.oncePer(
                    new OutgoingLetter.NoticeSlot(
                        letter.recipient(),
                        "DELAYED/" + claim.ref(),
                        claim.createdAt().atZone(Moment.AMSTERDAM).toLocalDate())));
  }

  /** The receipt that waits for this letter. Nobody waits for a receipt of a receipt. */
  private Optional<OutgoingFile> waiting(OutgoingClaim claim) {
    return claim.message().stream()
        .flatMap(message -> rooms.store().outbox().of(message).stream())
        .filter(file -> file.state() == OutgoingState.WAITING)
        .filter(file -> file.waitsFor().equals(Optional.of(claim.ref())))
        .findFirst();
  }

  private Optional<OutgoingLetter> letter(
      OutgoingClaim claim, OutgoingFile receipt, NoticeLetter.Kind kind, Instant now) {
    Address reader = receipt.recipient();
    Optional<Sealing> sealing = rooms.directory().sealingFor(reader);
    if (sealing.isEmpty() || claim.message().isEmpty() || receipt.caseNumber().isEmpty()) {
      LOG.warn("news for nobody: letter={}", claim.ref());
      return Optional.empty();
    }
    CaseNumber number = receipt.caseNumber().get();
    String id =
        envelopes.messageId(
            claim.message().get(), "news-" + kind, reader, Math.toIntExact(claim.ref().number()));
    Heading heading =
        envelopes.heading(
            rooms.identity().gateway(),
            Optional.of(rooms.identity().organisation()),
            reader,
            Optional.of(rooms.identity().caseAddress(number)),
            id,
            Optional.empty(),
            now);
    Bytes notice =
        rooms
            .writer()
            .notice(
                new NoticeLetter(
                    heading,
                    kind,
                    Optional.of(number),
                    Optional.of(receipt.createdAt()),
                    rooms.identity().language()));
    try {
      Bytes sealed = envelopes.seal(notice, heading, sealing.get(), Optional.of(number), true);
      return Optional.of(
          OutgoingLetter.of(OutgoingLetter.Kind.NOTICE, id, reader, sealed).inCase(number));
    } catch (CannotSeal e) {
      LOG.warn("news cannot be sealed: letter={} reason={}", claim.ref(), e.reason());
      return Optional.empty();
    }
  }
}
