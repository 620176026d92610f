package nl.wotpoort.route.door;

import java.util.List;
import nl.wotpoort.store.Acceptance;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Mails that came in together and go into the store in one commit, all or none: the body of an
 * exchange at the head of an intake's route. Whoever made it moves the mails, or says 250, only
 * when {@link #isTaken}: a route that forgets the step which stores them loses nothing. For one
 * thread.
 */
public final class Batch {

  private final List<Arrival> arrivals;
  private @Nullable List<Acceptance> acceptances;

  public Batch(List<Arrival> arrivals) {
    this.arrivals = List.copyOf(arrivals);
  }

  /**
   * Stores them. When this returns they are on the disk.
   *
   * <p>What if the process dies? Before the commit: the mails are still where they came from. After
   * it: they come again, and the store knows those from a folder by their origin, and those over
   * SMTP by signer, content and recipient.
   *
   * @throws nl.wotpoort.store.StoreException when nothing was stored
   */
  public void take(Store store) {
    acceptances = store.queue().received(arrivals);
  }

  public boolean isTaken() {
    return acceptances != null;
  }

  /**
   * Throws when they were not stored: what the store said, when it said something.
   *
   * @param fault what ended the exchange, if anything did
   */
  public void requireTaken(@Nullable Exception fault) {
    if (isTaken()) {
      return;
    }
    if (fault instanceof StoreException said) {
      throw said;
    }
    throw new IllegalStateException("the intake's route did not store the mail", fault);
  }
}
