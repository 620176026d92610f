package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import nl.wotpoort.letter.Address;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with an encrypted key, a random one takes its place (RFC 3218 §2.3.2). */
class KeysThatDoNotUnwrapTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyEntry OOST = SamplePki.keys("gateway/oost").get(0);

  /** A number above the modulus, or of another length than it: the arithmetic itself refuses. */
  @Test
  void rsaThatCannotBeReckoned() {
    KeyTransport.Oaep sha256 = new KeyTransport.Oaep("SHA-256", "SHA-256");
    for (int length : new int[] {0, 255, 256, 257}) {
      byte[] encrypted = new byte[length];
      Arrays.fill(encrypted, (byte) 0xff);
      assertThat(KeyTransport.pkcs1(OOST, encrypted, 32, RANDOM)).hasSize(32);
      assertThat(KeyTransport.oaep(OOST, encrypted, sha256, 32, RANDOM)).hasSize(32);
    }
  }

  /** No room for a padding of eight bytes, or for the two hashes, beside the key. */
  @Test
  void rsaKeyTooShortForWhatIsAskedOfIt() {
    byte[] encrypted = new byte[256];
    encrypted[255] = 1;
    KeyTransport.Oaep sha512 = new KeyTransport.Oaep("SHA-512", "SHA-512");
    assertThat(KeyTransport.pkcs1(OOST, encrypted, 246, RANDOM)).hasSize(246);
    assertThat(KeyTransport.oaep(OOST, encrypted, sha512, 127, RANDOM)).hasSize(127);
  }

  private static String ecMail() throws Exception {
    EncryptingWriter.Manner manner =
        new EncryptingWriter.Manner(
            Recipient.Cipher.AES_256_CBC, Recipient.KeyTransport.OAEP_SHA_256);
    String signed = Forge.signed(Forge.wrapped(Forge.innerHeader()), Forge.GP);
    return new EncryptingWriter(manner, SamplePki.certificate("gateway/zuid-ec"), RANDOM)
        .write(Pieces.of(signed.getBytes(StandardCharsets.UTF_8)), Forge.HEAD)
        .decode(StandardCharsets.UTF_8);
  }

  private static String verdict(String mail, byte[] der) {
    Address zuid = Address.of("zuid@wotschiedam.nl");
    return Forge.open(Forge.withDer(mail, der), zuid).fold(t -> "ACCEPT", r -> r.finding().code());
  }

  @Test
  void agreedKeyThatDoesNotUnwrap() throws Exception {
    String mail = ecMail();
    byte[] der = Forge.derOf(mail);
    Asn1 data = Asn1.read(der, Limits.defaults()).children().get(1).children().get(0);
    byte[] recipient =
        data.children().stream()
            .filter(member -> member.tag == Asn1.SET)
            .findFirst()
            .orElseThrow()
            .children()
            .get(0)
            .raw();
    int at = Forge.indexOf(der, recipient);
    assertThat(verdict(mail, der)).isNotEqualTo("undecryptable");

    byte[] otherWrapped = der.clone();
    otherWrapped[at + recipient.length - 1] ^= 1;
    assertThat(verdict(mail, otherWrapped)).isEqualTo("undecryptable");

    // the originator's key under the tag of a key identifier: not ephemeral
    Asn1 parts = Asn1.read(withoutTag(recipient), Limits.defaults());
    byte[] originator = parts.children().get(1).children().get(0).raw();
    byte[] other = der.clone();
    int there = at + Forge.indexOf(recipient, originator);
    assertThat(other[there]).isEqualTo((byte) 0xA1);
    other[there] = (byte) 0xA0;
    assertThat(verdict(mail, other)).isEqualTo("undecryptable");
  }

  private static byte[] withoutTag(byte[] recipient) {
    byte[] sequence = recipient.clone();
    sequence[0] = Asn1.SEQUENCE;
    return sequence;
  }
}
