package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;

/** A message that waits for a person, without its bytes. {@code size} in bytes. */
public record HeldMessage(
    MessageRef ref,
    HoldCause cause,
    String detail,
    Instant receivedAt,
    Instant heldAt,
    int attempts,
    String source,
    Address mailbox,
    Optional<Address> envelopeRecipient,
    long size) {}
