package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;

/**
 * An opaque signature (application/pkcs7-mime) written as a detached one (multipart/signed): the
 * same content, the same SignerInfos and certificates, byte for byte, so the same signature. What
 * travels on can then be read by any mail program, and 25 MB are wrapped in base64 once less.
 */
final class ClearSigned {

  private static final byte[] CRLF = {'\r', '\n'};

  private ClearSigned() {}

  /** Empty when the content would not travel as it is: a bare CR or LF would be changed. */
  static Optional<Pieces> of(Bytes content, Asn1 signedData, byte[] sha256, String digest) {
    LineEnds.Kind kind = LineEnds.kind(content);
    if (kind.bareLf() || kind.bareCr()) {
      return Optional.empty();
    }
    // out of the content's own hash, so that the same mail always gives the same entity
    String boundary = "=_origineel_" + Certificates.hex(sha256).substring(0, 32);
    byte[] signature = Base64.getMimeEncoder(76, CRLF).encode(withoutContent(signedData));
    return Optional.of(
        new Pieces(
            List.of(
                ascii(head(boundary, digest.toLowerCase(Locale.ROOT))),
                content,
                ascii("\r\n--" + boundary + "\r\n" + SigningWriter.signatureHead()),
                Bytes.wrap(signature),
                ascii("\r\n--" + boundary + "--\r\n"))));
  }

  private static String head(String boundary, String micalg) {
    return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n micalg="
        + micalg
        + "; boundary=\""
        + boundary
        + "\"\r\n\r\n--"
        + boundary
        + "\r\n";
  }

  /** A ContentInfo with the SignedData (RFC 5652 §5.1), its eContent left out. */
  private static byte[] withoutContent(Asn1 signedData) {
    List<byte[]> members = new ArrayList<>();
    for (Asn1 member : signedData.children()) {
      boolean isContentInfo = members.size() == 2;
      members.add(isContentInfo ? Der.sequence(Der.oid(Oids.DATA)) : member.raw());
    }
    byte[] detached = Der.sequence(members.toArray(new byte[0][]));
    return Der.sequence(Der.oid(Oids.SIGNED_DATA), Der.value(0xA0, detached));
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text, StandardCharsets.US_ASCII);
  }
}
