package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Letter;

/** A reading as lines a person can compare: "kind: request", "question 1: Welke medicatie?". */
final class Described implements Letter.Cases<String> {

  private final List<String> lines = new ArrayList<>();

  private Described() {}

  static List<String> of(Reading reading) {
    Described described = new Described();
    described.line("kind", reading.letter().fold(described));
    described.line("form", reading.form().name());
    reading.missing().forEach(m -> described.line("missing", m.field() + " " + m.cause()));
    return described.lines;
  }

  private void line(String name, Object value) {
    lines.add(name + ": " + value);
  }

  private void maybe(String name, Optional<? extends Confidential<?>> value) {
    value.ifPresent(v -> line(name, v.reveal()));
  }

  private void client(Client client) {
    maybe("name", client.name());
    maybe("initials", client.initials());
    maybe("born", client.birthDate());
    maybe("postcode", client.postcode());
    maybe("house number", client.houseNumber());
    maybe("phone", client.phone());
    client.bsn().ifPresent(b -> line("bsn", b.digits().reveal()));
    client.language().ifPresent(l -> line("language", l));
    client.guardians().forEach(g -> line("guardian", g.reveal()));
    maybe("representative", client.representative());
  }

  private void consent(ConsentStatement consent) {
    line("consent", consent.given());
    consent.by().forEach(b -> line("consent by", b.reveal()));
    consent.method().ifPresent(m -> line("consent method", m));
    consent.date().ifPresent(d -> line("consent date", d));
    consent.until().ifPresent(d -> line("consent until", d));
    consent.recipients().forEach(r -> line("consent recipient", r));
    consent.categories().forEach(c -> line("consent category", c));
    maybe("consent evidence", consent.evidenceRef());
  }

  private void ground(Optional<LegalGround> ground) {
    ground.ifPresent(
        g -> {
          line("ground", g.kind());
          maybe("ground by", g.by());
          maybe("ground why", g.justification());
          g.clientInformed().ifPresent(i -> line("informed", i));
          g.necessary().forEach(n -> line("necessary", n));
        });
  }

  private void number(Optional<CaseNumber> number) {
    number.ifPresent(n -> line("case", n));
  }

  @Override
  public String referral(Letter.Referral letter) {
    client(letter.client());
    maybe("help", letter.helpRequest());
    letter.factors().forEach(f -> line("factor", f.reveal()));
    letter.situations().stream().sorted().forEach(s -> line("situation", s));
    letter.expertise().forEach(e -> line("expertise", e));
    line("urgency", letter.urgency());
    letter.preferredTeam().ifPresent(t -> line("team", t));
    consent(letter.consent());
    ground(letter.legalGround());
    number(letter.caseNumber());
    return "referral";
  }

  @Override
  public String informationRequest(Letter.InformationRequest letter) {
    client(letter.client());
    letter.purposes().forEach(p -> line("purpose", p));
    maybe("purpose text", letter.purposeText());
    letter
        .questions()
        .forEach(
            q ->
                line(
                    "question " + q.number() + q.category().map(c -> " (" + c + ")").orElse(""),
                    q.text().reveal()));
    consent(letter.consent());
    ground(letter.legalGround());
    number(letter.caseNumber());
    return "request";
  }

  @Override
  public String informationReply(Letter.InformationReply letter) {
    letter.answers().forEach(a -> line("answer " + a.number(), a.text().reveal()));
    number(letter.caseNumber());
    return "reply";
  }

  @Override
  public String feedback(Letter.Feedback letter) {
    line("outcome", letter.outcome());
    maybe("contact", letter.contactPerson());
    maybe("reason", letter.reason());
    maybe("explanation", letter.explanation());
    number(letter.caseNumber());
    return "feedback";
  }

  @Override
  public String consultation(Letter.Consultation letter) {
    client(letter.client());
    maybe("text", letter.text());
    number(letter.caseNumber());
    return "consultation";
  }

  @Override
  public String confirmation(Letter.Confirmation letter) {
    line("confirmed", letter.confirmed());
    letter.caseNumber().ifPresent(n -> line("case", n));
    return "confirmation";
  }

  @Override
  public String freeText(Letter.FreeText letter) {
    number(letter.caseNumber());
    return "free text";
  }

  @Override
  public String automaticNotice(Letter.AutomaticNotice letter) {
    return "automatic " + letter.kind().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String unrecognised(Letter.Unrecognised letter) {
    return "unrecognised " + letter.why() + " " + letter.detail();
  }
}
