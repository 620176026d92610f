package nl.wotpoort.route;

import java.time.Instant;
import java.util.Optional;

/**
 * How one intake is doing.
 *
 * @param name of the account, as in the settings
 * @param isWorking whether the last look succeeded; before the first look it did not. Told in the
 *     order in which it happened: a clock that is set back, or two things at one instant, say
 *     nothing about that
 * @param lastSuccess when its server was last looked at without a fault, or another node was found
 *     to do that
 * @param lastFailure when that last failed
 * @param failure what kind of fault that was: a class name, no text of a server
 */
public record IntakeHealth(
    String name,
    boolean isWorking,
    Optional<Instant> lastSuccess,
    Optional<Instant> lastFailure,
    Optional<String> failure) {}
