package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.mime.Correspondent;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.ContentCipher;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.store.MessageRef;

/** Puts written letters into their envelopes: headings, Message-IDs, and for whom and how they are sealed. */
final class Envelopes {

  private final Rooms rooms;

  Envelopes(Rooms rooms) {
    this.rooms = rooms;
  }

  /**
   * The Message-ID of the {@code round}th letter about a message for this purpose and reader. Derived, so that doing the work
   * again makes the same letter; keyed, so that nobody can foresee it.
   */
  String messageId(MessageRef about, String purpose, Address reader, int round) {
    String mark = rooms.marks().of(String.join("\n", about.toString(), purpose, reader.toString(), String.valueOf(round)));
    return "<" + mark + "@" + rooms.identity().domain() + ">";
  }

  Heading heading(Address from, Optional<String> fromName, Address to, Optional<Address> replyTo, String messageId, Optional<String> answered, Instant now) {
    return new Heading(
        new Correspondent(fromName, from),
        Correspondent.of(to),
        replyTo.map(Correspondent::of),
        messageId,
        now,
        answered.filter(Envelopes::isSound),
        answered.filter(Envelopes::isSound).stream().toList());
  }

  /** A sender's Message-ID that is not one is not repeated: it would be his header in our letter. */
  private static boolean isSound(String messageId) {
    return messageId.matches("<[\\x21-\\x3b\\x3d\\x3f-\\x7e]{1,900}>");
  }

  /** Signs as {@code heading.from} and encrypts for its To alone. The subject outside is the case number and nothing more. */
  Bytes seal(Bytes letter, Heading heading, Sealing how, Optional<CaseNumber> number, boolean automatic) throws CannotSeal {
    OuterHead outside =
        new OuterHead(
            heading.from().address(),
            heading.to().address(),
            heading.replyTo().map(Correspondent::address),
            heading.date(),
            heading.messageId(),
            number.map(n -> "[" + n + "]").orElse("[WOTpoort]"),
            heading.inReplyTo(),
            heading.references(),
            automatic ? Optional.of("auto-replied") : Optional.empty());
    return rooms.sealer().seal(letter, outside, heading.from().address(), recipient(heading.to().address(), how), heading.date());
  }

  /** Which of our addresses signs: the addressed mailbox when it has a key now, otherwise the gateway. */
  Address signerFor(Address mailbox, Instant now) {
    return rooms.sealer().canSignAs(mailbox, now) ? mailbox : rooms.identity().gateway();
  }

  private static Recipient recipient(Address address, Sealing how) {
    ContentCipher cipher = how.cipher() == Sealing.Cipher.AES256_CBC ? ContentCipher.AES_256_CBC : ContentCipher.AES_256_GCM;
    return new Recipient(address, cipher, how.keyTransport() == Sealing.KeyTransport.RSA_OAEP);
  }

}
