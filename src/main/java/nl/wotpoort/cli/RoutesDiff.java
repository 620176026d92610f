package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wotpoort.desk.RoutesReplay;
import nl.wotpoort.desk.StoreLoad;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.RoutedCase;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code wotpoort routes diff}: which of the last cases would go elsewhere by changed files. Exit 0
 * when none would, 1 when some would.
 */
@Command(name = "diff")
final class RoutesDiff extends RoutesCommand.OnRoutes {

  @Parameters(index = "0", arity = "0..1", paramLabel = "MAP", descriptionKey = "routesFolder")
  private @Nullable Path folder;

  @Option(names = "--last", paramLabel = "AANTAL")
  private int last = 500;

  @Option(names = "--at", paramLabel = "DATUM")
  private @Nullable Instant at;

  @Override
  public Integer call() throws Refusal {
    Settings settings = installation().settings();
    Instant moment = at == null ? surroundings().clock().instant() : at;
    Map<String, byte[]> files = files(folder(folder, settings));
    Loaded<Configuration> loaded =
        Configuration.activated(settings, 0, files, Times.day(surroundings().clock().instant()));
    Directory after =
        loaded
            .value()
            .map(Configuration::directory)
            .orElseThrow(() -> new Refusal(Exit.USAGE, sentences(loaded.errors())));
    // a difference comes from the files alone: which addresses answered is in neither
    Directory before = installation().configuration().directory().awaiting(Set.of());
    try (Store store = installation().store()) {
      List<RoutedCase> cases = store.cases().routed(last);
      List<RoutesReplay.Difference> found =
          new RoutesReplay(before, after, StoreLoad.of(store), moment).of(cases);
      if (screen().isJson()) {
        screen().json(json(cases.size(), found, before));
      } else {
        found.forEach(this::print);
        screen().say("routes.diff", found.size(), cases.size(), before.version());
      }
      return found.isEmpty() ? Exit.FINE : Exit.NO;
    }
  }

  private void print(RoutesReplay.Difference each) {
    screen()
        .say(
            "routes.diffCase",
            each.number(),
            Times.shown(each.at()),
            each.memo().addressed(),
            each.memo().postcode().map(p -> p.reveal().digits()).orElse("-"),
            each.memo().age().map(String::valueOf).orElse("-"));
    screen().below("routes.diffWas", Destinations.sentence(each.before().outcome(), screen()));
    screen().below("routes.diffIs", Destinations.sentence(each.after().outcome(), screen()));
    Routing after = each.after();
    after.because().stream()
        .filter(finding -> !each.before().because().contains(finding))
        .forEach(finding -> screen().line("    - " + finding.say(screen().language())));
  }

  private ObjectNode json(int cases, List<RoutesReplay.Difference> found, Directory before) {
    ObjectNode json = Json.object();
    json.put("cases", cases);
    json.put("elsewhere", found.size());
    json.put("against", before.version());
    ArrayNode list = json.putArray("differences");
    for (RoutesReplay.Difference each : found) {
      ObjectNode one = list.addObject();
      one.put("case", each.number().toString());
      one.put("at", each.at().toString());
      one.put("to", each.memo().addressed().toString());
      Json.put(one, "pc4", each.memo().postcode().map(p -> p.reveal().digits()));
      Json.put(one, "age", each.memo().age());
      one.set("before", json(each.before()));
      one.set("after", json(each.after()));
    }
    return json;
  }

  private ObjectNode json(Routing routing) {
    ObjectNode json = Json.object();
    json.put("outcome", Destinations.code(routing.outcome()));
    Json.put(json, "party", routing.outcome().recipient().map(r -> r.party()));
    Json.put(
        json,
        "delivery",
        routing.outcome().recipient().flatMap(r -> r.delivery()).map(d -> d.address()));
    Json.put(json, "hold", Destinations.holdCause(routing.outcome()));
    json.set("findings", Json.list(routing.because().stream().map(f -> f.code()).toList()));
    return json;
  }
}
