/**
 * What a message is, as plain values: addresses, clients, questions, consent, and the kinds of
 * letter. Knows no mail library, no cryptography and no storage; imports nothing of ours.
 */
@NullMarked
package nl.wotpoort.letter;

import org.jspecify.annotations.NullMarked;
