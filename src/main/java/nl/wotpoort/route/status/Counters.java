package nl.wotpoort.route.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.OutgoingLetter;

/**
 * Counts what this process did, since it started. With several nodes on one database each counts
 * its own, and the sum over the nodes is right. Thread-safe.
 */
final class Counters implements Onlooker {

  /** Lines of the journal that end a message's pass → what was decided. */
  private static final Map<String, String> DECIDED =
      Map.ofEntries(
          Map.entry("FORWARDED", "forwarded"),
          Map.entry("REFUSED", "refused"),
          Map.entry("FILED", "filed"),
          Map.entry("DUPLICATE", "duplicate"),
          Map.entry("REJECTED", "rejected"));

  /** Lines that end a letter without the next hop taking it. */
  private static final Map<String, String> NOT_DELIVERED =
      Map.of("EXPIRED", "expired", "UNDELIVERABLE", "refused", "STOPPED", "stopped");

  private static final Duration[] STEPS = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30),
    Duration.ofHours(4)
  };

  private final MeterRegistry registry;
  private final Counter received;
  private final Counter faults;
  private final Timer latency;

  Counters(MeterRegistry registry) {
    this.registry = registry;
    this.received =
        Counter.builder("wotpoort.received")
            .description("Messages stored, over all intakes")
            .register(registry);
    this.faults =
        Counter.builder("wotpoort.faults")
            .description("Attempts at a message or letter that broke off with a fault of ours")
            .register(registry);
    this.latency =
        Timer.builder("wotpoort.receipt.latency")
            .description("From receipt of a message until the next hop took its first receipt")
            .serviceLevelObjectives(STEPS)
            .register(registry);
    // There from the start: a counter that appears at its first event hides that event from rate().
    DECIDED.values().forEach(this::decided);
    NOT_DELIVERED.values().forEach(this::notDelivered);
    decided("held");
    Stream.of(HoldCause.values()).forEach(this::heldBy);
    Stream.of(OutgoingLetter.Kind.values()).forEach(this::delivered);
    Stream.of(Reason.values()).filter(reason -> !reason.permits()).forEach(this::refusedFor);
  }

  @Override
  public void journalled(JournalEntry entry) {
    String event = entry.event();
    if (event.equals("RECEIVED")) {
      received.increment();
    }
    if (event.equals("FAULT")) {
      faults.increment();
    }
    Optional.ofNullable(DECIDED.get(event)).map(this::decided).ifPresent(Counter::increment);
    Optional.ofNullable(NOT_DELIVERED.get(event))
        .map(this::notDelivered)
        .ifPresent(Counter::increment);
    if (entry.outcome() == JournalEntry.Outcome.REFUSED) {
      consent(entry).map(this::refusedFor).ifPresent(Counter::increment);
    }
  }

  @Override
  public void held(HoldCause cause) {
    decided("held").increment();
    heldBy(cause).increment();
  }

  @Override
  public void sent(OutgoingLetter.Kind kind, Instant at, Optional<Instant> answered) {
    delivered(kind).increment();
    answered.ifPresent(received -> latency.record(Onlooker.between(received, at)));
  }

  /**
   * The consent policy's reason to say no: among the rules a decision rests on, or, when a letter
   * was stopped at the door, in its detail, of which only this code is taken.
   */
  private static Optional<Reason> consent(JournalEntry entry) {
    Stream<String> codes =
        Stream.concat(
            entry.ruleIds().stream().map(code -> code.replaceFirst("\\..*", "")),
            entry.event().equals("STOPPED")
                ? entry.detail().map(Confidential::reveal).stream()
                : Stream.empty());
    return codes
        .flatMap(code -> Arrays.stream(Reason.values()).filter(r -> r.name().equals(code)))
        .filter(reason -> !reason.permits())
        .findFirst();
  }

  private Counter decided(String outcome) {
    return Counter.builder("wotpoort.decided")
        .description("Messages decided, by outcome; a message released from hold counts again")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter heldBy(HoldCause cause) {
    return Counter.builder("wotpoort.held")
        .description("Messages put on hold for a person, by cause")
        .tag("cause", low(cause))
        .register(registry);
  }

  private Counter delivered(OutgoingLetter.Kind kind) {
    return Counter.builder("wotpoort.delivered")
        .description("Letters the next hop took, by kind")
        .tag("kind", low(kind))
        .register(registry);
  }

  private Counter notDelivered(String why) {
    return Counter.builder("wotpoort.undelivered")
        .description("Letters given up: refused for good, expired, or stopped by the policy")
        .tag("reason", why)
        .register(registry);
  }

  private Counter refusedFor(Reason reason) {
    return Counter.builder("wotpoort.consent.refused")
        .description("Decisions the consent policy said no to, by its first reason")
        .tag("reason", low(reason))
        .register(registry);
  }

  static String low(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
