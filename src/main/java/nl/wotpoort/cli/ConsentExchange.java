package nl.wotpoort.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code wotpoort consent} that take the register out and in. */
final class ConsentExchange {

  private static final int PAGE = 500;

  private ConsentExchange() {}

  /**
   * {@code consent export}: every consent as FHIR, one a line; it names clients, so it is
   * journalled.
   */
  @Command(name = "export")
  static final class Export extends Action {

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        store
            .journal()
            .write(
                JournalEntry.of(
                        surroundings().clock().instant(),
                        "CONSENTS_EXPORTED",
                        JournalEntry.Action.READ,
                        Actors.of(by, surroundings()),
                        "consents")
                    .comingFrom("cli"));
        String after = "";
        for (List<ConsentEntry> page = store.consents().list(after, PAGE);
            !page.isEmpty();
            page = store.consents().list(after, PAGE)) {
          page.forEach(entry -> screen().json(FhirConsent.write(entry)));
          after = page.get(page.size() - 1).id();
        }
        return Exit.FINE;
      }
    }
  }

  /**
   * {@code consent import}: what {@code export} wrote, one a line. All lines are read before
   * anything is recorded; one that is in the register already is left as it is.
   */
  @Command(name = "import")
  static final class Import extends Action {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(index = "0", paramLabel = "BESTAND.ndjson", descriptionKey = "fhirFile")
    private @Nullable Path file;

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      Path from = Optional.ofNullable(file).orElseThrow();
      List<String> lines =
          InputFiles.bytes(from, screen())
              .decode(StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      try (Store store = installation().store(installation().configuration().settings())) {
        List<FhirReader.Read> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
          all.add(read(lines.get(i), i + 1, store));
        }
        Actor who = Actors.of(by, surroundings());
        long added = all.stream().filter(one -> add(one, who, store)).count();
        screen().say("consent.imported", added, all.size() - added);
        return Exit.FINE;
      }
    }

    private FhirReader.Read read(String line, int number, Store store) throws Refusal {
      try {
        JsonNode json = JSON.readTree(line);
        return FhirReader.read(json, store.pseudonyms());
      } catch (JsonProcessingException e) {
        // the parser's own words would repeat what stands in the file
        throw wrong("consent.json.syntax", number);
      } catch (FhirReader.Unfit e) {
        throw wrong("consent.fhir." + e.why(), number, e.member());
      }
    }

    private boolean add(FhirReader.Read read, Actor who, Store store) {
      String id = read.consent().record().id();
      if (store.consents().show(id).isPresent()) {
        return false;
      }
      Instant now = surroundings().clock().instant();
      store.consents().add(read.consent(), who, now);
      read.withdrawal()
          .ifPresent(withdrawal -> store.consents().withdraw(id, withdrawal, who, now));
      return true;
    }
  }
}
