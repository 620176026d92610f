package nl.wotpoort.texts;

import java.util.Locale;

/** The languages the product speaks. Dutch is the default everywhere. */
public enum Language {
  NL(Locale.ROOT),
  EN(Locale.ENGLISH);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  Locale locale() {
    return locale;
  }
}
