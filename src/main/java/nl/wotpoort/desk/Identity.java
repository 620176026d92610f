package nl.wotpoort.desk;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.texts.Language;

/**
 * Who the gateway is to others.
 *
 * @param gateway the address it writes to teams from, and signs with
 * @param caseMailbox the mailbox answers in a case come back to
 * @param casePattern the address of one case, with {@code {case}} where its number stands; without
 *     it all cases share the address
 * @param phone where people call
 * @param unverifiedNotices whether a known partner's address gets a content-free notice when a mail
 *     from it did not verify
 * @param firstContactDays working days within which a referrer hears who is the contact person
 * @param delayNotice how long a forward may wait before the sender is told
 */
public record Identity(
    String organisation,
    String domain,
    Address gateway,
    Address caseMailbox,
    String casePattern,
    String phone,
    Language language,
    boolean unverifiedNotices,
    int firstContactDays,
    Duration delayNotice,
    Duration expiry) {

  /** The address of one case. */
  public Address caseAddress(CaseNumber number) {
    return Address.of(casePattern.replace("{case}", number.value().toLowerCase(Locale.ROOT)));
  }

  /** The mailbox behind an address as it was written: that of all cases for the address of one. */
  public Address mailboxBehind(Address written) {
    return caseIn(written).isPresent() ? caseMailbox : written;
  }

  /** The number in the address of a case; empty when it is another address. */
  public Optional<CaseNumber> caseIn(Address written) {
    Optional<CaseNumber> number = CaseNumber.findIn(written.localPart());
    return number.filter(n -> caseAddress(n).equals(written));
  }
}
