package nl.wotpoort.route.imap;

import java.util.Collection;
import java.util.List;

/** UIDs as IMAP writes a set of them (RFC 3501 §9, sequence-set). */
final class Uids {

  private Uids() {}

  /** {@code 5:8,11}: only numbers that are in it, so nobody else's mail is ever meant. */
  static String set(Collection<Long> uids) {
    List<Long> sorted = uids.stream().sorted().distinct().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sorted.size(); ) {
      int end = i;
      while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
        end++;
      }
      text.append(text.isEmpty() ? "" : ",").append(sorted.get(i));
      if (end > i) {
        text.append(':').append(sorted.get(end));
      }
      i = end + 1;
    }
    return text.toString();
  }
}
