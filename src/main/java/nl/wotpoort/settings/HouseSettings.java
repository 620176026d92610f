package nl.wotpoort.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.rules.request.PartlyCovered;
import nl.wotpoort.settings.Settings.Dispatching;
import nl.wotpoort.settings.Settings.Limits;
import nl.wotpoort.settings.Settings.Login;
import nl.wotpoort.settings.Settings.Refusals;
import nl.wotpoort.settings.Settings.Retry;
import nl.wotpoort.settings.Settings.Upkeep;

/**
 * The part of the settings about the house itself: {@code store.*}, {@code limits.*}, {@code
 * retry.*}, {@code requests.*}, {@code dispatch.*}, {@code retention.*} and {@code hold.*}.
 */
final class HouseSettings {

  private static final List<Duration> USUAL_LADDER =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2));

  /** What goes wrong shows within a day; what is purged cannot be mended from. */
  private static final int MOST_GIGABYTES = 1_000_000;

  private static final Duration LEAST_RETENTION = Duration.ofDays(1);

  private static final Map<String, Refusals> SOFT =
      Map.of(
          "true", Refusals.SOFT,
          "yes", Refusals.SOFT,
          "false", Refusals.FINAL,
          "no", Refusals.FINAL);

  private static final Map<String, PartlyCovered> PARTLY =
      Map.of("hold", PartlyCovered.HOLD, "forward", PartlyCovered.FORWARD_PERMITTED);

  private final PropertyFile file;
  private final PropertyAsker ask;
  private final Path home;

  HouseSettings(PropertyFile file, PropertyAsker ask, Path home) {
    this.file = file;
    this.ask = ask;
    this.home = home;
  }

  Optional<Settings.StoreSettings> store() {
    Optional<String> url = ask.text("store.jdbcUrl");
    Optional<Path> path = ask.path("store.file");
    Optional<Secret> key = ask.secret("store.", "key");
    if (file.mentions("store.file") && file.mentions("store.jdbcUrl")) {
      ask.wrong("store.jdbcUrl", "STORE_TWICE");
    }
    url.ifPresent(this::refuseAddress);
    Optional<Login> login = login();
    if (login.isPresent() && !url.map(HouseSettings::isServer).orElse(false)) {
      ask.wrong("store.user", "STORE_LOGIN_FOR_FILE");
    }
    String where = url.or(() -> path.map(p -> "jdbc:sqlite:" + p)).orElseGet(this::usualStore);
    return key.map(k -> new Settings.StoreSettings(where, k, login));
  }

  /** An address is printed and logged: it must hold no password. */
  private void refuseAddress(String url) {
    if (!url.startsWith("jdbc:")) {
      ask.wrong("store.jdbcUrl", "VALUE_NOT_JDBC", "store.jdbcUrl");
    } else if (url.matches("(?i).*[?&]password=.*|.*//[^/]*@.*")) {
      ask.wrong("store.jdbcUrl", "PASSWORD_IN_ADDRESS", "store.jdbcUrl");
    } else if (!isServer(url) && !url.startsWith("jdbc:sqlite:")) {
      ask.wrong("store.jdbcUrl", "STORE_KIND", "store.jdbcUrl");
    }
  }

  private static boolean isServer(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  private Optional<Login> login() {
    if (!file.mentions("store.user") && !file.mentions("store.password")) {
      file.ask("store.user");
      file.ask("store.password");
      return Optional.empty();
    }
    Optional<String> user = ask.requiredIn("store.", "user", "wotpoort");
    Optional<Secret> password = ask.secret("store.", "password");
    return user.flatMap(u -> password.map(p -> new Login(u, p)));
  }

  private String usualStore() {
    return "jdbc:sqlite:" + home.resolve("data").resolve("wotpoort.db");
  }

  Limits limits() {
    long size = ask.size("limits.maxSize", 1).orElse(25L * 1024 * 1024);
    int attempts = ask.number("limits.attempts", 1, 100).orElse(5);
    int workers = ask.number("limits.workers", 1, 64).orElse(4);
    Duration time =
        ask.duration("limits.time", Duration.ofSeconds(5), Duration.ofMinutes(10))
            .orElse(Duration.ofMinutes(1));
    long free = ask.size("limits.freeDisk", MOST_GIGABYTES).orElse(Limits.mailOf(size) * 3 / 2);
    return new Limits(size, attempts, workers, time, free);
  }

  Settings.Requests requests() {
    PartlyCovered partly =
        ask.choice("requests.partlyCovered", PARTLY, PartlyCovered.HOLD).orElse(PartlyCovered.HOLD);
    Duration lapse =
        ask.duration("requests.lapse", Duration.ofDays(1), Duration.ofDays(365))
            .orElse(Settings.Requests.usual().lapse());
    return new Settings.Requests(partly, lapse);
  }

  Retry retry() {
    List<Duration> ladder = ask.durations("retry.ladder");
    Duration notice = ask.duration("retry.delayNotice").orElse(Duration.ofHours(4));
    Duration expiry = ask.duration("retry.expiry").orElse(Duration.ofDays(5));
    if (notice.compareTo(expiry) >= 0) {
      ask.wrong("retry.", "NOTICE_AFTER_EXPIRY");
    }
    return new Retry(ladder.isEmpty() ? USUAL_LADDER : ladder, notice, expiry);
  }

  Dispatching dispatching(List<Settings.NextHop> hops) {
    int connections = ask.number("dispatch.connections", 1, 64).orElse(8);
    int perRecipient = ask.number("dispatch.perRecipient", 1, 64).orElse(4);
    Refusals refusals = ask.choice("dispatch.soft", SOFT, Refusals.FINAL).orElse(Refusals.FINAL);
    return new Dispatching(connections, perRecipient, refusals, hops);
  }

  Upkeep upkeep() {
    Duration content =
        ask.duration("retention.content", LEAST_RETENTION, Duration.ofDays(3650))
            .orElse(Duration.ofDays(30));
    int releases = ask.number("hold.releasePerMinute", 1, 100_000).orElse(60);
    return new Upkeep(content, releases, Set.copyOf(ask.listed("hold.secondPersons")));
  }
}
