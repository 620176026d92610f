package nl.wotpoort.smime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * RFC 2231: parameters in pieces ({@code name*0=…; name*1=…}) and with a charset ({@code
 * name*=UTF-8''…}) under their plain names. Only names and types are read from them here, in ASCII,
 * so the charset is not looked at.
 */
final class ParameterPieces {

  private static final int MOST = 20;

  private ParameterPieces() {}

  static Map<String, String> joined(Map<String, String> raw) throws Fault {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, String> pieced = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : raw.entrySet()) {
      String name = parameter.getKey();
      int star = name.indexOf('*');
      if (star < 0) {
        plain.put(name, parameter.getValue());
      } else if (star > 0) {
        pieced.putIfAbsent(name.substring(0, star), joined(name.substring(0, star), raw));
      }
    }
    for (Map.Entry<String, String> whole : pieced.entrySet()) {
      String other = plain.putIfAbsent(whole.getKey(), whole.getValue());
      // a file name is given both ways for old readers; what steers the reading may not be
      boolean harmless = whole.getKey().equals("name") || whole.getKey().equals("filename");
      if (other != null && !harmless) {
        throw Fault.malformed("a parameter whole and in pieces");
      }
    }
    return Map.copyOf(plain);
  }

  private static String joined(String name, Map<String, String> raw) {
    String single = raw.get(name + "*");
    if (single != null) {
      return decoded(single, true);
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < MOST; i++) {
      String piece = raw.get(name + "*" + i);
      String encoded = raw.get(name + "*" + i + "*");
      if (piece != null) {
        all.append(piece);
      } else if (encoded != null) {
        all.append(decoded(encoded, i == 0));
      } else {
        break;
      }
    }
    return all.toString();
  }

  private static String decoded(String value, boolean hasCharset) {
    String text = value;
    if (hasCharset) {
      // all of it when there are no two: what is not found is -1
      text = value.substring(value.indexOf('\'', value.indexOf('\'') + 1) + 1);
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
