package nl.wotpoort.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the queues. States that nothing is in are left out, and so are DONE and SENT:
 * counting those would take longer every day.
 *
 * @param oldestUndecided when the longest waiting RECEIVED or WORKING message came in
 * @param oldestUnsent when the longest waiting WAITING, QUEUED or SENDING letter was posted
 */
public record QueueFigures(
    Map<MessageState, Long> messages,
    Map<HoldCause, Long> held,
    Map<OutgoingState, Long> letters,
    Optional<Instant> oldestUndecided,
    Optional<Instant> oldestUnsent) {}
