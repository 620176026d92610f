package nl.wotpoort.desk;

import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.texts.Language;

/**
 * Who the gateway is to others.
 *
 * @param organisation the name shown beside our addresses
 * @param gateway the address it writes to teams from, and signs with
 * @param caseAddress where answers in a case come back to
 * @param requests what happens to information requests that consent does not wholly cover
 * @param phone where people call
 * @param unverifiedNotices whether a known partner's address gets a content-free notice when a mail
 *     from it did not verify
 * @param office when the teams are at work, and by when a referrer hears who is the contact person
 */
public record Identity(
    String organisation,
    String domain,
    Address gateway,
    Settings.CaseAddress caseAddress,
    Settings.Requests requests,
    String phone,
    Language language,
    boolean unverifiedNotices,
    Settings.Office office) {

  static Identity of(Settings settings) {
    return new Identity(
        "WijkOndersteuningsTeams Schiedam",
        settings.organisation().domain(),
        settings.gateway(),
        settings.caseAddress(),
        settings.requests(),
        settings.organisation().phone(),
        settings.language(),
        settings.unverifiedNotices() == Settings.UnverifiedNotices.ON,
        settings.office());
  }

  /** The address of one case. */
  public Address caseAddress(CaseNumber number) {
    return caseAddress.of(number);
  }

  /** The number in the address of a case; empty when it is another address. */
  public Optional<CaseNumber> caseIn(Address written) {
    return caseAddress.caseOf(written);
  }

  /** The mailbox behind an address as it was written: that of all cases for the address of one. */
  public Address mailboxBehind(Address written) {
    return caseIn(written).isPresent() ? caseMailbox() : written;
  }

  /** The mailbox answers come back to, whose key opens them. */
  public Address caseMailbox() {
    return caseAddress.mailbox().orElse(gateway);
  }
}
