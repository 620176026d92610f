package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.settings.StaffImport;
import nl.wotpoort.settings.StaffMapping;
import nl.wotpoort.settings.StaffTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code wotpoort directory import}: what a table of staff would change in directory.yaml, and with
 * {@code --confirm} the change. Puts nothing in force.
 */
@Command(name = "import")
final class DirectoryImport extends Action {

  @Parameters(index = "0", paramLabel = "BESTAND", descriptionKey = "staffTable")
  private @Nullable Path file;

  @Option(names = "--mapping", paramLabel = "BESTAND", required = true)
  private @Nullable Path mappingFile;

  @Option(names = "--routes", paramLabel = "MAP", descriptionKey = "routesFolder")
  private @Nullable Path folder;

  @Option(names = "--confirm")
  private boolean confirm;

  @Override
  public Integer call() throws Refusal {
    Optional<Settings> settings = installation().settingsIfSound();
    Path home = installation().home();
    Path routes =
        Optional.ofNullable(folder)
            .or(() -> settings.map(Settings::routes))
            .orElseGet(() -> home.resolve("routes"));
    StaffMapping mapping = mapping();
    Map<String, byte[]> files = value(Routes.bytes(routes));
    Loaded<StaffImport.Result> loaded =
        StaffImport.of(
            files,
            settings.map(Settings::certificates).orElse(home),
            mapping,
            table(mapping),
            Times.day(surroundings().clock().instant()));
    StaffImport.Result result = value(loaded);
    boolean written = confirm && !result.changes().isEmpty();
    if (written) {
      write(routes.resolve(Routes.DIRECTORY), result.text());
    }
    tell(result, loaded.warnings(), written);
    return result.changes().isEmpty() || written ? Exit.FINE : Exit.NO;
  }

  private StaffMapping mapping() throws Refusal {
    Path path = Optional.ofNullable(mappingFile).orElseThrow();
    return value(StaffMapping.read(bytes(path), String.valueOf(path.getFileName())));
  }

  private StaffTable table(StaffMapping mapping) throws Refusal {
    Path path = Optional.ofNullable(file).orElseThrow();
    String name = String.valueOf(path.getFileName());
    try {
      return StaffSheet.read(bytes(path), name, mapping.delimiter());
    } catch (StaffSheet.NoTable no) {
      throw new Refusal(Exit.USAGE, screen().text(no.code(), name + ":" + no.line()));
    }
  }

  private byte[] bytes(Path path) throws Refusal {
    return InputFiles.bytes(path, screen()).toArray();
  }

  private <T> T value(Loaded<T> loaded) throws Refusal {
    return loaded.value().orElseThrow(() -> new Refusal(Exit.USAGE, said(loaded.errors())));
  }

  private List<String> said(List<Problem> problems) {
    return problems.stream().map(p -> p.say(screen().language())).toList();
  }

  /**
   * What if the process dies after this? The old file or the new one stands there, never a part.
   */
  private void write(Path target, byte[] text) throws Refusal {
    Path beside = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.write(beside, text);
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal(
          Exit.USAGE, screen().text("notWritten", target, String.valueOf(e.getMessage())));
    }
  }

  private void tell(StaffImport.Result result, List<Problem> warnings, boolean written) {
    if (screen().isJson()) {
      ObjectNode json = Json.object();
      json.set("changes", Json.list(result.changes().stream().map(Object::toString).toList()));
      json.set("values", Json.list(result.values()));
      json.set("missing", Json.list(result.missing()));
      json.set("warnings", Json.list(said(warnings)));
      json.put("written", written);
      screen().json(json);
      return;
    }
    List<String> lines = new ArrayList<>();
    warnings.forEach(w -> lines.add(screen().text("check.WARNING", w.say(screen().language()))));
    result.changes().forEach(change -> lines.add("  " + change));
    result.values().forEach(value -> lines.add("      " + value));
    result.missing().forEach(id -> lines.add(screen().text("import.missing", id)));
    lines.forEach(screen()::line);
    if (result.changes().isEmpty()) {
      screen().say("import.nothing");
    } else {
      screen().say(written ? "import.written" : "import.confirm", result.changes().size());
    }
  }
}
