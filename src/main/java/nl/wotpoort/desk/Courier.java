package nl.wotpoort.desk;

import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/** Brings one sealed letter to the next mail server. */
public interface Courier {

  /**
   * Hands {@code letter} to the next hop for one recipient, byte for byte. Returns when the hop has
   * answered or the attempt failed; never throws for what a network or server does.
   *
   * @param sender the envelope sender; empty for the null return path (RFC 5321 §4.5.5), which
   *     every notice and receipt has
   */
  Delivery deliver(Optional<Address> sender, Address recipient, Bytes letter);
}
