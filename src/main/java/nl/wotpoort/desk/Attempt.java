package nl.wotpoort.desk;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One piece of work and what came of it. Whatever it throws stays with it, be it an Error (hostile
 * mail overflows stacks): the next piece of work is not to suffer for this one.
 *
 * @param value what it gave; empty when it threw
 * @param fault what it threw
 */
record Attempt<T>(Optional<T> value, Optional<Throwable> fault) {

  static <T> Attempt<T> done(T value) {
    return new Attempt<>(Optional.of(value), Optional.empty());
  }

  static <T> Attempt<T> failed(Throwable fault) {
    return new Attempt<>(Optional.empty(), Optional.of(fault));
  }

  /** Does the work now, in this thread. */
  static <T> Attempt<T> at(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    task.run();
    try {
      return new Attempt<>(Optional.of(task.get()), Optional.empty());
    } catch (ExecutionException thrown) {
      return new Attempt<>(
          Optional.empty(), Optional.of(Optional.ofNullable(thrown.getCause()).orElse(thrown)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Attempt<>(Optional.empty(), Optional.of(interrupted));
    }
  }

  /**
   * A fault as a code for journal, hold and log: what was thrown, and where in our rooms. Never its
   * message, which may quote the mail.
   */
  static String code(Throwable fault) {
    for (StackTraceElement place : fault.getStackTrace()) {
      if (place.getClassName().startsWith("nl.wotpoort.")) {
        return fault.getClass().getSimpleName()
            + "@"
            + place.getClassName().replaceFirst(".*\\.", "")
            + ":"
            + place.getLineNumber();
      }
    }
    return fault.getClass().getSimpleName();
  }
}
