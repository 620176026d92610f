package nl.wotpoort.cli;

import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;

/**
 * Who a party or an address is, in words a client knows; what the directory does not have (any
 * more) stays as it was written.
 */
final class PartyNames {

  private final Directory directory;
  private final Screen screen;

  PartyNames(Directory directory, Screen screen) {
    this.directory = directory;
    this.screen = screen;
  }

  /** Of a path such as {@code wot:oost/w401}, or an address. */
  String of(String text) {
    Optional<Party> ofAddress = Address.parse(text).flatMap(directory::party);
    String path = ofAddress.map(Party::path).orElse(text);
    return worker(path).or(() -> team(path)).or(() -> practice(path)).orElseGet(() -> other(path));
  }

  private Optional<String> worker(String path) {
    return directory.workers().stream()
        .filter(worker -> worker.party().path().equals(path))
        .findFirst()
        .map(worker -> screen.text("party.person", worker.name().reveal(), teamOf(worker)));
  }

  private String teamOf(Worker worker) {
    return directory.team(worker.team()).map(this::named).orElse("");
  }

  private Optional<String> team(String path) {
    return directory.teams().stream()
        .filter(team -> team.party().path().equals(path))
        .findFirst()
        .map(this::named);
  }

  private String named(Team team) {
    return screen.text("party.team", team.name());
  }

  private Optional<String> practice(String path) {
    return directory.partners().stream()
        .filter(practice -> practice.party().covers(new Party(path)))
        .findFirst()
        .map(practice -> person(path, practice).orElse(practice.name()));
  }

  private Optional<String> person(String path, Partner practice) {
    return practice.professionals().stream()
        .filter(person -> practice.party(person).path().equals(path))
        .findFirst()
        .map(person -> screen.text("party.person", person.name().reveal(), practice.name()));
  }

  private String other(String path) {
    return screen.textOr("party." + path.replace(':', '.'), path);
  }
}
