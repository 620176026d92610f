package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * A mail as it came in, nothing parsed.
 *
 * @param mailbox the address of ours it is for
 * @param envelopeRecipient as the envelope or the receiving server named it, when known
 * @param sealed the exact bytes
 */
public record Arrival(
    Origin origin,
    Address mailbox,
    Optional<Address> envelopeRecipient,
    Bytes sealed,
    Instant at) {}
