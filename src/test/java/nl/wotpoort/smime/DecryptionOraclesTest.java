package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who can send mail and watch what becomes of it must not learn what a key made of a ciphertext:
 * one face for every failure, and the same work. That nobody outside sees even the face is {@code
 * desk.UnverifiedTest}.
 */
class DecryptionOraclesTest {

  private static final String FACE = "undecryptable no key of this mailbox opens the content";

  private final KeyEntry key = SamplePki.keys("gateway/oost").get(0);
  private final RSAPublicKey publicKey =
      (RSAPublicKey) SamplePki.certificate("gateway/oost").getPublicKey();

  /** The face. The envelope is read once, whether it decrypts or not: the same work. */
  private static String face(String mail) {
    AtomicInteger reads = new AtomicInteger();
    AlgorithmPolicy policy = AlgorithmPolicy.defaults();
    String seen = Forge.open(mail).fold(t -> "ACCEPT", r -> r.finding().code() + " " + r.detail());
    try {
      Entity outer = Entity.read(Bytes.of(mail, StandardCharsets.UTF_8), Limits.defaults());
      new Decryptor(policy, Limits.defaults(), new SecureRandom())
          .decrypt(
              () -> {
                reads.incrementAndGet();
                Asn1 envelope = Outside.envelope(outer, Limits.defaults());
                return Encrypted.read(envelope, policy, Limits.defaults());
              },
              SamplePki.keys("gateway/oost"));
      assertThat(reads).hasValue(1);
      return seen + ", decrypts";
    } catch (Fault fault) {
      assertThat(reads).hasValue(1);
      return seen;
    }
  }

  private static String mail(Recipient.KeyTransport transport) {
    String signed = Forge.signed(Forge.wrapped(Forge.innerHeader()), Forge.GP);
    return Forge.encrypted(signed, Recipient.Cipher.AES_256_GCM, transport);
  }

  /** The mail with another encrypted key. */
  private static String withKey(String mail, byte[] encryptedKey) {
    byte[] der = Forge.derOf(mail);
    int at = Forge.indexOf(der, new byte[] {0x04, (byte) 0x82, 0x01, 0x00}) + 4;
    System.arraycopy(encryptedKey, 0, der, at, 256);
    return Forge.withDer(mail, der);
  }

  private static String withContentChanged(String mail, int fromEnd) {
    byte[] der = Forge.derOf(mail);
    der[der.length - fromEnd] ^= 1;
    return Forge.withDer(mail, der);
  }

  private byte[] raw(byte[] padded) throws Exception {
    Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
    rsa.init(Cipher.ENCRYPT_MODE, publicKey);
    return rsa.doFinal(padded);
  }

  private static byte[] padded(byte[] secret) {
    byte[] padded = new byte[256];
    Arrays.fill(padded, (byte) 0x55);
    padded[0] = 0;
    padded[1] = 2;
    padded[255 - secret.length] = 0;
    System.arraycopy(secret, 0, padded, 256 - secret.length, secret.length);
    return padded;
  }

  /** Bleichenbacher, CRYPTO 1998, and its heirs (DROWN, ROBOT, the one against CMS in RFC 3218). */
  @Nested
  class Bleichenbacher {

    @Test
    void goodPaddingGivesTheKey() throws Exception {
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) 7);

      byte[] key32 = KeyTransport.pkcs1(key, raw(padded(secret)), 32, new SecureRandom());

      assertThat(key32).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 223})
    void anyWrongByteOfThePaddingGivesARandomKey(int at) throws Exception {
      byte[] padded = padded(new byte[32]);
      padded[at] = at == 223 ? (byte) 1 : at == 1 ? (byte) 1 : at == 0 ? (byte) 0x10 : 0;

      byte[] first = KeyTransport.pkcs1(key, raw(padded), 32, new SecureRandom());
      byte[] second = KeyTransport.pkcs1(key, raw(padded), 32, new SecureRandom());

      assertThat(first).hasSize(32).isNotEqualTo(new byte[32]).isNotEqualTo(second);
    }

    @Test
    void everyFailureHasOneFaceAndTheSameWork() throws Exception {
      String honest = mail(Recipient.KeyTransport.PKCS1);
      Set<String> faces = new HashSet<>();
      byte[] noSecondByte = padded(new byte[32]);
      noSecondByte[1] = 1;
      byte[][] encryptedKeys = {
        raw(padded(new byte[32])), // sound, another key
        raw(padded(new byte[16])), // sound, too short
        raw(padded(new byte[64])), // sound, too long
        raw(noSecondByte),
        raw(new byte[256]), // no padding at all
        new byte[256],
        publicKey.getModulus().toByteArray().length == 257
            ? Arrays.copyOfRange(publicKey.getModulus().toByteArray(), 1, 257)
            : new byte[256], // not below the modulus
      };
      for (byte[] encryptedKey : encryptedKeys) {
        faces.add(face(withKey(honest, encryptedKey)));
      }
      faces.add(face(withContentChanged(honest, 100)));
      faces.add(face(withContentChanged(honest, 1)));

      assertThat(face(honest)).isEqualTo("ACCEPT, decrypts");
      assertThat(faces).containsExactly(FACE);
    }
  }

  /** Manger, CRYPTO 2001: OAEP whose first byte tells. */
  @Nested
  class Manger {

    @Test
    void everyFailureHasOneFaceAndTheSameWork() throws Exception {
      String honest = mail(Recipient.KeyTransport.OAEP_SHA_256);
      byte[] firstByte = new byte[256];
      firstByte[0] = 1;
      byte[] noHash = new byte[256];
      Arrays.fill(noHash, 1, 256, (byte) 0x33);
      byte[] good = Forge.derOf(honest);
      int at = Forge.indexOf(good, new byte[] {0x04, (byte) 0x82, 0x01, 0x00}) + 4;
      byte[] bit = Arrays.copyOfRange(good, at, at + 256);
      bit[255] ^= 1;
      Set<String> faces = new HashSet<>();
      for (byte[] encryptedKey : new byte[][] {raw(firstByte), raw(noHash), bit, new byte[256]}) {
        faces.add(face(withKey(honest, encryptedKey)));
      }
      faces.add(face(withContentChanged(honest, 1)));

      assertThat(face(honest)).isEqualTo("ACCEPT, decrypts");
      assertThat(faces).containsExactly(FACE);
    }
  }

  /** Vaudenay, EUROCRYPT 2002: CBC whose padding tells. */
  @Nested
  class Vaudenay {

    /** All 256 guesses of one byte, as the attack makes them. */
    @Test
    void noGuessOfAPaddingByteIsToldFromAnotherOutside() {
      String honest = Forge.honest();
      byte[] der = Forge.derOf(honest);
      byte own = der[der.length - 17];
      Set<Finding> findings = new HashSet<>();
      for (int guess = 0; guess < 256; guess++) {
        if ((byte) guess == own) {
          continue;
        }
        der[der.length - 17] = (byte) guess;
        findings.add(
            Forge.open(Forge.withDer(honest, der))
                .fold(
                    t -> {
                      throw new AssertionError("a changed mail was trusted");
                    },
                    Opened.Refused::finding));
      }

      assertThat(findings).contains(Finding.UNDECRYPTABLE).allMatch(Finding::isBeforeTrust);
    }
  }
}
