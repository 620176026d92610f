package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.route.Ahead;
import nl.wotpoort.route.Running;
import nl.wotpoort.route.status.EventLog;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Settings;
import picocli.CommandLine.Command;

/** {@code wotpoort run}: the gateway itself, until it is told to stop. */
@Command(name = "run")
final class RunCommand extends Action {

  @Override
  public Integer call() throws Refusal {
    awaitLog();
    Configuration configuration = installation().configuration();
    Settings settings = configuration.settings();
    PolicyTables tables = installation().tables(settings.routes());
    Running running = start(configuration, tables);
    tellStarted(configuration);
    try (Surroundings.Stopping stopping = surroundings().waiting().untilStop()) {
      screen().aside(screen().text("run.stopping"));
      running.close();
      screen().aside(screen().text("run.stopped"));
    }
    return Exit.FINE;
  }

  private static void awaitLog() {
    try {
      Ahead.awaitLog();
    } catch (InterruptedException e) {
      Thread.currentThread()
          .interrupt(); // whoever wants the program to end is heard a little later
    }
  }

  private Running start(Configuration configuration, PolicyTables tables) throws Refusal {
    Path routes = configuration.settings().routes();
    try {
      return Running.start(
          configuration,
          tables,
          routes,
          installation().samples(),
          surroundings().clock(),
          new EventLog());
    } catch (Furnishing.CannotFurnish e) {
      throw new Refusal(Exit.NO, e.sentences());
    } catch (IOException e) {
      throw new Refusal(
          Exit.NO, screen().text("run.routes", routes, String.valueOf(e.getMessage())));
    } catch (IllegalStateException e) {
      throw new Refusal(
          Exit.UNAVAILABLE, screen().text("run.cannotStart", String.valueOf(e.getMessage())));
    }
  }

  private void tellStarted(Configuration configuration) {
    Settings settings = configuration.settings();
    if (screen().isJson()) {
      ObjectNode started = Json.object();
      started.put("event", "started");
      started.put("version", Version.number());
      started.set(
          "intakes",
          Json.list(settings.intakes().stream().map(i -> i.host() + ":" + i.port()).toList()));
      started.set(
          "listeners",
          Json.list(settings.listeners().stream().map(l -> l.host() + ":" + l.port()).toList()));
      started.put("submission", settings.submission().host() + ":" + settings.submission().port());
      started.put("store", settings.store().jdbcUrl());
      started.put("directory", configuration.directory().version());
      screen().json(started);
      return;
    }
    screen().say("run.started", Version.number(), Runtime.version().feature());
    for (Settings.Intake intake : settings.intakes()) {
      screen()
          .say(
              "run.intake",
              intake.name(),
              intake.host() + ":" + intake.port(),
              intake.security().name().toLowerCase(Locale.ROOT),
              intake.mailbox().map(Object::toString).orElse(screen().text("run.catchAll")),
              seconds(intake.interval()));
    }
    for (Settings.Listener listener : settings.listeners()) {
      screen()
          .say(
              "run.listener",
              listener.name(),
              listener.protocol().name(),
              listener.host() + ":" + listener.port(),
              listener.certificate().isPresent() ? "starttls" : "none");
    }
    Settings.Submission submission = settings.submission();
    screen()
        .say(
            "run.submission",
            submission.host() + ":" + submission.port(),
            submission.security().name().toLowerCase(Locale.ROOT));
    for (Settings.NextHop hop : settings.dispatching().hops()) {
      screen()
          .say(
              "run.nextHop",
              hop.server().host() + ":" + hop.server().port(),
              hop.server().security().name().toLowerCase(Locale.ROOT),
              String.join(", ", new TreeSet<>(hop.domains())));
    }
    screen().say("run.store", settings.store().jdbcUrl());
    screen().say("run.directory", settings.routes(), configuration.directory().version());
    screen().say("run.running");
  }

  /** Without an end of nothing but zeros: 30, 0.5. */
  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
