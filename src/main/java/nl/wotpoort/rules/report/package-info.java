/** The half-year figures for the evaluation of the agreement: counts, never persons. Pure. */
@NullMarked
package nl.wotpoort.rules.report;

import org.jspecify.annotations.NullMarked;
