package nl.wotpoort.mime;

import static nl.wotpoort.mime.LabelRows.row;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Purposes, questions and answers of labelled letters. The form of a row: see {@link LabelRows}.
 */
class LabelledQuestionsTest {

  static Stream<Arguments> questions() {
    return Stream.of(
        row(
            "numbered questions",
            "Vraag 1: Welke?|Vraag 2: Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row("a question without number", "Vraag: Welke?", "question 1: Welke?"),
        row(
            "questions without numbers are counted",
            "Vraag: Welke?|Vraag: Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "points under one label",
            "Vragen:|1. Welke?|2. Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "brackets under one label",
            "Vragen:|1) Welke?|2) Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "dashes under one label",
            "Vragen:|- Welke?|- Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "bullets under one label",
            "Vragen:|• Welke?|• Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "items with empty lines between",
            "Vragen:||1. Welke?||2. Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "items on the line of the label",
            "Vragen: 1. Welke? 2. Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row(
            "a year in a question does not split it",
            "Vragen: 1. Sinds 2019. Welke? 2. Hoe lang?",
            "question 1: Sinds 2019. Welke?",
            "question 2: Hoe lang?"),
        row(
            "a wrapped item is joined",
            "Vragen:|1. Welke|medicatie?|2. Hoe lang?",
            "question 1: Welke medicatie?"),
        row(
            "numbers of the sender are kept",
            "Vragen:|3. Welke?|5. Hoe lang?",
            "question 3: Welke?",
            "question 5: Hoe lang?"),
        row(
            "words before the items are no question",
            "Vragen: wij willen weten:|1. Welke?|2. Hoe lang?",
            "question 1: Welke?",
            "question 2: Hoe lang?"),
        row("a question by its number and a point", "Vraag 1. Welke?", "question 1: Welke?"),
        row(
            "dashes under a numbered question belong to it",
            "Vraag 1: Graag:|- welke|- hoe lang",
            "question 1: Graag: - welke - hoe lang"),
        row(
            "one number with two questions is none",
            "Vraag 1: Welke?|Vraag 1: Hoe lang?|Vraag 2: Waar?",
            "no question 1",
            "question 2: Waar?",
            "missing: question.1 TWICE"),
        row(
            "an empty question is none",
            "Vraag 1:|Vraag 2: Waar?",
            "no question 1",
            "missing: question.1 EMPTY"),
        row(
            "a tag names the category",
            "Vraag 1 (medicatie): Welke?",
            "question 1 (medical.medication): Welke?"),
        row(
            "a tag may be a code",
            "Vraag 1 (social.housing): Welke?",
            "question 1 (social.housing): Welke?"),
        row(
            "a tag may stand behind the colon",
            "Vraag 1: (gezin) Welke?",
            "question 1 (social.family): Welke?"),
        row("an unknown tag is no category", "Vraag 1 (spoed): Welke?", "question 1: Welke?"),
        row(
            "brackets that are no category are text",
            "Vraag 1: (graag snel) Welke?",
            "question 1: (graag snel) Welke?"),
        row(
            "words in a question are no category",
            "Vraag 1: Welke medicatie?",
            "question 1: Welke medicatie?"),
        row(
            "a category by number",
            "Vraag 1: Welke?|Vraag 2: Waar?|Categorie 2: wonen",
            "question 1: Welke?",
            "question 2 (social.housing): Waar?"),
        row(
            "a category without number belongs to the only question",
            "Vraag 1: Welke?|Categorie: schulden",
            "question 1 (social.finance): Welke?"),
        row(
            "a category without number and two questions is nobody's",
            "Vraag 1: Welke?|Vraag 2: Waar?|Categorie: schulden",
            "question 1: Welke?",
            "question 2: Waar?"),
        row(
            "an unknown category is said",
            "Vraag 1: Welke?|Categorie 1: hobby",
            "question 1: Welke?",
            "missing: category.1 UNKNOWN_WORD"),
        row(
            "two categories for one question are none",
            "Vraag 1 (wonen): Welke?|Categorie 1: werk",
            "question 1: Welke?",
            "missing: category.1 TWICE"),
        row(
            "youth mental health is a category",
            "Vraag 1 (jeugd-ggz): Welke?",
            "question 1 (youth.jggz): Welke?"),
        row(
            "the whole file is no targeted question",
            "Vraag 1: Graag het hele dossier",
            "no question",
            "missing: question.1 NOT_TARGETED"),
        row("everything is no targeted question", "Vraag 1: Alles", "no question"),
        row("all information neither", "Vraag 1: alle informatie over mevrouw", "no question"),
        row("all known data neither", "Vraag 1: Graag alle bekende gegevens", "no question"),
        row(
            "the complete record neither",
            "Question 1: the complete medical record",
            "no question"),
        row("the complete file neither", "Vraag 1: Stuur het volledige dossier", "no question"),
        row("a copy of the file neither", "Vraag 1: een kopie van het dossier", "no question"),
        row("everything you have neither", "Vraag 1: Graag alles wat u heeft", "no question"),
        row(
            "whether all is well is a targeted question",
            "Vraag 1: Gaat alles goed met de medicatie?",
            "question 1: Gaat alles goed met de medicatie?"),
        row(
            "the targeted ones are kept beside the whole file",
            "Vraag 1: het hele dossier|Vraag 2: Welke medicatie?",
            "no question 1",
            "question 2: Welke medicatie?"),
        row("marks alone are no question", "Vraag 1: ???", "no question"));
  }

  static Stream<Arguments> purposes() {
    return Stream.of(
        row("intake", "Doel: intake", "purpose: support.intake"),
        row("ondersteuning.intake", "Doel: ondersteuning.intake", "purpose: support.intake"),
        row("uitvoering", "Doel: uitvoering", "purpose: support.execution"),
        row("schuldhulp", "Doel: Schuldhulp", "purpose: support.finance"),
        row(
            "financial support, accents",
            "Doel: financiële ondersteuning",
            "purpose: support.finance"),
        row("jeugdhulp", "Doel: jeugdhulp", "purpose: youthcare"),
        row("verwijzing jeugdhulp", "Doel: verwijzing jeugdhulp", "purpose: youthcare.referral"),
        row("terugkoppeling", "Doel: terugkoppeling", "purpose: feedback"),
        row("veiligheid", "Doel: veiligheid", "purpose: safety"),
        row("kinderbescherming", "Doel: kinderbescherming", "purpose: child-protection"),
        row("verkenning wvggz", "Doel: verkenning Wvggz", "purpose: wvggz-exploration"),
        row("evaluatie", "Doel: evaluatie", "purpose: evaluation"),
        row("handhaving", "Doel: handhaving", "purpose: enforcement"),
        row("a code", "Doel: support.finance", "purpose: support.finance"),
        row(
            "two purposes",
            "Doel: ondersteuning en schuldhulp",
            "purpose: support",
            "purpose: support.finance"),
        row(
            "an unknown purpose is not guessed",
            "Doel: ondersteuning bij het verhuizen",
            "purpose: unrecognised",
            "purpose text: ondersteuning bij het verhuizen",
            "missing: purpose UNKNOWN_WORD"),
        row(
            "a purpose known in part is not known",
            "Doel: ondersteuning, wraak",
            "purpose: unrecognised",
            "no purpose: support"));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        row("can support", "Besluit: kan ondersteunen", "outcome: ACCEPTED"),
        row("cannot support", "Besluit: kan niet ondersteunen", "outcome: DECLINED"),
        row("more information", "Besluit: Meer informatie nodig.", "outcome: UNCLEAR"),
        row("interim", "Besluit: tussenbericht", "outcome: INTERIM"),
        row("completed", "Besluit: afgerond", "outcome: COMPLETED"),
        row(
            "with contact, reason and explanation",
            "Besluit: kan ondersteunen|Contactpersoon: Piet Proef|Reden: past|Toelichting: Tot snel.",
            "contact: Piet Proef",
            "reason: past",
            "explanation: Tot snel."),
        row(
            "the choices not chosen from",
            "Besluit: kan ondersteunen, of: kan niet ondersteunen",
            "kind: unrecognised UNKNOWN_VALUE state"),
        row("an unknown decision", "Besluit: misschien", "kind: unrecognised UNKNOWN_VALUE state"),
        row("an empty decision", "Besluit:", "kind: unrecognised UNKNOWN_VALUE state"),
        row(
            "two decisions",
            "Besluit: afgerond|Besluit: tussenbericht",
            "kind: unrecognised CONTRADICTION state"),
        row(
            "answers under one label",
            "Antwoorden:|1. Geen.|2. Sinds 2019.",
            "answer 1: Geen.",
            "answer 2: Sinds 2019."),
        row(
            "an answer runs over paragraphs",
            "Antwoord 1: Geen.||Wel allergie.|Antwoord 2: Nee",
            "answer 1: Geen.\nWel allergie.",
            "answer 2: Nee"),
        row(
            "a case number with a slip in it",
            "Zaak: WP-0000-0001|Besluit: afgerond",
            "no case",
            "missing: caseId UNREADABLE"),
        row(
            "a case number",
            "Zaak: WP-0000-0000|Besluit: afgerond",
            "kind: feedback",
            "case: WP-0000-0000"));
  }

  static Stream<Arguments> rows() {
    return Stream.of(questions(), purposes(), answers()).flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void reads(String sentence, String mail, List<String> expected) {
    LabelRows.check(sentence, Mails.told(mail), expected);
  }
}
