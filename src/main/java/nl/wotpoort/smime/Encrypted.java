package nl.wotpoort.smime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EnvelopedData (RFC 5652 §6) or AuthEnvelopedData (RFC 5083), taken apart and its algorithms
 * checked, nothing decrypted yet.
 *
 * @param nonce the IV or nonce
 * @param authenticatedAttributes DER SET, the additional data of an AEAD; empty when absent
 * @param tag of an AEAD, 16 bytes; null for CBC
 */
record Encrypted(
    List<Asn1> recipients,
    ContentCipher cipher,
    byte[] nonce,
    Asn1 content,
    byte[] authenticatedAttributes,
    byte @Nullable [] tag) {

  static final int FULL_TAG = 16;

  /** {@code info}: a ContentInfo whose type is one of the two. */
  static Encrypted read(Asn1 info, AlgorithmPolicy policy, Limits limits) throws Fault {
    Asn1.Cursor outer = info.expect(Asn1.SEQUENCE).cursor();
    boolean authenticated = outer.take().oid().equals(Oids.AUTH_ENVELOPED_DATA);
    Asn1.Cursor data = outer.take(0xA0).cursor().take(Asn1.SEQUENCE).cursor();
    data.take(Asn1.INTEGER);
    data.skip(0xA0);
    List<Asn1> recipients = data.take(Asn1.SET).children();
    if (recipients.size() > limits.recipients()) {
      throw Fault.tooLarge("more than " + limits.recipients() + " recipients");
    }
    Asn1.Cursor content = data.take(Asn1.SEQUENCE).cursor();
    if (!content.take().oid().equals(Oids.DATA)) {
      throw Fault.malformed("what is encrypted is not id-data");
    }
    Asn1.Cursor algorithm = content.take(Asn1.SEQUENCE).cursor();
    ContentCipher cipher = ContentCipher.of(algorithm.take().oid());
    policy.require(cipher.algorithm());
    if (cipher.isAuthenticated() != authenticated) {
      throw Fault.weak(cipher.algorithm() + " in the wrong kind of envelope");
    }
    byte[] nonce = nonce(cipher, algorithm);
    Asn1 ciphertext = content.take();
    if (ciphertext.tag != 0x80 && ciphertext.tag != 0xA0) {
      throw Fault.malformed("encrypted content missing");
    }
    return authenticated
        ? authenticated(recipients, cipher, nonce, ciphertext, data)
        : new Encrypted(recipients, cipher, nonce, ciphertext, new byte[0], null);
  }

  private static Encrypted authenticated(
      List<Asn1> recipients, ContentCipher cipher, byte[] nonce, Asn1 ciphertext, Asn1.Cursor data)
      throws Fault {
    byte[] attributes = new byte[0];
    if (data.at(0xA1)) {
      Asn1 set = data.take();
      // RFC 5083 §2.2: in DER, whatever the envelope is written in
      attributes = Der.encoded(Asn1.SET, set);
    }
    byte[] tag = data.take(Asn1.OCTETS).content();
    if (tag.length != FULL_TAG) {
      throw Fault.weak("authentication tag of " + tag.length + " bytes");
    }
    return new Encrypted(recipients, cipher, nonce, ciphertext, attributes, tag);
  }

  private static byte[] nonce(ContentCipher cipher, Asn1.Cursor algorithm) throws Fault {
    return switch (cipher.mode()) {
      case CBC -> sized(algorithm.take(Asn1.OCTETS), 16, 16);
      case CHACHA -> sized(algorithm.take(Asn1.OCTETS), 12, 12);
      case GCM -> {
        Asn1.Cursor gcm = algorithm.take(Asn1.SEQUENCE).cursor();
        byte[] nonce = sized(gcm.take(Asn1.OCTETS), 12, 16);
        // RFC 5084 §3.2: the tag is 12 bytes unless said otherwise
        int tag = gcm.done() ? 12 : gcm.take().small();
        if (tag != FULL_TAG) {
          throw Fault.weak("GCM with a tag of " + tag + " bytes");
        }
        yield nonce;
      }
    };
  }

  private static byte[] sized(Asn1 octets, int least, int most) throws Fault {
    if (octets.length() < least || octets.length() > most) {
      throw Fault.malformed("IV or nonce of " + octets.length() + " bytes");
    }
    return octets.content();
  }
}
