package nl.wotpoort.mime;

import java.util.Optional;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.ConsentStatement.Given;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;

/** The consent and the legal ground as the JSON form states them. */
final class JsonConsent {

  private static final Pattern PARTY = Pattern.compile("\\S{1,200}");

  private JsonConsent() {}

  static ConsentStatement consent(JsonFields json) throws Unreadable {
    Optional<JsonFields> stated = json.object("consent");
    if (stated.isEmpty()) {
      return ConsentStatement.unknown();
    }
    JsonFields consent = stated.get();
    Given given =
        consent.truth("given").map(yes -> yes ? Given.YES : Given.NO).orElse(Given.UNKNOWN);
    return new ConsentStatement(
        given,
        JsonLetter.confidential(consent.texts("by", JsonFields.SHORT)),
        consent.text("method", JsonFields.SHORT),
        consent.date("date"),
        consent.date("until"),
        consent.texts("recipients", PARTY).stream().map(Party::new).toList(),
        consent.texts("categories", JsonLetter.CODE).stream().map(Category::new).toList(),
        consent.texts("purposes", JsonLetter.CODE).stream().map(Purpose::new).toList(),
        consent.text("evidenceRef", JsonFields.SHORT).map(Confidential::of));
  }

  static LegalGround ground(JsonFields ground) throws Unreadable {
    return new LegalGround(
        ground
            .text("kind", JsonLetter.CODE)
            .orElseThrow(() -> JsonFields.malformed("legalGround.kind")),
        ground.text("by", JsonFields.SHORT).map(Confidential::of),
        ground.text("justification", JsonFields.LONG).map(Confidential::of),
        ground.truth("clientInformed"),
        ground.text("whyNotInformed", JsonFields.LONG).map(Confidential::of),
        ground.texts("necessary", JsonLetter.CODE).stream().map(Category::new).toList());
  }
}
