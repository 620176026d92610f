package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signature × form × key encryption × cipher, made here and now by the openssl command. Each of
 * these at least once, with the others taking turns; {@code -Dmatrix.full=true} makes every
 * combination (some minutes). What other programs make is in {@link StacksTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixTest {

  private static final boolean FULL = Boolean.getBoolean("matrix.full");
  private static final EnvelopeOpener OPENER = SamplePki.opener();

  /** The name in AlgorithmPolicy, the signer, and what openssl wants to hear. */
  private record Signature(String name, String signer, String options) {}

  private record KeyEncryption(String name, String recipient, String options) {}

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("RSA-PKCS1-SHA-256", "gp/a.devries", "-md sha256"),
          new Signature("RSA-PKCS1-SHA-384", "gp/a.devries", "-md sha384"),
          new Signature("RSA-PKCS1-SHA-512", "gp/a.devries", "-md sha512"),
          new Signature(
              "RSA-PSS-SHA-256", "gp/a.devries", "-md sha256 -keyopt rsa_padding_mode:pss"),
          new Signature(
              "RSA-PSS-SHA-384", "gp/a.devries", "-md sha384 -keyopt rsa_padding_mode:pss"),
          new Signature(
              "RSA-PSS-SHA-512", "gp/a.devries", "-md sha512 -keyopt rsa_padding_mode:pss"),
          new Signature("ECDSA-SHA-256", "gp/b.smit", "-md sha256"),
          new Signature("ECDSA-SHA-384", "gp/b.smit", "-md sha384"),
          new Signature("ECDSA-SHA-512", "gp/b.smit", "-md sha512"));

  private static final List<KeyEncryption> KEY_ENCRYPTIONS =
      List.of(
          new KeyEncryption("RSA-PKCS1", "oost", ""),
          new KeyEncryption("RSA-OAEP-SHA-256", "oost", oaep("sha256")),
          new KeyEncryption("RSA-OAEP-SHA-384", "oost", oaep("sha384")),
          new KeyEncryption("RSA-OAEP-SHA-512", "oost", oaep("sha512")),
          new KeyEncryption("ECDH-SHA-1", "zuid-ec", ""),
          new KeyEncryption("ECDH-SHA-256", "zuid-ec", "-keyopt ecdh_kdf_md:sha256"),
          new KeyEncryption("ECDH-SHA-384", "zuid-ec", "-keyopt ecdh_kdf_md:sha384"),
          new KeyEncryption("ECDH-SHA-512", "zuid-ec", "-keyopt ecdh_kdf_md:sha512"),
          new KeyEncryption(
              "ECDH-SHA-256",
              "zuid-ec",
              "-keyopt ecdh_kdf_md:sha256 -keyopt ecdh_cofactor_mode:1"));

  private static final List<String> CIPHERS =
      List.of(
          "AES-128-CBC", "AES-192-CBC", "AES-256-CBC", "AES-128-GCM", "AES-192-GCM", "AES-256-GCM");

  private static final List<String> FORMS = List.of("-nodetach", "");

  @TempDir static Path work;

  private final Map<String, Path> signed = new HashMap<>();

  private static String oaep(String hash) {
    return "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:" + hash;
  }

  record Combination(int signature, int form, int keyEncryption, int cipher) {
    @Override
    public String toString() {
      return String.join(
          " ",
          SIGNATURES.get(signature).name(),
          FORMS.get(form).isEmpty() ? "detached" : "opaque",
          KEY_ENCRYPTIONS.get(keyEncryption).name(),
          CIPHERS.get(cipher));
    }
  }

  @Test
  void eachIsThereOnce() {
    Set<List<Integer>> met = new HashSet<>();
    combinations()
        .forEach(
            c -> {
              met.add(List.of(0, c.signature()));
              met.add(List.of(1, c.form()));
              met.add(List.of(2, c.keyEncryption()));
              met.add(List.of(3, c.cipher()));
            });

    assertThat(met)
        .hasSize(SIGNATURES.size() + FORMS.size() + KEY_ENCRYPTIONS.size() + CIPHERS.size());
  }

  static Stream<Combination> combinations() {
    List<Combination> all = new ArrayList<>();
    for (int form = 0; form < FORMS.size(); form++) {
      for (int signature = 0; signature < SIGNATURES.size(); signature++) {
        for (int key = 0; key < KEY_ENCRYPTIONS.size(); key++) {
          for (int cipher = 0; cipher < CIPHERS.size(); cipher++) {
            boolean turn =
                key == (signature + 4 * form) % KEY_ENCRYPTIONS.size()
                    && cipher == (signature + form) % CIPHERS.size();
            if (FULL || turn) {
              all.add(new Combination(signature, form, key, cipher));
            }
          }
        }
      }
    }
    return all.stream();
  }

  @BeforeAll
  static void keys() throws Exception {
    for (String signer : List.of("gp/a.devries", "gp/b.smit")) {
      openssl(
          "pkcs12 -in %s -passin pass:wotpoort-sample -nodes -nocerts -out %s"
              .formatted(SamplePki.CERTS.resolve(signer + ".p12").toAbsolutePath(), key(signer)));
    }
  }

  private static String key(String signer) {
    return signer.replace('/', '-') + ".key";
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void opens(Combination combination) throws Exception {
    Signature signature = SIGNATURES.get(combination.signature());
    KeyEncryption key = KEY_ENCRYPTIONS.get(combination.keyEncryption());
    String cipher = CIPHERS.get(combination.cipher());
    Path entity = signed(signature, FORMS.get(combination.form()));
    Path sealed = work.resolve("sealed");
    openssl(
        "cms -encrypt -binary -%s -in %s -out %s -from %s -recip %s %s"
            .formatted(
                cipher.toLowerCase(Locale.ROOT),
                entity,
                sealed,
                address(signature),
                SamplePki.CERTS.resolve("gateway/" + key.recipient() + ".pem").toAbsolutePath(),
                key.options()));

    Address mailbox = Address.of(key.recipient().replace("-ec", "") + "@wotschiedam.nl");
    Opened opened = OPENER.open(Bytes.wrap(Files.readAllBytes(sealed)), mailbox, SamplePki.NOW);

    Algorithms algorithms = SealAndOpenTest.trusted(opened).algorithms();
    assertThat(algorithms.cipher()).isEqualTo(cipher);
    assertThat(algorithms.keyEncryption()).isEqualTo(key.name());
    assertThat(algorithms.signature()).isEqualTo(signature.name());
  }

  private static Address address(Signature signature) {
    return Address.of(signature.signer().substring(3) + "@praktijk-delinde.example");
  }

  private Path signed(Signature signature, String form) throws Exception {
    String name = signature.name() + form;
    Path made = signed.get(name);
    if (made == null) {
      Path entity = work.resolve(name + ".entity");
      made = work.resolve(name + ".signed");
      String text = "Content-Type: text/plain\r\n\r\nhallo\r\n";
      Files.writeString(entity, text);
      openssl(
          "cms -sign -binary -crlfeol -in %s -out %s -signer %s -inkey %s %s %s"
              .formatted(
                  entity,
                  made,
                  SamplePki.CERTS.resolve(signature.signer() + ".pem").toAbsolutePath(),
                  key(signature.signer()),
                  signature.options(),
                  form));
      signed.put(name, made);
    }
    return made;
  }

  private static void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.strip().split(" +")));
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(arguments + "\n" + Files.readString(log)).isZero();
  }
}
