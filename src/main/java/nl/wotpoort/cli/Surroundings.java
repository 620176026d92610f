package nl.wotpoort.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command finds around it; tests hand in their own.
 *
 * @param environment answers the name of a variable
 * @param property answers the name of a property of the Java machine
 * @param waiting how {@code wotpoort run} learns that it must stop
 */
record Surroundings(
    Clock clock,
    Function<String, Optional<String>> environment,
    Function<String, Optional<String>> property,
    InputStream input,
    PrintWriter out,
    PrintWriter err,
    Waiting waiting) {

  /** Waits until somebody wants the program to stop. */
  interface Waiting {
    /** Returns when it is time to stop; the machine ends once the answer is closed. */
    Stopping untilStop();
  }

  /** Tells that everything was put away. */
  interface Stopping extends AutoCloseable {
    @Override
    void close();
  }

  /** The machine's own; texts go out as UTF-8 whatever the terminal says. */
  static Surroundings ofMachine() {
    return new Surroundings(
        Clock.systemUTC(),
        name -> Optional.ofNullable(System.getenv(name)),
        name -> Optional.ofNullable(System.getProperty(name)),
        System.in,
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new StopSignal());
  }

  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  /** What is typed, in UTF-8. */
  BufferedReader lines() {
    return new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
  }
}
