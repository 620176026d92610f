package nl.wotpoort.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.store.FreshStore;
import nl.wotpoort.store.StoreKey;

/** The sample routes and a store in a folder, for tests of the doors. */
public final class TestRooms {

  private static final Path ROOT =
      Path.of(System.getProperty("project.basedir", ".")).toAbsolutePath().normalize();

  private TestRooms() {}

  /** Their store is for the caller to close. */
  public static Rooms in(Path folder) {
    byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    FreshStore.in(folder.resolve("wotpoort.db"), StoreKey.of(key));
    Map<String, String> secrets =
        Map.of("STORE_KEY", Base64.getEncoder().encodeToString(key), "KEYS", "wotpoort-sample");
    try {
      Path properties = folder.resolve("wotpoort.properties");
      Files.write(properties, settings(folder));
      Configuration configuration =
          Configuration.load(
                  properties,
                  name -> Optional.ofNullable(secrets.get(name)),
                  LocalDate.of(2026, 6, 15))
              .value()
              .orElseThrow();
      return Furnishing.rooms(
          configuration,
          PolicyFile.read(ROOT.resolve("routes/policy.yaml")),
          Furnishing.SampleKeys.ALLOWED,
          Clock.systemUTC(),
          "test");
    } catch (IOException | PolicyFileException | Furnishing.CannotFurnish e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> settings(Path folder) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "organisation.domain = wotschiedam.nl",
                "organisation.phone = 010 754 15 15",
                "gateway.address = poort@wotschiedam.nl",
                "case.address = zaak+{case}@wotschiedam.nl",
                "routes = " + ROOT.resolve("routes"),
                "certificates = " + ROOT,
                "store.file = " + folder.resolve("wotpoort.db"),
                "store.key = env:STORE_KEY",
                "intake.mta.protocol = lmtp",
                "submission.host = 127.0.0.1",
                "submission.security = none",
                "keys.poort.file = " + ROOT.resolve("certs-sample/gateway/poort.p12"),
                "keys.poort.password = env:KEYS"));
    for (String tree : List.of("huisartsen:zorg", "wot:wot")) {
      String[] names = tree.split(":");
      Path ca = ROOT.resolve("certs-sample/ca");
      lines.add("trust." + names[0] + ".anchors = " + ca.resolve(names[1] + "-root.pem"));
    }
    return lines;
  }
}
