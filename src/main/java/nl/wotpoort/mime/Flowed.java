package nl.wotpoort.mime;

/** Undoes format=flowed (RFC 3676): lines that end in a space go on in the next. */
final class Flowed {

  private Flowed() {}

  static String unwrap(String text, boolean deleteSpace) {
    StringBuilder whole = new StringBuilder(text.length());
    int openDepth = -1;
    for (String line : text.split("\n", -1)) {
      int depth = depth(line);
      String own = unstuffed(line.substring(depth));
      boolean signature = own.equals("-- ");
      if (openDepth == depth && !signature) {
        whole.append(own);
      } else {
        whole.append(whole.length() == 0 ? "" : "\n").append(quoteMarks(depth)).append(own);
      }
      openDepth = -1;
      if (own.endsWith(" ") && !signature) {
        openDepth = depth;
        if (deleteSpace) {
          whole.setLength(whole.length() - 1);
        }
      }
    }
    return whole.toString();
  }

  private static int depth(String line) {
    int depth = 0;
    while (depth < line.length() && line.charAt(depth) == '>') {
      depth++;
    }
    return depth;
  }

  private static String unstuffed(String line) {
    return line.startsWith(" ") ? line.substring(1) : line;
  }

  private static String quoteMarks(int depth) {
    return depth == 0 ? "" : ">".repeat(depth) + " ";
  }
}
