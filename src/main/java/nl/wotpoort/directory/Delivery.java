package nl.wotpoort.directory;

import nl.wotpoort.letter.Address;

/**
 * Where mail is brought inside the organisation, and how it is sealed for the reader. Never an
 * address the gateway itself serves: mail would come round again.
 */
public record Delivery(Address address, Sealing sealing) {}
