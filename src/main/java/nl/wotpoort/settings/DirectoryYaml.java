package nl.wotpoort.settings;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Absence;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.settings.RoutesDraft.Drafted;
import nl.wotpoort.settings.RoutesDraft.Kind;

/** Reads directory.yaml: teams, expertise, workers, postcodes. */
final class DirectoryYaml {

  private static final int MOST_CASES = 10_000;

  private static final Map<String, DayOfWeek> DAYS =
      Map.of(
          "ma", DayOfWeek.MONDAY,
          "di", DayOfWeek.TUESDAY,
          "wo", DayOfWeek.WEDNESDAY,
          "do", DayOfWeek.THURSDAY,
          "vr", DayOfWeek.FRIDAY,
          "za", DayOfWeek.SATURDAY,
          "zo", DayOfWeek.SUNDAY);

  private static final Map<String, Worker.Function> FUNCTIONS =
      Map.of(
          "worker", Worker.Function.WORKER,
          "coordinator", Worker.Function.COORDINATOR,
          "client-supporter", Worker.Function.CLIENT_SUPPORTER,
          "makelaar", Worker.Function.MAKELAAR);

  private static final Map<String, Situation> GROUNDS =
      Arrays.stream(Situation.values())
          .collect(Collectors.toUnmodifiableMap(Situation::code, Function.identity()));

  private final RoutesDraft draft;

