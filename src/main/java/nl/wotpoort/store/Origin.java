package nl.wotpoort.store;

import nl.wotpoort.letter.Bytes;

/**
 * Where a mail came in, so that the same one is known again: {@code key} is unique within {@code
 * source}. Names an account or listener, never a person.
 */
public record Origin(String source, String key) {

  private static final int DIGITS = 16;

  /**
   * A mail in an IMAP folder: UIDVALIDITY and UID together never come back (RFC 3501 §2.3.1.1), as
   * long as the account means the same folder on the same server. The digest of its bytes keeps
   * apart what may not be taken for the same when somebody changed that.
   */
  public static Origin imap(String account, long uidValidity, long uid, Bytes raw) {
    return new Origin(
        account, uidValidity + "/" + uid + "/" + Clerk.sha256(raw).substring(0, DIGITS));
  }

  /** A mail of which only the place in an IMAP folder is known. */
  public static Origin imap(String account, long uidValidity, long uid) {
    return new Origin(account, uidValidity + "/" + uid);
  }

  /** One recipient (counted from 0) of one SMTP or LMTP transaction. */
  public static Origin smtp(String listener, String transaction, int recipient) {
    return new Origin(listener, transaction + "/" + recipient);
  }
}
