package nl.wotpoort.store;

import nl.wotpoort.rules.consent.ConsentRecord;

/**
 * A consent or objection for the register. {@code record.client()} is not kept: {@code client} is
 * who it is about.
 */
public record RegisteredConsent(
    ConsentRecord record, Documentation documentation, ClientPseudonyms client) {}
