package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * A message somebody may work on until the lease ends.
 *
 * @param attempt counted from 1, committed before this was handed out
 * @param fence rises with every claim; what an older holder still writes is refused
 */
public record Claimed(
    MessageRef ref,
    int attempt,
    Bytes sealed,
    Address mailbox,
    Optional<Address> envelopeRecipient,
    Instant receivedAt,
    String source,
    long fence) {}
