package nl.wotpoort.smime;

/**
 * A certificate that is in use, so that a change can be told.
 *
 * @param kind what it is used for; never {@link Deadline.Kind#CRL}
 * @param whose the mailbox, the reader or the group of partners it is used for
 * @param sha256 over the certificate, in hexadecimal digits
 */
public record CertificateInUse(Deadline.Kind kind, String whose, String sha256) {

  /** As the journal names it: {@code KEY oost@wotschiedam.nl 1a2b…}. */
  @Override
  public String toString() {
    return kind + " " + whose + " " + sha256;
  }
}
