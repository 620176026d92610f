package nl.wotpoort.letter;

import java.util.List;
import java.util.Optional;

/**
 * A ground other than consent, as the holder of the data states it: which law, who decided, why,
 * for what. Never a bare flag.
 */
public record LegalGround(
    String kind,
    Optional<Confidential<String>> by,
    Optional<Confidential<String>> justification,
    Optional<Boolean> clientInformed,
    Optional<Confidential<String>> whyNotInformed,
    List<Category> necessary) {

  public LegalGround {
    necessary = List.copyOf(necessary);
  }
}
