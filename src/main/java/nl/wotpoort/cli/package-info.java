/** The commands a person types. The only room that prints. */
@NullMarked
package nl.wotpoort.cli;

import org.jspecify.annotations.NullMarked;
