/** Binds desk and store to Camel and to the mail servers: intake, schedule, dispatch, health. */
@NullMarked
package nl.wotpoort.route;

import org.jspecify.annotations.NullMarked;
