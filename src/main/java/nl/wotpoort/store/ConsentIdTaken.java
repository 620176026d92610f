package nl.wotpoort.store;

/** A consent with this id is in the register. Nothing was written; draw another id. */
public final class ConsentIdTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConsentIdTaken(String id) {
    super("consent " + id + " exists");
  }
}
