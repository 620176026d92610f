package nl.wotpoort.directory;

import java.util.Set;
import nl.wotpoort.letter.Situation;

/**
 * A topic somebody is good at (leefgebied), such as {@code schulden}. {@code grounds} are the
 * grounds of a referral (agreement R1) that it serves.
 */
public record Expertise(String code, String name, Set<Situation> grounds) {

  public Expertise {
    Slug.check(code);
    grounds = Set.copyOf(grounds);
  }
}
