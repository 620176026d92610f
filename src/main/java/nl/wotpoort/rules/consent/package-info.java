/**
 * The consent policy: who may receive what about a client, for which purpose, now. A pure function
 * with dated tables.
 */
@NullMarked
package nl.wotpoort.rules.consent;

import org.jspecify.annotations.NullMarked;
