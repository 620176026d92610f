package nl.wotpoort.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.smime.Trust;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Opening and sealing alone, in one thread: what the three private and five public operations of a
 * message cost with all that is around them. The forward is as large as the mail that came, the
 * receipt {@value #RECEIPT_BYTES} bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CoreBench {

  static final int RECEIPT_BYTES = 3000;

  /**
   * Processor time spent on small messages before anything is measured. What runs once a message is
   * compiled for good after some five thousand of them; before, a third of the time is Java that
   * still waits for that, and at 1 MB it would never come.
   */
  private static final Duration WORKED_BEFORE = Duration.ofSeconds(30);

  private static final int SMALL = 10 * 1024;

  /** Content in KiB. */
  @Param({"10"})
  public int kib;

  /** rsa2048, or p256 for the signers and readers on both sides (their chain stays RSA). */
  @Param({"rsa2048"})
  public String key;

  private final Instant now = Clock.systemUTC().instant();
  private Path home;
  private Trust trust;
  private KeyRing ring;
  private EnvelopeOpener opener;
  private EnvelopeSealer sealer;
  private Address mailbox;
  private Address gp;
  private Address team;
  private Bytes incoming;
  private Bytes forward;
  private Bytes receipt;

  @Setup
  public void setUp() throws CannotSeal {
    boolean ec = key.equals("p256");
    mailbox = Address.of(ec ? "zuid@wotschiedam.nl" : "oost@wotschiedam.nl");
    gp = Address.of((ec ? "b.smit" : "a.devries") + "@praktijk-delinde.example");
    team = Address.of("oost@intern.wotschiedam.nl");
    KeyEntry ours = BenchHome.sampleKey(ec ? "gateway/zuid-ec" : "gateway/oost").get(0);
    KeyEntry theirs = BenchHome.sampleKey(ec ? "gp/b.smit" : "gp/a.devries").get(0);
    KeyEntry teams = ec ? theirs : BenchHome.sampleKey("team/oost").get(0);
    home = BenchHome.make();
    trust = BenchHome.keys(BenchHome.configuration(home, Clock.systemUTC())).trust();
    ring = KeyRing.of(Map.of(mailbox, List.of(ours)));
    opener = EnvelopeOpener.of(ring, trust, AlgorithmPolicy.defaults());
    sealer =
        EnvelopeSealer.of(
            ring,
            CertificateBook.of(
                Map.of(gp, List.of(theirs.certificate()), team, List.of(teams.certificate()))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    Letters letters = new Letters(theirs, gp, ours.certificate(), mailbox);
    receipt = letters.plain(3, RECEIPT_BYTES, now);
    warmUpGcm();
    take(letters, SMALL);
    warmUp();
    take(letters, kib * 1024);
  }

  private void take(Letters letters, int bytes) {
    incoming = letters.sealed(1, bytes, now);
    forward = letters.plain(2, bytes, now);
  }

  private void warmUp() throws CannotSeal {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + WORKED_BEFORE.toNanos();
    while (threads.getCurrentThreadCpuTime() < end) {
      message();
    }
  }

  /**
   * JDK 17 compiles AES-GCM late. Measured is a gateway that has worked for a while; at 1 MB even
   * this is not enough where others use the machine, see docs/performance.md.
   */
  private static void warmUpGcm() {
    byte[] block = new byte[16 * 1024];
    SecretKeySpec aes = new SecretKeySpec(new byte[32], "AES");
    try {
      for (int i = 1; i <= 6000; i++) {
        GCMParameterSpec nonce =
            new GCMParameterSpec(128, ByteBuffer.allocate(12).putInt(i).array());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, aes, nonce);
        byte[] sealed = cipher.doFinal(block);
        cipher.init(Cipher.DECRYPT_MODE, aes, nonce);
        cipher.doFinal(sealed);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @TearDown
  public void tearDown() {
    BenchHome.delete(home);
  }

  /** The signer's path is in the cache after the first, checked against its CRLs' validity. */
  @Benchmark
  public Opened open() {
    return trusted(opener.open(incoming, mailbox, now));
  }

  /** The first mail of a signer: two certificates and two CRLs are verified as well. */
  @Benchmark
  public Opened openUnknownPath() {
    Trust fresh = Trust.of(trust.groups(), AlgorithmPolicy.defaults(), Limits.defaults());
    return trusted(
        EnvelopeOpener.of(ring, fresh, AlgorithmPolicy.defaults()).open(incoming, mailbox, now));
  }

  @Benchmark
  public Bytes seal() throws CannotSeal {
    return seal(forward, team);
  }

  /** Open, seal the forward, seal the receipt. Returns both, so that nothing is left out. */
  @Benchmark
  public List<Bytes> message() throws CannotSeal {
    trusted(opener.open(incoming, mailbox, now));
    return List.of(seal(forward, team), seal(receipt, gp));
  }

  private Bytes seal(Bytes letter, Address reader) throws CannotSeal {
    return sealer.seal(
        letter,
        OuterHead.of(mailbox, reader, now, "<bench@wotschiedam.nl>", "[WP-0000-0000]"),
        mailbox,
        Recipient.of(reader),
        now);
  }

  private static Opened trusted(Opened opened) {
    return opened.fold(
        trusted -> trusted,
        refused -> {
          throw new AssertionError(refused.finding() + ": " + refused.detail());
        });
  }
}
