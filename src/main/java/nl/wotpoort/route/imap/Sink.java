package nl.wotpoort.route.imap;

import java.util.List;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Origin;

/** Where fetched mails go. */
interface Sink {

  /** A mail as the server holds it. */
  record Fetched(Origin origin, Bytes raw) {}

  /**
   * Stores all or none; when it returns they are on the disk and may be moved.
   *
   * @throws nl.wotpoort.store.StoreException when they are not
   */
  void take(List<Fetched> mails);

  /** Writes down that a mail stays on the server, before it is put aside there. */
  void setAside(Origin origin, String event);
}
