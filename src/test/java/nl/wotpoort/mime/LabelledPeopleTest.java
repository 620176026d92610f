package nl.wotpoort.mime;

import static nl.wotpoort.mime.LabelRows.row;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Consent, client and referral of labelled letters. The form of a row: see {@link LabelRows}. */
class LabelledPeopleTest {

  static Stream<Arguments> consents() {
    return Stream.of(
        row("yes", "Doel: x|Toestemming: ja", "consent: YES"),
        row("Yes with a point", "Doel: x|Toestemming: Ja.", "consent: YES"),
        row("English", "Purpose: x|Consent: yes", "consent: YES"),
        row("given", "Doel: x|Toestemming: gegeven", "consent: YES"),
        row("the client gives it", "Doel: x|Toestemming: cliënt geeft toestemming", "consent: YES"),
        row("a yes on the next line", "Doel: x|Toestemming:|ja", "consent: YES"),
        row(
            "a yes with how, when and how long",
            "Doel: x|Toestemming: ja, mondeling op 1 juni 2026 tot 1-12-2026",
            "consent: YES",
            "consent method: mondeling",
            "consent date: 2026-06-01",
            "consent until: 2026-12-01"),
        row(
            "a yes that wraps",
            "Doel: x|Toestemming: ja, mondeling gegeven op|1 juni 2026",
            "consent: YES",
            "consent date: 2026-06-01"),
        row("a ticked box", "Doel: x|Toestemming: [x] ja [ ] nee", "consent: YES"),
        row("the other box ticked", "Doel: x|Toestemming: [ ] ja [x] nee", "consent: NO"),
        row("no box ticked", "Doel: x|Toestemming: [ ] ja [ ] nee", "consent: UNKNOWN"),
        row("both boxes ticked", "Doel: x|Toestemming: [x] ja [x] nee", "consent: UNKNOWN"),
        row("no", "Doel: x|Toestemming: nee", "consent: NO"),
        row("none", "Doel: x|Toestemming: geen", "consent: NO"),
        row("refused", "Doel: x|Toestemming: geweigerd door cliënt", "consent: NO"),
        row("withdrawn", "Doel: x|Toestemming: ingetrokken op 1-6-2026", "consent: NO"),
        row("not given", "Doel: x|Toestemming: niet gegeven", "consent: NO"),
        row("the client refuses", "Doel: x|Toestemming: cliënt weigert", "consent: NO"),
        row(
            "empty",
            "Doel: x|Toestemming:|Vraag 1: Welke?",
            "consent: UNKNOWN",
            "missing: consent EMPTY"),
        row(
            "empty with a yes in the next paragraph",
            "Doel: x|Toestemming:||Ja, ik hoor graag van u.",
            "consent: UNKNOWN"),
        row("absent", "Doel: x", "consent: UNKNOWN", "no missing: consent"),
        row("a question mark", "Doel: x|Toestemming: ?", "consent: UNKNOWN"),
        row("a yes with a question mark", "Doel: x|Toestemming: ja?", "consent: UNKNOWN"),
        row("still to ask", "Doel: x|Toestemming: nog vragen", "consent: UNKNOWN"),
        row("being asked", "Doel: x|Toestemming: wordt aangevraagd", "consent: UNKNOWN"),
        row("yes slash no", "Doel: x|Toestemming: ja/nee", "consent: UNKNOWN"),
        row("yes slash no with spaces", "Doel: x|Toestemming: ja / nee", "consent: UNKNOWN"),
        row("not known", "Doel: x|Toestemming: niet bekend", "consent: UNKNOWN"),
        row("unknown", "Doel: x|Toestemming: onbekend", "consent: UNKNOWN"),
        row("not applicable", "Doel: x|Toestemming: n.v.t.", "consent: UNKNOWN"),
        row("not applicable, short", "Doel: x|Toestemming: nvt", "consent: UNKNOWN"),
        row("a yes with a but", "Doel: x|Toestemming: ja, maar niet alles", "consent: UNKNOWN"),
        row("a yes under a condition", "Doel: x|Toestemming: ja, mits anoniem", "consent: UNKNOWN"),
        row("a yes that is a no", "Doel: x|Toestemming: ja, niet gegeven", "consent: UNKNOWN"),
        row("probably", "Doel: x|Toestemming: waarschijnlijk wel", "consent: UNKNOWN"),
        row("presumed", "Doel: x|Toestemming: verondersteld", "consent: UNKNOWN"),
        row("how, without whether", "Doel: x|Toestemming: mondeling", "consent: UNKNOWN"),
        row("not yet", "Doel: x|Toestemming: nee, nog niet", "consent: UNKNOWN"),
        row("a date alone", "Doel: x|Toestemming: 1-6-2026", "consent: UNKNOWN"),
        row("January is not a yes", "Doel: x|Toestemming: januari 2026", "consent: UNKNOWN"),
        row(
            "yes and no in two lines",
            "Doel: x|Toestemming: ja|Toestemming: nee",
            "consent: UNKNOWN",
            "missing: consent TWICE"),
        row("yes in two lines", "Doel: x|Toestemming: ja|Toestemming: Ja", "consent: YES"),
        row(
            "who, when, until and where",
            "Doel: x|Toestemming: ja|Toestemming door: moeder en vader|Datum toestemming: 2026-06-01"
                + "|Toestemming geldig tot: 31-12-2026|Toestemming vastgelegd in: dossier 12",
            "consent by: moeder",
            "consent by: vader",
            "consent date: 2026-06-01",
            "consent until: 2026-12-31",
            "consent evidence: dossier 12"),
        row(
            "for what and for whom",
            "Doel: x|Toestemming: ja|Toestemming voor: medicatie, wonen|Toestemming aan: wot:oost",
            "consent category: medical.medication",
            "consent category: social.housing",
            "consent recipient: wot:oost"),
        row(
            "the star of every WOT is no bold mark",
            "Doel: x|Toestemming: ja|Toestemming aan: wot:*",
            "consent recipient: wot:*"),
        row(
            "a recipient by name is not guessed",
            "Doel: x|Toestemming aan: Piet",
            "no consent recipient",
            "missing: consent.recipients UNKNOWN_WORD"),
        row(
            "a date that is none is said",
            "Doel: x|Datum toestemming: 31-6-2026",
            "no consent date",
            "missing: consent.date UNREADABLE"),
        row(
            "a legal ground",
            "Doel: veiligheid|Wettelijke grond: Veilig Thuis|Besloten door: dr. Proef"
                + "|Afweging: acuut gevaar|Cliënt geïnformeerd: nee",
            "ground: veilig-thuis-5.2.6",
            "ground by: dr. Proef",
            "ground why: acuut gevaar",
            "informed: false"),
        row("consent is no other ground", "Doel: x|Grondslag: toestemming", "no ground"),
        row(
            "an unknown ground is not guessed",
            "Doel: x|Grondslag: de wet",
            "ground: unrecognised",
            "missing: legalGround UNKNOWN_WORD"));
  }

