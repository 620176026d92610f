package nl.wotpoort.mime;

import static nl.wotpoort.mime.LabelRows.row;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which lines are labels, which of them count, and what kind of letter they make. The form of a
 * row: see {@link LabelRows}.
 */
class LabelledLinesTest {

  static Stream<Arguments> kinds() {
    return Stream.of(
        row("a purpose makes a request", "Doel: ondersteuning", "kind: request", "no question"),
        row(
            "a question makes a request",
            "Vraag 1: Welke medicatie?",
            "kind: request",
            "no purpose"),
        row("a help request makes a referral", "Hulpvraag: schulden", "kind: referral"),
        row("a help request is not a question", "Hulpvraag: hoe nu verder?", "no question"),
        row("a situation alone makes a referral", "Situatie: wonen", "kind: referral"),
        row("factors alone make a referral", "Factoren: slechthorend", "kind: referral"),
        row("a decision makes feedback", "Besluit: kan ondersteunen", "kind: feedback"),
        row("an answer makes a reply", "Antwoord 1: Nee, geen.", "kind: reply"),
        row("Overleg makes a consultation", "Overleg: kunt u meedenken?", "kind: consultation"),
        row("no label makes free text", "Geachte collega,||Kunt u bellen?", "kind: free text"),
        row("a client alone is free text", "Cliënt: J. Proef||Kunt u bellen?", "kind: free text"),
        row("a consent alone is free text", "Toestemming: ja", "kind: free text"),
        row("an empty mail is free text", "", "kind: free text"),
        row(
            "a help request and a question contradict",
            "Hulpvraag: schulden|Vraag 1: Welke medicatie?",
            "kind: unrecognised CONTRADICTION kind"),
        row(
            "a decision and a help request contradict",
            "Besluit: kan ondersteunen|Hulpvraag: schulden",
            "kind: unrecognised CONTRADICTION kind"),
        row(
            "a decision and a question contradict",
            "Besluit: afgerond|Vraag 1: Is er nog iets?",
            "kind: unrecognised CONTRADICTION kind"),
        row(
            "factors and a purpose without more contradict",
            "Doel: ondersteuning|Factoren: doof",
            "kind: unrecognised CONTRADICTION kind"),
        row(
            "a referral may state its purpose",
            "Doel: ondersteuning|Hulpvraag: schulden",
            "kind: referral",
            "help: schulden"),
        row(
            "a request may describe the situation",
            "Doel: ondersteuning|Situatie: alleenstaand|Vraag 1: Welke medicatie?",
            "kind: request"),
        row(
            "an answer may repeat its question",
            "Vraag 1: Welke medicatie?|Antwoord 1: Geen.",
            "kind: reply",
            "answer 1: Geen."),
        row(
            "a whole request with answers in it contradicts",
            "Doel: ondersteuning|Vraag 1: Welke?|Antwoord 1: Geen.",
            "kind: unrecognised CONTRADICTION kind"),
        row(
            "a reason for referral is a help request",
            "Reden van verwijzing: schulden",
            "kind: referral",
            "help: schulden"),
        row("Terugkoppeling alone is free text", "Terugkoppeling: graag", "kind: free text"));
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        row("labels may be in capitals", "DOEL: ondersteuning", "purpose: support"),
        row("labels may be in lower case", "doel: ondersteuning", "purpose: support"),
        row("labels may be English", "Purpose: support", "purpose: support"),
        row("a space before the colon is fine", "Doel : ondersteuning", "purpose: support"),
        row("no space after the colon is fine", "Doel:ondersteuning", "purpose: support"),
        row("bold label with stars", "*Doel:* ondersteuning", "purpose: support"),
        row("bold label with double stars", "**Doel:** ondersteuning", "purpose: support"),
        row("bold label, colon outside", "**Doel**: ondersteuning", "purpose: support"),
        row("bold line", "*Doel: ondersteuning*", "purpose: support"),
        row("bold value", "Doel: *ondersteuning*", "purpose: support"),
        row("underlined label", "_Doel:_ ondersteuning", "purpose: support"),
        row("no-break space behind the colon", "Doel:\u00a0ondersteuning", "purpose: support"),
        row("no-break space in front", "\u00a0Doel: ondersteuning", "purpose: support"),
        row("no-break space in the label", "Vraag\u00a01: Welke?", "question 1: Welke?"),
        row("narrow no-break space", "Doel\u202f: ondersteuning", "purpose: support"),
        row("zero-width space in the label", "Do\u200bel: ondersteuning", "purpose: support"),
        row("a byte order mark in front", "\ufeffDoel: ondersteuning", "purpose: support"),
        row("an indented label", "   Doel: ondersteuning", "purpose: support"),
        row("a label in a table row", "Doel\tondersteuning", "purpose: support"),
        row("a label in the middle is none", "Het Doel: ondersteuning", "kind: free text"),
        row("a label behind a bullet is none", "- Doel: ondersteuning", "kind: free text"),
        row("a label without accent", "Client: J. Proef|Doel: x", "name: J. Proef"),
        row("a label with a loose accent", "Clie\u0308nt: J. Proef|Doel: x", "name: J. Proef"),
        row("an unknown label is none", "Strekking: ondersteuning", "kind: free text"),
        row("an address is no label", "https://doel: x", "kind: free text"),
        row("a full stop after the value is fine", "Doel: ondersteuning.", "purpose: support"),
        row(
            "a wrapped line is joined",
            "Vraag 1: Welke medicatie gebruikt|mevrouw nu?",
            "question 1: Welke medicatie gebruikt mevrouw nu?"),
        row(
            "an empty line ends a question",
            "Vraag 1: Welke?||Alvast bedankt",
            "question 1: Welke?"),
        row("a value may stand on the next line", "Doel:|ondersteuning|", "purpose: support"),
        row("a value may stand after an empty line", "Doel:||ondersteuning", "purpose: support"),
        row(
            "an unknown label ends a short value",
            "Doel: ondersteuning|Let op: niet bellen|Vraag 1: Welke?",
            "purpose: support"),
        row(
            "a help request runs over paragraphs",
            "Hulpvraag: Eerste deel||Tweede deel|Factoren: doof",
            "help: Eerste deel\nTweede deel",
            "factor: doof"),
        row(
            "the same label twice with different values is missing",
            "Doel: ondersteuning|Doel: schuldhulp|Vraag 1: Welke?",
            "no purpose",
            "missing: purpose TWICE"),
        row(
            "the same label twice with the same value is fine",
            "Doel: ondersteuning|DOEL: Ondersteuning.",
            "purpose: support",
            "no missing"),
        row(
            "a label filled in once and empty once is missing",
            "Doel: ondersteuning|Doel:|Vraag 1: Welke?",
            "no purpose",
            "missing: purpose TWICE"),
        row("an empty label is missing", "Doel:|Vraag 1: Welke?", "missing: purpose EMPTY"));
  }

  static Stream<Arguments> quotes() {
    return Stream.of(
        row("quoted lines do not count", "Hallo|> Doel: ondersteuning", "kind: free text"),
        row("nor quoted twice", "Hallo|>> Doel: ondersteuning", "kind: free text"),
        row("nor after spaces", "Hallo| > Doel: ondersteuning", "kind: free text"),
        row(
            "nor below 'Op … schreef'",
            "Hallo||Op 1 juni 2026 om 10:00 schreef J. Proef <j@x.example>:||Doel: x",
            "kind: free text"),
        row(
            "nor when that breaks over two lines",
            "Hallo||Op ma 1 jun. 2026 om 10:00 schreef J. Proef|<j@x.example>:||Doel: x",
            "kind: free text"),
        row(
            "nor below Apple's 'heeft het volgende geschreven'",
            "Hallo||Op 1 jun 2026 om 10:15 heeft J. Proef <j@x.example> het volgende geschreven:||Doel: x",
            "kind: free text"),
        row(
            "an answer below the quote counts",
            "Op 1-6-2026 om 10:00 schreef J. Proef:|> Doel: x|Besluit: afgerond",
            "outcome: COMPLETED"),
        row(
            "nor below the mark of the original",
            "Hallo|-----Oorspronkelijk bericht-----|Doel: x",
            "kind: free text"),
        row(
            "nor below the English mark",
            "Hallo|-----Original Message-----|Doel: x",
            "kind: free text"),
        row(
            "nor in what was forwarded",
            "Ter info|---------- Forwarded message ---------|Doel: x",
            "kind: free text"),
        row(
            "nor below Outlook's head",
            "Hallo||Van: J. Proef|Verzonden: maandag 1 juni 2026|Aan: WOT|Onderwerp: x||Doel: x",
            "kind: free text"),
        row(
            "nor below Outlook's head in bold",
            "Hallo||*Van:* J. Proef|*Verzonden:* maandag|*Aan:* WOT||Doel: x",
            "kind: free text"),
        row(
            "nor below the head of Outlook on a phone",
            "Hallo|________________________________|Van: J. Proef <j@x.example>"
                + "|Datum: maandag|Aan: WOT|Onderwerp: x||Doel: x",
            "kind: free text"),
        row(
            "a memo's own head is no quote",
            "Van: J. Proef|Aan: WOT Oost|Datum: 1-6-2026|Doel: ondersteuning",
            "purpose: support"),
        row(
            "nor after Apple Mail's mark",
            "Hallo||Begin doorgestuurd bericht:||Doel: x",
            "kind: free text"),
        row("nor below the signature mark", "Hallo|-- |Doel: x", "kind: free text"),
        row("nor below it without its space", "Hallo|--|Doel: x", "kind: free text"),
        row("nor below the closing", "Hallo||Met vriendelijke groet,|Doel: x", "kind: free text"),
        row("nor below a short closing", "Hallo||Mvg|Doel: x", "kind: free text"),
        row("nor below Hoogachtend", "Hallo||Hoogachtend,|Doel: x", "kind: free text"),
        row("nor below an English closing", "Hallo||Kind regards,|Doel: x", "kind: free text"),
        row(
            "nor below 'Met collegiale groet'",
            "a|Met collegiale groet|Doel: x",
            "kind: free text"),
        row(
            "a value does not run into the closing",
            "Hulpvraag: schulden||Met vriendelijke groet,|J. Proef",
            "help: schulden"),
        row(
            "a reply with decision above the whole original",
            "Besluit: kan ondersteunen|Contactpersoon: Piet||Van: a@x.example"
                + "|Verzonden: maandag|Aan: b|Onderwerp: c||Hulpvraag: schulden|Doel: x",
            "kind: feedback",
            "contact: Piet"));
  }

  static Stream<Arguments> rows() {
    return Stream.of(kinds(), labels(), quotes()).flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void reads(String sentence, String mail, List<String> expected) {
    LabelRows.check(sentence, Mails.told(mail), expected);
  }
}
