package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.wotpoort.desk.Activation;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.RoutesMoved;
import nl.wotpoort.store.RoutesVersion;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort routes}: check, try, activate and take back changes of the routes files. */
@Command(
    name = "routes",
    subcommands = {
      RoutesCommand.Check.class,
      RoutesDiff.class,
      RoutesCommand.Activate.class,
      RoutesCommand.History.class,
      RoutesCommand.Rollback.class,
      RoutesCommand.Export.class
    })
final class RoutesCommand {

  /** What they share. */
  abstract static class OnRoutes extends Action {

    /** The three files of a folder; refuses when one cannot be read. */
    final Map<String, byte[]> files(Path folder) throws Refusal {
      Loaded<Map<String, byte[]>> bytes = Routes.bytes(folder);
      return bytes.value().orElseThrow(() -> new Refusal(Exit.USAGE, sentences(bytes.problems())));
    }

    final List<String> sentences(List<Problem> problems) {
      return problems.stream()
          .map(
              p ->
                  screen()
                      .text(
                          p.isError() ? "check.ERROR" : "check.WARNING",
                          p.say(screen().language())))
          .toList();
    }

    final Path folder(@Nullable Path given, Settings settings) {
      return given == null ? settings.routes() : given.toAbsolutePath().normalize();
    }

    final Activation activation(Settings settings, Store store) {
      return new Activation(settings, store, installation().samples(), surroundings().clock());
    }

    /** What came of activating; the same for files and for going back. */
    final int tell(Activation.Result result, Store store) {
      List<String> said = new ArrayList<>(sentences(result.problems()));
      said.addAll(result.faults());
      if (screen().isJson()) {
        screen().json(json(result));
      } else {
        said.forEach(screen()::line);
        if (result.isRefused()) {
          screen().say("routes.refused");
        } else if (result.version().isEmpty()) {
          screen().say("routes.same");
        } else {
          told(result.version().get());
          awaited(result.version().get(), store);
        }
      }
      return result.isRefused() ? Exit.NO : Exit.FINE;
    }

    private void told(RoutesVersion version) {
      version.changes().forEach(change -> screen().line("  " + change));
      screen().say("routes.activated", version.number(), version.digest());
    }

    /** The addresses that are new with this version. */
    private void awaited(RoutesVersion version, Store store) {
      store.deliveries().awaited().stream()
          // the store keeps milliseconds
          .filter(one -> one.since().toEpochMilli() == version.at().toEpochMilli())
          .forEach(one -> screen().say("routes.awaited", one.address()));
    }

    private ObjectNode json(Activation.Result result) {
      ObjectNode json = Json.object();
      json.put("refused", result.isRefused());
      Json.put(json, "version", result.version().map(RoutesVersion::number));
      Json.put(json, "digest", result.version().map(RoutesVersion::digest));
      json.set(
          "changes", Json.list(result.version().map(RoutesVersion::changes).orElse(List.of())));
      ArrayNode problems = json.putArray("problems");
      result.problems().forEach(p -> problems.add(p.say(screen().language())));
      result.faults().forEach(problems::add);
      return json;
    }
  }

  /** {@code routes check}. */
  @Command(name = "check")
  static final class Check extends OnRoutes {

    @Parameters(index = "0", arity = "0..1", paramLabel = "MAP", descriptionKey = "routesFolder")
    private @Nullable Path folder;

    @Override
    public Integer call() throws Refusal {
      if (Files.notExists(installation().properties())) {
        return alone();
      }
      Settings settings = installation().settings();
      Map<String, byte[]> files = files(folder(folder, settings));
      Loaded<Configuration> loaded =
          Configuration.activated(settings, 0, files, Times.day(surroundings().clock().instant()));
      Optional<List<String>> changes =
          loaded.isUsable() && Installation.hasStore(settings)
              ? preview(settings, files)
              : Optional.empty();
      return tell(loaded, changes);
    }

    /** The files by themselves, before there is a gateway to use them. */
    private int alone() throws Refusal {
      Path home = installation().home();
      Path routes = folder == null ? home.resolve("routes") : folder.toAbsolutePath().normalize();
      Path certificates =
          folder == null ? home : Optional.ofNullable(routes.getParent()).orElse(home);
      Loaded<Directory> loaded =
          Routes.activated(
              0, files(routes), certificates, Times.day(surroundings().clock().instant()));
      if (!screen().isJson()) {
        screen().say("routes.alone", installation().properties());
      }
      return tell(loaded, Optional.empty());
    }

    private int tell(Loaded<?> loaded, Optional<List<String>> changes) {
      if (screen().isJson()) {
        ObjectNode json = Json.object();
        json.put("errors", loaded.errors().size());
        json.put("warnings", loaded.warnings().size());
        json.set("problems", Json.list(loaded.problems().stream().map(this::said).toList()));
        json.set("changes", Json.list(changes.orElse(List.of())));
        screen().json(json);
      } else {
        sentences(loaded.problems()).forEach(screen()::line);
        changes.ifPresent(this::show);
        screen()
            .say(
                loaded.isUsable() ? "check.fine" : "check.atFault",
                loaded.errors().size(),
                loaded.warnings().size());
      }
      return loaded.isUsable() ? Exit.FINE : Exit.NO;
    }

