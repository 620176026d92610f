package nl.wotpoort.smime;

import java.io.Serial;

/**
 * Ends the opening of one envelope with a finding. Checked, so that no step can forget it; without
 * a stack trace, because hostile mail would pay us in time. The message holds no personal data.
 */
final class Fault extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private final Finding finding;

  Fault(Finding finding, String detail) {
    super(detail, null, false, false);
    this.finding = finding;
  }

  static Fault malformed(String detail) {
    return new Fault(Finding.MALFORMED, detail);
  }

  static Fault tooLarge(String detail) {
    return new Fault(Finding.TOO_LARGE, detail);
  }

  static Fault weak(String detail) {
    return new Fault(Finding.WEAK_ALGORITHM, detail);
  }

  /** One text for every cause: the difference between them is what an oracle lives on. */
  static Fault undecryptable() {
    return new Fault(Finding.UNDECRYPTABLE, "no key of this mailbox opens the content");
  }

  Finding finding() {
    return finding;
  }

  String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
