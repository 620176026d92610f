package nl.wotpoort.mime;

import static nl.wotpoort.mime.LabelRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How workers of a team answer, as people and their mail programs write it. What a person would
 * read as clear is understood; what is not clear is unrecognised, and so asked back: nothing is
 * guessed. The form of a row: see {@link LabelRows}.
 */
class StaffRepliesTest {

  private static final String UNCLEAR = "kind: unrecognised UNKNOWN_VALUE state";
  private static final String TWICE = "kind: unrecognised CONTRADICTION state";
  private static final String YES = "outcome: ACCEPTED";
  private static final String NO = "outcome: DECLINED";

  static Stream<Arguments> decisions() {
    return Stream.of(
        row("a capital and a full stop", "Besluit : Kan ondersteunen.", YES),
        row("all capitals", "BESLUIT: KAN ONDERSTEUNEN!", YES),
        row("we can", "Besluit: Wij kunnen ondersteunen", YES),
        row("we can, said otherwise", "Besluit: we kunnen deze cliënt ondersteunen", YES),
        row("yes, we can", "Besluit: ja, kan ondersteunen", YES),
        row("yes alone may be an answer to anything", "Besluit: ja", UNCLEAR),
        row("can, emphasised", "Besluit: kan wel ondersteunen", YES),
        row("cannot, in capitals", "Besluit: kan NIET ondersteunen", NO),
        row("alas cannot", "Besluit: kan helaas niet ondersteunen.", NO),
        row("no, cannot", "Besluit: nee, wij kunnen helaas niet ondersteunen", NO),
        row("yes and cannot contradict", "Besluit: ja, kan niet ondersteunen", UNCLEAR),
        row("cannot yet is not cannot", "Besluit: kan nog niet ondersteunen", UNCLEAR),
        row("a condition is not a decision", "Besluit: kan misschien ondersteunen", UNCLEAR),
        row("a question is not a decision", "Besluit: kan ondersteunen?", UNCLEAR),
        row("the list of choices left standing", "Besluit: kan ondersteunen | kan niet", UNCLEAR),
        row(
            "the gateway's own list left standing",
            "Besluit: kan ondersteunen, of: kan niet ondersteunen, of: meer informatie nodig",
            UNCLEAR),
        row("both boxes of a form", "Besluit: [x] kan ondersteunen [ ] kan niet", UNCLEAR),
        row("more to it than a decision", "Besluit: kan ondersteunen vanaf augustus", UNCLEAR),
        row("not more information", "Besluit: geen informatie nodig", UNCLEAR),
        row("more info", "Besluit: meer info nodig", "outcome: UNCLEAR"),
        row("additional information", "Besluit: aanvullende informatie nodig", "outcome: UNCLEAR"),
        row("an interim report in two words", "Besluit: tussen-bericht", "outcome: INTERIM"),
        row("finished, with a word before it", "Besluit: traject afgerond", "outcome: COMPLETED"),
        row("not finished", "Besluit: niet afgerond", UNCLEAR),
        row("in English", "Decision: we can support", YES),
        row("in English, not", "Decision: we cannot support", NO),
        row("in English, with an apostrophe", "Decision: can’t support", NO),
        row("in English, more", "Decision: more info needed", "outcome: UNCLEAR"),
        row("a letter missing", "Besluit: kan ondersteunn", YES),
        row("two letters the wrong way round", "Besluit: kan ondesrteunen", YES),
        row("a letter too many", "Besluit: kan niet onderssteunen", NO),
        row("a mistake in a short word is not guessed", "Besluit: kan nit ondersteunen", UNCLEAR),
        row("another verb is not guessed", "Besluit: kan ondervinden", UNCLEAR),
        row("a finished with a slip", "Besluit: afgerodn", "outcome: COMPLETED"),
        row("in quotation marks", "Besluit: “kan ondersteunen”", YES),
        row("in single quotation marks", "Besluit: 'kan niet ondersteunen'", NO),
        row("struck through", "Besluit: kan ~~niet~~ ondersteunen", UNCLEAR));
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        row("a full-width colon", "Besluit：kan ondersteunen", YES),
        row("a no-break space before the colon", "Besluit\u00a0: kan\u00a0ondersteunen", YES),
        row("a dash that autocorrection made", "Besluit – kan ondersteunen", YES),
        row("a hyphen for a colon", "Besluit - kan niet ondersteunen", NO),
        row("a semicolon for a colon", "Besluit; kan ondersteunen", YES),
        row("an equals sign for a colon", "Besluit = kan ondersteunen", YES),
        row("no colon at all", "Besluit kan ondersteunen", YES),
        row(
            "a sentence that begins with the label's word",
            "Besluit volgt nog.",
            "kind: free text"),
        row("quotation marks round the line", "\"Besluit: kan ondersteunen\"", YES),
        row("quotation marks round the label", "“Besluit”: kan ondersteunen", YES),
        row("behind a bullet", "• Besluit: kan ondersteunen|• Contactpersoon: Piet", YES),
        row("in a numbered list", "1. Besluit: kan ondersteunen|2. Contactpersoon: Piet", YES),
        row("bold", "*Besluit:* *kan ondersteunen*", YES),
        row("a slip in the label", "Belsuit: kan ondersteunen", YES),
        row("a letter missing in the label", "Beslut: kan ondersteunen", YES),
        row("shortened", "Besl.: kan ondersteunen", YES),
        row("with the words of the form", "Besluit WOT: kan ondersteunen", YES),
        row("our decision", "Ons besluit: kan ondersteunen", YES),
        row("twice the same", "Besluit: kan ondersteunen|Besluit: Kan ondersteunen.", YES),
        row(
            "twice the same in other words",
            "Besluit: kan ondersteunen|Besluit: wij kunnen ondersteunen",
            YES),
        row("twice, and differing", "Besluit: kan ondersteunen|Besluit: afgerond", TWICE),
        row(
            "all on one line",
            "Besluit: kan ondersteunen, contactpersoon: Piet Proef, toelichting: wij bellen",
            YES,
            "contact: Piet Proef",
            "explanation: wij bellen"),
        row(
            "all on one line without commas",
            "Besluit: kan niet ondersteunen Reden: geen plaats",
            NO,
            "reason: geen plaats"),
        row(
            "in another order, below a greeting",
            "Beste collega,||Toelichting: wij bellen.|Contactpersoon: Piet|Besluit: kan ondersteunen",
            YES,
            "contact: Piet",
            "explanation: wij bellen."),
        row(
            "a slip in the other labels",
            "Besluit: afgerond|Toelichitng: klaar",
            "explanation: klaar"),
        row("Contact persoon", "Besluit: kan ondersteunen|Contact persoon: Piet", "contact: Piet"),
        row("Contactpers.", "Besluit: kan ondersteunen|Contactpers.: Piet", "contact: Piet"),
        row("Toel.", "Besluit: afgerond|Toel.: klaar", "explanation: klaar"),
        row(
            "a contact with a dash",
            "Besluit: kan ondersteunen|Contactpersoon – Piet",
            "contact: Piet"),
        row("English labels", "Decision: can support|Contact person: Piet", YES, "contact: Piet"),
        row("'Contact' in a sentence is no label", "Contact – wij bellen haar", "kind: free text"),
        row(
            "the decision alone on the first line",
            "Kan ondersteunen.||Contactpersoon: Piet",
            YES,
            "contact: Piet"),
        row("the refusal alone on the first line", "Wij kunnen niet ondersteunen", NO),
        row(
            "a sentence is a message and no decision",
            "Wij kunnen ondersteunen als mevrouw dat wil.",
            "kind: free text"),
        row(
            "a word that either side may write is no decision without its label",
            "Afgerond",
            "kind: free text"));
  }

  static Stream<Arguments> surroundings() {
    return Stream.of(
        row(
            "a phone's signature is no part of a value",
            "Besluit: afgerond|Toelichting: klaar||Verstuurd vanaf mijn iPhone",
            "explanation: klaar"),
        row(
            "nor Outlook's on a phone",
            "Besluit: kan ondersteunen|Contactpersoon: Piet|Outlook voor iOS downloaden<https://aka.ms/o0ukef>",
            "contact: Piet"),
        row(
            "nor Outlook's in English",
            "Besluit: afgerond|Toelichting: klaar|Get Outlook for Android<https://aka.ms/x>",
            "explanation: klaar"),
        row(
            "nor Outlook's newer sentence",
            "Besluit: afgerond|Toelichting: klaar||Verzonden vanuit Outlook voor iOS",
            "explanation: klaar"),
        row(
            "nor K-9's",
            "Besluit: afgerond|Toelichting: klaar||-- |Verstuurd vanaf mijn Android apparaat met K-9 Mail.",
            "explanation: klaar"),
        row(
            "nor Samsung's",
            "Besluit: afgerond|Toelichting: klaar||Verstuurd vanaf mijn Galaxy",
            "explanation: klaar"),
        row(
            "nor a disclaimer",
            "Besluit: afgerond|Toelichting: klaar||Disclaimer: dit bericht is vertrouwelijk.",
            "explanation: klaar"),
        row(
            "nor a disclaimer without the word",
            "Besluit: afgerond|Toelichting: klaar||De informatie in dit e-mailbericht is uitsluitend bestemd voor de geadresseerde.",
            "explanation: klaar"),
        row(
            "nor a signature without a greeting",
            "Besluit: kan ondersteunen|Contactpersoon: Piet Proef||Piet Proef|WOT Oost|010 754 15 15",
            "contact: Piet Proef"),
        row(
            "K-9's quote",
            "Besluit: afgerond||Op 15 juni 2026 10:00:00 CEST schreef WOT Oost <o@x.example>:|>Besluit: kan ondersteunen",
            "outcome: COMPLETED"),
        row(
            "Outlook on the web",
            "Besluit: afgerond|________________________________|Van: WOTpoort <a@x.example>|Verzonden: maandag 15 juni 2026 10:00|Aan: b|Onderwerp: c||Hulpvraag: schulden",
            "outcome: COMPLETED"),
        row(
            "a filled-in form inside the quote, and nothing of one's own",
            "> Besluit: kan ondersteunen|> Contactpersoon: Piet",
            UNCLEAR),
        row(
            "the same below Outlook's head",
            "Zie hieronder.||Van: a@x.example|Verzonden: maandag|Aan: b|Onderwerp: c||Besluit: kan ondersteunen",
            UNCLEAR),
        row(
            "below the greeting of the letter",
            "Beste collega,||Met vriendelijke groet,|Piet||Besluit: kan ondersteunen",
            UNCLEAR),
        row(
            "words of one's own above a quoted decision are a message",
            "Mevrouw is verhuisd, wilt u het adres doorgeven?||> Besluit: kan ondersteunen",
            "kind: free text"),
        row(
            "the gateway's own list, quoted, is no decision",
            "> • Besluit: kan ondersteunen, of: kan niet ondersteunen, of: meer informatie nodig",
            "kind: free text"));
  }

  @Test
  void theFormOfTheForwardRepeatedWithoutMarksIsNoAnswerAndFilledInItIs() {
    String form = Texts.of("mime", Language.NL).say("forward.answer.TEAM");
    assertThat(Mails.told("Hallo\n\n" + form)).contains("kind: free text");
    assertThat(Mails.told("Hallo\n\n" + form.replace(", of: kan niet", ",\nof: kan niet")))
        .doesNotContain(YES);
    assertThat(Mails.told("Besluit: kan niet ondersteunen\n\n" + form)).contains(NO);
    assertThat(
            Mails.told(
                form.replaceFirst("(Besluit: kan ondersteunen).*", "$1")
                    .replaceFirst("(Contactpersoon:).*", "$1 Piet")))
        .contains(YES, "contact: Piet");
  }

  static Stream<Arguments> html() {
    return Stream.of(
        row("a paragraph each", "<p>Besluit: kan ondersteunen</p><p>Contactpersoon: Piet</p>", YES),
        row("a list", "<ul><li>Besluit: kan ondersteunen<li>Contactpersoon: Piet</ul>", YES),
        row("a table", "<table><tr><td>Besluit<td>kan ondersteunen</table>", YES),
        row("bold label", "<b>Besluit</b>&nbsp;: <span>kan&nbsp;ondersteunen</span>", YES),
        row("a letter in bold", "<div>Bes<b>luit</b>: kan ondersteunen</div>", YES),
        row("crossed out", "<p>Besluit: kan <s>niet</s> ondersteunen</p>", UNCLEAR),
        row(
            "crossed out the old way",
            "<p>Besluit: kan <strike>niet</strike> ondersteunen",
            UNCLEAR),
        row("deleted", "<p>Besluit: <del>kan niet ondersteunen</del> kan ondersteunen", UNCLEAR),
        row(
            "Gmail",
            "<div dir=ltr>Besluit: kan ondersteunen<br>Contactpersoon: Piet</div><br>"
                + "<div class=gmail_quote><div class=gmail_attr>Op ma 15 jun 2026 om 10:00 schreef"
                + " WOT Oost &lt;<a>o@x.example</a>&gt;:<br></div><blockquote>Besluit: afgerond"
                + "</blockquote></div>",
            YES,
            "contact: Piet"),
        row(
            "Outlook on the web",
            "<div>Besluit: kan ondersteunen</div><div>Contactpersoon: Piet</div>"
                + "<div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Van:</b> a@x.example<br>"
                + "<b>Verzonden:</b> maandag<br><b>Aan:</b> b<br><b>Onderwerp:</b> c</div>"
                + "<div>Besluit: afgerond</div>",
            YES,
            "contact: Piet"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("html")
  void readsHtml(String sentence, String body, List<String> expected) {
    LabelRows.check(
        sentence,
        Described.of(Mails.read("Content-Type: text/html; charset=utf-8\n\n" + body + "\n")),
        expected);
  }

  @Test
  void plainTextBesideHtmlWithSomethingCrossedOutIsNotTrusted() {
    String both =
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
            + "Besluit: kan niet ondersteunen\n--b\nContent-Type: text/html\n\n"
            + "<p>Besluit: kan <s>niet</s> ondersteunen</p>\n--b--\n";
    assertThat(Described.of(Mails.read(both))).contains(UNCLEAR);
    assertThat(Described.of(Mails.read(both.replaceAll("</?s>", "")))).contains(NO);
  }

  static Stream<Arguments> rows() {
    return Stream.of(decisions(), labels(), surroundings()).flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void reads(String sentence, String mail, List<String> expected) {
    LabelRows.check(sentence, Mails.told(mail), expected);
  }
}
