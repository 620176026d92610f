package nl.wotpoort.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Several texts as one, each with its length in front ({@code 3:abc}), so that they always come
 * apart as they were put together.
 */
final class Fields {

  private Fields() {}

  static String of(String... fields) {
    return of(List.of(fields));
  }

  static String of(List<String> fields) {
    StringBuilder joined = new StringBuilder();
    for (String field : fields) {
      joined.append(field.length()).append(':').append(field);
    }
    return joined.toString();
  }

  /** Throws {@link StoreException.Damaged} for a text this class did not make. */
  static List<String> split(String joined) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at < joined.length()) {
      int colon = joined.indexOf(':', at);
      if (colon < 0 || colon - at > 9 || !isNumber(joined, at, colon)) {
        throw new StoreException.Damaged("a stored value has no fields");
      }
      int end = colon + 1 + Integer.parseInt(joined.substring(at, colon));
      if (end > joined.length()) {
        throw new StoreException.Damaged("a stored value is cut off");
      }
      fields.add(joined.substring(colon + 1, end));
      at = end;
    }
    return fields;
  }

  /** By hand, for a large directory has ten thousands of fields. */
  private static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from;
  }
}
