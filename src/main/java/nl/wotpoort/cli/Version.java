package nl.wotpoort.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} tells. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"wotpoort " + number(), "Java " + Runtime.version()};
  }

  /** As the jar says; a program run from its classes has none. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(ontwikkelversie)");
  }
}
