package nl.wotpoort.route.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.wotpoort.desk.Alerts;
import nl.wotpoort.smime.Deadline;
import nl.wotpoort.store.AlertBook;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.OutgoingState;
import nl.wotpoort.store.QueueFigures;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreException;

/**
 * All figures, as Prometheus reads them: the counters of this process, and what stands in the
 * store, which is the same whichever node is asked. Thread-safe.
 */
final class Figures {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counters counters = new Counters(registry);
  private final MultiGauge messages = gauge("wotpoort.queue.messages", "Messages, by state");
  private final MultiGauge letters = gauge("wotpoort.queue.letters", "Letters, by state");
  private final MultiGauge held = gauge("wotpoort.hold.messages", "Messages on hold, by cause");
  private final MultiGauge age =
      gauge("wotpoort.queue.age.seconds", "How long the longest waiting one waits");
  private final MultiGauge intake =
      gauge("wotpoort.intake.up", "1: the last look at the mailbox went well");
  private final MultiGauge days =
      gauge("wotpoort.certificate.days.left", "Days until the first of its kind ends");
  private final MultiGauge alerts =
      gauge("wotpoort.alerts", "What hinted at mail going astray, in the last day");
  private final MultiGauge awaited =
      gauge("wotpoort.delivery.addresses", "Delivery addresses that did not answer their code yet");
  private final Store store;
  private final Supplier<Map<String, Boolean>> intakes;
  private final Supplier<List<Deadline>> deadlines;
  private final Clock clock;
  private volatile boolean storeUp;

  Figures(
      Store store,
      Supplier<Map<String, Boolean>> intakes,
      Supplier<List<Deadline>> deadlines,
      Map<String, String> providers,
      Clock clock) {
    this.store = store;
    this.intakes = intakes;
    this.deadlines = deadlines;
    this.clock = clock;
    Gauge.builder("wotpoort.store.up", () -> storeUp ? 1 : 0)
        .description("1: the store answered when this was asked")
        .register(registry);
    providers.forEach(
        (operation, provider) ->
            Gauge.builder("wotpoort.crypto.provider", () -> 1)
                .description("Always 1; the label says who serves the operation")
                .tags("operation", operation, "provider", provider)
                .strongReference(true)
                .register(registry));
    new JvmMemoryMetrics().bindTo(registry);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  Onlooker onlooker() {
    return counters;
  }

  /** The text of Prometheus' exposition format 0.0.4. */
  synchronized String text() {
    Instant now = clock.instant();
    Map<String, Double> up = new LinkedHashMap<>();
    intakes.get().forEach((name, isUp) -> up.put(name, isUp ? 1.0 : 0.0));
    set(intake, "account", up);
    Map<String, Double> left = new LinkedHashMap<>();
    for (Deadline deadline : deadlines.get()) {
      left.merge(Counters.low(deadline.kind()), daysLeft(deadline, now), Math::min);
    }
    set(days, "kind", left);
    Optional<QueueFigures> figures = ask();
    storeUp = figures.isPresent();
    setQueues(figures, now);
    if (storeUp) {
      setCare(now);
    }
    return registry.scrape();
  }

  /** The last figures stay when the store goes away between two questions. */
  private void setCare(Instant now) {
    try {
      Map<String, Long> raised = store.alerts().since(now.minus(Alerts.NEWS));
      Map<String, Double> all = new LinkedHashMap<>();
      for (String kind : Alerts.KINDS) {
        String name = kind.substring(AlertBook.PREFIX.length()).toLowerCase(Locale.ROOT);
        all.put(name, raised.getOrDefault(kind, 0L).doubleValue());
      }
      set(alerts, "event", all);
      set(awaited, "state", Map.of("awaited", (double) store.deliveries().awaited().size()));
    } catch (StoreException away) {
      storeUp = false;
    }
  }

  private static double daysLeft(Deadline deadline, Instant now) {
    return Duration.between(now, deadline.end()).toSeconds() / 86_400.0;
  }

  private Optional<QueueFigures> ask() {
    try {
      return Optional.of(store.health().figures());
    } catch (StoreException away) {
      return Optional.empty();
    }
  }

  /** When the store is away its figures are not there: an old figure would be a lie. */
  private void setQueues(Optional<QueueFigures> figures, Instant now) {
    set(messages, "state", counted(figures.map(QueueFigures::messages), MessageState.values()));
    set(letters, "state", counted(figures.map(QueueFigures::letters), OutgoingState.values()));
    set(held, "cause", counted(figures.map(QueueFigures::held), HoldCause.values()));
    Map<String, Double> ages = new LinkedHashMap<>();
    figures.ifPresent(
        there -> {
          ages.put("undecided", seconds(there.oldestUndecided(), now));
          ages.put("unsent", seconds(there.oldestUnsent(), now));
        });
    set(age, "what", ages);
  }

  private static double seconds(Optional<Instant> since, Instant now) {
    return since.map(start -> Onlooker.between(start, now).toMillis() / 1000.0).orElse(0.0);
  }

  /** Zero for a state that nothing is in; the states that are not counted are left out. */
  private static <K extends Enum<K>> Map<String, Double> counted(
      Optional<Map<K, Long>> figures, K[] states) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (K state : states) {
      if (state != MessageState.DONE && state != OutgoingState.SENT) {
        figures.ifPresent(
            there -> all.put(Counters.low(state), there.getOrDefault(state, 0L).doubleValue()));
      }
    }
    return all;
  }

  private static void set(MultiGauge gauge, String label, Map<String, Double> values) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    values.forEach((name, value) -> rows.add(MultiGauge.Row.of(Tags.of(label, name), value)));
    gauge.register(rows, true);
  }
}
