package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.mime.Correspondent;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.NoticeLetter;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingLetter;

/**
 * The notice that a mail in somebody's name could not be verified. By setting, and only to an
 * address that stands in partners.yaml itself: anybody can write a From. The same words whatever
 * was wrong, one a day, and one for each message.
 */
final class UnverifiedNotices {

  private final Rooms rooms;
  private final Envelopes envelopes;

  UnverifiedNotices(Rooms rooms) {
    this.rooms = rooms;
    this.envelopes = new Envelopes(rooms);
  }

  Optional<OutgoingLetter> unverified(
      MessageRef message, Optional<Address> claimedFrom, Instant now) {
    boolean told = !rooms.store().outbox().of(message).isEmpty();
    if (!rooms.identity().unverifiedNotices() || told) {
      return Optional.empty();
    }
    return claimedFrom.filter(this::isNamed).map(partner -> letter(message, partner, now));
  }

  /** A whole domain may sign for a practice, but not everything in it is somebody's mailbox. */
  private boolean isNamed(Address from) {
    return rooms.directory().professional(from).isPresent()
        || rooms
            .directory()
            .partnerOf(from)
            .filter(partner -> partner.addresses().contains(from))
            .isPresent();
  }

  private OutgoingLetter letter(MessageRef message, Address partner, Instant now) {
    Heading heading =
        new Heading(
            Correspondent.of(rooms.identity().organisation(), rooms.identity().gateway()),
            Correspondent.of(partner),
            Optional.empty(),
            envelopes.messageId(message, "unverified", partner, 0),
            now,
            Optional.empty(),
            List.of());
    Bytes letter =
        rooms
            .writer()
            .notice(
                new NoticeLetter(
                    heading,
                    NoticeLetter.Kind.UNVERIFIED,
                    Optional.empty(),
                    Optional.empty(),
                    rooms.identity().language()));
    return OutgoingLetter.of(OutgoingLetter.Kind.NOTICE, heading.messageId(), partner, letter)
        .oncePer(
            new OutgoingLetter.NoticeSlot(
                partner, "UNVERIFIED", now.atZone(Moment.AMSTERDAM).toLocalDate()));
  }
}
