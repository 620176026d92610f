package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.wotpoort.rules.Finding;

/** A rule's finding for machines: its code, what it mentions, and the sentence. */
final class Findings {

  private Findings() {}

  static ObjectNode json(Finding finding, Screen screen) {
    ObjectNode json = Json.object();
    json.put("code", finding.code());
    json.set("arguments", Json.list(finding.arguments()));
    json.put("text", finding.say(screen.language()));
    return json;
  }
}
