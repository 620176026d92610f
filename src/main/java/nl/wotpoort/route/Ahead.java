package nl.wotpoort.route;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import nl.wotpoort.smime.CryptoInUse;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/**
 * What every start of a gateway needs, whatever its settings say, made ready on a second processor
 * while the first one reads them: the log, the native crypto provider (a library of 9 MB out of a
 * signed jar, and its self-tests), Camel's classes. It reads no file of the installation, opens
 * nothing and decides nothing: a start that fails does so with the same words and as early. What
 * cannot be loaded here cannot be loaded where it is needed either, and is told there.
 */
public final class Ahead {

  /** What began may take at a bad moment; it usually is a third of a second. */
  private static final long PATIENCE_MILLIS = 10_000;

  private static volatile Optional<CountDownLatch> log = Optional.empty();
  private static volatile Optional<Thread> at = Optional.empty();

  private Ahead() {}

  /** Once in a process, before anything is logged. */
  public static void begin() {
    CountDownLatch ready = new CountDownLatch(1);
    log = Optional.of(ready);
    Thread thread = new Thread(() -> work(ready), "ahead");
    thread.setDaemon(true);
    at = Optional.of(thread);
    thread.start();
  }

  /**
   * Returns when all of it is done: before the program ends, or the copy of the native library that
   * is being made would stay in the folder for temporary files.
   */
  public static void awaitEnd() throws InterruptedException {
    if (at.isPresent()) {
      at.get().join(PATIENCE_MILLIS);
    }
  }

  /** Returns when the log is set up: two threads that begin it at once make SLF4J complain. */
  public static void awaitLog() throws InterruptedException {
    if (log.isPresent()) {
      log.get().await();
    }
  }

  private static void work(CountDownLatch ready) {
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      ready.countDown();
    }
    CryptoInUse.providers();
    new DefaultCamelContext().build();
  }
}
