package nl.wotpoort.route.door;

/** Is told how an intake is doing. Thread-safe. */
public interface Watch {

  /** A look at the server, or a mail taken, went well. */
  void worked();

  /** Another node has the mailbox: there is nothing for this one to do. */
  void elsewhere();

  /** It did not; the cause of the cause says most. */
  void failed(Throwable fault);
}
