package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.wotpoort.demo.Demo;
import nl.wotpoort.demo.DemoOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wotpoort demo}: the whole road on an embedded mail server, with the keys of certs-sample/.
 */
@Command(name = "demo")
final class DemoCommand extends Action {

  @Option(names = "--once")
  private boolean once;

  @Option(names = "--smtp-port", paramLabel = "PORT")
  private int smtpPort = 3025;

  @Option(names = "--imap-port", paramLabel = "PORT")
  private int imapPort = 3143;

  /** Of bin/wotpoort-archive. */
  @Option(names = "--rehearsal", hidden = true)
  private boolean rehearsal;

  @Override
  public Integer call() throws Refusal {
    Path installation = Path.of(surroundings().property().apply(Wotpoort.HOME_PROPERTY).orElse(""));
    if (!Files.isDirectory(installation.resolve("certs-sample"))) {
      throw wrong("demo.noSamples", installation.toAbsolutePath());
    }
    try {
      DemoOptions options = new DemoOptions(once, smtpPort, imapPort, rehearsal, installation);
      return Demo.run(options, surroundings().out(), screen().language());
    } catch (IOException | IllegalStateException e) {
      throw new Refusal(
          Exit.UNAVAILABLE, screen().text("demo.cannotStart", String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FINE;
    }
  }
}
