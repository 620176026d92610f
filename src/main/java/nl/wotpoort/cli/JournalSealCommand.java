package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.wotpoort.store.JournalSeal;
import nl.wotpoort.store.Store;
import picocli.CommandLine.Command;

/** {@code wotpoort journal seal}: signs the journal as it is now, and prints the seals. */
@Command(name = "seal")
final class JournalSealCommand extends Action {

  @Override
  public Integer call() throws Refusal {
    try (Store store = installation().store()) {
      store.journal().seal(surroundings().clock().instant());
      List<JournalSeal> seals = store.journal().seals();
      String key = store.journal().publicKey();
      if (screen().isJson()) {
        ObjectNode json = Json.object();
        json.put("publicKey", key);
        json.set("seals", Json.list(seals.stream().map(JournalSeal::line).toList()));
        screen().json(json);
      } else {
        screen().say("journal.sealKey", key);
        seals.forEach(seal -> screen().line(seal.line()));
      }
      return Exit.FINE;
    }
  }
}
