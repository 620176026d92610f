package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SecureRandom;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/** Makes mails as an attacker or an honest GP would, step by step, with the sample keys. */
final class Forge {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final EnvelopeOpener OPENER = SamplePki.opener();

  static final OuterHead HEAD =
      OuterHead.of(
          SamplePki.GP, SamplePki.OOST, SamplePki.NOW, "<1@praktijk-delinde.example>", "[...]");

  private Forge() {}

  static String crlf(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  /** multipart/signed around {@code entity}, signed by {@code signer} of certs-sample/. */
  static String signed(String entity, String signer) {
    byte[] head = crlf(entity).getBytes(StandardCharsets.UTF_8);
    KeyEntry key = SamplePki.keys(signer).get(0);
    SigningWriter writer = new SigningWriter(key, scheme(key), RANDOM);
    Pieces signed = writer.sign(head, Pieces.of(), SamplePki.NOW);
    return signed.joined().decode(StandardCharsets.UTF_8);
  }

  private static SignatureScheme scheme(KeyEntry key) {
    try {
      PublicKey own = key.certificate().getPublicKey();
      return SignatureScheme.outgoing(own, Recipient.Signature.USUAL);
    } catch (Fault e) {
      throw new AssertionError(e);
    }
  }

  static String encrypted(String entity) {
    return encrypted(entity, Recipient.Cipher.AES_256_CBC);
  }

  /** A whole mail: {@code entity} encrypted for oost@. */
  static String encrypted(String entity, Recipient.Cipher cipher) {
    EncryptingWriter.Manner manner =
        new EncryptingWriter.Manner(cipher, Recipient.KeyTransport.PKCS1);
    EncryptingWriter writer =
        new EncryptingWriter(manner, SamplePki.certificate("gateway/oost"), RANDOM);
    try {
      Bytes mail = writer.write(Pieces.of(entity.getBytes(StandardCharsets.UTF_8)), HEAD);
      return mail.decode(StandardCharsets.UTF_8);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  static String wrapped(String innerHeader) {
    return crlf(
        "Content-Type: message/rfc822\n\n" + innerHeader + "Content-Type: text/plain\n\nhallo\n");
  }

  static String innerHeader() {
    return """
    From: a.devries@praktijk-delinde.example
    To: oost@wotschiedam.nl
    Subject: Vraag
    Message-ID: <1@praktijk-delinde.example>
    """;
  }

  static Opened open(String mail) {
    return open(mail, SamplePki.OOST);
  }

  static Opened open(String mail, Address mailbox) {
    return OPENER.open(Bytes.of(mail, StandardCharsets.UTF_8), mailbox, SamplePki.NOW);
  }

  /** ACCEPT or the finding's code. */
  static String verdict(String mail) {
    return open(mail).fold(t -> "ACCEPT", r -> r.finding().code());
  }
}
