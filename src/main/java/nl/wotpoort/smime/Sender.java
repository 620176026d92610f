package nl.wotpoort.smime;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.HeaderField;

/** Who a header block says sent the mail. */
final class Sender {

  /** At-signs, and what people take for one: full-width, small. */
  private static final String AT = "[@\uff20\ufe6b]";

  /**
   * What people take for an address: words on both sides of an at-sign, or a dotted word behind it.
   * {@code Praktijk @ De Linde} is none.
   */
  private static final Pattern SHOWN_ADDRESS =
      Pattern.compile(
          "[^\\s\"'<>()\\[\\],;:]+"
              + AT
              + "[^\\s\"'<>()\\[\\],;:]*"
              + "|"
              + AT
              + "\\s*[^\\s\"'<>()\\[\\],;:]+\\.[^\\s\"'<>()\\[\\],;:]+");

  private Sender() {}

  /** The one address in the one From, without judging more. */
  static Optional<Address> claimed(List<HeaderField> fields) {
    List<String> from = values(fields, "From");
    return from.size() == 1
        ? Mailboxes.read(from.get(0)).flatMap(Sender::single)
        : Optional.empty();
  }

  private static Optional<Address> single(List<Mailboxes.Mailbox> mailboxes) {
    return mailboxes.size() == 1 ? mailboxes.get(0).address() : Optional.empty();
  }

  /**
   * The sender, when the block can be read in one way only: one From with one mailbox outside any
   * group, a display name that does not show another address, no Sender or the same one.
   */
  static Address strict(List<HeaderField> fields) throws Fault {
    List<String> from = values(fields, "From");
    if (from.size() != 1) {
      throw new Fault(Finding.HEADER_MISMATCH, from.size() + " From fields");
    }
    List<Mailboxes.Mailbox> mailboxes =
        Mailboxes.read(from.get(0)).orElseThrow(() -> mismatch("From not readable"));
    if (mailboxes.size() != 1) {
      throw mismatch("From with " + mailboxes.size() + " mailboxes");
    }
    Address address =
        mailboxes.get(0).address().orElseThrow(() -> mismatch("From without a plain address"));
    checkShown(mailboxes.get(0).shown(), address);
    if (mailboxes.get(0).inGroup()) {
      // RFC 6854 allows it; a group is nobody, and no mail program writes it for one sender
      throw mismatch("From with a group");
    }
    checkSender(fields, address);
    return address;
  }

  /** What mail programs show instead of the address must not be another address. */
  private static void checkShown(String shown, Address address) throws Fault {
    String text =
        EncodedWords.decode(shown)
            .orElseThrow(() -> shownFault("the display name is not readable"));
    if (SHOWN_ADDRESS.matcher(text).results().anyMatch(a -> !isOwn(a.group(), address))) {
      throw shownFault("the display name shows another address");
    }
    if (text.chars().anyMatch(Sender::isInvisible)) {
      throw shownFault("the display name has control characters");
    }
  }

  private static boolean isOwn(String shown, Address address) {
    return shown.equalsIgnoreCase(address.toString());
  }

  private static Fault shownFault(String detail) {
    return new Fault(Finding.HEADER_MISMATCH, detail);
  }

  /** Controls and the marks that turn the reading direction. */
  private static boolean isInvisible(int c) {
    boolean control = (c < 0x20 && c != '\t') || c == 0x7f;
    boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return control || turns;
  }

  private static void checkSender(List<HeaderField> fields, Address address) throws Fault {
    for (String sender : values(fields, "Sender")) {
      Optional<Address> other = Mailboxes.read(sender).flatMap(Sender::single);
      if (!other.equals(Optional.of(address))) {
        throw mismatch("Sender is not the one in From");
      }
    }
  }

  static List<String> values(List<HeaderField> fields, String name) {
    return fields.stream().filter(f -> f.isNamed(name)).map(HeaderField::value).toList();
  }

  private static Fault mismatch(String detail) {
    return new Fault(Finding.SIGNER_MISMATCH, detail);
  }
}
