/**
 * What may happen to a letter: consent and routing, as pure functions of values. No clock, no
 * storage, no mail.
 */
@NullMarked
package nl.wotpoort.rules;

import org.jspecify.annotations.NullMarked;
