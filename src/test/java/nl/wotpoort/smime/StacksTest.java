package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signature × form × key encryption × cipher as other programs make them (fixtures/stacks/, made by
 * src/test/fixtures/stacks.py). The mails here hold every pair of two values once; {@code
 * -Dstacks.every=FOLDER} opens those that {@code stacks.py --every FOLDER} made, and then every
 * combination must be there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StacksTest {

  private static final Path FIXTURES = SamplePki.ROOT.resolve("src/test/resources/fixtures/stacks");
  static final Path KEYS = FIXTURES.resolve("keys");
  private static final String EVERY = System.getProperty("stacks.every", "");
  private static final List<String> STACKS =
      List.of("openssl", "gnutls", "gpgsm", "nss", "forge", "pkijs", "pyca", "python");

  private final Map<String, Map<List<String>, Bytes>> mails = new TreeMap<>();
  private final EnvelopeOpener opener =
      EnvelopeOpener.of(
          KeyRing.of(Map.of(SamplePki.OOST, keys())),
          SamplePki.trust(SamplePki.gps()),
          AlgorithmPolicy.defaults());

  @BeforeAll
  void unpack() throws IOException {
    Path folder = EVERY.isEmpty() ? FIXTURES : Path.of(EVERY);
    for (String stack : STACKS) {
      Map<List<String>, Bytes> made = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
      try (ZipInputStream zip =
          new ZipInputStream(Files.newInputStream(folder.resolve(stack + ".zip")))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          made.put(values(entry.getName()), Bytes.wrap(zip.readAllBytes()));
        }
      }
      mails.put(stack, made);
    }
  }

  /** SIGNATURE.SIGNER, FORM, KEY-ENCRYPTION.RECIPIENT, CIPHER. */
  private static List<String> values(String name) {
    String[] w = name.split("\\.");
    return List.of(w[0] + "." + w[1], w[2], w[3] + "." + w[4], w[5]);
  }

  private static List<KeyEntry> keys() {
    List<KeyEntry> keys = new ArrayList<>();
    for (String kind : List.of("rsa", "p256", "p384", "p521", "x25519")) {
      keys.add(key("recipient-" + kind));
    }
    return keys;
  }

  /** A key of fixtures/stacks/keys with its certificate. */
  static KeyEntry key(String name) {
    try {
      PemFile key = PemFile.read(name, file(name + ".key.pem"));
      PemFile certificate = PemFile.read(name, file(name + ".pem"));
      return KeyFiles.pemKeys(name, List.of(key, certificate)).get(0);
    } catch (KeyFileFault e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] file(String name) {
    return SamplePki.bytes(KEYS.resolve(name));
  }

  static List<String> stacks() {
    return STACKS;
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void opens(String stack) {
    mails.get(stack).forEach((values, mail) -> opens(stack + " " + values, values, mail));
  }

  private void opens(String name, List<String> values, Bytes mail) {
    Opened opened = opener.open(mail, SamplePki.OOST, SamplePki.NOW);

    assertThat(opened.<String>fold(t -> "ACCEPT", r -> r.finding() + " " + r.detail()))
        .as(name)
        .isEqualTo("ACCEPT");
    Algorithms algorithms = SealAndOpenTest.trusted(opened).algorithms();
    assertThat(algorithms.signature()).as(name).isEqualTo(bare(values.get(0)));
    assertThat(algorithms.keyEncryption()).as(name).isEqualTo(bare(values.get(2)));
    assertThat(algorithms.cipher()).as(name).isEqualTo(values.get(3));
  }

  private static String bare(String value) {
    return value.substring(0, value.indexOf('.'));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void everyPairOfWhatTheProgramMakesIsThere(String stack) {
    Set<List<String>> made = mails.get(stack).keySet();
    for (int one = 0; one < 4; one++) {
      for (int other = one + 1; other < 4; other++) {
        Set<String> pairs = new TreeSet<>();
        for (List<String> values : made) {
          pairs.add(values.get(one) + " " + values.get(other));
        }
        assertThat(pairs).hasSize(distinct(made, one) * distinct(made, other));
      }
    }
    int all = distinct(made, 0) * distinct(made, 1) * distinct(made, 2) * distinct(made, 3);
    assertThat(made.size()).isEqualTo(EVERY.isEmpty() ? made.size() : all);
  }

  private static int distinct(Set<List<String>> made, int at) {
    return (int) made.stream().map(v -> v.get(at)).distinct().count();
  }

  /** What the gateway says it reads, somebody else wrote. */
  @Test
  void everyNameOfThePolicyIsMet() {
    Set<String> met = new LinkedHashSet<>(List.of("P-256", "P-384", "P-521", "X25519"));
    for (Map<List<String>, Bytes> made : mails.values()) {
      made.keySet().stream().flatMap(StacksTest::names).forEach(met::add);
    }
    assertThat(met).containsExactlyInAnyOrderElementsOf(AlgorithmPolicy.names());
    assertThat(keys()).hasSize(5);
  }

  private static Stream<String> names(List<String> values) {
    return Stream.of(bare(values.get(0)), bare(values.get(2)), values.get(3));
  }
}
