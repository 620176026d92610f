package nl.wotpoort.store;

/**
 * The claim is no longer yours: its lease ran out and another took over, or it was settled already.
 * Nothing was written; drop the work.
 */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost(Object ref) {
    super("the claim on " + ref + " is no longer ours");
  }
}
