package nl.wotpoort.mime;

import nl.wotpoort.letter.Letter;

/**
 * The message cannot be read further. {@code detail} names the part of the form that broke, never
 * content. Never leaves this room: {@link LetterReader} turns it into {@link Letter.Unrecognised}.
 */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  private final Letter.Unrecognised.Why why;
  private final String detail;

  Unreadable(Letter.Unrecognised.Why why, String detail) {
    // no stack trace: a hostile mail must not buy more work than an honest one
    super(detail, null, false, false);
    this.why = why;
    this.detail = detail;
  }

  static Unreadable message(String detail) {
    return new Unreadable(Letter.Unrecognised.Why.MALFORMED_MESSAGE, detail);
  }

  Letter.Unrecognised letter() {
    return new Letter.Unrecognised(why, detail);
  }
}
