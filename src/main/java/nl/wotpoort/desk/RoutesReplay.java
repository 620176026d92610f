package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.routing.Load;
import nl.wotpoort.rules.routing.Outcome;
import nl.wotpoort.rules.routing.Router;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.store.RoutedCase;

/**
 * Routes cases of the past again, by the directory in force and by a changed one, both on the same
 * day and with the same load: what comes out differently comes from the change alone. Uses the
 * router of the gateway; writes nothing.
 */
public final class RoutesReplay {

  private final Directory before;
  private final Directory after;
  private final Load load;
  private final LocalDate day;

  public RoutesReplay(Directory before, Directory after, Load load, Instant at) {
    this.before = before;
    this.after = after;
    this.load = load;
    this.day = LocalDate.ofInstant(at, Moment.AMSTERDAM);
  }

  /** A case that would go elsewhere. */
  public record Difference(
      CaseNumber number, Instant at, RoutingMemo memo, Routing before, Routing after) {}

  /** In the order of the cases. */
  public List<Difference> of(List<RoutedCase> cases) {
    List<Difference> found = new ArrayList<>();
    for (RoutedCase each : cases) {
      RoutingMemo memo = RoutingMemo.read(each.facts().reveal());
      Routing was = Router.route(memo.facts(load, day), before, day);
      Routing is = Router.route(memo.facts(load, day), after, day);
      if (!place(was.outcome()).equals(place(is.outcome()))) {
        found.add(new Difference(each.number(), each.at(), memo, was, is));
      }
    }
    return found;
  }

  /** Who gets it, and at which address; of what goes nowhere, why. */
  private record Place(Optional<Party> party, Optional<Address> address, String otherwise) {}

  private static Place place(Outcome outcome) {
    Optional<Outcome.Recipient> recipient = outcome.recipient();
    String otherwise =
        outcome instanceof Outcome.Hold hold
            ? hold.cause().name()
            : outcome instanceof Outcome.Closed closed ? closed.mailbox().text() : "";
    return new Place(
        recipient.map(Outcome.Recipient::party),
        recipient.flatMap(Outcome.Recipient::delivery).map(delivery -> delivery.address()),
        otherwise);
  }
}
