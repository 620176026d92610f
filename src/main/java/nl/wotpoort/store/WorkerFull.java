package nl.wotpoort.store;

/**
 * Between the choice of a worker and the posting others gave this worker so many cases that there
 * is no room left. Nothing was written: the decision must be taken anew, with the load as it is
 * now.
 */
public final class WorkerFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkerFull(String worker) {
    super("worker " + worker + " has no room left");
  }
}
