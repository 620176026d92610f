package nl.wotpoort.desk;

import java.time.LocalDate;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.routing.Load;
import nl.wotpoort.rules.routing.RoutingFacts;

/**
 * What routing looked at in one case, kept to try changed routes on: postcode, age in years, what
 * was asked for, and which teams the consent reached. No name, date of birth, number or pseudonym
 * of the client is in it.
 *
 * @param age in whole years on the day; below 0 for a date that had yet to come
 * @param covered the parties the consent reached
 * @param uncovered those it did not
 */
public record RoutingMemo(
    Address addressed,
    RoutingFacts.Matter matter,
    Optional<Confidential<Postcode>> postcode,
    Optional<Integer> age,
    List<String> expertise,
    Set<Situation> situations,
    Letter.Urgency urgency,
    Optional<WorkerId> contactPerson,
    Optional<String> preferredTeam,
    RoutingFacts.Supporter supporter,
    Set<String> covered,
    Set<String> uncovered) {

  public RoutingMemo {
    expertise = List.copyOf(expertise);
    situations = Set.copyOf(situations);
    covered = Set.copyOf(covered);
    uncovered = Set.copyOf(uncovered);
  }

  /** Of a decision that was taken with this directory on this day. */
  static RoutingMemo of(
      RoutingFacts facts, Directory directory, Optional<Party> chosen, LocalDate day) {
    Set<String> covered = new TreeSet<>();
    Set<String> uncovered = new TreeSet<>();
    for (Team team : directory.teams()) {
      (facts.covered().test(team.party()) ? covered : uncovered).add(team.party().path());
    }
    chosen.filter(facts.covered()).map(Party::path).ifPresent(covered::add);
    boolean central = facts.covered().test(Mailbox.General.PARTY);
    (central ? covered : uncovered).add(Mailbox.General.PARTY.path());
    return new RoutingMemo(
        facts.addressed(),
        facts.matter(),
        facts.postcode(),
        facts.birthDate().map(born -> years(born.reveal(), day)),
        facts.expertise(),
        facts.situations(),
        facts.urgency(),
        facts.contactPerson(),
        facts.preferredTeam(),
        facts.supporter(),
        covered,
        uncovered);
  }

  private static int years(LocalDate born, LocalDate day) {
    return born.isAfter(day) ? -1 : Period.between(born, day).getYears();
  }

  /**
   * The facts again, for somebody as old on {@code day}. A worker is reached when the worker or the
   * team was; a team that did not exist then, when all the others were.
   */
  public RoutingFacts facts(Load load, LocalDate day) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        age.map(years -> Confidential.of(years < 0 ? day.plusDays(1) : day.minusYears(years))),
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        party -> reaches(party.path()));
  }

  private boolean reaches(String path) {
    if (covered.contains(path)) {
      return true;
    }
    int slash = path.indexOf('/');
    String team = slash < 0 ? path : path.substring(0, slash);
    return covered.contains(team) || (!uncovered.contains(team) && uncovered.isEmpty());
  }

  String write() {
    NamedLines lines = new NamedLines();
    lines.put("addressed", addressed.toString());
    lines.put("matter", matter.name());
    postcode.ifPresent(p -> lines.put("postcode", p.reveal().toString()));
    age.ifPresent(years -> lines.put("age", String.valueOf(years)));
    lines.putAll("expertise", expertise);
    Set<String> grounds = new HashSet<>();
    situations.forEach(situation -> grounds.add(situation.code()));
    lines.putAll("situations", grounds);
    lines.put("urgency", urgency.name());
    contactPerson.ifPresent(worker -> lines.put("contact", worker.value()));
    preferredTeam.ifPresent(team -> lines.put("team", team));
    lines.put("supporter", supporter.name());
    lines.putAll("covered", covered);
    lines.putAll("uncovered", uncovered);
    return lines.write();
  }

  /** Throws IllegalArgumentException for what {@link #write} did not write. */
  public static RoutingMemo read(String text) {
    NamedLines lines = NamedLines.read(text);
    Set<Situation> situations = new HashSet<>();
    lines
        .list("situations", Situation::ofCode)
        .forEach(situation -> situation.ifPresent(situations::add));
    return new RoutingMemo(
        Address.of(lines.required("addressed")),
        RoutingFacts.Matter.valueOf(lines.required("matter")),
        lines.value("postcode").flatMap(Postcode::parse).map(Confidential::of),
        lines.value("age").map(Integer::valueOf),
        lines.list("expertise", Function.identity()),
        situations,
        Letter.Urgency.valueOf(lines.required("urgency")),
        lines.value("contact").map(WorkerId::new),
        lines.value("team"),
        RoutingFacts.Supporter.valueOf(lines.required("supporter")),
        lines.set("covered", Function.identity()),
        lines.set("uncovered", Function.identity()));
  }
}
