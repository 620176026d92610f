package nl.wotpoort.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Opened;

/** Keys and trust to open single mails with. */
record Opening(KeyRing ring, EnvelopeOpener opener) {

  /** What came of one mail, at which mailbox; without any mailbox there was no key to try. */
  record Outcome(Optional<Address> mailbox, Opened opened) {}

  /** Has no key, so what is wrong before decryption is still told. */
  private static final Address NOBODY = Address.of("niemand@example.invalid");

  /**
   * Opens at {@code mailbox}; else at each of ours the mail is written to; else, when it is written
   * to none of ours, at all of them, one after the other, until one can decrypt it.
   */
  Outcome open(Bytes mail, Optional<Address> mailbox, Instant at) {
    if (mailbox.isPresent()) {
      return open(mail, mailbox.get(), at);
    }
    List<Address> all = new ArrayList<>(ring.mailboxes());
    all.sort(Comparator.comparing(Address::toString));
    List<Address> written =
        WrittenTo.of(mail).recipients().stream().filter(ring.mailboxes()::contains).toList();
    if (written.isEmpty()) {
      return first(mail, all, at, refused -> refused != Finding.UNDECRYPTABLE)
          .orElseGet(() -> new Outcome(Optional.empty(), opener.open(mail, NOBODY, at)));
    }
    // That another mailbox's key opens it makes it no mail of this one. But when To itself was
    // changed under way, that is what is wrong.
    return first(mail, written, at, refused -> refused != Finding.UNDECRYPTABLE)
        .or(
            () ->
                first(mail, all, at, refused -> refused == Finding.HEADER_MISMATCH)
                    .filter(other -> other.opened() instanceof Opened.Refused))
        .orElseGet(() -> open(mail, written.get(0), at));
  }

  private Outcome open(Bytes mail, Address mailbox, Instant at) {
    return new Outcome(Optional.of(mailbox), opener.open(mail, mailbox, at));
  }

  /** The first mailbox that opens it, or refuses it for a reason that counts. */
  private Optional<Outcome> first(
      Bytes mail, List<Address> mailboxes, Instant at, Predicate<Finding> counts) {
    for (Address mailbox : mailboxes) {
      Outcome outcome = open(mail, mailbox, at);
      if (outcome.opened().fold(trusted -> true, refused -> counts.test(refused.finding()))) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }
}
