/** The commands a person types. The only room that writes to the terminal. */
@NullMarked
package nl.wotpoort.cli;

import org.jspecify.annotations.NullMarked;
