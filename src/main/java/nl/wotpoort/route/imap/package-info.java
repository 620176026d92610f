/**
 * Fetches mail from an IMAP folder: by UID, many at a time, and moves it away only when it is
 * stored. A Camel component, {@code wotpoort-imap:ACCOUNT}.
 */
@NullMarked
package nl.wotpoort.route.imap;

import org.jspecify.annotations.NullMarked;
