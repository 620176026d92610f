package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Party;
import nl.wotpoort.mime.CaseLetter;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.OutgoingLetter;

/** Writes and seals letters in a case with the gateway's own text. */
final class CaseLetters {

  private final Rooms rooms;
  private final Envelopes envelopes;

  CaseLetters(Rooms rooms, Envelopes envelopes) {
    this.rooms = rooms;
    this.envelopes = envelopes;
  }

  /**
   * What a letter says.
   *
   * @param about what its Message-ID is derived from, with {@code purpose} and {@code round}: the
   *     same three give the same letter
   */
  record Draft(
      String about,
      String purpose,
      int round,
      CaseNumber number,
      String subject,
      List<String> paragraphs) {}

  /**
   * A sealed letter.
   *
   * @throws CannotSeal when there is no good certificate for the reader
   */
  OutgoingLetter letter(
      OutgoingLetter.Kind kind, Draft draft, Address from, Address reader, Sealing how, Instant now)
      throws CannotSeal {
    Heading heading =
        envelopes.heading(
            envelopes.signerFor(from, now),
            Optional.of(rooms.identity().organisation()),
            reader,
            Optional.of(rooms.identity().caseAddress(draft.number())),
            envelopes.messageId(draft.about(), draft.purpose(), reader, draft.round()),
            Optional.empty(),
            now);
    Bytes written =
        rooms
            .writer()
            .inCase(
                new CaseLetter(
                    heading,
                    draft.number(),
                    draft.subject(),
                    draft.paragraphs(),
                    rooms.identity().language()));
    Bytes sealed = envelopes.seal(written, heading, how, Optional.of(draft.number()), false);
    return OutgoingLetter.of(kind, heading.messageId(), reader, sealed)
        .sentFrom(rooms.identity().gateway())
        .inCase(draft.number());
  }

  /** The team a party belongs to; empty for a desk. */
  Optional<Team> teamOf(Party handler) {
    return rooms.directory().teams().stream()
        .filter(team -> team.party().covers(handler))
        .findFirst();
  }

  /** The address GPs know a team by; the gateway's own when it has none. */
  Address addressOf(Optional<TeamId> team) {
    return rooms.directory().mailboxes().stream()
        .filter(Mailbox.TeamMailbox.class::isInstance)
        .map(Mailbox.TeamMailbox.class::cast)
        .filter(mailbox -> team.equals(Optional.of(mailbox.team())))
        .map(Mailbox.TeamMailbox::address)
        .findFirst()
        .orElseGet(rooms.identity()::gateway);
  }
}
