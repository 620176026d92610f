package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.desk.Examined;
import nl.wotpoort.desk.Examiner;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code wotpoort explain}: what would happen to this mail and why, by the same code and with the
 * same consents and cases as live. Writes nothing and sends nothing; shows no content and no names.
 */
@Command(name = "explain")
final class ExplainCommand extends Action {

  @Parameters(index = "0", paramLabel = "BESTAND.eml", descriptionKey = "mailFile")
  private @Nullable Path file;

  @Option(names = "--to", paramLabel = "ADRES")
  private @Nullable Address to;

  @Option(names = "--at", paramLabel = "TIJDSTIP")
  private @Nullable Instant at;

  @Override
  public Integer call() throws Refusal {
    Path path = Objects.requireNonNull(file, "demanded by picocli");
    Bytes mail = InputFiles.bytes(path, screen());
    Configuration configuration = installation().configuration();
    return Installation.hasStore(configuration.settings())
        ? explain(path, mail, configuration)
        : explainWithoutStore(path, mail, configuration);
  }

  private int explain(Path path, Bytes mail, Configuration configuration) throws Refusal {
    Rooms rooms = installation().rooms(configuration);
    try (Store open = rooms.store()) {
      Address mailbox = mailbox(mail, rooms);
      Instant moment = at == null ? surroundings().clock().instant() : at;
      Examined examined = new Examiner(rooms).examine(mail, mailbox, moment, false, moment);
      return new Explanation(screen()).tell(path, mailbox, examined);
    }
  }

  /** Explaining must not make a store: an empty one elsewhere says the same, and goes again. */
  private int explainWithoutStore(Path path, Bytes mail, Configuration configuration)
      throws Refusal {
    Path elsewhere = temporary();
    try {
      screen().aside(screen().text("explain.noStore"));
      return explain(path, mail, withStoreIn(elsewhere, configuration));
    } finally {
      remove(elsewhere);
    }
  }

  private Path temporary() throws Refusal {
    try {
      return Files.createTempDirectory("wotpoort-explain");
    } catch (IOException e) {
      throw new Refusal(
          Exit.UNAVAILABLE, screen().text("noTemporary", String.valueOf(e.getMessage())));
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // an empty store in the system's temporary folder hurts nobody
    }
  }

  private static Configuration withStoreIn(Path folder, Configuration configuration) {
    Settings s = configuration.settings();
    Settings.StoreSettings store =
        new Settings.StoreSettings(
            "jdbc:sqlite:" + folder.resolve("leeg.db"), s.store().key(), Optional.empty());
    return new Configuration(s.withStore(store), configuration.directory());
  }

  /** As the intake would find it. */
  private Address mailbox(Bytes mail, Rooms rooms) throws Refusal {
    if (to != null) {
      return rooms.identity().mailboxBehind(to);
    }
    Set<Address> written = WrittenTo.of(mail).recipients();
    Optional<Address> own =
        written.stream()
            .filter(
                address ->
                    rooms.directory().mailbox(address).isPresent()
                        || rooms.identity().caseIn(address).isPresent()
                        || address.equals(rooms.identity().gateway()))
            .findFirst();
    List<String> names = written.stream().map(Address::toString).toList();
    return own.map(rooms.identity()::mailboxBehind)
        .orElseThrow(() -> wrong("explain.notOurs", String.join(", ", names)));
  }
}
