package nl.wotpoort.store;

/**
 * Where a mail came in, so that the same one is known again: {@code key} is unique within {@code
 * source}. Names an account or listener, never a person.
 */
public record Origin(String source, String key) {

  /** A mail in an IMAP folder (RFC 3501 §2.3.1.1): UIDVALIDITY and UID together never come back. */
  public static Origin imap(String account, long uidValidity, long uid) {
    return new Origin(account, uidValidity + "/" + uid);
  }

  /** One recipient (counted from 0) of one SMTP or LMTP transaction. */
  public static Origin smtp(String listener, String transaction, int recipient) {
    return new Origin(listener, transaction + "/" + recipient);
  }
}
