package nl.wotpoort.desk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.mime.Postmarks;
import nl.wotpoort.store.Marks;

/**
 * Our own mail that comes back in, and mail that goes round. Every Message-ID we give carries a
 * mark only we can make, so nobody can have a mail stopped by guessing one; whoever copies one from
 * a letter he got stops only his own. What is found here is held, never dropped.
 */
final class Loops {

  /**
   * RFC 5321 §6.3 asks for at least 100 in a row of servers; no mail for a neighbourhood has 50.
   */
  private static final int MOST_HOPS = 50;

  private static final Pattern OURS = Pattern.compile("<([0-9a-f]{20})\\.([0-9a-f]{20})@.*>");

  private final Marks marks;

  Loops(Marks marks) {
    this.marks = marks;
  }

  /** The local part of a Message-ID for {@code about}: always the same one, foreseen by nobody. */
  String localPart(String about) {
    String first = marks.of(about);
    return first + "." + marks.of(proof(first));
  }

  boolean isOurs(String messageId) {
    Matcher form = OURS.matcher(messageId);
    return form.matches() && marks.isOurs(proof(form.group(1)), form.group(2));
  }

  boolean isGoingRound(Postmarks postmarks) {
    return postmarks.hops() > MOST_HOPS || postmarks.messageIds().stream().anyMatch(this::isOurs);
  }

  private static String proof(String first) {
    return "ours\n" + first;
  }
}
