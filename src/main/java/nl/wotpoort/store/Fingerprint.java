package nl.wotpoort.store;

import java.util.Optional;
import nl.wotpoort.letter.Address;

/**
 * What makes two mails the same: signer, digest of the signed content (lower-case hex) and
 * recipient. The Message-ID is kept beside it, to see one that comes back with other content.
 */
public record Fingerprint(
    Address signer, String contentSha256, Address recipient, Optional<String> messageId) {}
