package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outside of EnvelopedData and AuthEnvelopedData (RFC 5652 §6.1, RFC 5083), at its borders. */
class EncryptedTest {

  private static final Limits LIMITS = Limits.defaults();

  private static byte[] cbc(int iv) {
    return Der.algorithm(Oids.AES256_CBC, Der.octets(new byte[iv]));
  }

  private static byte[] gcm(int nonce, byte[]... tag) {
    byte[] all = Der.octets(new byte[nonce]);
    return Der.algorithm(
        Oids.AES256_GCM, tag.length == 0 ? Der.sequence(all) : Der.sequence(all, tag[0]));
  }

  private static byte[] info(
      boolean authenticated, int recipients, byte[] algorithm, byte[] content) {
    byte[] one = Der.sequence(Der.integer(0));
    byte[] tag = authenticated ? Der.octets(new byte[16]) : new byte[0];
    byte[] set = Der.value(Asn1.SET, Collections.nCopies(recipients, one).toArray(new byte[0][]));
    byte[] data =
        Der.sequence(
            Der.integer(0), set, Der.sequence(Der.oid(Oids.DATA), algorithm, content), tag);
    String type = authenticated ? Oids.AUTH_ENVELOPED_DATA : Oids.ENVELOPED_DATA;
    return Der.sequence(Der.oid(type), Der.value(0xA0, data));
  }

  private static String read(byte[] info) {
    try {
      return Encrypted.read(Asn1.read(info, LIMITS), AlgorithmPolicy.defaults(), LIMITS)
          .cipher()
          .algorithm();
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, AES-256-CBC", "500, AES-256-CBC", "501, too-large"})
  void recipients(int number, String expected) {
    assertThat(read(info(false, number, cbc(16), Der.value(0x80, new byte[16]))))
        .isEqualTo(expected);
  }

  /** The content is under tag [0], in one piece or in several. */
  @ParameterizedTest
  @CsvSource({
    "80, AES-256-CBC",
    "A0, AES-256-CBC",
    "81, malformed",
    "A1, malformed",
    "04, malformed",
    "05, malformed",
  })
  void content(String tag, String expected) {
    byte[] content = Der.value(Integer.parseInt(tag, 16));
    assertThat(read(info(false, 1, cbc(16), content))).isEqualTo(expected);
  }

  /** What is not authenticated cannot pass as authenticated, nor the other way round. */
  @Test
  void cipherInTheOtherKindOfEnvelope() {
    byte[] content = Der.value(0x80, new byte[16]);
    assertThat(read(info(true, 1, cbc(16), content))).isEqualTo("weak-algorithm");
    assertThat(read(info(false, 1, gcm(12, Der.integer(16)), content))).isEqualTo("weak-algorithm");
    assertThat(read(info(false, 1, gcm(16, Der.integer(16)), content))).isEqualTo("weak-algorithm");
  }

  @ParameterizedTest
  @CsvSource({
    "15, malformed",
    "16, AES-256-CBC",
    "17, malformed",
  })
  void initialisationVector(int length, String expected) {
    assertThat(read(info(false, 1, cbc(length), Der.value(0x80, new byte[16]))))
        .isEqualTo(expected);
  }

  /** RFC 5084 §3.2: a nonce of 12 is the usual one; a tag of 12 bytes unless it is named. */
  @ParameterizedTest
  @CsvSource({
    "11, 16, malformed",
    "12, 16, AES-256-GCM",
    "16, 16, AES-256-GCM",
    "17, 16, malformed",
    "12, 15, weak-algorithm",
    "12, 12, weak-algorithm",
    "12, 0, weak-algorithm",
  })
  void nonceAndTag(int nonce, int tag, String expected) {
    byte[] algorithm = tag == 0 ? gcm(nonce) : gcm(nonce, Der.integer(tag));
    assertThat(read(info(true, 1, algorithm, Der.value(0x80, new byte[16])))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "11, malformed",
    "12, CHACHA20-POLY1305",
    "13, malformed",
  })
  void nonceOfChaCha(int length, String expected) {
    byte[] algorithm = Der.algorithm(Oids.CHACHA20_POLY1305, Der.octets(new byte[length]));
    assertThat(read(info(true, 1, algorithm, Der.value(0x80, new byte[16])))).isEqualTo(expected);
  }
}
