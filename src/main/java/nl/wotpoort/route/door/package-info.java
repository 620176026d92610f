/** The one door for mail that comes in, whichever way: whose it is, and that it is stored first. */
@NullMarked
package nl.wotpoort.route.door;

import org.jspecify.annotations.NullMarked;
