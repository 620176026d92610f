package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import nl.wotpoort.letter.VerifiedContent;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.Signer;

/** What opening one mail gave. Of headers it tells whether they agree, never what they say. */
final class OpenReport {

  private static final List<String> COMPARED =
      List.of("From", "To", "Cc", "Subject", "Date", "Message-ID");

  private final Screen screen;

  OpenReport(Screen screen) {
    this.screen = screen;
  }

  void tell(Path file, Refusal unreadable) {
    if (screen.isJson()) {
      ObjectNode json = Json.object();
      json.put("file", file.toString());
      json.put("error", String.join(" ", unreadable.sentences()));
      screen.json(json);
    }
    unreadable.sentences().forEach(screen::aside);
  }

  /** Exit code 0 when it was accepted, else 1. */
  int tell(Path file, Bytes mail, Opening.Outcome outcome) {
    if (screen.isJson()) {
      ObjectNode json = Json.object();
      json.put("file", file.toString());
      Json.put(json, "mailbox", outcome.mailbox());
      outcome.opened().fold(trusted -> json(trusted, mail, json), refused -> json(refused, json));
      screen.json(json);
    } else {
      outcome
          .opened()
          .fold(
              trusted -> print(file, outcome.mailbox(), mail, trusted),
              refused -> print(file, outcome.mailbox(), refused));
    }
    return outcome.opened().fold(trusted -> Exit.FINE, refused -> Exit.NO);
  }

  private static ObjectNode json(Opened.Trusted trusted, Bytes mail, ObjectNode json) {
    Signer signer = trusted.signer();
    json.put("verdict", "ACCEPT");
    json.put("finding", "accept");
    json.put("signer", signer.address().toString());
    json.putArray("findings");
    json.set("remarks", codes(trusted.remarks()));
    json.put("signerName", signer.name());
    json.put("organisation", signer.organisation());
    json.put("group", signer.partnerGroup());
    json.put("certificateSha256", signer.certificateSha256());
    json.put("notAfter", signer.notAfter().toString());
    Json.put(json, "claimedSigningTime", signer.claimedSigningTime());
    json.set("chain", Json.list(signer.chain()));
    json.putObject("algorithms")
        .put("cipher", trusted.algorithms().cipher())
        .put("keyEncryption", trusted.algorithms().keyEncryption())
        .put("signature", trusted.algorithms().signature())
        .put("digest", trusted.algorithms().digest());
    json.put("protection", trusted.content().protection().name());
    ObjectNode headers = json.putObject("headers");
    for (String name : COMPARED) {
      comparison(name, trusted.content(), mail)
          .ifPresent(agreement -> headers.put(name, agreement.name()));
    }
    return json;
  }

  private static ObjectNode json(Opened.Refused refused, ObjectNode json) {
    json.put("verdict", "REJECT");
    json.put("finding", refused.finding().code());
    json.putNull("signer");
    json.set("findings", codes(refused.all()));
    json.put("detail", refused.detail());
    Json.put(json, "claimedFrom", refused.claimedFrom());
    return json;
  }

  private static ArrayNode codes(List<Finding> findings) {
    return Json.list(findings.stream().map(Finding::code).toList());
  }

  private boolean print(Path file, Optional<Address> mailbox, Bytes mail, Opened.Trusted trusted) {
    Signer signer = trusted.signer();
    screen.say("open.accept", file);
    mailbox.ifPresent(address -> screen.below("open.mailbox", address));
    screen.below(
        signer.organisation() ? "open.signerOrganisation" : "open.signer",
        signer.address(),
        signer.name(),
        signer.partnerGroup());
    screen.below("open.certificate", signer.certificateSha256(), Times.shown(signer.notAfter()));
    signer.chain().forEach(name -> screen.below("open.chain", name));
    screen.below(
        "open.algorithms",
        trusted.algorithms().cipher(),
        trusted.algorithms().keyEncryption(),
        trusted.algorithms().signature());
    screen.below("open.protection." + trusted.content().protection().name());
    for (String name : COMPARED) {
      comparison(name, trusted.content(), mail)
          .ifPresent(agreement -> screen.below("open.header." + agreement.name(), name));
    }
    trusted
        .remarks()
        .forEach(remark -> screen.below("explain.remark", remark.text(screen.language())));
    return true;
  }

  private boolean print(Path file, Optional<Address> mailbox, Opened.Refused refused) {
    screen.say("open.reject", file, refused.finding().code());
    mailbox.ifPresent(address -> screen.below("open.mailbox", address));
    for (Finding finding : refused.all()) {
      screen.below("open.finding", finding.text(screen.language()), finding.code());
    }
    screen.below("open.detail", refused.detail());
    refused.claimedFrom().ifPresent(from -> screen.below("open.claimed", from));
    screen.below("explain.advice", refused.finding().advice(screen.language()));
    return true;
  }

  /** How a field outside lies to the one that counts. */
  enum Agreement {
    /** The header was not protected, so there is nothing to lay beside it. */
    UNPROTECTED,
    EQUAL,
    /** Outside stands something neutral, or another way of writing the same. */
    DIFFERENT,
    ONLY_INSIDE,
    ONLY_OUTSIDE
  }

  /** Empty when the field is nowhere. */
  private static Optional<Agreement> comparison(String name, VerifiedContent content, Bytes mail) {
    List<String> outside = WrittenTo.of(mail).values(name);
    List<String> inside =
        content.headers().stream()
            .filter(field -> field.isNamed(name))
            .map(HeaderField::value)
            .toList();
    if (outside.isEmpty() && inside.isEmpty()) {
      return Optional.empty();
    }
    if (content.protection() == VerifiedContent.Protection.BARE) {
      return Optional.of(Agreement.UNPROTECTED);
    }
    if (outside.isEmpty() || inside.isEmpty()) {
      return Optional.of(outside.isEmpty() ? Agreement.ONLY_INSIDE : Agreement.ONLY_OUTSIDE);
    }
    return Optional.of(
        level(outside).equals(level(inside)) ? Agreement.EQUAL : Agreement.DIFFERENT);
  }

  private static String level(List<String> values) {
    return String.join("\n", values).replaceAll("\\s+", " ").strip();
  }
}
