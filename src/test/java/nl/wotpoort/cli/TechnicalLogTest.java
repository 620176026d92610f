package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class TechnicalLogTest {

  private final LoggerContext log = new LoggerContext();

  @Test
  void librariesThatSeeMailAreSilentAndOthersOnlyWarn() {
    TechnicalLog.set(log);

    assertThat(level("org.subethamail.smtp.server.Session")).isEqualTo(Level.OFF);
    assertThat(level("org.eclipse.angus.mail.smtp")).isEqualTo(Level.OFF);
    assertThat(level("jakarta.mail")).isEqualTo(Level.OFF);
    assertThat(level("com.icegreen.greenmail")).isEqualTo(Level.OFF);
    assertThat(level("org.apache.camel.impl")).isEqualTo(Level.WARN);
    assertThat(level("org.flywaydb.core")).isEqualTo(Level.WARN);
    assertThat(level("of.anybody.else")).isEqualTo(Level.WARN);
    assertThat(level("nl.wotpoort.store")).isEqualTo(Level.WARN);
    assertThat(level("wotpoort.events")).isEqualTo(Level.INFO);
    assertThat(log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR").isStarted()).isTrue();
  }

  /** The tests' own logback-test.xml is on the class path. */
  @Test
  void aFileForTestsGoesFirst() {
    assertThat(new TechnicalLog().configure(log)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    assertThat(log.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().hasNext()).isFalse();
  }

  private Level level(String name) {
    return log.getLogger(name).getEffectiveLevel();
  }
}
