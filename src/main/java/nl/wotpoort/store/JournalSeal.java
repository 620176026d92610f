package nl.wotpoort.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's signature under the journal up to a line. Noted outside the store (the technical
 * log has every one), it shows later that the end was cut off, which nothing inside the store can
 * show.
 *
 * @param upto the last line it covers
 * @param head that line's hash, and so that of all before it
 * @param signature Ed25519 over the other three, base64url
 */
public record JournalSeal(long upto, Instant at, String head, String signature) {

  /** The journal's line about a seal; its object is {@link #object}. */
  static final String EVENT = "JOURNAL_SEALED";

  private static final Pattern LINE =
      Pattern.compile(
          "upto=([0-9]{1,18}) at=([0-9]{1,18}) head=([0-9a-f]{64}) signature=([A-Za-z0-9_-]{86})");

  /** As one line; {@link #in} finds it again in any text. */
  public String line() {
    return signed() + " signature=" + signature;
  }

  /** How the journal names it. */
  String object() {
    return "journal/" + upto;
  }

  String signed() {
    return "upto=" + upto + " at=" + at.toEpochMilli() + " head=" + head;
  }

  /** Every seal that stands in {@code text}, such as a log; whether it is genuine is not said. */
  public static List<JournalSeal> in(String text) {
    List<JournalSeal> found = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      found.add(
          new JournalSeal(
              Long.parseLong(line.group(1)),
              Instant.ofEpochMilli(Long.parseLong(line.group(2))),
              line.group(3),
              line.group(4)));
    }
    return List.copyOf(found);
  }
}
