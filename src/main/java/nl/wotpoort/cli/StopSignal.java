package nl.wotpoort.cli;

import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT: the Java machine runs its shutdown hooks, and ours holds it until the gateway
 * is closed. The machine's own exit code would be 128 plus the signal; a gateway that closed in
 * order ends with 0.
 */
final class StopSignal implements Surroundings.Waiting {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public Surroundings.Stopping untilStop() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "wotpoort-stop"));
    try {
      asked.await();
    } catch (InterruptedException e) {
      // whoever interrupts the main thread wants it to end
      Thread.currentThread().interrupt();
    }
    return closed::countDown;
  }

  private void stop() {
    asked.countDown();
    try {
      closed.await();
      Runtime.getRuntime().halt(Exit.FINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
