package nl.wotpoort.store;

/** Somebody else activated a version meanwhile; nothing was written. */
public final class RoutesMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int active;

  RoutesMoved(int active) {
    super("version " + active + " of the routes is in force by now");
    this.active = active;
  }

  /** The version in force now. */
  public int active() {
    return active;
  }
}
