/**
 * The judge: is a letter complete, may it go, and to whom. Puts routing and consent together into
 * one decision; a pure function of the letter and the facts.
 */
@NullMarked
package nl.wotpoort.rules.judge;

import org.jspecify.annotations.NullMarked;
