package nl.wotpoort.cli;

import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wotpoort journal client}: everything the journal has about one client, as the client may
 * ask for it (GDPR article 15, Wabvpz article 15e). Looking is itself journalled.
 */
@Command(name = "client")
final class JournalClient extends JournalView {

  @Option(names = "--bsn", paramLabel = "BSN")
  private String bsn = "";

  @Option(names = "--name", paramLabel = "NAAM")
  private String name = "";

  @Option(names = "--born", paramLabel = "DATUM")
  private String born = "";

  @Override
  Seen look(Store store) throws Refusal {
    Client client = client();
    if (!client.isIdentified() && client.bsn().isEmpty()) {
      throw wrong("journal.whichClient");
    }
    ClientPseudonyms known =
        store.pseudonyms().client(client).orElseThrow(() -> wrong("journal.whichClient"));
    List<JournalLine> lines = store.journal().about(known);
    PartyNames names = names();
    return new Seen(
        looked("JOURNAL_CLIENT_VIEWED", "client").concerning(known),
        () -> text().json(lines),
        () -> show(lines, names),
        Exit.FINE);
  }

  private void show(List<JournalLine> lines, PartyNames names) {
    if (lines.isEmpty()) {
      screen().say("journal.clientNone");
      return;
    }
    screen()
        .say(lines.size() == 1 ? "journal.clientTitle.one" : "journal.clientTitle", lines.size());
    lines.forEach(line -> screen().line(text().forClient(line, names)));
    screen().say("journal.clientEnd");
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
