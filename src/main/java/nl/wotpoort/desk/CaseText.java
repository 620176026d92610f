package nl.wotpoort.desk;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.rules.judge.Facts;

/**
 * What the desk writes into a case beside the case book's own columns (encrypted there), and reads
 * back: what an answer in the case is judged by.
 *
 * @param handlerAt where letters reach a handler who is no team or worker
 * @param consented whether the client consented: a ground in its place is no consent
 * @param stated whether that was the referrer's own statement in the referral
 * @param born of the client, for whoever consents to an answer must be old enough
 */
record CaseText(
    Decision.Matter matter,
    String handler,
    Optional<Address> handlerAt,
    boolean consented,
    boolean stated,
    Optional<LocalDate> born,
    Set<String> guardians,
    List<String> purposes,
    List<String> asked) {

  CaseText {
    guardians = Set.copyOf(guardians);
    purposes = List.copyOf(purposes);
    asked = List.copyOf(asked);
  }

  static CaseText of(Decision.Matter matter, Optional<Decision.Forward> forward, Facts facts) {
    Optional<Scenario> scenario = forward.flatMap(f -> f.basis().scenario());
    Optional<Scenario.Client> client = scenario.flatMap(Scenario::client);
    return new CaseText(
        matter,
        forward.map(f -> f.to().party().path()).orElse("nobody"),
        forward
            .map(Decision.Forward::to)
            .filter(to -> to.party().kind().equals("gp"))
            .map(Destination::address),
        forward.map(f -> f.basis().consent().reason() == Reason.CONSENT).orElse(false),
        forward.map(f -> f.basis().consent().records().contains(Decision.STATEMENT)).orElse(false),
        client.flatMap(Scenario.Client::born),
        client.map(Scenario.Client::guardians).orElse(Set.of()),
        scenario.map(s -> s.purposes().stream().map(Purpose::code).toList()).orElse(List.of()),
        scenario.map(s -> s.categories().stream().map(Category::code).toList()).orElse(List.of()));
  }

  /** The same case with another handler. */
  CaseText handledBy(Party other) {
    return new CaseText(
        matter,
        other.path(),
        Optional.empty(),
        consented,
        stated,
        born,
        guardians,
        purposes,
        asked);
  }

  String write() {
    NamedLines lines = new NamedLines();
    lines.put("matter", matter.name());
    lines.put("handler", handler);
    handlerAt.ifPresent(address -> lines.put("handlerAt", address.toString()));
    lines.put("consented", String.valueOf(consented));
    lines.put("stated", String.valueOf(stated));
    born.ifPresent(day -> lines.put("born", day.toString()));
    lines.putAll("guardians", guardians);
    lines.putAll("purposes", purposes);
    lines.putAll("asked", asked);
    return lines.write();
  }

  /** Throws IllegalArgumentException for what {@link #write} did not write. */
  static CaseText read(String text) {
    NamedLines lines = NamedLines.read(text);
    return new CaseText(
        Decision.Matter.valueOf(lines.required("matter")),
        lines.required("handler"),
        lines.value("handlerAt").map(Address::of),
        Boolean.parseBoolean(lines.required("consented")),
        lines.value("stated").map(Boolean::parseBoolean).orElse(false),
        lines.day("born"),
        lines.set("guardians", Function.identity()),
        lines.list("purposes", Function.identity()),
        lines.list("asked", Function.identity()));
  }
}
