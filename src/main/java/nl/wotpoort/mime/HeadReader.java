package nl.wotpoort.mime;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.HeaderField;
import nl.wotpoort.letter.LetterHead;

/** Reads the header fields that count into a head; a field that cannot be read is absent. */
final class HeadReader {

  /** One for each thread: it is not made for several, and dear to make. */
  private static final ThreadLocal<MailDateFormat> DATES =
      ThreadLocal.withInitial(MailDateFormat::new);

  private static final Pattern MESSAGE_ID =
      Pattern.compile("<[\\x21-\\x3b\\x3d\\x3f-\\x7e]{1,900}>");

  private static final int LONGEST = 20_000;
  private static final int MOST = 200;

  private HeadReader() {}

  static LetterHead read(List<HeaderField> headers, Address signer) {
    return new LetterHead(
        signer,
        nameOf(headers, signer),
        addresses(headers, "To"),
        addresses(headers, "Cc"),
        subject(headers).map(Confidential::of),
        HeaderBlock.only(headers, "Date").flatMap(HeadReader::instant),
        HeaderBlock.only(headers, "Message-ID").flatMap(HeadReader::oneId),
        HeaderBlock.only(headers, "In-Reply-To").flatMap(HeadReader::oneId),
        ids(HeaderBlock.only(headers, "References").orElse("")));
  }

  static Optional<String> subject(List<HeaderField> headers) {
    return HeaderBlock.first(headers, "Subject")
        .map(HeadReader::bounded)
        .map(EncodedWords::decode)
        .filter(s -> !s.isBlank());
  }

  private static Optional<Confidential<String>> nameOf(List<HeaderField> headers, Address signer) {
    return mailboxes(headers, "From").stream()
        .filter(m -> Address.parse(nullToEmpty(m.getAddress())).equals(Optional.of(signer)))
        .map(m -> Controls.removeFromLine(nullToEmpty(m.getPersonal())))
        .filter(name -> !name.isBlank())
        .findFirst()
        .map(Confidential::of);
  }

  private static List<Address> addresses(List<HeaderField> headers, String field) {
    return mailboxes(headers, field).stream()
        .flatMap(m -> Address.parse(nullToEmpty(m.getAddress())).stream())
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static String nullToEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<InternetAddress> mailboxes(List<HeaderField> headers, String field) {
    return headers.stream()
        .filter(h -> h.isNamed(field) && h.value().length() <= LONGEST)
        .flatMap(h -> mailboxes(h.value()).stream())
        .toList();
  }

  /** None of a field that cannot be read: the address the mail came to is known anyway. */
  private static List<InternetAddress> mailboxes(String value) {
    try {
      return List.of(InternetAddress.parseHeader(value, false));
    } catch (AddressException e) {
      return List.of();
    }
  }

  private static Optional<Instant> instant(String value) {
    if (value.length() > 200) {
      return Optional.empty();
    }
    Date date = DATES.get().parse(value, new ParsePosition(0));
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  static Optional<String> oneId(String value) {
    List<String> found = ids(value);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static List<String> ids(String value) {
    List<String> found = new ArrayList<>();
    Matcher id = MESSAGE_ID.matcher(bounded(value));
    while (id.find() && found.size() < MOST) {
      found.add(id.group());
    }
    return found;
  }

  private static String bounded(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }
}
