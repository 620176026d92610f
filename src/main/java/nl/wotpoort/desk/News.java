package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.NoticeLetter;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingLetter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sender is told when a letter did not leave after all, in place of the receipt that waited
 * for it. Names the case and nothing else; whoever opened the case gets it.
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
   * The policy forbids it now. Why is not said: whether somebody withdrew is the client's own
   * business.
   */
  Consequences stopped(OutgoingClaim claim, Consequences so, Instant now) {
    return tell(claim, NoticeLetter.Kind.EXPIRED, so, now);
  }

  /** The next hop refused it for good, or the time was up. */
  Consequences undeliverable(OutgoingClaim claim, Consequences so, Instant now) {
    return tell(claim, NoticeLetter.Kind.EXPIRED, so, now);
  }

  private Consequences tell(
      OutgoingClaim claim, NoticeLetter.Kind kind, Consequences so, Instant now) {
    if (claim.kind() != OutgoingLetter.Kind.FORWARD
        && claim.kind() != OutgoingLetter.Kind.FEEDBACK) {
      return so; // nobody waits for a receipt of a receipt
    }
    Optional<CaseFile> file = claim.caseNumber().flatMap(rooms.store().cases()::show);
    return file.map(f -> letter(claim, f, kind, now))
        .map(letter -> letter.map(so::sending).orElse(so))
        .orElse(so);
  }

  private Optional<OutgoingLetter> letter(
      OutgoingClaim claim, CaseFile file, NoticeLetter.Kind kind, Instant now) {
    Address reader = file.sender();
    Optional<Sealing> sealing = rooms.directory().sealingFor(reader);
    if (sealing.isEmpty() || claim.message().isEmpty()) {
      return Optional.empty();
    }
    CaseNumber number = file.number();
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
                    Optional.of(file.createdAt()),
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