    private String said(Problem problem) {
      return problem.say(screen().language());
    }

    private void show(List<String> changes) {
      screen().say(changes.isEmpty() ? "routes.noChange" : "routes.wouldChange", changes.size());
      changes.forEach(change -> screen().line("  " + change));
    }

    private Optional<List<String>> preview(Settings settings, Map<String, byte[]> files)
        throws Refusal {
      try (Store store = installation().store(settings)) {
        return store.routes().newest() == 0
            ? Optional.empty()
            : activation(settings, store).preview(files);
      }
    }
  }

  /** {@code routes activate}. */
  @Command(name = "activate")
  static final class Activate extends OnRoutes {

    @Parameters(index = "0", arity = "0..1", paramLabel = "MAP", descriptionKey = "routesFolder")
    private @Nullable Path folder;

    @Option(names = "--by", paramLabel = "NAAM", descriptionKey = "by")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      Settings settings = installation().settings();
      Map<String, byte[]> files = files(folder(folder, settings));
      Actor who = Actors.of(by, surroundings());
      try (Store store = installation().store(settings)) {
        return tell(activation(settings, store).activate(files, who, "ROUTES_ACTIVATED"), store);
      } catch (RoutesMoved moved) {
        throw new Refusal(Exit.NO, screen().text("routes.moved", moved.active()));
      }
    }
  }

  /** {@code routes history}. */
  @Command(name = "history")
  static final class History extends OnRoutes {

    @Option(names = "--max", paramLabel = "AANTAL", descriptionKey = "max")
    private int max = 20;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<RoutesVersion> versions = store.routes().history(max);
        if (screen().isJson()) {
          versions.forEach(version -> screen().json(json(version)));
        } else if (versions.isEmpty()) {
          screen().say("routes.noVersions");
        } else {
          versions.forEach(version -> print(version, version.equals(versions.get(0))));
        }
        return Exit.FINE;
      }
    }

    private void print(RoutesVersion version, boolean active) {
      screen()
          .say(
              active ? "routes.lineActive" : "routes.line",
              version.number(),
              version.digest(),
              Times.shown(version.at()),
              version.by().id());
      version.changes().forEach(change -> screen().line("    " + change));
    }

    private static ObjectNode json(RoutesVersion version) {
      ObjectNode json = Json.object();
      json.put("version", version.number());
      json.put("digest", version.digest());
      json.put("at", version.at().toString());
      json.put("by", version.by().id());
      json.set("changes", Json.list(version.changes()));
      return json;
    }
  }

  /** {@code routes rollback}: an earlier version in force again, as a new one. */
  @Command(name = "rollback")
  static final class Rollback extends OnRoutes {

    @Parameters(index = "0", paramLabel = "NUMMER", descriptionKey = "routesNumber")
    private int number;

    @Option(names = "--by", paramLabel = "NAAM", descriptionKey = "by")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      Settings settings = installation().settings();
      Actor who = Actors.of(by, surroundings());
      try (Store store = installation().store()) {
        RoutesVersion earlier = version(store, number, this);
        int exit =
            tell(
                activation(settings, store).activate(earlier.bytes(), who, "ROUTES_ROLLED_BACK"),
                store);
        if (exit == Exit.FINE && !screen().isJson()) {
          screen().say("routes.filesStay", number, settings.routes());
        }
        return exit;
      } catch (RoutesMoved moved) {
        throw new Refusal(Exit.NO, screen().text("routes.moved", moved.active()));
      }
    }
  }

  /** {@code routes export}: the files of a version, to read or to go on from. */
  @Command(name = "export")
  static final class Export extends OnRoutes {

    @Parameters(index = "0", paramLabel = "NUMMER", descriptionKey = "routesNumber")
    private int number;

    @Parameters(index = "1", paramLabel = "MAP", descriptionKey = "exportFolder")
    private @Nullable Path folder;

    @Override
    public Integer call() throws Refusal {
      Path into = Objects.requireNonNull(folder, "demanded by picocli").toAbsolutePath();
      try (Store store = installation().store()) {
        RoutesVersion version = version(store, number, this);
        Files.createDirectories(into);
        for (Map.Entry<String, byte[]> file : version.bytes().entrySet()) {
          Files.write(into.resolve(file.getKey()), file.getValue());
        }
        screen().say("routes.exported", number, into);
        return Exit.FINE;
      } catch (IOException e) {
        throw new Refusal(
            Exit.USAGE, screen().text("notWritten", into, String.valueOf(e.getMessage())));
      }
    }
  }

  private static RoutesVersion version(Store store, int number, Action action) throws Refusal {
    return store
        .routes()
        .version(number)
        .orElseThrow(() -> new Refusal(Exit.NO, action.screen().text("routes.unknown", number)));
  }
}
