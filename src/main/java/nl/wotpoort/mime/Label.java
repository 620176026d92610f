package nl.wotpoort.mime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The labels of a labelled letter, with the words that stand for each, Dutch first. Words are
 * compared as {@link Wording#key} writes them. "Hulpvraag" and "Vraag" are two words, hence two
 * labels. Words that mail signatures use ("Tel", "Mobiel", "Kenmerk") are left out on purpose.
 */
enum Label {
  PURPOSE(
      Style.SHORT,
      "purpose",
      "doel",
      "doel van de aanvraag",
      "doel van het verzoek",
      "doel van de vraag",
      "doel informatieverzoek",
      "doelen",
      "purpose",
      "purposes",
      "purpose of the request"),
  QUESTION(
      Style.QUESTION,
      "question",
      "vraag",
      "vragen",
      "gerichte vraag",
      "gerichte vragen",
      "question",
      "questions",
      "targeted question",
      "targeted questions"),
  CATEGORY(Style.SHORT, "category", "categorie", "categorieen", "category", "categories"),
  ANSWER(Style.PROSE, "answer", "antwoord", "antwoorden", "antwoord op vraag", "answer", "answers"),
  CONSENT(
      Style.STRICT,
      "consent",
      "toestemming",
      "toestemming client",
      "toestemming van client",
      "toestemming van de client",
      "toestemming patient",
      "toestemming van de patient",
      "toestemming gegeven",
      "client geeft toestemming",
      "consent",
      "client consent",
      "consent given",
      "consent of the client"),
  CONSENT_BY(
      Style.SHORT,
      "consent.by",
      "toestemming door",
      "toestemming gegeven door",
      "toestemming van",
      "consent by",
      "consent given by"),
  CONSENT_METHOD(
      Style.SHORT, "consent.method", "wijze van toestemming", "toestemming hoe", "consent method"),
  CONSENT_DATE(
      Style.SHORT,
      "consent.date",
      "datum toestemming",
      "toestemming datum",
      "toestemming op",
      "toestemming dd",
      "consent date",
      "date of consent"),
  CONSENT_UNTIL(
      Style.SHORT,
      "consent.until",
      "toestemming tot",
      "toestemming tot en met",
      "toestemming t/m",
      "toestemming geldig tot",
      "toestemming geldig tot en met",
      "consent until",
      "consent valid until"),
  CONSENT_CATEGORIES(
      Style.SHORT,
      "consent.categories",
      "toestemming voor",
      "toestemming categorieen",
      "consent for",
      "consent categories"),
  CONSENT_RECIPIENTS(
      Style.SHORT,
      "consent.recipients",
      "toestemming aan",
      "toestemming ontvanger",
      "toestemming ontvangers",
      "consent recipient",
      "consent recipients"),
  CONSENT_EVIDENCE(
      Style.SHORT,
      "consent.evidenceRef",
      "toestemming vastgelegd",
      "toestemming vastgelegd in",
      "vastlegging toestemming",
      "vastgelegd in",
      "consent recorded",
      "consent recorded in",
      "recorded in"),
  CLIENT(
      Style.SHORT,
      "client",
      "client",
      "patient",
      "inwoner",
      "betreft client",
      "naam",
      "naam client",
      "naam patient",
      "naam van de client",
      "naam inwoner",
      "client name",
      "name",
      "resident"),
  INITIALS(Style.SHORT, "client.initials", "voorletters", "initialen", "initials"),
  BIRTH_DATE(
      Style.SHORT,
      "client.birthDate",
      "geboortedatum",
      "geboortedatum client",
      "geboren",
      "geboren op",
      "geb",
      "geb.datum",
      "geb datum",
      "date of birth",
      "birth date",
      "birthdate",
      "dob",
      "born"),
  POSTCODE(
      Style.SHORT, "client.postcode", "postcode", "postcode client", "postal code", "post code"),
  HOUSE_NUMBER(
      Style.SHORT, "client.houseNumber", "huisnummer", "huisnr", "house number", "housenumber"),
  ADDRESS(
      Style.SHORT,
      "client.address",
      "adres",
      "adres client",
      "adres van de client",
      "postcode en huisnummer",
      "postcode/huisnummer",
      "postcode + huisnummer",
      "address",
      "client address"),
  PHONE(
      Style.SHORT,
      "client.phone",
      "telefoon",
      "telefoonnummer",
      "telefoon client",
      "telefoonnummer client",
      "phone",
      "phone number",
      "client phone"),
  BSN(
      Style.SHORT,
      "client.bsn",
      "bsn",
      "bsn client",
      "burgerservicenummer",
      "bsn-nummer",
      "citizen service number"),
  LANGUAGE(Style.SHORT, "client.language", "taal", "voorkeurstaal", "language"),
  GUARDIANS(
      Style.SHORT,
      "client.guardians",
      "ouder",
      "ouders",
      "gezag",
      "ouder met gezag",
      "ouders met gezag",
      "gezaghebbende ouder",
      "gezaghebbende ouders",
      "voogd",
      "voogden",
      "guardian",
      "guardians",
      "parents",
      "parent"),
  REPRESENTATIVE(
      Style.SHORT,
      "client.representative",
      "vertegenwoordiger",
      "wettelijk vertegenwoordiger",
      "mentor",
      "curator",
      "representative"),
  HELP_REQUEST(
      Style.PROSE,
      "helpRequest",
      "hulpvraag",
      "hulpvragen",
      "hulpvraag client",
      "verwijsvraag",
      "reden van verwijzing",
      "reden verwijzing",
      "reden van aanmelding",
      "help request",
      "request for help",
      "reason for referral"),
  FACTORS(
      Style.LIST,
      "factors",
      "factoren",
      "factor",
      "relevante factoren",
      "beperkingen",
      "relevante factoren en beperkingen",
      "factors",
      "relevant factors"),
  SITUATION(
      Style.LIST,
      "situations",
      "situatie",
      "situaties",
      "grond",
      "gronden",
      "grond voor verwijzing",
      "verwijsgrond",
      "leefgebied",
      "leefgebieden",
      "situation",
      "situations",
      "ground",
      "grounds"),
  EXPERTISE(
      Style.LIST, "expertise", "expertise", "gewenste expertise", "deskundigheid", "specialisme"),
  URGENCY(Style.SHORT, "urgency", "urgentie", "spoed", "prioriteit", "urgency", "priority"),
  TEAM(
      Style.SHORT,
      "preferredTeam",
      "team",
      "voorkeursteam",
      "gewenst team",
      "voorkeur team",
      "wijkteam",
      "preferred team"),
  CASE(Style.SHORT, "caseId", "zaak", "zaaknummer", "zaaknr", "zaak nummer", "case", "case number"),
  DECISION(
      Style.SHORT,
      "state",
      "besluit",
      "besl",
      "besluit wot",
      "besluit team",
      "besluit wijkteam",
      "ons besluit",
      "beslissing",
      "decision",
      "our decision"),
  CONTACT(
      Style.SHORT,
      "contactPerson",
      "contactpersoon",
      "contactpers",
      "contact persoon",
      "contactpersoon wot",
      "contactpersoon wijkteam",
      "vaste contactpersoon",
      "casemanager",
      "contact person",
      "contact"),
  REASON(
      Style.PROSE,
      "reason",
      "reden",
      "reden besluit",
      "reden afwijzing",
      "reden van afwijzing",
      "reason"),
  EXPLANATION(
      Style.PROSE, "feedback", "toelichting", "toel", "terugkoppeling", "explanation", "feedback"),
  CONFIRM(
      Style.SHORT,
      "confirmation",
      "bevestigen",
      "bevestiging",
      "bevestigd",
      "ik bevestig",
      "confirm",
      "confirmation",
      "confirmed"),
  CONSULTATION(
      Style.PROSE,
      "consultation",
      "overleg",
      "overlegvraag",
      "vraag om overleg",
      "verzoek om overleg",
      "consultation"),
  GROUND(
      Style.SHORT,
      "legalGround",
      "wettelijke grond",
      "wettelijke grondslag",
      "grondslag",
      "legal ground",
      "legal basis"),
  GROUND_BY(Style.SHORT, "legalGround.by", "besloten door", "beslist door", "decided by"),
  GROUND_WHY(
      Style.PROSE,
      "legalGround.justification",
      "afweging",
      "motivering",
      "onderbouwing",
      "justification"),
  INFORMED(
      Style.SHORT,
      "legalGround.clientInformed",
      "client geinformeerd",
      "client op de hoogte",
      "client informed"),
  WHY_NOT_INFORMED(
      Style.PROSE,
      "legalGround.whyNotInformed",
      "waarom niet geinformeerd",
      "reden niet geinformeerd",
      "why not informed"),
  NECESSARY(
      Style.SHORT,
      "legalGround.necessary",
      "noodzakelijk",
      "noodzakelijke gegevens",
      "necessary",
      "necessary data");

  /** How far a value goes on after its own line. */
  enum Style {
    /** Over wrapped lines, to the next empty line or the next line that looks like a label. */
    SHORT,
    /** As SHORT, and an empty value stays empty at an empty line: for consent. */
    STRICT,
    /** Over everything up to the next known label. */
    PROSE,
    /** As SHORT, item by item. */
    LIST,
    /** One question a label when numbered, else one an item. */
    QUESTION
  }

  private static final Map<String, Label> BY_WORDS = new HashMap<>();

  static {
    for (Label label : values()) {
      for (String word : label.words.split("\\|")) {
        Label other = BY_WORDS.put(word, label);
        if (other != null) {
          throw new AssertionError(word + " stands for two labels");
        }
      }
    }
  }

  private final Style style;
  private final String field;
  private final String words;

  Label(Style style, String field, String... words) {
    this.style = style;
    this.field = field;
    this.words = String.join("|", words);
  }

  Style style() {
    return style;
  }

  /** The code of the field, as the JSON form names it. */
  String field() {
    return field;
  }

  /** The label that {@code key}, as {@link Wording#key} writes it, stands for. */
  static Optional<Label> ofKey(String key) {
    return Optional.ofNullable(BY_WORDS.get(key));
  }
}
