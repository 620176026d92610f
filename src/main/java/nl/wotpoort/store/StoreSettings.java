package nl.wotpoort.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to open a store.
 *
 * @param jdbcUrl {@code jdbc:sqlite:/path/to/file} or {@code jdbc:postgresql://host/database}, as
 *     pgjdbc reads it, without a password
 * @param maxAttempts how often work on one message may begin before it is held as poison
 * @param busyTimeout how long to wait for another process that writes, or for the server
 * @param claimBytes how many bytes of messages one claim may bring into memory; one message always
 * @param login who we are to a database server; empty: as pgjdbc finds out by itself (PGPASSFILE)
 */
public record StoreSettings(
    String jdbcUrl,
    StoreKey key,
    int maxAttempts,
    Duration busyTimeout,
    long claimBytes,
    Optional<Login> login) {

  private static final int ATTEMPTS = 5;
  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final long CLAIM_BYTES = 64L << 20;

  /** Shows no password. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "a login";
    }
  }

  public StoreSettings {
    if (maxAttempts < 1 || claimBytes < 1 || busyTimeout.isNegative()) {
      throw new IllegalArgumentException("store settings below their least");
    }
  }

  public static StoreSettings of(String jdbcUrl, StoreKey key) {
    return new StoreSettings(jdbcUrl, key, ATTEMPTS, BUSY, CLAIM_BYTES, Optional.empty());
  }

  /** An embedded store in {@code file}. */
  public static StoreSettings embedded(Path file, StoreKey key) {
    return of("jdbc:sqlite:" + file.toAbsolutePath(), key);
  }

  public StoreSettings withMaxAttempts(int attempts) {
    return new StoreSettings(jdbcUrl, key, attempts, busyTimeout, claimBytes, login);
  }

  /** Does nothing for an embedded store. */
  public StoreSettings withLogin(Optional<Login> other) {
    return new StoreSettings(jdbcUrl, key, maxAttempts, busyTimeout, claimBytes, other);
  }

  /** Names no password: an address may hold one. */
  @Override
  public String toString() {
    return "store settings, at most " + maxAttempts + " attempts";
  }
}
