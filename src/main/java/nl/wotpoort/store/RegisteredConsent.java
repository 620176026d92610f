package nl.wotpoort.store;

import java.util.Optional;
import nl.wotpoort.letter.Client;
import nl.wotpoort.rules.consent.ConsentRecord;

/**
 * A consent or objection for the register. {@code record.client()} is not kept: {@code client} is
 * who it is about.
 *
 * @param subject the client as named when it was recorded, encrypted on the disk; empty in records
 *     of before this was kept
 */
public record RegisteredConsent(
    ConsentRecord record,
    Documentation documentation,
    ClientPseudonyms client,
    Optional<Client> subject) {

  public RegisteredConsent(
      ConsentRecord record, Documentation documentation, ClientPseudonyms client) {
    this(record, documentation, client, Optional.empty());
  }
}
