package nl.wotpoort.cli;

import java.util.Optional;
import nl.wotpoort.rules.routing.Outcome;
import nl.wotpoort.texts.Texts;

/** The outcome of routing in one sentence, or as a code. Ids of workers, not their names. */
final class Destinations {

  private Destinations() {}

  static String sentence(Outcome outcome, Screen screen) {
    return outcome.fold(
        new Outcome.Cases<String>() {
          @Override
          public String toWorker(Outcome.ToWorker to) {
            return screen.text("route.toWorker", to.worker().id(), to.worker().team());
          }

          @Override
          public String toCoordinator(Outcome.ToCoordinator to) {
            return screen.text("route.toCoordinator", to.coordinator().id(), to.team().name());
          }

          @Override
          public String toTeam(Outcome.ToTeam to) {
            return screen.text("route.toTeam", to.team().name());
          }

          @Override
          public String toDesk(Outcome.ToDesk to) {
            return screen.text("route.toDesk", to.desk().address());
          }

          @Override
          public String toCentral(Outcome.ToCentral to) {
            return screen.text("route.toCentral");
          }

          @Override
          public String closed(Outcome.Closed closed) {
            return screen.text("route.closed", closed.mailbox().text());
          }

          @Override
          public String hold(Outcome.Hold hold) {
            String cause =
                Texts.of("routing", screen.language()).say("HOLD_" + hold.cause().name());
            return screen.text("route.hold", cause);
          }
        });
  }

  static String code(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<String>() {
          @Override
          public String toWorker(Outcome.ToWorker to) {
            return "WORKER";
          }

          @Override
          public String toCoordinator(Outcome.ToCoordinator to) {
            return "COORDINATOR";
          }

          @Override
          public String toTeam(Outcome.ToTeam to) {
            return "TEAM";
          }

          @Override
          public String toDesk(Outcome.ToDesk to) {
            return "DESK";
          }

          @Override
          public String toCentral(Outcome.ToCentral to) {
            return "CENTRAL";
          }

          @Override
          public String closed(Outcome.Closed closed) {
            return "CLOSED";
          }

          @Override
          public String hold(Outcome.Hold hold) {
            return "HOLD";
          }
        });
  }

  static Optional<String> holdCause(Outcome outcome) {
    return outcome instanceof Outcome.Hold hold
        ? Optional.of(hold.cause().name())
        : Optional.empty();
  }
}
