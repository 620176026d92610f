package nl.wotpoort.store;

/**
 * Why a message waits for a person. The detail code beside it says more; this is what one filters
 * by.
 */
public enum HoldCause {
  /** Attempts used up: it threw, or took the process with it. */
  POISON,
  /** Attempts used up: each time it took longer than one message may. */
  TIME,
  /** Carries our own mark, or has been through too many hops. */
  LOOP,
  /** Unsigned, unencrypted, altered, untrusted or mismatched. */
  NOT_VERIFIED,
  /** Verified, but no letter could be read from it, or an unknown value stands where it counts. */
  NOT_READABLE,
  /** Unknown mailbox, postcode or worker: never guessed. */
  NOT_ROUTABLE,
  /** The policy leaves it to a person. */
  NOT_DECIDED,
  /** The same Message-ID as an earlier message of this signer, with other content. */
  CONFLICTING_COPY,
  /** No certificate to seal for a recipient. */
  NOT_SEALABLE,
  /** A fault of ours or of the surroundings. */
  FAULT,
  /** A person put it aside. */
  BY_HAND
}