  static Stream<Arguments> clients() {
    return Stream.of(
        row("name", "Cliënt: J. Proef|Hulpvraag: x", "name: J. Proef"),
        row("patient", "Patiënt: J. Proef|Hulpvraag: x", "name: J. Proef"),
        row(
            "name and birth date on one line",
            "Cliënt: J. Proef, geb. 01-02-1980|Hulpvraag: x",
            "name: J. Proef",
            "born: 1980-02-01"),
        row(
            "birth date in brackets",
            "Cliënt: J. Proef (1-2-1980)|Hulpvraag: x",
            "name: J. Proef",
            "born: 1980-02-01"),
        row(
            "a BSN on the same line",
            "Cliënt: J. Proef, BSN 999990019|Hulpvraag: x",
            "name: J. Proef",
            "bsn: 999990019"),
        row("date with ISO", "Geboortedatum: 1980-02-01|Hulpvraag: x", "born: 1980-02-01"),
        row("date with short numbers", "Geboortedatum: 1-2-1980|Hulpvraag: x", "born: 1980-02-01"),
        row("date with a word", "Geb.datum: 1 februari 1980|Hulpvraag: x", "born: 1980-02-01"),
        row("date in English", "Date of birth: 1 March 1980|Help request: x", "born: 1980-03-01"),
        row(
            "a year of two digits is no date",
            "Geboortedatum: 1-2-80|Hulpvraag: x",
            "no born",
            "missing: client.birthDate UNREADABLE"),
        row(
            "a thirtieth of February is no date",
            "Geboortedatum: 30-2-1980|Hulpvraag: x",
            "no born",
            "missing: client.birthDate UNREADABLE"),
        row(
            "two birth dates are none",
            "Cliënt: J. Proef, geb. 1-2-1980|Geboortedatum: 2-1-1980|Hulpvraag: x",
            "no born",
            "missing: client.birthDate TWICE"),
        row("postcode", "Postcode: 3111ab|Hulpvraag: x", "postcode: 3111 AB"),
        row("postcode in four", "Postcode: 3111|Hulpvraag: x", "postcode: 3111"),
        row(
            "a postcode that is none",
            "Postcode: Schiedam|Hulpvraag: x",
            "no postcode",
            "missing: client.postcode UNREADABLE"),
        row("house number", "Huisnummer: 12a|Hulpvraag: x", "house number: 12a"),
        row(
            "address",
            "Adres: Proefstraat 12, 3111 AB Schiedam|Hulpvraag: x",
            "postcode: 3111 AB",
            "house number: 12"),
        row(
            "postcode and house number",
            "Postcode en huisnummer: 3111AB 12|Hulpvraag: x",
            "postcode: 3111 AB",
            "house number: 12"),
        row("BSN", "BSN: 999990019|Hulpvraag: x", "bsn: 999990019"),
        row("BSN with points", "BSN: 9999.90.019|Hulpvraag: x", "bsn: 999990019"),
        row(
            "a BSN that fails the 11-test",
            "BSN: 999990018|Hulpvraag: x",
            "no bsn",
            "missing: client.bsn UNREADABLE"),
        row("phone", "Telefoon: 010-0000000|Hulpvraag: x", "phone: 010-0000000"),
        row("initials", "Voorletters: J.P.|Hulpvraag: x", "initials: J.P."),
        row("language", "Taal: Arabisch|Hulpvraag: x", "language: Arabisch"),
        row(
            "parents",
            "Ouder(s): A. Proef en B. Proef|Hulpvraag: x",
            "guardian: A. Proef",
            "guardian: B. Proef"),
        row(
            "representative",
            "Wettelijk vertegenwoordiger: C. Proef|Hulpvraag: x",
            "representative: C. Proef"));
  }

