/**
 * Says how the gateway is doing: health, figures, and a log line for each event. Judges no mail.
 */
@NullMarked
package nl.wotpoort.route.status;

import org.jspecify.annotations.NullMarked;
