package nl.wotpoort.smime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;

/**
 * An address list (RFC 5322 §3.4) cut into mailboxes. Knows quotes, comments, angle brackets and
 * groups; everything else, such as routes and literals, leaves a mailbox without an address.
 */
final class Mailboxes {

  /**
   * One mailbox as written.
   *
   * @param shown display name and comments, not decoded
   * @param address empty when what stands there is no plain ASCII address
   * @param inGroup whether it is a member of a group (RFC 5322 §3.4)
   */
  record Mailbox(String shown, Optional<Address> address, boolean inGroup) {}

  private final String text;
  private final List<Mailbox> found = new ArrayList<>();
  private final StringBuilder outside = new StringBuilder();
  private final StringBuilder comments = new StringBuilder();
  private final StringBuilder quoted = new StringBuilder();
  private Optional<String> angle = Optional.empty();
  private boolean sound = true;
  private boolean inGroup;
  private int at;

  private Mailboxes(String text) {
    this.text = text;
  }

  /** The mailboxes in {@code value}; empty when the value cannot be cut at all. */
  static Optional<List<Mailbox>> read(String value) {
    Mailboxes reader = new Mailboxes(value);
    reader.run();
    return reader.sound ? Optional.of(reader.found) : Optional.empty();
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '"' -> quoted();
        case '(' -> comment();
        case '<' -> angle();
        case ',' -> end();
        case ';' -> {
          end();
          inGroup = false;
        }
        case ':' -> group();
        case ')', '>' -> sound = false;
        default -> outside.append(c);
      }
    }
    end();
  }

  private void quoted() {
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      quoted.append(text.charAt(at++));
    }
    sound &= at < text.length();
    at++;
    // a quoted local part ("a b"@c) is no address here; the mark keeps it from being read as one
    outside.append('"');
  }

  private void comment() {
    int depth = 1;
    while (at < text.length() && depth > 0) {
      char c = text.charAt(at++);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '\\') {
        at++;
      }
      comments.append(c);
    }
    sound &= depth == 0;
    outside.append(' ');
  }

  private void angle() {
    int close = text.indexOf('>', at);
    if (close == -1 || angle.isPresent()) {
      sound = false;
      return;
    }
    angle = Optional.of(text.substring(at, close).strip());
    at = close + 1;
  }

  /** A group's name is shown by mail programs, so it counts as part of what its members show. */
  private void group() {
    String name = outside.toString().replace('"', ' ') + " " + quoted + " " + comments;
    clear();
    inGroup = true;
    comments.append(name.strip());
  }

  private void end() {
    String plain = outside.toString().strip();
    if (angle.isPresent()) {
      String shown = plain.replace('"', ' ') + " " + quoted + " " + comments;
      found.add(new Mailbox(shown.strip(), Address.parse(angle.get()), inGroup));
    } else if (!plain.isEmpty()) {
      found.add(new Mailbox((quoted + " " + comments).strip(), Address.parse(plain), inGroup));
    }
    clear();
  }

  private void clear() {
    outside.setLength(0);
    comments.setLength(0);
    quoted.setLength(0);
    angle = Optional.empty();
  }
}
