package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.desk.StoreLoad;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.routing.Load;
import nl.wotpoort.rules.routing.Mark;
import nl.wotpoort.rules.routing.Outcome;
import nl.wotpoort.rules.routing.Router;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.rules.routing.RoutingFacts;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wotpoort route}: who would get a letter with these facts, and why. */
@Command(name = "route")
final class RouteCommand extends Action {

  private static final int OLDEST = 150;

  @Option(names = "--postcode", paramLabel = "1234AB")
  private @Nullable String postcode;

  @Option(names = "--age", paramLabel = "JAREN")
  private @Nullable Integer age;

  @Option(names = "--expertise", paramLabel = "CODE", split = ",")
  private List<String> expertise = new ArrayList<>();

  @Option(names = "--situation", paramLabel = "GROND", split = ",")
  private List<String> situations = new ArrayList<>();

  @Option(names = "--urgency", paramLabel = "MATE")
  private Letter.Urgency urgency = Letter.Urgency.NORMAL;

  @Option(names = "--consultation")
  private boolean consultation;

  @Option(names = "--team", paramLabel = "TEAM")
  private @Nullable String team;

  @Option(names = "--to", paramLabel = "ADRES")
  private @Nullable Address to;

  @Option(names = "--routes", paramLabel = "MAP")
  private @Nullable Path from;

  @Option(names = "--at", paramLabel = "DATUM")
  private @Nullable Instant at;

  @Override
  public Integer call() throws Refusal {
    Optional<Settings> settings = installation().settingsIfSound();
    Directory directory = directory(settings);
    LocalDate day = Times.day(at == null ? surroundings().clock().instant() : at);
    RoutingFacts facts = facts(directory, day).withLoad(load(settings));
    Routing routing = Router.route(facts, directory, day);
    if (screen().isJson()) {
      screen().json(json(routing, facts, directory));
    } else {
      print(routing, facts, directory);
    }
    return routing.outcome().recipient().isPresent() ? Exit.FINE : Exit.NO;
  }

  /** That in force, or the one of a folder: to try files that were not activated. */
  private Directory directory(Optional<Settings> settings) throws Refusal {
    if (from == null) {
      Optional<Configuration> active = installation().active();
      return active.isPresent() ? active.get().directory() : inFolder(settings);
    }
    return inFolder(settings);
  }

  private Directory inFolder(Optional<Settings> settings) throws Refusal {
    Path home = installation().home();
    Path routes =
        Optional.ofNullable(from)
            .or(() -> settings.map(Settings::routes))
            .orElseGet(() -> home.resolve("routes"));
    Path certificates = settings.map(Settings::certificates).orElse(home);
    LocalDate today = Times.day(surroundings().clock().instant());
    Loaded<Directory> loaded = Routes.read(routes, certificates, today);
    List<String> errors =
        loaded.errors().stream().map((Problem e) -> e.say(screen().language())).toList();
    return loaded.value().orElseThrow(() -> new Refusal(Exit.USAGE, errors));
  }

  /** As busy as the store says they are; without a store nobody has a case. */
  private Load load(Optional<Settings> settings) throws Refusal {
    if (settings.isEmpty() || !Installation.hasStore(settings.get())) {
      screen().aside(screen().text("route.nobodyBusy"));
      return Load.none();
    }
    try (Store store = installation().store(settings.get())) {
      return StoreLoad.of(store);
    }
  }

  private RoutingFacts facts(Directory directory, LocalDate day) throws Refusal {
    return RoutingFacts.to(addressed(directory))
        .withPostcode(postcode())
        .withBirthDate(birthDate(day))
        .withExpertise(expertise)
        .withSituations(situations())
        .withUrgency(urgency)
        .withPreferredTeam(Optional.ofNullable(team))
        .withMatter(consultation ? RoutingFacts.Matter.CONSULTATION : RoutingFacts.Matter.OTHER);
  }

  /** Without {@code --to}: the general mailbox. */
  private Address addressed(Directory directory) throws Refusal {
    if (to != null) {
      return to;
    }
    return directory.mailboxes().stream()
        .filter(Mailbox.General.class::isInstance)
        .map(Mailbox::address)
        .findFirst()
        .orElseThrow(() -> wrong("route.noGeneral"));
  }

  private Optional<Confidential<Postcode>> postcode() throws Refusal {
    if (postcode == null) {
      return Optional.empty();
    }
    String text = postcode;
    return Optional.of(
        Confidential.of(Postcode.parse(text).orElseThrow(() -> wrong("route.postcode", text))));
  }

  /** Somebody who became that old today. */
  private Optional<Confidential<LocalDate>> birthDate(LocalDate day) throws Refusal {
    if (age == null) {
      return Optional.empty();
    }
    if (age < 0 || age > OLDEST) {
      throw wrong("route.age", age);
    }
    return Optional.of(Confidential.of(day.minusYears(age)));
  }

  private Set<Situation> situations() throws Refusal {
    Set<Situation> found = new HashSet<>();
    for (String code : situations) {
      found.add(Situation.ofCode(code).orElseThrow(() -> wrong("route.situation", code)));
    }
    return found;
  }

  private void print(Routing routing, RoutingFacts facts, Directory directory) {
    screen().say("route.addressed", facts.addressed(), directory.version());
    for (Finding finding : routing.because()) {
      screen().line("  - " + finding.say(screen().language()));
    }
    screen().line(Destinations.sentence(routing.outcome(), screen()));
    for (Mark mark : routing.marks()) {
      screen().say("mark", mark.say(screen().language()));
    }
  }

  private ObjectNode json(Routing routing, RoutingFacts facts, Directory directory) {
    ObjectNode json = Json.object();
    json.put("to", facts.addressed().toString());
    json.put("directory", directory.version());
    json.put("outcome", Destinations.code(routing.outcome()));
    Optional<Outcome.Recipient> recipient = routing.outcome().recipient();
    Json.put(json, "party", recipient.map(Outcome.Recipient::party));
    Json.put(json, "team", recipient.flatMap(Outcome.Recipient::team));
    Json.put(
        json, "delivery", recipient.flatMap(Outcome.Recipient::delivery).map(d -> d.address()));
    Json.put(json, "hold", Destinations.holdCause(routing.outcome()));
    json.set("marks", Json.list(routing.marks().stream().map(Enum::name).sorted().toList()));
    ArrayNode because = json.putArray("findings");
    routing.because().forEach(finding -> because.add(Findings.json(finding, screen())));
    return json;
  }
}
