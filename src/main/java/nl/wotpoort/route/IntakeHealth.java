package nl.wotpoort.route;

import java.time.Instant;
import java.util.Optional;

/**
 * How one intake is doing.
 *
 * @param name of the account, as in the settings
 * @param lastSuccess when its server was last looked at without a fault, or another node was found
 *     to do that
 * @param lastFailure when that last failed
 * @param failure what kind of fault that was: a class name, no text of a server
 */
public record IntakeHealth(
    String name,
    Optional<Instant> lastSuccess,
    Optional<Instant> lastFailure,
    Optional<String> failure) {

  /** Whether the last look succeeded; before the first look it did not. */
  public boolean isWorking() {
    return lastSuccess.isPresent()
        && lastFailure.map(failed -> failed.isBefore(lastSuccess.get())).orElse(true);
  }
}
