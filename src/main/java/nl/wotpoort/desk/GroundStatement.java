package nl.wotpoort.desk;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Letter;

/**
 * A legal ground as a letter stated it, kept in the journal (encrypted) with the event {@link
 * #EVENT}: its mandatory fields are what the report on grounds is made of. Immutable.
 *
 * @param kind a code of the policy tables
 * @param by who decided, as written
 * @param weighing why this outweighs secrecy
 * @param clientTold whether the client knows; empty when it was not said
 * @param whyNotTold why the client does not
 * @param necessary the categories stated as necessary; empty when all that was asked is
 */
public record GroundStatement(
    String kind,
    Optional<Confidential<String>> by,
    Optional<Confidential<String>> weighing,
    Optional<Boolean> clientTold,
    Optional<Confidential<String>> whyNotTold,
    List<String> necessary) {

  /** The journal's event that holds one. */
  public static final String EVENT = "GROUND_STATED";

  public GroundStatement {
    necessary = List.copyOf(necessary);
  }

  /** The ground a letter states, whether or not it holds. */
  static Optional<GroundStatement> in(Letter letter) {
    Optional<LegalGround> ground = Optional.empty();
    if (letter instanceof Letter.Referral referral) {
      ground = referral.legalGround();
    } else if (letter instanceof Letter.InformationRequest request) {
      ground = request.legalGround();
    }
    return ground.map(GroundStatement::of);
  }

  private static GroundStatement of(LegalGround ground) {
    return new GroundStatement(
        ground.kind(),
        ground.by(),
        ground.justification(),
        ground.clientInformed(),
        ground.whyNotInformed(),
        ground.necessary().stream().map(Category::code).toList());
  }

  String write() {
    NamedLines lines = new NamedLines();
    lines.put("kind", kind);
    by.ifPresent(name -> lines.put("by", name.reveal()));
    weighing.ifPresent(text -> lines.put("weighing", text.reveal()));
    clientTold.ifPresent(told -> lines.put("clientTold", told.toString()));
    whyNotTold.ifPresent(text -> lines.put("whyNotTold", text.reveal()));
    lines.putAll("necessary", necessary);
    return lines.write();
  }

  /** Throws IllegalArgumentException for what {@link #write} did not write. */
  static GroundStatement read(String text) {
    NamedLines lines = NamedLines.read(text);
    return new GroundStatement(
        lines.required("kind"),
        lines.value("by").map(Confidential::of),
        lines.value("weighing").map(Confidential::of),
        lines.value("clientTold").map(Boolean::valueOf),
        lines.value("whyNotTold").map(Confidential::of),
        lines.list("necessary", Function.identity()));
  }
}
