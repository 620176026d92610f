package nl.wotpoort.mime;

/**
 * Control and invisible characters, which may hide or break text: taken out where text enters this
 * room or is put in a header.
 */
final class Controls {

  private Controls() {}

  /** For one line: line breaks and tabs become spaces, other control characters go. */
  static String removeFromLine(String line) {
    StringBuilder kept = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\r' || c == '\t') {
                kept.append(' ');
              } else if (isVisible(c)) {
                kept.appendCodePoint(c);
              }
            });
    return kept.toString().strip();
  }

  /** For a text: line ends become line feeds, tabs stay, other control characters go. */
  static String removeFromText(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        boolean pair = i + 1 < text.length() && text.charAt(i + 1) == '\n';
        kept.append(pair ? "" : "\n");
      } else if (c == '\n' || c == '\t' || isVisible(c)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static boolean isVisible(int c) {
    boolean control = Character.isISOControl(c);
    // zero-width characters, soft hyphen, and the marks that turn the direction of reading
    boolean invisible =
        c == 0xad
            || (c >= 0x200b && c <= 0x200f)
            || (c >= 0x202a && c <= 0x202e)
            || (c >= 0x2060 && c <= 0x2069)
            || c == 0xfeff;
    return !control && !invisible;
  }
}
