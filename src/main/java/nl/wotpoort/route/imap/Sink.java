package nl.wotpoort.route.imap;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Origin;

/** Where fetched mails go. */
interface Sink {

  /** A mail as the server holds it. */
  record Fetched(Origin origin, Bytes raw) {}

  /** Room for a mail while it is fetched and stored; given back when it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Room for a mail that is about to be fetched. For a large one it is waited for so long; empty
   * when there was none, and the mail stays on the server for now.
   *
   * @param bytes as the server counts them
   */
  Optional<Place> place(int bytes, Duration patience);

  /**
   * Stores all or none; when it returns they are on the disk and may be moved.
   *
   * @throws nl.wotpoort.store.StoreException when they are not
   */
  void take(List<Fetched> mails);

  /** Writes down that a mail stays on the server, before it is put aside there. */
  void setAside(Origin origin, String event);
}
