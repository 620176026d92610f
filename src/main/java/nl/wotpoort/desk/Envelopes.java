package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.mime.Correspondent;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.store.MessageRef;

/**
 * Puts written letters into their envelopes: headings, Message-IDs, and for whom and how they are
 * sealed.
 */
final class Envelopes {

  private final Rooms rooms;
  private final Loops loops;

  Envelopes(Rooms rooms) {
    this.rooms = rooms;
    this.loops = new Loops(rooms.marks());
  }

  /**
   * The Message-ID of the {@code round}th letter about a message for this purpose and reader.
   * Derived, so that doing the work again makes the same letter; keyed, so that nobody can foresee
   * it.
   */
  String messageId(MessageRef about, String purpose, Address reader, int round) {
    return messageId(about.toString(), purpose, reader, round);
  }

  /** The same about something else than a message. */
  String messageId(String about, String purpose, Address reader, int round) {
    String local =
        loops.localPart(
            String.join("\n", about, purpose, reader.toString(), String.valueOf(round)));
    return "<" + local + "@" + rooms.identity().domain() + ">";
  }

  /**
   * {@code answered} is left out when it is not sound: it would be the sender's header in our
   * letter.
   */
  Heading heading(
      Address from,
      Optional<String> fromName,
      Address to,
      Optional<Address> replyTo,
      String messageId,
      Optional<String> answered,
      Instant now) {
    return new Heading(
        new Correspondent(fromName, from),
        Correspondent.of(to),
        replyTo.map(Correspondent::of),
        messageId,
        now,
        answered.filter(OuterHead::isMessageId),
        answered.filter(OuterHead::isMessageId).stream().toList());
  }

  /**
   * Signs as {@code heading.from} and encrypts for its To alone. The subject outside is the case
   * number and nothing more.
   */
  Bytes seal(
      Bytes letter, Heading heading, Sealing how, Optional<CaseNumber> number, boolean automatic)
      throws CannotSeal {
    return seal(List.of(letter), heading, how, number, automatic);
  }

  /** The same for a letter in pieces. */
  Bytes seal(
      List<Bytes> letter,
      Heading heading,
      Sealing how,
      Optional<CaseNumber> number,
      boolean automatic)
      throws CannotSeal {
    OuterHead outside =
        new OuterHead(
            heading.from().address(),
            heading.to().address(),
            heading.date(),
            heading.messageId(),
            number.map(n -> "[" + n + "]").orElse("[...]"),
            heading.inReplyTo(),
            heading.references(),
            automatic ? Optional.of("auto-replied") : Optional.empty(),
            heading.replyTo().map(Correspondent::address));
    return rooms
        .sealer()
        .seal(
            letter,
            outside,
            heading.from().address(),
            recipient(heading.to().address(), how),
            heading.date());
  }

  /**
   * Which of our addresses signs: the addressed mailbox when it has a key now, otherwise the
   * gateway.
   */
  Address signerFor(Address mailbox, Instant now) {
    return rooms.keys().forSigning(mailbox, now).isPresent() ? mailbox : rooms.identity().gateway();
  }

  private static Recipient recipient(Address address, Sealing how) {
    return new Recipient(
        address,
        how.manner().cipher().map(Envelopes::cipher),
        how.manner().keyTransport().map(Envelopes::keyTransport),
        how.manner().signature().map(Envelopes::signature).orElse(Recipient.Signature.USUAL));
  }

  private static Recipient.Cipher cipher(Sealing.Cipher named) {
    return switch (named) {
      case AES256_GCM -> Recipient.Cipher.AES_256_GCM;
      case AES256_CBC -> Recipient.Cipher.AES_256_CBC;
      case CHACHA20_POLY1305 -> Recipient.Cipher.CHACHA20_POLY1305;
    };
  }

  private static Recipient.KeyTransport keyTransport(Sealing.KeyTransport named) {
    return switch (named) {
      case RSA_PKCS1 -> Recipient.KeyTransport.PKCS1;
      case RSA_OAEP -> Recipient.KeyTransport.OAEP_SHA_256;
    };
  }

  private static Recipient.Signature signature(Sealing.Signature named) {
    return switch (named) {
      case RSA_PKCS1 -> Recipient.Signature.RSA_PKCS1;
      case RSA_PSS -> Recipient.Signature.RSA_PSS;
      case ECDSA -> Recipient.Signature.ECDSA;
      case ED25519 -> Recipient.Signature.ED25519;
    };
  }
}
