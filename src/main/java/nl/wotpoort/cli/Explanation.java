package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wotpoort.desk.Examined;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.texts.Texts;

/** What examining one mail gave, for a person or a machine. No content, no names of people. */
final class Explanation {

  /** What the judge calls the record that a consent stated in the letter itself becomes. */
  private static final String STATEMENT = "statement";

  private final Screen screen;
  private final Texts judge;

  Explanation(Screen screen) {
    this.screen = screen;
    this.judge = Texts.of("judge", screen.language());
  }

  /** Prints it; the exit code is 0 when the letter would go on or be filed, else 1. */
  int tell(Path file, Address mailbox, Examined examined) {
    ObjectNode json = Json.object();
    json.put("file", file.toString());
    json.put("mailbox", mailbox.toString());
    if (!screen.isJson()) {
      screen.say("explain.file", file, mailbox);
    }
    boolean goesOn =
        examined.fold(
            unverified -> tell(unverified.refused(), json),
            again -> tell(again, json),
            judged -> tell(judged, json));
    if (screen.isJson()) {
      screen.json(json);
    } else {
      screen.say("explain.nothingDone");
    }
    return goesOn ? Exit.FINE : Exit.NO;
  }

  private boolean tell(Opened.Refused refused, ObjectNode json) {
    json.put("verdict", "REJECT");
    json.put("finding", refused.finding().code());
    json.put("detail", refused.detail());
    json.put("decision", "HOLD");
    if (!screen.isJson()) {
      screen.say(
          "explain.refused",
          refused.finding().text(screen.language()),
          refused.finding().code(),
          refused.detail());
      screen.say("explain.advice", refused.finding().advice(screen.language()));
      screen.say("explain.heldUnverified");
    }
    return false;
  }

  private void opened(Opened.Trusted opened, Reading reading, ObjectNode json) {
    json.put("verdict", "ACCEPT");
    json.putNull("finding");
    json.put("signer", opened.signer().address().toString());
    json.put("group", opened.signer().partnerGroup());
    json.put("kind", kind(reading.letter()));
    json.put("form", reading.form().name());
    ArrayNode missing = json.putArray("notCounted");
    reading
        .missing()
        .forEach(
            one -> missing.addObject().put("field", one.field()).put("cause", one.cause().name()));
    if (!screen.isJson()) {
      screen.say("explain.opened", opened.signer().address(), opened.signer().partnerGroup());
      opened
          .remarks()
          .forEach(remark -> screen.say("explain.remark", remark.text(screen.language())));
      screen.say(
          "explain.kind",
          screen.text("kind." + kind(reading.letter())),
          screen.text("form." + reading.form().name()));
      reading
          .missing()
          .forEach(
              one ->
                  screen.say(
                      "explain.notCounted",
                      one.field(),
                      screen.text("missing." + one.cause().name())));
    }
  }

  private boolean tell(Examined.Again again, ObjectNode json) {
    opened(again.opened(), again.reading(), json);
    json.put("decision", again.earlier().isPresent() ? "DUPLICATE" : "CONFLICTING_COPY");
    Json.put(json, "earlier", again.earlier().map(earlier -> earlier.ref()));
    if (!screen.isJson()) {
      screen.line(
          again
              .earlier()
              .map(earlier -> screen.text("explain.duplicate", earlier.ref()))
              .orElseGet(() -> screen.text("explain.conflicting")));
    }
    return again.earlier().isPresent();
  }

  private boolean tell(Examined.Judged judged, ObjectNode json) {
    opened(judged.opened(), judged.reading(), json);
    ArrayNode findings = json.putArray("findings");
    judged.decision().because().forEach(f -> findings.add(Findings.json(f, screen)));
    if (!screen.isJson()) {
      screen.say("explain.findings");
      judged.decision().because().forEach(f -> screen.line("  - " + f.say(screen.language())));
    }
    return judged.decision().fold(new Verdict(json));
  }

  /** Adds what was decided; true when the letter would go on or be filed. */
  private final class Verdict implements Decision.Cases<Boolean> {
    private final ObjectNode json;

    Verdict(ObjectNode json) {
      this.json = json;
    }

    @Override
    public Boolean forward(Decision.Forward decision) {
      Destination to = decision.to();
      json.put("decision", "FORWARD");
      json.put("matter", decision.matter().name());
      json.putObject("destination")
          .put("role", to.role().name())
          .put("party", to.party().toString())
          .put("address", to.address().toString());
      consent(Optional.of(decision.basis().consent()));
      json.set("marks", Json.list(decision.marks().stream().map(Enum::name).sorted().toList()));
      if (!screen.isJson()) {
        screen.say(
            "explain.forward", judge.say("role." + to.role().name(), to.shownAs()), to.address());
        screen.say(
            "explain.basis",
            decision.basis().consent().reason(),
            records(decision.basis().consent().records()));
        decision.marks().forEach(mark -> screen.say("mark", mark.say(screen.language())));
      }
      return true;
    }

    @Override
    public Boolean giveBack(Decision.Return decision) {
      json.put("decision", "RETURN");
      json.put("why", decision.why().name());
      json.set("lacking", Json.list(decision.lacking()));
      if (!screen.isJson()) {
        screen.say("explain.return", judge.say("return." + decision.why().name() + ".why"));
        decision
            .lacking()
            .forEach(lack -> screen.say("explain.lacks", judge.say("lack." + lack.name())));
        screen.say("explain.advice", judge.say("return." + decision.why().name() + ".todo"));
      }
      return false;
    }

    @Override
    public Boolean hold(Decision.Hold decision) {
      json.put("decision", "HOLD");
      json.put("why", decision.cause().name());
      json.put("detail", decision.detail());
      consent(decision.consent());
      if (!screen.isJson()) {
        screen.say(
            "explain.hold",
            screen.text("hold.cause." + decision.cause().name()),
            decision.detail());
        decision
            .consent()
            .filter(consent -> !consent.records().isEmpty())
            .ifPresent(consent -> screen.say("explain.nearest", records(consent.records())));
        screen.say("explain.senderReads", judge.say("hold." + decision.cause().name()));
      }
      return false;
    }

    @Override
    public Boolean own(Decision.Own decision) {
      json.put("decision", "OWN");
      json.put("errand", decision.errand().name());
      if (!screen.isJson()) {
        screen.say("explain.own." + decision.errand().name());
      }
      return true;
    }

    @Override
    public Boolean file(Decision.File decision) {
      json.put("decision", "FILE");
      if (!screen.isJson()) {
        screen.say("explain.file.decision");
      }
      return true;
    }

    private void consent(Optional<ConsentDecision> consent) {
      Json.put(json, "reason", consent.map(ConsentDecision::reason));
      json.set("records", Json.list(consent.map(ConsentDecision::records).orElse(List.of())));
    }
  }

  private String records(List<String> ids) {
    return ids.isEmpty()
        ? screen.text("none")
        : ids.stream()
            .map(id -> id.equals(STATEMENT) ? screen.text("explain.statement") : id)
            .collect(Collectors.joining(", "));
  }

  private static String kind(Letter letter) {
    return letter.fold(new KindOfLetter());
  }
}
