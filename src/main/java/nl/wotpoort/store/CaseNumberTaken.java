package nl.wotpoort.store;

import nl.wotpoort.letter.CaseNumber;

/** A case of this number exists. Nothing was written; draw another number. */
public final class CaseNumberTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseNumberTaken(CaseNumber number) {
    super("case " + number + " exists");
  }
}
