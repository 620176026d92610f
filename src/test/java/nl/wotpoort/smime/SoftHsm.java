package nl.wotpoort.smime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * A SoftHSM (Debian: softhsm2) of the tests' own: a token that holds keys of certs-sample/, and an
 * empty one. Its configuration is found through SOFTHSM2_CONF, which pom.xml sets; the library
 * reads it once, so all tests of one machine share it.
 */
public final class SoftHsm {

  public static final String PIN = "482915";

  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));

  /** As an administrator would: the key never leaves the token, and may do what it is for. */
  private static final String KEPT =
      """
      attributes(*, CKO_PRIVATE_KEY, *) = {
        CKA_SENSITIVE = true
        CKA_EXTRACTABLE = false
        CKA_SIGN = true
      }
      attributes(*, CKO_PRIVATE_KEY, CKK_EC) = {
        CKA_DERIVE = true
      }
      """;

  private static final Pattern SLOT = Pattern.compile("slot (\\d+)");

  private SoftHsm() {}

  private static final class Tokens {
    static final long FULL;
    static final long EMPTY;
    static final long UNFIT;
    static final long LOCKED;
    static final long BARE;
    static final List<Removable> REMOVABLE = new ArrayList<>();

    static {
      try {
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path folder = Files.createTempDirectory("softhsm");
        Files.createDirectories(configuration.getParent());
        Files.writeString(
            configuration,
            "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
                .formatted(folder));
        FULL = token("vol");
        EMPTY = token("leeg");
        LOCKED = token("dicht");
        UNFIT = token("half");
        BARE = token("kaal");
        for (String label : List.of("los-1", "los-2")) {
          Set<Path> others = Removable.places(folder);
          long slot = token(label);
          Set<Path> place = Removable.places(folder);
          place.removeAll(others);
          REMOVABLE.add(new Removable(label, slot, place.iterator().next()));
        }
        Path ec = SamplePki.CERTS.resolve("gateway/zuid-ec.p12");
        fill(UNFIT, "attributes(*, CKO_PRIVATE_KEY, *) = {\n CKA_DERIVE = false\n}\n", List.of(ec));
        try (Stream<Path> keys = Files.list(SamplePki.CERTS.resolve("gateway"))) {
          fill(FULL, KEPT, keys.filter(file -> file.toString().endsWith(".p12")).sorted().toList());
        }
        opened(FULL, "").setKeyEntry("nog-een", new SecretKeySpec(new byte[16], "AES"), null, null);
        Path key = Files.createTempFile(folder, "kaal", ".pem");
        Files.writeString(
            key,
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(TestCa.newKeys().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        imported(key, "kaal");
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private static long token(String label) throws IOException {
      Process process =
          new ProcessBuilder(
                  "softhsm2-util",
                  "--init-token",
                  "--free",
                  "--label",
                  label,
                  "--so-pin",
                  "0000",
                  "--pin",
                  PIN)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher slot = SLOT.matcher(said);
      if (!slot.find()) {
        throw new IOException(said);
      }
      return Long.parseLong(slot.group(1));
    }

    private static KeyStore opened(long slot, String attributes)
        throws GeneralSecurityException, IOException {
      Provider provider =
          Security.getProvider("SunPKCS11")
              .configure(
                  "--name = fill\nlibrary = " + library() + "\nslot = " + slot + "\n" + attributes);
      KeyStore token = KeyStore.getInstance("PKCS11", provider);
      token.load(null, PIN.toCharArray());
      return token;
    }

    private static void fill(long slot, String attributes, List<Path> files)
        throws GeneralSecurityException, IOException {
      KeyStore token = opened(slot, attributes);
      for (Path file : files) {
        char[] password = "wotpoort-sample".toCharArray();
        KeyStore from = KeyStore.getInstance(file.toFile(), password);
        for (String alias : Collections.list(from.aliases())) {
          Key key = from.getKey(alias, password);
          Certificate[] chain = from.getCertificateChain(alias);
          String name = file.getFileName().toString().replace(".p12", "");
          token.setKeyEntry(name, key, null, chain);
        }
      }
    }
  }

  /**
   * A token of its own, with the key of oost@, that can be taken out while a program uses it. There
   * are two, each for one use.
   */
  public static final class Removable {
    private final String label;
    private final long slot;
    private final Path place;

    private Removable(String label, long slot, Path place) {
      this.label = label;
      this.slot = slot;
      this.place = place;
    }

    /** The next one. */
    public static Removable next() throws GeneralSecurityException, IOException {
      Removable one = Tokens.REMOVABLE.remove(0);
      Tokens.fill(one.slot, KEPT, List.of(SamplePki.CERTS.resolve("gateway/oost.p12")));
      return one;
    }

    private static Set<Path> places(Path folder) throws IOException {
      try (Stream<Path> all = Files.list(folder)) {
        return new TreeSet<>(all.toList());
      }
    }

    private Path aside() {
      return place.resolveSibling(place.getFileName() + "-eruit");
    }

    public long slot() {
      return slot;
    }

    /** All of it: its folder. SoftHSM's library in this program does not get over that. */
    public void takeOut() throws IOException {
      Files.move(place, aside());
    }

    public void putBack() throws IOException {
      Files.move(aside(), place);
    }

    /** Its keys, as by another program that deletes them. */
    public void takeKeysOut() throws IOException {
      Files.createDirectories(aside());
      moveObjects(place, aside());
    }

    /**
     * And as by another program that writes them again: under new names, and a token tells that it
     * was written to.
     */
    public void putKeysBack(Path pemKey) throws IOException {
      moveObjects(aside(), place);
      imported(pemKey, label);
    }

    private static void moveObjects(Path from, Path to) throws IOException {
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".object")).toList()) {
          if (!file.endsWith("token.object")) {
            Files.move(file, to.resolve(UUID.randomUUID() + ".object"));
          }
        }
      }
    }
  }

  /** A key and no certificate, by another program. */
  private static void imported(Path pemKey, String label) throws IOException {
    Process imported =
        new ProcessBuilder(
                "softhsm2-util",
                "--import",
                pemKey.toString(),
                "--token",
                label,
                "--label",
                "nog-een",
                "--id",
                "99",
                "--pin",
                PIN)
            .redirectErrorStream(true)
            .start();
    String said = new String(imported.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!said.contains("imported")) {
      throw new IOException(said);
    }
  }

  /** Whether this machine can, for {@code @EnabledIf}. */
  public static boolean isThere() {
    return System.getenv("SOFTHSM2_CONF") != null && found().isPresent() && hasProgram();
  }

  private static boolean hasProgram() {
    try {
      Process version = new ProcessBuilder("softhsm2-util", "--version").start();
      return version.waitFor(30, TimeUnit.SECONDS) && version.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Optional<Path> found() {
    return LIBRARIES.stream().filter(Files::isRegularFile).findFirst();
  }

  public static Path library() {
    return found().orElseThrow(() -> new UncheckedIOException(new IOException("no SoftHSM")));
  }

  /**
   * The slot of the token that holds the keys of certs-sample/gateway with the certificates above
   * them, and a key of AES that is nobody's business.
   */
  public static long full() {
    return Tokens.FULL;
  }

  /** The slot of a token whose one key, for ECDH, is not allowed to derive. */
  public static long unfit() {
    return Tokens.UNFIT;
  }

  /** The slot of a token nobody logs in to: whoever did once on this machine needs no PIN again. */
  public static long locked() {
    return Tokens.LOCKED;
  }

  /** The slot of a token that holds a key and no certificate. */
  public static long bare() {
    return Tokens.BARE;
  }

  /** The slot of a token that holds nothing. */
  public static long empty() {
    return Tokens.EMPTY;
  }
}
