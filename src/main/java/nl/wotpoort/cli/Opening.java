package nl.wotpoort.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  /**
   * Opens at {@code mailbox}; else at each of ours the mail is written to; else at all of them, one
   * after the other, until one can decrypt it.
   */
  Outcome open(Bytes mail, Optional<Address> mailbox, Instant at) {
    Outcome last = null;
    for (Address candidate : candidates(mail, mailbox)) {
      Outcome next = new Outcome(Optional.of(candidate), opener.open(mail, candidate, at));
      if (!isForSomebodyElse(next.opened())) {
        return next;
      }
      last = last == null ? next : last;
    }
    return last == null ? new Outcome(Optional.empty(), opener.open(mail, NOBODY, at)) : last;
  }

  /** Has no key, so what is wrong before decryption is still told. */
  private static final Address NOBODY = Address.of("niemand@example.invalid");

  private List<Address> candidates(Bytes mail, Optional<Address> mailbox) {
    if (mailbox.isPresent()) {
      return List.of(mailbox.get());
    }
    List<Address> written =
        WrittenTo.of(mail).recipients().stream().filter(ring.mailboxes()::contains).toList();
    if (!written.isEmpty()) {
      return written;
    }
    List<Address> all = new ArrayList<>(ring.mailboxes());
    all.sort(Comparator.comparing(Address::toString));
    return all;
  }

  private static boolean isForSomebodyElse(Opened opened) {
    return opened.fold(trusted -> false, refused -> refused.finding() == Finding.UNDECRYPTABLE);
  }
}
