package nl.wotpoort.rules.routing;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Absence;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Entries;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Mailbox.Desk;
import nl.wotpoort.directory.PostcodeTable;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.Worker.Function;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;

/**
 * A small town for the routing tests: three teams, and who can do what.
 *
 * <pre>
 * team       coordinator  deputy  workers (expertise, capacity)
 * oost       c-oost       o2      o1 (schulden 4)  o2 (wonen 2)  o3 (wonen 9, no delivery address)
 * zuid       c-zuid       z1      z1 (schulden wonen 4)  z2 (schulden verslaving 4; away 21 Dec - 1 Jan, substitute z1)
 * groenoord  c-groenoord  none    g1 (schulden 2; leaves 31 Mar 2027)  g2 (verslaving 3; away from 24 Dec)  g0 (sociaal 0)
 * client supporters k-oost, k-zuid, k-groenoord (2 each); makelaar m1 (schulden 5)
 * </pre>
 */
final class RoutingTown {

  private final Map<String, List<Absence>> absences = new HashMap<>();
  private final Map<String, LocalDate> endDates = new HashMap<>();
  private final List<Worker> workers = new ArrayList<>();

  RoutingTown() {
    absences.put("z2", List.of(away(LocalDate.of(2026, 12, 21), LocalDate.of(2027, 1, 1), "z1")));
    absences.put(
        "g2", List.of(new Absence(LocalDate.of(2026, 12, 24), Optional.empty(), Optional.empty())));
    endDates.put("g1", LocalDate.of(2027, 3, 31));
  }

  static Absence away(LocalDate from, LocalDate until, String substitute) {
    return new Absence(
        from,
        Optional.of(until),
        Optional.of(substitute).filter(s -> !s.isEmpty()).map(WorkerId::new));
  }

  void absent(String worker, LocalDate from, LocalDate until, String substitute) {
    absences.put(worker, List.of(away(from, until, substitute)));
  }

  void ends(String worker, LocalDate last) {
    endDates.put(worker, last);
  }

  Directory directory() {
    workers.clear();
    coordinator("oost");
    coordinator("zuid");
    coordinator("groenoord");
    worker("o1", "oost", 4, "schulden");
    worker("o2", "oost", 2, "wonen");
    worker("o3", "oost", 9, "wonen");
    worker("z1", "zuid", 4, "schulden", "wonen");
    worker("z2", "zuid", 4, "schulden", "verslaving");
    worker("g1", "groenoord", 2, "schulden");
    worker("g2", "groenoord", 3, "verslaving");
    worker("g0", "groenoord", 0, "sociaal");
    person("k-oost", "oost", Function.CLIENT_SUPPORTER, 2, Set.of());
    person("k-zuid", "zuid", Function.CLIENT_SUPPORTER, 2, Set.of());
    person("k-groenoord", "groenoord", Function.CLIENT_SUPPORTER, 2, Set.of());
    person("m1", "oost", Function.MAKELAAR, 5, Set.of("schulden"));
    return Directory.of(
        new Entries(
            "test",
            List.of(
                team("oost", "Oost", "o2"),
                team("zuid", "Zuid-Schiedam", "z1"),
                team("groenoord", "Groenoord", "")),
            workers,
            expertise(),
            List.of(),
            mailboxes(),
            postcodes()));
  }

  private static List<Expertise> expertise() {
    return List.of(
        new Expertise("schulden", "Geldzaken", Set.of(Situation.HOUSING_WORK_INCOME)),
        new Expertise("wonen", "Wonen", Set.of(Situation.HOUSING_WORK_INCOME)),
        new Expertise("verslaving", "Verslaving en meer", Set.of(Situation.ADDICTION)),
        new Expertise("opvoeden", "Opvoeden", Set.of(Situation.YOUTH)),
        new Expertise("sociaal", "Sociaal netwerk", Set.of(Situation.SOCIAL_NETWORK)));
  }

  private static List<Mailbox> mailboxes() {
    List<Mailbox> mailboxes = new ArrayList<>();
    mailboxes.add(new Mailbox.TeamMailbox(at("oost"), Set.of(at("team-oost")), new TeamId("oost")));
    mailboxes.add(new Mailbox.TeamMailbox(at("zuid"), Set.of(), new TeamId("zuid")));
    mailboxes.add(new Mailbox.TeamMailbox(at("groenoord"), Set.of(), new TeamId("groenoord")));
    mailboxes.add(new Mailbox.General(at("info"), Set.of(), Optional.of(delivery("centraal"))));
    mailboxes.add(new Mailbox.General(at("algemeen"), Set.of(), Optional.empty()));
    mailboxes.add(new Mailbox.Closed(at("oud"), Set.of(), "Dit adres is gesloten."));
    desk(mailboxes, "wvggz", Desk.Kind.WVGGZ);
    desk(mailboxes, "klachten", Desk.Kind.COMPLAINTS);
    desk(mailboxes, "toestemming", Desk.Kind.CONSENT);
    desk(mailboxes, "makelaar", Desk.Kind.MAKELAAR);
    desk(mailboxes, "jeugd", Desk.Kind.YOUTH);
    desk(mailboxes, "smoelenboek", Desk.Kind.SMOELENBOEK);
    desk(mailboxes, "ping", Desk.Kind.PING);
    return mailboxes;
  }

  private static void desk(List<Mailbox> mailboxes, String name, Desk.Kind kind) {
    mailboxes.add(
        new Desk(at(name), Set.of(), kind, kind.usualParty(), Optional.of(delivery(name))));
  }

  private static PostcodeTable postcodes() {
    Map<Postcode, TeamId> teams = new HashMap<>();
    teams.put(new Postcode("3112", ""), new TeamId("oost"));
    teams.put(new Postcode("3113", ""), new TeamId("oost"));
    teams.put(new Postcode("3114", ""), new TeamId("zuid"));
    teams.put(new Postcode("3118", ""), new TeamId("zuid"));
    teams.put(new Postcode("3118", "JB"), new TeamId("groenoord"));
    teams.put(new Postcode("3121", ""), new TeamId("groenoord"));
    return PostcodeTable.of(teams);
  }

  private static Team team(String id, String name, String deputy) {
    return new Team(
        new TeamId(id),
        name,
        new WorkerId("c-" + id),
        Optional.of(deputy).filter(d -> !d.isEmpty()).map(WorkerId::new),
        delivery(id));
  }

  private void coordinator(String team) {
    person("c-" + team, team, Function.COORDINATOR, 0, Set.of());
  }

  private void worker(String id, String team, int capacity, String... expertise) {
    person(id, team, Function.WORKER, capacity, Set.of(expertise));
  }

  private void person(
      String id, String team, Function function, int capacity, Set<String> expertise) {
    workers.add(
        new Worker(
            new WorkerId(id),
            Confidential.of("Iemand"),
            function,
            "MEE",
            new TeamId(team),
            Optional.of(at(id)),
            id.equals("o3") ? Optional.empty() : Optional.of(delivery(id)),
            Optional.empty(),
            expertise,
            capacity,
            Set.of(),
            absences.getOrDefault(id, List.of()),
            Optional.ofNullable(endDates.get(id))));
  }

  static Address at(String name) {
    return Address.of(name + "@wotschiedam.nl");
  }

  static Delivery delivery(String name) {
    return new Delivery(
        Address.of(name + "@intern.wotschiedam.nl"), Sealing.with(List.of(Path.of(name + ".pem"))));
  }
}
