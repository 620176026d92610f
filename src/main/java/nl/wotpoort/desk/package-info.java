/**
 * Walks one message through the rooms, in order, once: open, read, decide, seal, post. Holds no
 * policy and no mechanism of its own.
 */
@NullMarked
package nl.wotpoort.desk;

import org.jspecify.annotations.NullMarked;
