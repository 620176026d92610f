package nl.wotpoort.smime;

import java.time.Instant;

/**
 * Until when something the gateway seals or opens with can be used. It does not say whose it is:
 * this goes into figures.
 */
public record Deadline(Kind kind, Instant end) {

  /** What ends. */
  public enum Kind {
    /** The newest key of one mailbox of ours. */
    KEY,
    /** The newest certificate of somebody letters are sealed for. */
    READER,
    /** A certificate that others' certificates chain to. */
    AUTHORITY,
    /** A revocation list: its next update. */
    CRL
  }
}
