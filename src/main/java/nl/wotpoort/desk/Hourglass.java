package nl.wotpoort.desk;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does each piece of work in a thread of its own and waits for it no longer than a time limit. Java
 * cannot stop a thread: one that took too long is interrupted and left behind, and the next piece
 * of work gets another. What is left behind can do no harm, for whoever lost his claim decides
 * nothing; it ends with the process. Thread-safe.
 */
final class Hourglass implements AutoCloseable {

  /** It took too long; the stack is that of the work, at the moment it was given up. */
  static final class Late extends Exception {
    private static final long serialVersionUID = 1L;

    Late(StackTraceElement[] where) {
      super("took too long");
      setStackTrace(where);
    }

    /** Whether it was waiting for the store, which is not the fault of what was worked on. */
    boolean isWaitingForStore() {
      return Arrays.stream(getStackTrace())
          .anyMatch(place -> place.getClassName().startsWith("nl.wotpoort.store."));
    }
  }

  /** The work was broken off, because the gateway stops. */
  static final class BrokenOff extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenOff() {
      super("broken off");
    }
  }

  private final ExecutorService threads;
  private final Duration limit;
  private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();

  Hourglass(String name, Duration limit) {
    this.limit = limit;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              // one that hangs must not keep the process alive
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What came of the work; {@link Late} or {@link BrokenOff} when it did not come to an end. */
  // a Future equals itself only, which is what underWay needs
  @SuppressWarnings("CollectionUndefinedEquality")
  <T> Attempt<T> at(Callable<T> work) {
    AtomicReference<Thread> worker = new AtomicReference<>();
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              worker.set(Thread.currentThread());
              return work.call();
            });
    underWay.add(future); // before it begins, or a stop in between would not find it
    try {
      threads.execute(future);
      return Attempt.done(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException thrown) {
      return Attempt.failed(Optional.ofNullable(thrown.getCause()).orElse(thrown));
    } catch (TimeoutException late) {
      Late fault = new Late(stack(worker));
      future.cancel(true);
      return Attempt.failed(fault);
    } catch (CancellationException stopping) {
      return Attempt.failed(new BrokenOff());
    } catch (InterruptedException stopping) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      return Attempt.failed(new BrokenOff());
    } finally {
      underWay.remove(future);
    }
  }

  private static StackTraceElement[] stack(AtomicReference<Thread> worker) {
    return Optional.ofNullable(worker.get())
        .map(Thread::getStackTrace)
        .orElse(new StackTraceElement[0]);
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Whoever waits for a piece of work hears at once that it was broken off. */
  void breakOff() {
    underWay.forEach(future -> future.cancel(true));
  }

  /** No new work; what is left behind is interrupted once more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
