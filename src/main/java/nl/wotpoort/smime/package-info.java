/**
 * Opens and seals envelopes, bytes to bytes: S/MIME (RFC 8551), the certificates behind it (RFC
 * 5280) and whose they are. The only room that sees a private key. What it has not verified, it
 * does not hand out; every other outcome is a {@link nl.wotpoort.smime.Finding} of a closed list.
 */
@NullMarked
package nl.wotpoort.smime;

import org.jspecify.annotations.NullMarked;
