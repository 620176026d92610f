package nl.wotpoort.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A process for {@link KillTest} to kill: receives mail from a given number on and works, for ever.
 * Says in {@code acknowledged} what it would have answered 250 to, and in {@code wire} what the
 * next hop took.
 */
final class KilledGateway {

  static final Duration LEASE = Duration.ofMillis(300);

  private KilledGateway() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    long uid = Long.parseLong(arguments[1]);
    try (Store store = Store.open(settings(folder))) {
      Road road = new Road(store, "child", LEASE, id -> append(folder.resolve("wire"), id));
      append(folder.resolve("started"), "x");
      while (true) {
        road.receive(uid, Instant.now());
        append(folder.resolve("acknowledged"), Long.toString(uid));
        road.work(Instant.now());
        uid++;
      }
    }
  }

  static StoreSettings settings(Path folder) {
    return Sample.settings(folder).withMaxAttempts(50);
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