  static Stream<Arguments> referrals() {
    return Stream.of(
        row(
            "factors as a list",
            "Factoren:|- doof|- alleenstaand",
            "factor: doof",
            "factor: alleenstaand"),
        row("factors with semicolons", "Factoren: doof; alleen", "factor: doof", "factor: alleen"),
        row("a wrapped factor", "Factoren: slecht|ter been", "factor: slecht ter been"),
        row(
            "situations by word",
            "Situatie: wonen, verslaving",
            "situation: HOUSING_WORK_INCOME",
            "situation: ADDICTION"),
        row("a situation by code", "Situatie: sociaal-netwerk", "situation: SOCIAL_NETWORK"),
        row(
            "an unknown situation is said",
            "Situatie: verdrietig",
            "no situation",
            "missing: situations UNKNOWN_WORD"),
        row("urgent", "Hulpvraag: x|Urgentie: spoed", "urgency: URGENT"),
        row("Spoed: ja", "Hulpvraag: x|Spoed: ja", "urgency: URGENT"),
        row("Spoed: nee", "Hulpvraag: x|Spoed: nee", "urgency: NORMAL"),
        row("serious", "Hulpvraag: x|Urgentie: ernstige problematiek", "urgency: SERIOUS"),
        row(
            "an unknown urgency is said",
            "Hulpvraag: x|Urgentie: paars",
            "urgency: NORMAL",
            "missing: urgency UNKNOWN_WORD"),
        row(
            "expertise",
            "Hulpvraag: x|Expertise: Minters, MEE",
            "expertise: Minters",
            "expertise: MEE"),
        row("team", "Hulpvraag: x|Voorkeursteam: Oost", "team: Oost"),
        row(
            "in English",
            "Help request: debts|Factors: deaf|Urgency: urgent|Team: Oost",
            "kind: referral",
            "help: debts",
            "factor: deaf",
            "urgency: URGENT",
            "team: Oost"));
  }

  static Stream<Arguments> rows() {
    return Stream.of(consents(), clients(), referrals()).flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void reads(String sentence, String mail, List<String> expected) {
    LabelRows.check(sentence, Mails.told(mail), expected);
  }
}
