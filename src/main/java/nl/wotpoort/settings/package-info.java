/**
 * Reads what an administrator edits ({@code wotpoort.properties} and {@code routes/*.yaml}) into
 * immutable values. A mistake is told with its file, its line and what to do about it; nothing is
 * guessed.
 */
@NullMarked
package nl.wotpoort.settings;

import org.jspecify.annotations.NullMarked;
