package nl.wotpoort.smime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a Content-Type or Content-Disposition field (RFC 2045 §5.1, RFC 2183), type and
 * parameter names in lower case, pieces of a parameter (RFC 2231) joined. A parameter given twice,
 * or whole and in pieces, is a fault: readers differ in which one they believe.
 *
 * <p>Values that should have been quoted and are not ({@code protocol=application/pkcs7-signature},
 * {@code boundary=----=_Part_1}) are read up to the next blank or semicolon, as all readers do.
 */
record ContentType(String type, Map<String, String> parameters) {

  static final ContentType TEXT = new ContentType("text/plain", Map.of());

  static ContentType read(String value) throws Fault {
    return new Reader(value).read(true);
  }

  /** The value of a Content-Disposition field: one word where a type has two. */
  static ContentType disposition(String value) throws Fault {
    return new Reader(value).read(false);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The parameter in lower case; empty string when absent. */
  String lower(String name) {
    return parameters.getOrDefault(name, "").toLowerCase(Locale.ROOT);
  }

  boolean isMultipart() {
    return type.startsWith("multipart/");
  }

  boolean isSignedMultipart() {
    return type.equals("multipart/signed");
  }

  boolean isPkcs7Mime() {
    return type.equals("application/pkcs7-mime") || type.equals("application/x-pkcs7-mime");
  }

  /** A whole mail as a part (RFC 2046 §5.2.1, RFC 6532 §3.7). */
  boolean isMessage() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }

  /** Says nothing: then the file name counts (RFC 8551 §3.2.1). */
  boolean isUntyped() {
    return type.equals("application/octet-stream");
  }

  boolean isPkcs7Signature() {
    return type.equals("application/pkcs7-signature")
        || type.equals("application/x-pkcs7-signature");
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    ContentType read(boolean hasSubtype) throws Fault {
      skip();
      String type = hasSubtype ? token() + expectSlash() + token() : token();
      Map<String, String> parameters = new LinkedHashMap<>();
      skip();
      while (at < text.length()) {
        if (text.charAt(at) != ';') {
          throw Fault.malformed("Content-Type not readable");
        }
        at++;
        skip();
        if (at < text.length() && text.charAt(at) != ';') {
          parameter(parameters);
        }
      }
      return new ContentType(type.toLowerCase(Locale.ROOT), ParameterPieces.joined(parameters));
    }

    private void parameter(Map<String, String> parameters) throws Fault {
      String name = token().toLowerCase(Locale.ROOT);
      skip();
      if (at >= text.length() || text.charAt(at) != '=') {
        throw Fault.malformed("Content-Type parameter without value");
      }
      at++;
      skip();
      String value = at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
      if (parameters.put(name, value) != null) {
        throw Fault.malformed("Content-Type parameter " + shown(name) + " more than once");
      }
      skip();
    }

    /** Only names we know ourselves go into a detail. */
    private static String shown(String name) {
      return name.equals("boundary") || name.equals("protocol") ? name : "(other)";
    }

    private String expectSlash() throws Fault {
      if (at >= text.length() || text.charAt(at) != '/') {
        throw Fault.malformed("Content-Type not readable");
      }
      at++;
      return "/";
    }

    private String token() throws Fault {
      int begin = at;
      while (at < text.length() && isToken(text.charAt(at))) {
        at++;
      }
      if (at == begin) {
        throw Fault.malformed("Content-Type not readable");
      }
      return text.substring(begin, at);
    }

    private static boolean isToken(char c) {
      return c > ' ' && c < 0x7f && "()<>@,;:\\\"[]/?=".indexOf(c) < 0;
    }

    /** A value without quotes; empty is known to happen ({@code charset=;}) and harmless. */
    private String bare() {
      int begin = at;
      while (at < text.length() && isBare(text.charAt(at))) {
        at++;
      }
      return text.substring(begin, at);
    }

    private static boolean isBare(char c) {
      return c > ' ' && c < 0x7f && "(),;\\\"<>".indexOf(c) < 0;
    }

    private String quoted() throws Fault {
      StringBuilder value = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\') {
          at++;
        }
        if (at < text.length()) {
          value.append(text.charAt(at++));
        }
      }
      if (at >= text.length()) {
        throw Fault.malformed("Content-Type with an open quote");
      }
      at++;
      return value.toString();
    }

    /** Steps over blanks and comments. */
    private void skip() throws Fault {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '(') {
          comment();
        } else if (c == ' ' || c == '\t') {
          at++;
        } else {
          return;
        }
      }
    }

    private void comment() throws Fault {
      int depth = 0;
      do {
        char c = text.charAt(at);
        if (c == '\\') {
          at++;
        } else if (c == '(') {
          depth++;
        } else if (c == ')') {
          depth--;
        }
        at++;
      } while (depth > 0 && at < text.length());
      if (depth > 0) {
        throw Fault.malformed("Content-Type with an open comment");
      }
    }
  }
}
