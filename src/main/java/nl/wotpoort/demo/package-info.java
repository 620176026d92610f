/**
 * The demo: an embedded mail server, a played GP, and the real gateway between them. Nothing of the
 * product is written here a second time.
 */
@NullMarked
package nl.wotpoort.demo;

import org.jspecify.annotations.NullMarked;
