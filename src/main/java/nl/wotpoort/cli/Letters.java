package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.wotpoort.store.OutgoingFile;

/** An outgoing letter as one line. */
final class Letters {

  private Letters() {}

  static String line(OutgoingFile letter, Screen screen) {
    return screen.text(
        "letter.line",
        letter.ref(),
        screen.textOr("letter.kind." + letter.kind().name(), letter.kind().name()),
        letter.recipient(),
        screen.text("letter.state." + letter.state().name()),
        letter.attempts());
  }

  static ObjectNode json(OutgoingFile letter) {
    ObjectNode json = Json.object();
    json.put("id", letter.ref().toString());
    json.put("kind", letter.kind().name());
    json.put("state", letter.state().name());
    json.put("recipient", letter.recipient().toString());
    json.put("messageId", letter.messageId());
    json.put("attempts", letter.attempts());
    json.put("createdAt", letter.createdAt().toString());
    Json.put(json, "settledAt", letter.settledAt());
    return json;
  }
}
