package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a signed entity is written: its heads, its times and what it says we read. */
class SignedFormTest {

  private static final KeyEntry KEY = SamplePki.ring("gp").of(SamplePki.GP).get(0);

  private static String signed(String message, Instant now) {
    try {
      SignatureScheme scheme =
          SignatureScheme.outgoing(KEY.certificate().getPublicKey(), Recipient.Signature.RSA_PKCS1);
      return new SigningWriter(KEY, scheme, new SecureRandom())
          .multipartSigned(Pieces.of(message.getBytes(StandardCharsets.UTF_8)), now)
          .joined()
          .decode(StandardCharsets.ISO_8859_1);
    } catch (Fault e) {
      throw new AssertionError(e);
    }
  }

  private static String hexOfSignature(String entity) {
    String part = entity.substring(entity.indexOf("filename=smime.p7s"));
    String text = part.substring(part.indexOf("\r\n\r\n"), part.indexOf("\r\n--"));
    return HexFormat.of().formatHex(Base64.getMimeDecoder().decode(text));
  }

  /** RFC 5652 §11.3: two digits of the year up to 2049, then four. */
  @ParameterizedTest
  @CsvSource({
    "2026-06-15T10:00:00Z, 170d, 260615100000Z",
    "2049-12-31T23:59:59Z, 170d, 491231235959Z",
    "2050-01-01T00:00:00Z, 180f, 20500101000000Z",
  })
  void theTimeOfSigning(Instant now, String head, String digits) {
    String time = head + HexFormat.of().formatHex(digits.getBytes(StandardCharsets.US_ASCII));
    // 1.2.840.113549.1.9.5, in a set
    String set = "06092a864886f70d01090531%02x".formatted(time.length() / 2);
    assertThat(hexOfSignature(signed("From: a@b.example\r\n\r\nx\r\n", now))).contains(set + time);
  }

  /** RFC 8551 §2.5.2; the OIDs as {@code openssl asn1parse} writes them: GCM first, CBC after. */
  @Test
  void whatWeReadBestFirst() {
    String capabilities =
        "06092a864886f70d01090f3136"
            + "3034"
            + "300b060960864801650304012e"
            + "300b0609608648016503040106"
            + "300b060960864801650304012a"
            + "300b0609608648016503040102";
    assertThat(hexOfSignature(signed("From: a@b.example\r\n\r\nx\r\n", SamplePki.NOW)))
        .contains(capabilities);
  }

  @Test
  void theHeadsAreThoseOfRfc8551() {
    String entity = signed("From: a@b.example\n\nx\n", SamplePki.NOW);
    String boundary = entity.replaceFirst("(?s).*?boundary=\"([^\"]*)\".*", "$1");
    assertThat(boundary).matches("=_wotpoort_[A-Za-z0-9_-]{20}");
    assertThat(entity)
        .startsWith(
            """
            Content-Type: multipart/signed; protocol="application/pkcs7-signature";
             micalg=sha-256; boundary="B"

            --B
            Content-Type: message/rfc822; forwarded=no
            Content-Transfer-Encoding: 7bit

            From: a@b.example

            x

            --B
            Content-Type: application/pkcs7-signature; name=smime.p7s
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename=smime.p7s

            """
                .replace("\n", "\r\n")
                .replace("\"B\"", "\"" + boundary + "\"")
                .replace("--B", "--" + boundary))
        .endsWith("\r\n--" + boundary + "--\r\n");
    assertThat(signed("From: a@b.example\r\n\r\né\r\n", SamplePki.NOW))
        .contains("Content-Transfer-Encoding: 8bit\r\n");
    assertThat(signed("From: a@b.example\n\nx\n", SamplePki.NOW))
        .as("each its own boundary")
        .doesNotContain(boundary);
  }
}
