package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signer's own word on the time (RFC 5652 §11.3), and when there is none. */
class SignerInfoTest {

  private static final String SHA_256 = "2.16.840.1.101.3.4.2.1";
  private static final String SHA_256_WITH_RSA = "1.2.840.113549.1.1.11";

  private static byte[] attribute(String type, byte[] value) {
    return Der.sequence(Der.oid(type), Der.value(Asn1.SET, value));
  }

  private static SignerInfo signer(byte @Nullable [] time) throws Fault {
    List<byte[]> attributes = new ArrayList<>();
    attributes.add(attribute(Oids.CONTENT_TYPE, Der.oid(Oids.DATA)));
    attributes.add(attribute(Oids.MESSAGE_DIGEST, Der.octets(new byte[32])));
    if (time != null) {
      attributes.add(attribute(Oids.SIGNING_TIME, time));
    }
    byte[] info =
        Der.sequence(
            Der.integer(1),
            Der.value(0x80, new byte[20]),
            Der.algorithm(SHA_256),
            Der.value(0xA0, attributes.toArray(new byte[0][])),
            Der.algorithm(SHA_256_WITH_RSA, Der.nul()),
            Der.octets(new byte[256]));
    return SignerInfo.read(Asn1.read(info, Limits.defaults()), Limits.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    // UTCTime: RFC 5280 §4.1.2.5.1, 1950 to 2049
    "17, 260615100000Z, 2026-06-15T10:00:00Z",
    "17, 491231235959Z, 2049-12-31T23:59:59Z",
    "17, 500101000000Z, 1950-01-01T00:00:00Z",
    "17, 991231235959Z, 1999-12-31T23:59:59Z",
    "18, 20260615100000Z, 2026-06-15T10:00:00Z",
    "18, 20500101000000Z, 2050-01-01T00:00:00Z",
    "17, 20260615100000Z, ",
    "18, 260615100000Z, ",
    "17, 2606151000Z, ",
    "17, 260615100000+0200, ",
    "18, 20261315100000Z, ",
  })
  void timeOfSigning(String tag, String text, @Nullable Instant expected) throws Fault {
    byte[] time = Der.value(Integer.parseInt(tag, 16), text.getBytes(StandardCharsets.US_ASCII));
    assertThat(signer(time).signingTime()).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void noTime() throws Fault {
    assertThat(signer(null).signingTime()).isEmpty();
  }

  @Test
  void anythingElseIsNoTime() throws Fault {
    assertThat(signer(Der.octets(new byte[0])).signingTime()).isEmpty();
  }
}
