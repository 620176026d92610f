package nl.wotpoort.cli;

/** The exit codes of every command, for scripts. */
final class Exit {

  static final int FINE = 0;

  /** The answer is no, or problems were found. */
  static final int NO = 1;

  /** Wrong usage, or input that cannot be read; a configuration at fault is input too. */
  static final int USAGE = 2;

  /** What is around us is not there: mail server, disk, store (sysexits.h EX_UNAVAILABLE). */
  static final int UNAVAILABLE = 69;

  /** Our own bug (sysexits.h EX_SOFTWARE). */
  static final int BUG = 70;

  private Exit() {}
}
