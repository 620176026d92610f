package nl.wotpoort.store;

import nl.wotpoort.letter.CaseNumber;

/** A referral changed since it was read. Nothing was written; look again. */
public final class CaseMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseMoved(CaseNumber number) {
    super("case " + number + " changed meanwhile");
  }
}
