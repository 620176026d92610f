package nl.wotpoort.store;

/**
 * A keyed stand-in for something about a person: HMAC-SHA-256 under the store key, first 128 bits,
 * hex. Equal things have equal pseudonyms within one store; nothing can be read back from one.
 */
public record Pseudonym(Kind kind, String value) {

  /** What the pseudonym stands for, the strongest mark of a client first. */
  public enum Kind {
    BSN,
    NAME_INITIALS_BORN,
    NAME_BORN,
    BORN_ADDRESS,
    /** Both at once: the witness that a BSN is not a slip of the finger from somebody else's. */
    BSN_BORN,
    MAIL_ADDRESS,
    MESSAGE_ID
  }

  @Override
  public String toString() {
    return kind + ":" + value;
  }
}
