package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.CryptoInUse;
import nl.wotpoort.store.RoutesVersion;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wotpoort check}: everything that is wrong or soon will be, with file and line. Changes
 * nothing; touches the network only with {@code --online}.
 */
@Command(name = "check")
final class CheckCommand extends Action {

  @Option(names = "--offline")
  private boolean offline;

  @Option(names = "--online")
  private boolean online;

  @Override
  public Integer call() throws Refusal {
    if (offline && online) {
      throw wrong("check.both");
    }
    Remarks remarks = new Remarks();
    Loaded<Configuration> loaded = installation().load();
    loaded.problems().forEach(problem -> remarks.add(problem, screen().language()));
    policy(loaded.value(), remarks);
    loaded.value().ifPresent(configuration -> beyond(configuration, remarks));
    return tell(remarks);
  }

  private void policy(Optional<Configuration> configuration, Remarks remarks) {
    try {
      PolicyFile.read(
          configuration
              .map(c -> c.settings().routes())
              .orElseGet(() -> installation().home().resolve("routes"))
              .resolve(Installation.POLICY));
    } catch (PolicyFileException e) {
      remarks.error(Installation.POLICY, e.line(), e.say(screen().language()));
    }
  }

  /** What only shows once the settings can be read at all. */
  private void beyond(Configuration configuration, Remarks remarks) {
    try {
      Furnishing.Keys keys =
          Furnishing.keys(configuration, installation().samples(), screen().language());
      new CertificateDays(screen(), surroundings().clock().instant(), remarks)
          .check(configuration, keys);
    } catch (Furnishing.CannotFurnish e) {
      e.sentences().forEach(remarks::error);
    }
    configuration
        .settings()
        .listeners()
        .forEach(
            listener ->
                remarks.note(
                    screen()
                        .text(
                            "check.listens",
                            listener.name(),
                            listener.host() + ":" + listener.port(),
                            listener.protocol().name())));
    remarks.note(screen().text("check.crypto", CryptoInUse.signer()));
    store(configuration, remarks);
    if (online) {
      new Reach(screen(), remarks).check(configuration.settings());
    }
  }

  private void store(Configuration configuration, Remarks remarks) {
    if (!Installation.hasStore(configuration.settings())) {
      remarks.note(screen().text("check.storeNew"));
      return;
    }
    try (Store store = installation().store(configuration.settings())) {
      store.health().probe(surroundings().clock().instant());
      remarks.note(screen().text("check.storeFine"));
      store
          .routes()
          .active()
          .ifPresent(version -> routesInForce(configuration.settings(), version, remarks));
      store
          .deliveries()
          .awaited()
          .forEach(one -> remarks.warning(screen().text("check.awaited", one.address())));
      Instant yesterday = surroundings().clock().instant().minus(Duration.ofDays(1));
      long alerts =
          store.alerts().newest(100).stream()
              .filter(line -> line.entry().at().isAfter(yesterday))
              .count();
      if (alerts > 0) {
        remarks.warning(screen().text("alerts.recent", alerts));
      }
    } catch (StoreException e) {
      remarks.error(e.say(screen().language()));
    } catch (Refusal e) {
      e.sentences().forEach(remarks::error);
    }
  }

  /** Files that were changed and not activated are worth a word: nothing follows from them yet. */
  private void routesInForce(Settings settings, RoutesVersion version, Remarks remarks) {
    if (Installation.differs(settings, version)) {
      remarks.warning(screen().text("routes.differ", version.number()));
    } else {
      remarks.note(screen().text("routes.inForce", version.number(), Times.shown(version.at())));
    }
  }

  private int tell(Remarks remarks) {
    List<Remarks.Remark> all = remarks.all();
    long errors = all.stream().filter(r -> r.severity() == Remarks.Severity.ERROR).count();
    long warnings = all.stream().filter(r -> r.severity() == Remarks.Severity.WARNING).count();
    if (screen().isJson()) {
      ObjectNode json = Json.object();
      json.put("home", installation().home().toString());
      json.put("errors", errors);
      json.put("warnings", warnings);
      ArrayNode list = json.putArray("remarks");
      all.forEach(remark -> list.add(remark.json()));
      screen().json(json);
    } else {
      screen().say("check.home", installation().home());
      all.forEach(r -> screen().say("check." + r.severity().name(), r.sentence()));
      screen().say(errors == 0 ? "check.fine" : "check.atFault", errors, warnings);
    }
    return errors == 0 ? Exit.FINE : Exit.NO;
  }
}
