package nl.wotpoort.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the gateway finds out whether a certificate was revoked, beyond the lists in files: {@code
 * revocation.*}. Immutable.
 *
 * @param patience how long a message waits for an answer that is not at hand
 * @param timeout how long one fetch may take in the background
 * @param inside hosts in private networks that may be asked, lower-case
 * @param folder where fetched lists are kept
 */
public record RevocationSettings(
    Fetch fetch, Duration patience, Duration timeout, Set<String> inside, Path folder) {

  /** What is fetched over the network. */
  public enum Fetch {
    /** Nothing. */
    OFF,
    /** Only from the addresses in the settings. */
    CONFIGURED,
    /** Also from those in a certificate, once its path to an anchor was verified. */
    CERTIFICATES
  }

  public RevocationSettings {
    inside = Set.copyOf(inside);
  }

  /** Nothing is fetched. */
  public static RevocationSettings off() {
    return new RevocationSettings(
        Fetch.OFF, Duration.ofSeconds(2), Duration.ofSeconds(20), Set.of(), Path.of("revocation"));
  }

  static RevocationSettings read(PropertyAsker ask, Path home) {
    Fetch fetch =
        ask.choice(
                "revocation.fetch",
                Map.of(
                    "off", Fetch.OFF,
                    "configured", Fetch.CONFIGURED,
                    "certificates", Fetch.CERTIFICATES),
                Fetch.CERTIFICATES)
            .orElse(Fetch.OFF);
    RevocationSettings usual = off();
    return new RevocationSettings(
        fetch,
        ask.duration("revocation.patience").orElse(usual.patience()),
        ask.duration("revocation.timeout").orElse(usual.timeout()),
        ask.listed("revocation.inside").stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        ask.path("revocation.folder").orElseGet(() -> home.resolve("data").resolve("revocation")));
  }
}
