package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Listens to every log line at DEBUG and to System.err and System.out, and looks through files, for
 * words of the scenarios' mails and for passwords. GreenMail is not ours: it is not listened to.
 */
final class Canary implements AutoCloseable {

  /** What stands in the mails (and consents) of the scenarios, and nowhere else. */
  private static final List<String> WORDS =
      List.of(
          "999990019",
          "J. Voorbeeld",
          "3112 AB",
          "3112AB",
          "1980-04-02",
          "betalingen",
          "slechtziend",
          "huisbezoek",
          "geldzaken en hulp",
          "verkennend onderzoek",
          "vertrouwensarts",
          PostOffice.PASSWORD,
          Openssl.SAMPLE_PASSWORD);

  private final Logger root;
  private final Level level;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final List<Appender<ILoggingEvent>> others;
  private final Appender<ILoggingEvent> ear;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Canary(LoggerContext logs) {
    root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    level = root.getLevel();
    others = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(others::add);
    ear =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
              lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
          }
        };
    ear.setContext(logs);
    ear.start();
    others.forEach(root::detachAppender);
    root.addAppender(ear);
    root.setLevel(Level.DEBUG);
    logs.getLogger("com.icegreen").setLevel(Level.WARN);
    PrintStream both = new PrintStream(console, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  static Canary listening() {
    return new Canary((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  void looksAtLogs() {
    assertThat(lines).as("the canary hears something").isNotEmpty();
    for (String line : lines) {
      assertThat(line).doesNotContain(WORDS);
    }
    assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain(WORDS);
  }

  /** Every file but the administrator's own. */
  void looksAtFiles(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(home.resolve("routes"))) {
          byte[] bytes = Files.readAllBytes(file);
          assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
              .as(file.getFileName().toString())
              .doesNotContain(WORDS);
        }
      }
    }
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    root.detachAppender(ear);
    root.setLevel(level);
    others.forEach(root::addAppender);
  }
}
