package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;

/**
 * Lines of the journal as AuditEvent of HL7 FHIR R4 (https://hl7.org/fhir/R4/auditevent.html). The
 * type is the nearest of DICOM's list, the subtype our own event. Clients are pseudonyms. Held to
 * HAPI's validator by src/test/fhir/run.sh.
 */
final class AuditEvents {

  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

  private static final Set<String> LEAVING =
      Set.of("FORWARDED", "SENT", "SMOELENBOEK_SENT", "CONSENTS_EXPORTED", "DELIVERY_CODE_SENT");

  private AuditEvents() {}

  static ObjectNode of(JournalLine line) {
    JournalEntry e = line.entry();
    ObjectNode json = Json.object();
    json.put("resourceType", "AuditEvent");
    json.put("id", "wotpoort-" + line.sequence());
    type(json.putObject("type"), e);
    json.putArray("subtype").addObject().put("system", "urn:wotpoort:event").put("code", e.event());
    json.put("action", e.action().name().substring(0, 1));
    json.put("recorded", e.at().toString());
    json.put(
        "outcome",
        switch (e.outcome()) {
          case SUCCESS -> "0";
          case REFUSED -> "4";
          case FAILED -> "8";
        });
    e.purpose()
        .ifPresent(
            purpose ->
                json.putArray("purposeOfEvent")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", "urn:wotpoort:purpose")
                    .put("code", purpose.code()));
    agents(json.putArray("agent"), e);
    ObjectNode source = json.putObject("source");
    if (!e.source().isEmpty()) {
      source.put("site", e.source()); // FHIR has no empty strings
    }
    source.putObject("observer").put("display", "wotpoort");
    entities(json.putArray("entity"), e);
    return json;
  }

  /** https://dicom.nema.org/medical/dicom/current/output/chtml/part16/sect_CID_400.html */
  private static void type(ObjectNode type, JournalEntry e) {
    type.put("system", DICOM);
    if (e.event().startsWith("JOURNAL_") && e.action() == JournalEntry.Action.READ) {
      type.put("code", "110101").put("display", "Audit Log Used");
    } else if (LEAVING.contains(e.event())) {
      type.put("code", "110106").put("display", "Export");
    } else if (e.event().equals("RECEIVED")) {
      type.put("code", "110107").put("display", "Import");
    } else if (e.action() == JournalEntry.Action.READ) {
      type.put("code", "110112").put("display", "Query");
    } else {
      type.put("code", "110100").put("display", "Application Activity");
    }
  }

  private static void agents(ArrayNode agents, JournalEntry e) {
    ObjectNode actor = agents.addObject();
    e.actor().role().ifPresent(role -> actor.putArray("role").addObject().put("text", role));
    who(actor, e.actor().id()).put("requestor", true);
    e.actor()
        .onBehalfOf()
        .ifPresent(behalf -> who(agents.addObject(), behalf).put("requestor", false));
    JournalText.recipient(e)
        .ifPresent(
            recipient -> {
              ObjectNode reader = agents.addObject();
              reader
                  .putObject("type")
                  .putArray("coding")
                  .addObject()
                  .put("system", DICOM)
                  .put("code", "110152")
                  .put("display", "Destination Role ID");
              who(reader, recipient).put("requestor", false);
            });
  }

  private static ObjectNode who(ObjectNode agent, String id) {
    agent.putObject("who").putObject("identifier").put("value", id);
    return agent;
  }

  private static void entities(ArrayNode entities, JournalEntry e) {
    what(entities.addObject(), e.object());
    e.client()
        .ifPresent(
            client ->
                what(entities.addObject(), client.primary().toString())
                    .putObject("role")
                    .put("system", "http://terminology.hl7.org/CodeSystem/object-role")
                    .put("code", "1")
                    .put("display", "Patient"));
    Stream.concat(
            e.consentIds().stream().sorted().map(id -> "Consent/" + id),
            e.caseNumber().map(n -> "case/" + n).stream())
        .forEach(value -> what(entities.addObject(), value));
    if (!e.ruleIds().isEmpty() || e.emergency()) {
      ArrayNode details = entities.addObject().putArray("detail");
      e.ruleIds().forEach(rule -> details.addObject().put("type", "rule").put("valueString", rule));
      if (e.emergency()) {
        details.addObject().put("type", "emergency").put("valueString", "true");
      }
    }
  }

  private static ObjectNode what(ObjectNode entity, String value) {
    entity.putObject("what").putObject("identifier").put("value", value);
    return entity;
  }
}
