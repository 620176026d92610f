/**
 * Takes mail from a mail server in front, by SMTP or LMTP, and says 250 only when it is stored. A
 * Camel component, {@code wotpoort-smtp:LISTENER}.
 */
@NullMarked
package nl.wotpoort.route.smtp;

import org.jspecify.annotations.NullMarked;
