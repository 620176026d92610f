package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.settings.Secret;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Backup;
import nl.wotpoort.store.CopyReport;
import nl.wotpoort.store.StoreCopy;
import nl.wotpoort.store.StoreException;
import nl.wotpoort.store.StoreSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort store}: backup, restore and the move to a database server. */
@Command(
    name = "store",
    subcommands = {
      StoreCommand.Make.class,
      StoreCommand.Verify.class,
      StoreCommand.Restore.class,
      StoreCommand.Migrate.class
    })
final class StoreCommand {

  /** What is copied, and what is told of it. */
  abstract static class Copying extends Action {

    /** The store of the settings. */
    final StoreSettings store() throws Refusal {
      return store(installation().settings());
    }

    final StoreSettings store(Settings settings) throws Refusal {
      try {
        return Furnishing.storeSettings(settings);
      } catch (Furnishing.CannotFurnish e) {
        throw Installation.cannot(e);
      }
    }

    /** The same, when there is one: a copy of nothing would make an empty one first. */
    final StoreSettings existing() throws Refusal {
      Settings settings = installation().settings();
      if (!Installation.hasStore(settings)) {
        throw new Refusal(Exit.UNAVAILABLE, screen().text("noStore", settings.store().jdbcUrl()));
      }
      return store(settings);
    }

    /** Relative to where the command was typed. */
    static Path place(Path file) {
      return file.toAbsolutePath().normalize();
    }

    abstract CopyReport copy() throws Refusal;

    /** The sentence that tells it was done. */
    abstract String done();

    @Override
    public Integer call() throws Refusal {
      CopyReport report = made();
      if (screen().isJson()) {
        ObjectNode json = Json.object();
        json.put("at", report.at().toString());
        json.put("journalLines", report.journalLines());
        ObjectNode rows = json.putObject("rows");
        report.rows().forEach(rows::put);
        screen().json(json);
      } else {
        screen().line(done());
        screen()
            .below(
                "store.counted",
                report.messages(),
                report.cases(),
                report.journalLines(),
                Times.shown(report.at()));
      }
      return Exit.FINE;
    }

    /** What a copy refuses is an answer; what is away around us goes on as it is. */
    private CopyReport made() throws Refusal {
      try {
        return copy();
      } catch (StoreException.CopyRefused | StoreException.InUse e) {
        throw new Refusal(Exit.NO, e.say(screen().language()));
      }
    }
  }

  /** {@code store backup}; the gateway may run meanwhile. */
  @Command(name = "backup")
  static final class Make extends Copying {

    @Parameters(index = "0", paramLabel = "BESTAND", descriptionKey = "newBackupFile")
    private Path file = Path.of("");

    @Override
    CopyReport copy() throws Refusal {
      return Backup.make(existing(), place(file), surroundings().clock().instant());
    }

    @Override
    String done() {
      return screen().text("store.backupDone", place(file));
    }
  }

  /** {@code store verify}: reads a backup as a whole. */
  @Command(name = "verify")
  static final class Verify extends Copying {

    @Parameters(index = "0", paramLabel = "BESTAND", descriptionKey = "backupFile")
    private Path file = Path.of("");

    @Override
    CopyReport copy() throws Refusal {
      return Backup.verify(place(file), store().key());
    }

    @Override
    String done() {
      return screen().text("store.backupSound", place(file));
    }
  }

  /** {@code store restore}: into the store of the settings, which must be new or empty. */
  @Command(name = "restore")
  static final class Restore extends Copying {

    @Parameters(index = "0", paramLabel = "BESTAND", descriptionKey = "backupFile")
    private Path file = Path.of("");

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    CopyReport copy() throws Refusal {
      return Backup.restore(
          place(file), store(), Actors.of(by, surroundings()), surroundings().clock().instant());
    }

    @Override
    String done() {
      return screen().text("store.restoreDone", place(file));
    }
  }

  /** {@code store migrate}: from the embedded store of the settings to a server. */
  @Command(name = "migrate")
  static final class Migrate extends Copying {

    @Parameters(index = "0", paramLabel = "ADRES", descriptionKey = "serverAddress")
    private String address = "";

    @Option(names = "--user", paramLabel = "NAAM")
    private @Nullable String user;

    @Option(names = "--password", paramLabel = "env:NAAM|file:BESTAND")
    private @Nullable String password;

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    CopyReport copy() throws Refusal {
      if (address.contains("password=")) {
        throw wrong("store.noPassword");
      }
      Optional<StoreSettings.Login> login = login();
      StoreSettings from = existing();
      StoreSettings to = StoreSettings.of(address, from.key()).withLogin(login);
      return StoreCopy.move(
          from, to, Actors.of(by, surroundings()), surroundings().clock().instant());
    }

    private Optional<StoreSettings.Login> login() throws Refusal {
      if (user == null && password == null) {
        return Optional.empty();
      }
      if (user == null || password == null) {
        throw wrong("store.loginHalf");
      }
      Secret secret =
          Secret.named(password, installation().home(), surroundings().environment())
              .orElseThrow(() -> wrong("store.noPassword"));
      return Optional.of(Furnishing.login(new Settings.Login(user, secret)));
    }

    @Override
    String done() {
      return screen().text("store.moveDone", address);
    }
  }
}
