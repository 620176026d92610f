package nl.wotpoort.rules.routing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;

/**
 * Everything routing looks at, gathered once. Immutable as long as {@code load} and {@code covered}
 * are.
 *
 * @param addressed the mailbox the sender wrote to; for an answer in a running case the mailbox the
 *     case came in at
 * @param expertise as named in the structured fields, by code or name
 * @param situations the grounds of a referral (agreement R1)
 * @param contactPerson of the client's running case
 * @param preferredTeam the team the client chose (agreement R6), by id or name
 * @param covered whether the consent reaches this party; asked only where the rules choose among
 *     people, the final recipient is judged again afterwards
 */
public record RoutingFacts(
    Address addressed,
    Matter matter,
    Optional<Confidential<Postcode>> postcode,
    Optional<Confidential<LocalDate>> birthDate,
    List<String> expertise,
    Set<Situation> situations,
    Letter.Urgency urgency,
    Optional<WorkerId> contactPerson,
    Optional<String> preferredTeam,
    Supporter supporter,
    Load load,
    Predicate<Party> covered) {

  /** What the letter is for, as far as routing cares. */
  public enum Matter {
    /** Somebody wants to confer about a client (agreement R4). */
    CONSULTATION,
    OTHER
  }

  /** Whether a client supporter is asked for (agreement R6). */
  public enum Supporter {
    NOT_ASKED,
    OWN_TEAM,
    /** Objectivity is in doubt. */
    OTHER_TEAM
  }

  public RoutingFacts {
    expertise = List.copyOf(expertise);
    situations = Set.copyOf(situations);
  }

  /** Nothing known but the mailbox; nobody busy, everybody covered. */
  public static RoutingFacts to(Address addressed) {
    return new RoutingFacts(
        addressed,
        Matter.OTHER,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of(),
        Letter.Urgency.NORMAL,
        Optional.empty(),
        Optional.empty(),
        Supporter.NOT_ASKED,
        Load.none(),
        party -> true);
  }

  public RoutingFacts withMatter(Matter matter) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withPostcode(Optional<Confidential<Postcode>> postcode) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withBirthDate(Optional<Confidential<LocalDate>> birthDate) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withExpertise(List<String> expertise) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withSituations(Set<Situation> situations) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withUrgency(Letter.Urgency urgency) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withContactPerson(Optional<WorkerId> contactPerson) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withPreferredTeam(Optional<String> preferredTeam) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withSupporter(Supporter supporter) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withLoad(Load load) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }

  public RoutingFacts withCovered(Predicate<Party> covered) {
    return new RoutingFacts(
        addressed,
        matter,
        postcode,
        birthDate,
        expertise,
        situations,
        urgency,
        contactPerson,
        preferredTeam,
        supporter,
        load,
        covered);
  }
}
