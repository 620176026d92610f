package nl.wotpoort.directory;

import nl.wotpoort.letter.Address;

/**
 * Where mail is brought inside the organisation, and how it is sealed for the reader. Never an
 * address the gateway itself serves: mail would come round again.
 *
 * @param standing whether the reader there showed that he can read it; files say nothing of it
 */
public record Delivery(Address address, Sealing sealing, Standing standing) {

  /** What is known of an address beside what the files say. */
  public enum Standing {
    CONFIRMED,
    /** New: it was sent a code, and until that comes back no client's mail goes there. */
    AWAITED
  }

  /** Confirmed. */
  public Delivery(Address address, Sealing sealing) {
    this(address, sealing, Standing.CONFIRMED);
  }

  public boolean isConfirmed() {
    return standing == Standing.CONFIRMED;
  }

  Delivery standing(Standing other) {
    return new Delivery(address, sealing, other);
  }
}