  /** As the file writes them, from Monday on. */
  static String days(Set<DayOfWeek> days) {
    return DAYS.entrySet().stream()
        .filter(day -> days.contains(day.getValue()))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  DirectoryYaml(RoutesDraft draft) {
    this.draft = draft;
  }

  void read(YamlMap root) {
    root.requiredMaps("teams").forEach(this::team);
    root.maps("expertise").forEach(this::expertise);
    root.maps("workers").forEach(this::worker);
    root.requiredMap("postcodes").ifPresent(this::postcodes);
    root.tellUnknownKeys();
  }

  private void team(YamlMap map) {
    Optional<String> id = draft.id(map, "id", Kind.TEAM);
    Optional<String> name = map.requiredWord("name").map(YamlMap.Word::text);
    Optional<String> coordinator = draft.reference(map, "coordinator", Kind.WORKER);
    if (!map.has("coordinator")) {
      map.error("id", "NO_COORDINATOR", id.orElse("?"));
    }
    Optional<WorkerId> deputy = draft.reference(map, "deputy", Kind.WORKER).map(WorkerId::new);
    map.requiredMap("delivery");
    Optional<Delivery> delivery = map.has("delivery") ? draft.ownDelivery(map) : Optional.empty();
    map.tellUnknownKeys();
    if (id.isPresent() && name.isPresent() && coordinator.isPresent() && delivery.isPresent()) {
      Team team =
          new Team(
              new TeamId(id.get()),
              name.get(),
              new WorkerId(coordinator.get()),
              deputy,
              delivery.get());
      draft.teams.add(new Drafted<>(team, map));
    }
  }

  private void expertise(YamlMap map) {
    Optional<String> code = draft.id(map, "code", Kind.EXPERTISE);
    Optional<String> name = map.requiredWord("name").map(YamlMap.Word::text);
    Set<Situation> grounds = EnumSet.noneOf(Situation.class);
    map.words("grounds").forEach(w -> map.choiceIn(w, "grounds", GROUNDS).ifPresent(grounds::add));
    map.tellUnknownKeys();
    if (code.isPresent() && name.isPresent()) {
      draft.expertise.add(new Drafted<>(new Expertise(code.get(), name.get(), grounds), map));
    }
  }

  private void worker(YamlMap map) {
    Optional<WorkerId> id = draft.id(map, "id", Kind.WORKER).map(WorkerId::new);
    Optional<Confidential<String>> name =
        map.requiredWord("name").map(w -> Confidential.of(w.text()));
    Worker.Function function = map.choice("function", FUNCTIONS).orElse(Worker.Function.WORKER);
    Optional<String> organisation = map.requiredWord("organisation").map(YamlMap.Word::text);
    Optional<TeamId> team =
        map.requiredWord("team").flatMap(w -> draft.reference(map, w, Kind.TEAM)).map(TeamId::new);
    Optional<Address> address = map.address("address");
    address.ifPresent(a -> draft.serve(a, map, map.line("address")));
    Optional<Delivery> delivery = draft.ownDelivery(map);
    Optional<String> phone = map.wordOrNumber("phone").map(YamlMap.Word::text);
    Set<String> expertise = new TreeSet<>();
    map.words("expertise")
        .forEach(w -> draft.reference(map, w, Kind.EXPERTISE).ifPresent(expertise::add));
    Optional<Integer> capacity =
        map.number("capacity", 0, MOST_CASES)
            .or(() -> map.has("capacity") ? Optional.empty() : Optional.of(0));
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    map.words("officeDays").forEach(w -> map.choiceIn(w, "officeDays", DAYS).ifPresent(days::add));
    List<Absence> absences = absences(map, id);
    Optional<LocalDate> endDate = map.date("endDate");
    map.tellUnknownKeys();
    if (id.isEmpty()
        || name.isEmpty()
        || organisation.isEmpty()
        || team.isEmpty()
        || capacity.isEmpty()) {
      return;
    }
    Worker worker =
        new Worker(
            id.get(),
            name.get(),
            function,
            organisation.get(),
            team.get(),
            address,
            delivery,
            phone,
            expertise,
            capacity.get(),
            days,
            absences,
            endDate);
    draft.workers.add(new Drafted<>(worker, map));
  }

  private List<Absence> absences(YamlMap worker, Optional<WorkerId> id) {
    List<Absence> absences = new ArrayList<>();
    for (YamlMap map : worker.maps("absences")) {
      Optional<LocalDate> from = map.requiredDate("from");
      Optional<LocalDate> until = map.date("until");
      Optional<WorkerId> substitute =
          draft.reference(map, "substitute", Kind.WORKER).map(WorkerId::new);
      if (substitute.isPresent() && substitute.equals(id)) {
        map.error("substitute", "OWN_SUBSTITUTE", substitute.get());
      }
      map.tellUnknownKeys();
      boolean backwards = from.isPresent() && until.isPresent() && until.get().isBefore(from.get());
      if (backwards) {
        map.error("until", "PERIOD_BACKWARDS");
      } else {
        from.ifPresent(f -> absences.add(new Absence(f, until, substitute)));
      }
    }
    return absences;
  }

  private void postcodes(YamlMap map) {
    Map<Postcode, RoutesDraft.Place> seen = new TreeMap<>(Comparator.comparing(Postcode::toString));
    Optional<YamlMap> teams = map.requiredMap("teams");
    teams.ifPresent(t -> teamPostcodes(t, seen));
    map.wordsOrNumbers("none").forEach(w -> postcode(map, w, seen));
    Optional<YamlMap> area = map.map("area");
    map.tellUnknownKeys();
    area.ifPresent(a -> tellGaps(a, seen));
  }

  private void teamPostcodes(YamlMap teams, Map<Postcode, RoutesDraft.Place> seen) {
    for (YamlMap.Word key : teams.keys()) {
      Optional<TeamId> team = draft.reference(teams, key, Kind.TEAM).map(TeamId::new);
      for (YamlMap.Word word : teams.wordsOrNumbers(key.text())) {
        Optional<Postcode> postcode = postcode(teams, word, seen);
        if (team.isPresent() && postcode.isPresent()) {
          draft.postcodes.putIfAbsent(postcode.get(), team.get());
        }
      }
    }
  }

  private Optional<Postcode> postcode(
      YamlMap map, YamlMap.Word word, Map<Postcode, RoutesDraft.Place> seen) {
    Optional<Postcode> postcode = Postcode.parse(word.text());
    if (postcode.isEmpty()) {
      draft.problems.error(map.file(), word.line(), "VALUE_NOT_POSTCODE");
      return postcode;
    }
    RoutesDraft.Place before =
        seen.putIfAbsent(postcode.get(), new RoutesDraft.Place(map.file(), word.line()));
    if (before != null) {
      draft.problems.error(
          map.file(), word.line(), "POSTCODE_OVERLAP", postcode.get(), before.line());
    }
    return postcode;
  }

  private void tellGaps(YamlMap area, Map<Postcode, RoutesDraft.Place> seen) {
    Optional<Integer> from = area.number("from", 1000, 9999);
    Optional<Integer> until = area.number("until", 1000, 9999);
    if (!area.has("from") || !area.has("until")) {
      area.error("from", "FIELD_MISSING", area.has("from") ? "until" : "from");
    }
    area.tellUnknownKeys();
    if (from.isEmpty() || until.isEmpty()) {
      return;
    }
    if (until.get() < from.get()) {
      area.error("until", "PERIOD_BACKWARDS");
    }
    List<String> missing = new ArrayList<>();
    for (int digits = from.get(); digits <= until.get(); digits++) {
      if (!seen.containsKey(new Postcode(Integer.toString(digits), ""))) {
        missing.add(Integer.toString(digits));
      }
    }
    if (!missing.isEmpty()) {
      String shown = String.join(", ", missing.subList(0, Math.min(20, missing.size())));
      area.warning("from", "POSTCODE_GAP", shown);
    }
  }
}
