package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.texts.Language;

/**
 * A gateway's home in a temporary folder: a wotpoort.properties on certs-sample/ and routes/ of the
 * project, and an empty store. Thread-safe.
 */
final class BenchHome {

  /** The one of src/test/servers/servers.sh. */
  private static final String SERVERS_PASSWORD = "postvak-geheim";

  static final String SAMPLE_PASSWORD = "wotpoort-sample";
  static final Path PROJECT =
      Path.of(System.getProperty("project.basedir", "")).toAbsolutePath().normalize();

  private static final List<String> MAILBOXES =
      List.of("poort", "info", "oost", "zuid", "zaak", "toestemming");

  private BenchHome() {}

  /** A home nobody connects from or to. */
  static Path make() {
    return make(
        List.of(
            "intake.none.protocol = smtp",
            "intake.none.port = 1",
            "submission.host = 127.0.0.1",
            "submission.port = 1",
            "submission.security = none"));
  }

  /** Makes the folder and its settings, {@code post} being the lines on intake and submission. */
  static Path make(List<String> post) {
    try {
      Path home = Files.createTempDirectory("wotpoort-bench");
      Files.createDirectories(home.resolve("data"));
      Files.writeString(home.resolve("servers.secret"), SERVERS_PASSWORD);
      Files.writeString(home.resolve("sample.secret"), SAMPLE_PASSWORD);
      byte[] key = new byte[32];
      new Random(1).nextBytes(key);
      Files.writeString(home.resolve("store.secret"), Base64.getEncoder().encodeToString(key));
      Files.writeString(home.resolve("wotpoort.properties"), properties(post));
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path home) {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String properties(List<String> post) {
    StringBuilder text = new StringBuilder();
    text.append("organisation.domain = wotschiedam.nl\n")
        .append("organisation.phone = 010 754 15 15\n")
        .append("gateway.address = poort@wotschiedam.nl\n")
        .append("case.address = zaak+{case}@wotschiedam.nl\n")
        .append("store.key = file:store.secret\n")
        .append("routes = ")
        .append(PROJECT.resolve("routes"))
        .append("\ncertificates = ")
        .append(PROJECT)
        .append('\n');
    post.forEach(line -> text.append(line).append('\n'));
    for (String mailbox : MAILBOXES) {
      text.append("keys.").append(mailbox).append(".file = ");
      text.append(PROJECT.resolve("certs-sample/gateway/" + mailbox + ".p12"));
      text.append("\nkeys.").append(mailbox).append(".password = file:sample.secret\n");
    }
    Path ca = PROJECT.resolve("certs-sample/ca");
    text.append("trust.huisartsen.anchors = ").append(ca.resolve("zorg-root.pem"));
    text.append("\ntrust.huisartsen.intermediates = ").append(ca.resolve("zorg-issuing.pem"));
    text.append("\ntrust.huisartsen.crls = ")
        .append(ca.resolve("zorg-root.crl.pem"))
        .append(", ")
        .append(ca.resolve("zorg-issuing.crl.pem"));
    text.append("\ntrust.wot.anchors = ").append(ca.resolve("wot-root.pem"));
    text.append("\ntrust.wot.intermediates = ").append(ca.resolve("wot-issuing.pem"));
    text.append("\ntrust.wot.crls = ")
        .append(ca.resolve("wot-root.crl.pem"))
        .append(", ")
        .append(ca.resolve("wot-issuing.crl.pem"));
    text.append("\ntrust.wot.domains = intern.wotschiedam.nl, wotschiedam.nl");
    return text.append("\ntrust.huisartsen.revocation = hold\n").toString();
  }

  /** Reads the settings of {@code home} as {@code wotpoort run} does. */
  static Configuration configuration(Path home, Clock clock) {
    Loaded<Configuration> loaded =
        Configuration.load(
            home.resolve("wotpoort.properties"), name -> Optional.empty(), LocalDate.now(clock));
    return loaded
        .value()
        .orElseThrow(
            () -> new IllegalStateException("settings of the bench: " + loaded.problems()));
  }

  /** What {@code wotpoort run} works with at {@code home}. Its store is to be closed. */
  static Rooms rooms(Path home) throws Furnishing.CannotFurnish {
    Clock clock = Clock.systemUTC();
    return Furnishing.rooms(
        configuration(home, clock), tables(), Furnishing.SampleKeys.ALLOWED, clock, "bench");
  }

  static PolicyTables tables() {
    try {
      return PolicyFile.read(PROJECT.resolve("routes/policy.yaml"));
    } catch (PolicyFileException e) {
      throw new IllegalStateException(e);
    }
  }

  static Furnishing.Keys keys(Configuration configuration) {
    try {
      return Furnishing.keys(configuration, Furnishing.SampleKeys.ALLOWED, Language.NL);
    } catch (Furnishing.CannotFurnish e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key of certs-sample/, such as {@code gp/a.devries}. */
  static List<KeyEntry> sampleKey(String name) {
    try {
      byte[] file = Files.readAllBytes(PROJECT.resolve("certs-sample/" + name + ".p12"));
      return KeyFiles.keys(name, file, SAMPLE_PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KeyFileFault e) {
      throw new IllegalStateException(e);
    }
  }
}
