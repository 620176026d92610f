package nl.wotpoort.bench;

/**
 * A program that opens and seals mail, measured by {@link PeerLoop}: another library, or ours. Its
 * own imports are the JDK's only, for it is compiled with each of them. One thread.
 */
interface Peer {

  String GP = "a.devries@praktijk-delinde.example";
  String MAILBOX = "oost@wotschiedam.nl";
  String TEAM = "oost@intern.wotschiedam.nl";

  /** The password of the keys in certs-sample/. */
  String PASSWORD = "wotpoort-sample";

  /** What was signed, read only when asked: text and attachment without their transfer encoding. */
  interface Content {

    String text() throws Exception;

    byte[] attachment() throws Exception;
  }

  /**
   * Decrypts and verifies a whole mail to {@link #MAILBOX}.
   *
   * @throws Exception when it is refused, or broken: each library has its own
   */
  Content open(byte[] mail) throws Exception;

  /** Signs as {@link #MAILBOX} and encrypts to {@link #TEAM}; the whole mail. */
  byte[] seal() throws Exception;
}
