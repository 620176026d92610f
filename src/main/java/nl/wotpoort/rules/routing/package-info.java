/**
 * The right desk for a letter: ten rules in a fixed order, each leaving a finding. A pure function
 * of the facts, the directory and the day.
 */
@NullMarked
package nl.wotpoort.rules.routing;

import org.jspecify.annotations.NullMarked;
