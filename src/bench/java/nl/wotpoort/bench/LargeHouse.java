package nl.wotpoort.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.wotpoort.settings.Routes;

/**
 * The sample town with thousands of workers more in it, in a home of its own: each with a
 * certificate file, and no two certificates alike.
 */
final class LargeHouse {

  static final List<String> EXPERTISE =
      List.of("schulden", "wonen", "werk-en-inkomen", "opvoeden", "meedoen", "verslaving");
  static final List<String> TEAMS =
      List.of("centrum-west", "noordrand", "groenoord", "oost", "nieuwland", "zuid");

  /** Where the two bytes of the serial number lie in the sample's DER. */
  private static final int SERIAL = 15;

  private final Path home;
  private final Map<String, byte[]> files;

  private LargeHouse(Path home, Map<String, byte[]> files) {
    this.home = home;
    this.files = files;
  }

  /** Adds them to a {@link BenchHome}: {@code certs/} and {@code routes/}, which it then uses. */
  static LargeHouse in(Path home, int workers) throws IOException {
    Path sample = BenchHome.PROJECT.resolve("routes");
    Map<String, byte[]> files = new TreeMap<>(Routes.bytes(sample).value().orElseThrow());
    byte[] certificate =
        der(Files.readString(BenchHome.PROJECT.resolve("certs-sample/team/s.jansen.pem")));
    Path folder = Files.createDirectories(home.resolve("certs"));
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < workers; i++) {
      Path file = folder.resolve("b" + i + ".pem");
      Files.writeString(file, pem(numbered(certificate, i)));
      more.append("  - id: b%d%n    name: Bench %d%n    organisation: MEE%n".formatted(i, i));
      more.append("    team: %s%n".formatted(TEAMS.get(i % TEAMS.size())));
      more.append("    delivery:%n      address: b%d@intern.wotschiedam.nl%n".formatted(i));
      more.append("      certificates: [%s]%n".formatted(file));
      more.append("    expertise: [%s]%n".formatted(EXPERTISE.get(i % EXPERTISE.size())));
      more.append("    capacity: 40%n".formatted());
    }
    String text = new String(files.get(Routes.DIRECTORY), StandardCharsets.UTF_8);
    String mark = "\n# Postcodes:";
    if (!text.contains(mark)) {
      throw new IllegalStateException("routes/directory.yaml has another form");
    }
    files.put(
        Routes.DIRECTORY, text.replace(mark, "\n" + more + mark).getBytes(StandardCharsets.UTF_8));
    LargeHouse house = new LargeHouse(home, files);
    house.write(files);
    Files.copy(sample.resolve("policy.yaml"), home.resolve("routes/policy.yaml"));
    Path properties = home.resolve("wotpoort.properties");
    Files.writeString(
        properties, Files.readString(properties).replace("routes = " + sample, "routes = routes"));
    return house;
  }

  private static byte[] der(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  /** Another serial number: its signature does not hold any more, and nobody here asks that. */
  private static byte[] numbered(byte[] certificate, int number) {
    byte[] other = certificate.clone();
    if (other[SERIAL - 2] != 2 || other[SERIAL - 1] != 2) {
      throw new IllegalStateException("certs-sample/team/s.jansen.pem has another form");
    }
    other[SERIAL] = (byte) (1 + number / 256);
    other[SERIAL + 1] = (byte) number;
    return other;
  }

  /** The three texts as they were written first. */
  Map<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  /** The texts with another capacity for the first worker: a change of one line. */
  Map<String, byte[]> changed(int capacity) {
    String text = new String(files.get(Routes.DIRECTORY), StandardCharsets.UTF_8);
    Map<String, byte[]> changed = files();
    changed.put(
        Routes.DIRECTORY,
        text.replaceFirst("capacity: 40", "capacity: " + capacity)
            .getBytes(StandardCharsets.UTF_8));
    return changed;
  }

  /** Puts texts in {@code home/routes}, as an administrator who saves them. */
  void write(Map<String, byte[]> texts) throws IOException {
    Path routes = Files.createDirectories(home.resolve("routes"));
    for (Map.Entry<String, byte[]> file : texts.entrySet()) {
      Files.write(routes.resolve(file.getKey()), file.getValue());
    }
  }
}
