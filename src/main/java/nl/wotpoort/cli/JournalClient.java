package nl.wotpoort.cli;

import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wotpoort journal client}: everything the journal has about one client, as the client may
 * ask for it (GDPR article 15, Wabvpz article 15e). Looking is itself journalled.
 */
@Command(name = "client")
final class JournalClient extends Action {

  @Option(names = "--bsn", paramLabel = "BSN")
  private String bsn = "";

  @Option(names = "--name", paramLabel = "NAAM")
  private String name = "";

  @Option(names = "--born", paramLabel = "DATUM")
  private String born = "";

  @Option(names = "--by", paramLabel = "NAAM")
  private @Nullable String by;

  @Override
  public Integer call() throws Refusal {
    Client client = client();
    if (!client.isIdentified() && client.bsn().isEmpty()) {
      throw wrong("journal.whichClient");
    }
    try (Store store = installation().store()) {
      ClientPseudonyms known =
          store.pseudonyms().client(client).orElseThrow(() -> wrong("journal.whichClient"));
      List<JournalLine> lines = store.journal().about(known);
      JournalEntry seen =
          JournalViews.viewed(this, "JOURNAL_CLIENT_VIEWED", "client", by).concerning(known);
      store.journal().write(seen);
      JournalText text = new JournalText(screen());
      if (screen().isJson()) {
        screen().json(text.json(lines));
      } else if (lines.isEmpty()) {
        screen().say("journal.clientNone");
      } else {
        screen().say("journal.clientTitle", lines.size());
        lines.forEach(line -> screen().line(text.forClient(line)));
        screen().say("journal.clientEnd");
      }
      return Exit.FINE;
    }
  }

  private Client client() throws Refusal {
    Client nobody = Client.unknown();
    Optional<Bsn> number =
        bsn.isBlank()
            ? Optional.empty()
            : Optional.of(Bsn.parse(bsn).orElseThrow(() -> wrong("consent.bsn")));
    ConsentFields fields =
        new ConsentFields(
            installation()
                .tables(installation().configuration().settings().routes())
                .on(Times.day(surroundings().clock().instant())),
            installation().configuration().directory(),
            Times.day(surroundings().clock().instant()),
            screen());
    return new Client(
        name.isBlank() ? Optional.empty() : Optional.of(Confidential.of(name.strip())),
        nobody.initials(),
        fields.birthDate(born),
        nobody.postcode(),
        nobody.houseNumber(),
        nobody.phone(),
        number,
        nobody.language(),
        nobody.guardians(),
        nobody.representative());
  }
}
