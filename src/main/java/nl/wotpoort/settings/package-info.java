/**
 * What an administrator writes: {@code wotpoort.properties} and the files of {@code routes/}, read
 * into immutable values or into problems with file, line and remedy. Whatever bytes a file holds,
 * reading it never throws, and all its problems are told, not just the first.
 */
@NullMarked
package nl.wotpoort.settings;

import org.jspecify.annotations.NullMarked;
