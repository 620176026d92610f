package nl.wotpoort.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.wotpoort.letter.Bytes;

/** Boundaries that derive from an identification and stand in none of the parts. */
final class Boundaries {

  private Boundaries() {}

  static String of(String id, List<Bytes> parts) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      String digest = MailContents.sha256(Bytes.of(id + attempt, StandardCharsets.UTF_8));
      // "=_" stands in no quoted-printable and no base64 text
      String boundary = "=_wp_" + digest.substring(0, 32);
      byte[] line = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
      if (parts.stream().noneMatch(p -> p.contains(line))) {
        return boundary;
      }
    }
    throw new AssertionError("a thousand digests cannot all stand in one message");
  }
}
