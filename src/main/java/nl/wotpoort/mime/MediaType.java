package nl.wotpoort.mime;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type or Content-Disposition (RFC 2045 §5.1, RFC 2183): its word in lower case, such as
 * {@code text/plain} or {@code attachment}, and its parameters with RFC 2231 undone.
 */
final class MediaType {

  private static final Pattern TYPE =
      Pattern.compile("\\s*([A-Za-z0-9!#$&^_.+-]{1,80}/[A-Za-z0-9!#$&^_.+-]{1,80})\\s*(?:;|$)");
  private static final Pattern WORD = Pattern.compile("\\s*([A-Za-z0-9-]{1,40})\\s*(?:;|$)");

  /** Longer ones are hostile; Jakarta Mail takes quadratic time over some of them. */
  private static final int LONGEST = 10_000;

  private final String name;
  private final @Nullable ParameterList parameters;
  private final String raw;

  private MediaType(String name, @Nullable ParameterList parameters, String raw) {
    this.name = name;
    this.parameters = parameters;
    this.raw = raw;
  }

  static MediaType plainText() {
    return new MediaType("text/plain", null, "");
  }

  static MediaType message() {
    return new MediaType("message/rfc822", null, "");
  }

  static MediaType ofContentType(String value) throws Unreadable {
    String bounded = bounded(value, "content-type");
    try {
      ContentType type = new ContentType(bounded);
      return new MediaType(
          type.getBaseType().toLowerCase(Locale.ROOT), type.getParameterList(), bounded);
    } catch (ParseException e) {
      Matcher type = TYPE.matcher(bounded);
      if (!type.lookingAt()) {
        throw Unreadable.message("content-type");
      }
      return new MediaType(type.group(1).toLowerCase(Locale.ROOT), null, bounded);
    }
  }

  static MediaType ofDisposition(String value) throws Unreadable {
    String bounded = bounded(value, "content-disposition");
    try {
      ContentDisposition disposition = new ContentDisposition(bounded);
      String word = disposition.getDisposition();
      return new MediaType(
          word == null ? "attachment" : word.toLowerCase(Locale.ROOT),
          disposition.getParameterList(),
          bounded);
    } catch (ParseException e) {
      Matcher word = WORD.matcher(bounded);
      // RFC 2183 §2.8: an unknown disposition is an attachment
      String name = word.lookingAt() ? word.group(1).toLowerCase(Locale.ROOT) : "attachment";
      return new MediaType(name, null, bounded);
    }
  }

  private static String bounded(String value, String field) throws Unreadable {
    if (value.length() > LONGEST) {
      throw Unreadable.message(field);
    }
    return value;
  }

  String name() {
    return name;
  }

  boolean is(String other) {
    return name.equals(other);
  }

  boolean isMultipart() {
    return name.startsWith("multipart/");
  }

  boolean isText() {
    return is("text/plain") || is("text/html");
  }

  Optional<String> parameter(String wanted) {
    if (parameters != null) {
      return Optional.ofNullable(parameters.get(wanted));
    }
    // Parameters that break the grammar are common (an unquoted name with spaces): take what is
    // plainly there.
    Matcher found =
        Pattern.compile(
                ";\\s*" + Pattern.quote(wanted) + "\\s*=\\s*(?:\"([^\"]*)\"|([^;]*))",
                Pattern.CASE_INSENSITIVE)
            .matcher(raw);
    if (!found.find()) {
      return Optional.empty();
    }
    return Optional.of(found.group(1) != null ? found.group(1) : found.group(2).strip());
  }
}
