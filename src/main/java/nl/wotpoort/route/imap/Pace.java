package nl.wotpoort.route.imap;

import java.time.Duration;

/**
 * How patient a fetcher is.
 *
 * @param connect how long a connection may take to come about
 * @param answer how long the server may be silent in the middle of an answer
 * @param firstRetry after a fault; each further one waits twice as long, up to {@code lastRetry}
 * @param elsewhere how soon it is asked again whether another node still has the mailbox
 * @param place how long is waited for room for a large mail before others have their turn
 * @param relist how often the whole folder is looked through, for what no signal tells of
 * @param refusals after how many refusals to hand over one mail it is set aside
 * @param cuts the same, when the connection was lost each time it was asked for
 * @param batchMails how many mails are fetched and stored at once, at most
 * @param batchBytes the same in bytes, as the server counts them; one mail always
 */
record Pace(
    Duration connect,
    Duration answer,
    Duration firstRetry,
    Duration lastRetry,
    Duration elsewhere,
    Duration place,
    Duration relist,
    int refusals,
    int cuts,
    int batchMails,
    long batchBytes) {

  static Pace usual() {
    return new Pace(
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofMillis(500),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        3,
        10,
        100,
        4L << 20);
  }
}
