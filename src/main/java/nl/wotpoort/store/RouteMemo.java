package nl.wotpoort.store;

import java.util.Optional;
import nl.wotpoort.letter.Confidential;

/**
 * How a case found its desk.
 *
 * @param routes the version of the routes it was decided by
 * @param facts what routing looked at, in the desk's own form and without anything that names the
 *     client; encrypted on the disk
 * @param capacity how many open cases the worker may have with this one, when the worker was chosen
 *     for having room; empty when the sender or a rule named the worker
 */
public record RouteMemo(String routes, Confidential<String> facts, Optional<Integer> capacity) {}
