package nl.wotpoort.smime;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import nl.wotpoort.letter.VerifiedContent.Protection;

/**
 * The header that counts, and its comparison with the outer one. What is protected is the
 * authority; the outer header may leave something out, and hide the subject, but not say something
 * else. What the sender signed as his outer header (RFC 9788 §2.2, HP-Outer) he may write outside,
 * but for From.
 *
 * <p>Fields that stand on the signed entity without being declared protected (a program that signed
 * a whole mail) are no authority, but may not be contradicted either.
 *
 * @param fields the ones that count: protected, or without protection the outer ones
 * @param signed the ones under the signature
 * @param entity what to read further: the wrapped message, or the signed entity
 */
record ProtectedHeader(
    Protection protection, List<HeaderField> fields, List<HeaderField> signed, Bytes entity) {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** {@code signed}: the verified entity. */
  static ProtectedHeader of(Entity signed, List<HeaderField> outer, Limits limits) throws Fault {
    ContentType type = signed.contentType();
    if (type.isMessage()) {
      String encoding = signed.transferEncoding().orElse("8bit");
      if (!Set.of("7bit", "8bit", "binary").contains(encoding)) {
        throw Fault.malformed("message/rfc822 with a transfer encoding");
      }
      Entity message = Entity.read(signed.body(), limits);
      refuseNested(message.contentType());
      List<HeaderField> fields = message.fields();
      return new ProtectedHeader(Protection.WRAPPED, fields, fields, message.whole());
    }
    refuseNested(type);
    List<HeaderField> fields = signed.fields();
    if (Set.of("clear", "cipher").contains(type.lower("hp"))) {
      return new ProtectedHeader(Protection.PROTECTED, fields, fields, signed.whole());
    }
    return new ProtectedHeader(Protection.BARE, outer, fields, signed.whole());
  }

  /** Signed or encrypted once more: two readers could stop at two depths. */
  private static void refuseNested(ContentType type) throws Fault {
    if (type.isSignedMultipart()
        || type.isPkcs7Mime()
        || type.type().equals("multipart/encrypted")) {
      throw Fault.malformed("signed or encrypted more than once");
    }
  }

  void compare(List<HeaderField> outer, HeaderRules rules) throws Fault {
    compareAddresses(outer, "From");
    compareAddresses(outer, "To");
    compareAddresses(outer, "Cc");
    compareText(outer, "Message-ID");
    compareDate(outer);
    compareSubject(outer, rules);
    compareReplyTo(outer);
  }

  private void compareAddresses(List<HeaderField> outer, String name) throws Fault {
    List<String> outside = Sender.values(outer, name);
    List<String> inside = Sender.values(signed, name);
    if (inside.isEmpty()) {
      checkAdded(name, outside);
      return;
    }
    Set<String> shown = addresses(outside);
    // "undisclosed-recipients:;" names nobody, so it leaves out
    if (!shown.isEmpty() && !shown.equals(addresses(inside)) && !isDeclared(name, outside)) {
      throw mismatch(name);
    }
  }

  /**
   * Who signed a To signed all his recipients: a Cc that stands outside alone was added on the way.
   * (From is always inside where the header is protected: {@link Sender#strict} wants it.)
   */
  private void checkAdded(String name, List<String> outside) throws Fault {
    boolean complete = protection != Protection.BARE && !Sender.values(signed, "To").isEmpty();
    if (complete && !addresses(outside).isEmpty() && !isDeclared(name, outside)) {
      throw mismatch(name);
    }
  }

  /** Addresses as a set; what is none, as text. */
  private static Set<String> addresses(List<String> values) {
    Set<String> found = new TreeSet<>();
    for (String value : values) {
      Optional<List<Mailboxes.Mailbox>> mailboxes = Mailboxes.read(value);
      if (mailboxes.isEmpty() || mailboxes.get().stream().anyMatch(m -> m.address().isEmpty())) {
        found.add(BLANKS.matcher(value).replaceAll(" "));
      } else {
        mailboxes.get().forEach(m -> m.address().map(Address::toString).ifPresent(found::add));
      }
    }
    return found;
  }

  private void compareText(List<HeaderField> outer, String name) throws Fault {
    List<String> outside = Sender.values(outer, name);
    List<String> inside = Sender.values(signed, name);
    if (inside.isEmpty()) {
      return;
    }
    if (outside.size() > 1 || inside.size() > 1) {
      throw mismatch(name);
    }
    if (!outside.isEmpty() && !same(outside.get(0), inside.get(0)) && !isDeclared(name, outside)) {
      throw mismatch(name);
    }
  }

  private static boolean same(String a, String b) {
    return a.equals(b) || unfolded(a).equals(unfolded(b));
  }

  private static String unfolded(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }

  /** The same moment, in whichever zone (RFC 9788 §3.2.2 lets the outer one be in UTC). */
  private void compareDate(List<HeaderField> outer) throws Fault {
    List<String> outside = Sender.values(outer, "Date");
    List<String> inside = Sender.values(signed, "Date");
    if (outside.isEmpty() || inside.isEmpty()) {
      return;
    }
    if (outside.size() > 1 || inside.size() > 1) {
      throw mismatch("Date");
    }
    if (!same(outside.get(0), inside.get(0))
        && !HeaderDate.same(outside.get(0), inside.get(0))
        && !isDeclared("Date", outside)) {
      throw mismatch("Date");
    }
  }

  private void compareSubject(List<HeaderField> outer, HeaderRules rules) throws Fault {
    List<String> outside = Sender.values(outer, "Subject");
    List<String> inside = Sender.values(signed, "Subject");
    if (inside.isEmpty() && protection == Protection.BARE) {
      return;
    }
    if (outside.size() > 1 || inside.size() > 1) {
      throw mismatch("Subject");
    }
    if (outside.isEmpty() || rules.isNeutral(shown(outside.get(0)))) {
      return;
    }
    String truth = inside.isEmpty() ? "" : inside.get(0);
    if (!same(shown(outside.get(0)), shown(truth)) && !isDeclared("Subject", outside)) {
      throw mismatch("Subject");
    }
  }

  /** RFC 9788 §2.2: the sender signed what he would write outside. Never another From. */
  private boolean isDeclared(String name, List<String> outside) {
    return protection == Protection.PROTECTED
        && !name.equals("From")
        && outside.size() == 1
        && Sender.values(signed, "HP-Outer").stream()
            .anyMatch(v -> same(v, name + ": " + outside.get(0)));
  }

  private static String shown(String value) {
    return EncodedWords.decode(value).orElse(value);
  }

  /** An answer must not go where the signer did not say: Reply-To outside is inside, or is From. */
  private void compareReplyTo(List<HeaderField> outer) throws Fault {
    List<String> outside = Sender.values(outer, "Reply-To");
    if (outside.isEmpty()) {
      return;
    }
    boolean isFrom = addresses(outside).equals(addresses(Sender.values(fields, "From")));
    boolean isProtected =
        protection != Protection.BARE
            && addresses(outside).equals(addresses(Sender.values(signed, "Reply-To")));
    if (!isFrom && !isProtected) {
      throw mismatch("Reply-To");
    }
  }

  private static Fault mismatch(String name) {
    return new Fault(Finding.HEADER_MISMATCH, name + " differs between outer and signed header");
  }
}
