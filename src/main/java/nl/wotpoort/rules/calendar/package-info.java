/** When the teams are at work: Dutch holidays, office hours, working days. Pure. */
@NullMarked
package nl.wotpoort.rules.calendar;

import org.jspecify.annotations.NullMarked;
