package nl.wotpoort.letter;

import java.util.List;

/**
 * Content whose signature verified, chained to a trusted anchor and matched the sender: the only
 * thing {@code mime} reads. Made by {@code smime} alone (a test holds that), so content that was
 * not verified has no way in.
 *
 * @param entity the MIME entity to read: the inner message when the sender wrapped a whole one,
 *     otherwise the signed entity
 * @param signedEntity the signature with what it signs, as one MIME entity: what travels on to the
 *     team and stays verifiable. multipart/signed; application/pkcs7-mime signed-data only when its
 *     content would not travel unwrapped. Content and signature byte for byte as they came. In
 *     pieces, so that 25 MB are not laid together; its header is whole in the first one
 * @param headers the header fields that count, in order: the protected ones where the sender
 *     protected any, otherwise the outer ones (of which only From was compared with the signer)
 * @param protection how far the header fields are covered by the signature
 * @param contentSha256 SHA-256 of the content that was signed, lower-case hex
 */
public record VerifiedContent(
    Bytes entity,
    List<Bytes> signedEntity,
    List<HeaderField> headers,
    Protection protection,
    String contentSha256) {

  /**
   * WRAPPED: message/rfc822 inside (RFC 8551 §3.1); PROTECTED: RFC 9788 header protection; BARE:
   * header fields were not signed.
   */
  public enum Protection {
    WRAPPED,
    PROTECTED,
    BARE
  }

  public VerifiedContent {
    signedEntity = List.copyOf(signedEntity);
    headers = List.copyOf(headers);
  }
}
