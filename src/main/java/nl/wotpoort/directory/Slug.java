package nl.wotpoort.directory;

import java.util.regex.Pattern;

/** The form of the identifications in the directory, so that each can stand in a party's path. */
final class Slug {

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?");

  private Slug() {}

  static boolean isSound(String text) {
    return FORM.matcher(text).matches();
  }

  static void check(String text) {
    if (!isSound(text)) {
      throw new IllegalArgumentException(
          "an id is 1 to 40 letters, digits, dots and hyphens, starting and ending with a letter or digit");
    }
  }
}
