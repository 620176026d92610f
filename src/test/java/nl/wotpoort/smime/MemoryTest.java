package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;

/**
 * How much memory a large mail takes. Four of 25 MB must go through 256 MB of heap
 * (docs/performance.md); these hold what that rests on, counted and not timed.
 */
class MemoryTest {

  private static final int KIB = 1 << 10;

  /** Decoded once (decrypted in its place), and decoded once more for the signature: no third. */
  @Test
  void anOpaqueMailIsNotCopiedOnceMore() {
    String content = content(3 * KIB);
    Bytes mail = Bytes.of(opaque(content), StandardCharsets.US_ASCII);
    Forge.open(Forge.encrypted(opaqueEntity(content(1)))); // loads the classes

    long before = allocated();
    Opened opened = SamplePki.opener().open(mail, SamplePki.OOST, SamplePki.NOW);
    long taken = allocated() - before;

    Opened.Trusted trusted = SealAndOpenTest.trusted(opened);
    assertThat(trusted.content().signedEntity()).hasSize(5);
    assertThat(taken).isLessThan(mail.length() * 3L / 4 + content.length() * 5L / 4);
  }

  /** The sealed mail is the only array of its size. */
  @Test
  void sealingMakesOneArray() throws CannotSeal {
    Bytes letter = Bytes.of(content(3 * KIB), StandardCharsets.US_ASCII);
    EnvelopeSealer sealer = sealer();
    Recipient to = Recipient.of(SamplePki.OOST).with(Recipient.Cipher.AES_256_CBC);
    sealer.seal(
        Bytes.of(content(1), StandardCharsets.US_ASCII),
        Forge.HEAD,
        SamplePki.GP,
        to,
        SamplePki.NOW);

    long before = allocated();
    Bytes sealed = sealer.seal(letter, Forge.HEAD, SamplePki.GP, to, SamplePki.NOW);

    assertThat(allocated() - before).isLessThan(sealed.length() * 5L / 4);
  }

  private static EnvelopeSealer sealer() {
    return EnvelopeSealer.of(
        KeyRing.of(Map.of(SamplePki.GP, SamplePki.keys(Forge.GP))),
        CertificateBook.of(Map.of(SamplePki.OOST, List.of(SamplePki.certificate("gateway/oost")))),
        AlgorithmPolicy.defaults(),
        Limits.defaults(),
        new SecureRandom());
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** A message of so many KiB. */
  private static String content(int kib) {
    return Forge.wrapped(Forge.innerHeader()) + ("x".repeat(62) + "\r\n").repeat(16 * kib);
  }

  private static String opaque(String content) {
    return Forge.encrypted(opaqueEntity(content));
  }

  private static String opaqueEntity(String content) {
    List<byte[]> members =
        new ArrayList<>(
            Forge.signedData(Forge.signed(content, Forge.GP)).stream().map(Asn1::raw).toList());
    byte[] octets = Der.octets(content.getBytes(StandardCharsets.US_ASCII));
    members.set(2, Der.sequence(Der.oid(Oids.DATA), Der.value(0xA0, octets)));
    return Forge.opaque(Forge.signedData(members));
  }
}
