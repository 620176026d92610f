package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468): a label, and between its two lines base64 with white space.
 * Read without a pattern, for a directory has thousands of these files.
 */
record PemBlock(String label, String body) {

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /** Every whole block, in order; what is none is passed over. */
  static List<PemBlock> in(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    List<PemBlock> blocks = new ArrayList<>();
    for (int begin = text.indexOf(BEGIN); begin >= 0; ) {
      int next = begin + 1;
      int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
      if (labelEnd >= 0) {
        String label = text.substring(begin + BEGIN.length(), labelEnd);
        String last = "-----END " + label + DASHES;
        int from = labelEnd + DASHES.length();
        int end = endOfBody(text, from);
        if (isLabel(label) && end > from && text.startsWith(last, end)) {
          blocks.add(new PemBlock(label, text.substring(from, end)));
          next = end + last.length();
        }
      }
      begin = text.indexOf(BEGIN, next);
    }
    return blocks;
  }

  private static int endOfBody(String text, int from) {
    int end = from;
    while (end < text.length() && isOfBody(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfBody(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == ' '
        || (c >= '\t' && c <= '\r');
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label
            .chars()
            .allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ');
  }

  /** Throws IllegalArgumentException when it is no base64. */
  byte[] decoded() {
    return Base64.getMimeDecoder().decode(body);
  }
}
