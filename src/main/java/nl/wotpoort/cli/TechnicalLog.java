package nl.wotpoort.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;

/**
 * The technical log, on standard error. It holds no personal data: our own lines name ids and codes
 * only, and libraries that would print what passes through them (mail protocols) are kept quiet
 * whatever level is asked for. {@code -Dwotpoort.log=DEBUG} for more of our own.
 *
 * <p>In code and not in a file: Logback's reader of its files, and the XML parser under it, take
 * longer to start than a tenth of the program. {@code -Dlogback.configurationFile=} still names a
 * file to use instead, and a logback-test.xml goes before this one.
 */
public final class TechnicalLog extends ContextAwareBase implements Configurator {

  private static final String OTHER = "logback.configurationFile";
  private static final String OF_TESTS = "logback-test.xml";
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n%ex{20}";

  private static final Map<String, Level> LIBRARIES =
      Map.of(
          "org.apache.camel", Level.WARN,
          "org.flywaydb", Level.WARN,
          "com.icegreen", Level.OFF,
          "org.eclipse.angus", Level.OFF,
          "jakarta.mail", Level.OFF,
          "org.subethamail", Level.OFF);

  @Override
  public ExecutionStatus configure(LoggerContext log) {
    if (System.getProperty(OTHER) != null
        || getClass().getClassLoader().getResource(OF_TESTS) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    set(log);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void set(LoggerContext log) {
    // or what Logback thinks of itself lands on standard output
    log.getStatusManager().add(new NopStatusListener());
    Appender<ILoggingEvent> console = console(log);
    ch.qos.logback.classic.Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    log.getLogger("nl.wotpoort").setLevel(asked("wotpoort.log", Level.WARN));
    // a line for each event: numbers and codes
    log.getLogger("wotpoort.events").setLevel(asked("wotpoort.events", Level.INFO));
    LIBRARIES.forEach((library, level) -> log.getLogger(library).setLevel(level));
  }

  private static Level asked(String property, Level otherwise) {
    return Level.toLevel(System.getProperty(property), otherwise);
  }

  private static Appender<ILoggingEvent> console(LoggerContext log) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(log);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(LINE);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(log);
    console.setName("STDERR");
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    return console;
  }
}
