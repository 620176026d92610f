/**
 * The whole house on real mail servers: what goes in over SMTP and IMAP, what comes out over SMTP,
 * and what openssl says of it. A scenario is a folder below src/test/resources/scenarios.
 */
@NullMarked
package nl.wotpoort.scenarios;

import org.jspecify.annotations.NullMarked;
