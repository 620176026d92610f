package nl.wotpoort.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.smime.PartnerGroup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort open}: why was this mail refused, or what is it trusted for. */
@Command(name = "open")
final class OpenCommand extends Action {

  @Parameters(arity = "1..*", paramLabel = "BESTAND", descriptionKey = "openFiles")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--mailbox", paramLabel = "ADRES")
  private @Nullable Address mailbox;

  @Option(names = "--at", paramLabel = "TIJDSTIP")
  private @Nullable Instant at;

  @Option(names = "--revocation", paramLabel = "hold|accept")
  private PartnerGroup.WhenUnknown whenUnknown = PartnerGroup.WhenUnknown.HOLD;

  @Override
  public Integer call() throws Refusal {
    Opening opening = opening();
    int worst = Exit.FINE;
    for (Path file : files) {
      worst = Math.max(worst, open(file, opening));
    }
    return worst;
  }

  /** Looking at a mail with sample keys harms nobody, so they are allowed here. */
  private Opening opening() throws Refusal {
    Path home = installation().home();
    if (KeyFolder.isOne(home)) {
      return new KeyFolder(home, surroundings(), screen()).opening(whenUnknown);
    }
    if (!Files.isDirectory(home) || Files.notExists(home.resolve("wotpoort.properties"))) {
      throw wrong("open.noHome", home);
    }
    Configuration configuration = installation().configuration();
    try {
      Furnishing.Keys keys =
          Furnishing.keys(configuration, Furnishing.SampleKeys.ALLOWED, screen().language());
      return new Opening(keys.ring(), keys.opener());
    } catch (Furnishing.CannotFurnish e) {
      throw Installation.cannot(e);
    }
  }

  private int open(Path file, Opening opening) {
    OpenReport report = new OpenReport(screen());
    try {
      Bytes mail = InputFiles.bytes(file, screen());
      Instant moment = at == null ? surroundings().clock().instant() : at;
      return report.tell(file, mail, opening.open(mail, Optional.ofNullable(mailbox), moment));
    } catch (Refusal unreadable) {
      report.tell(file, unreadable);
      return unreadable.exit();
    }
  }
}
