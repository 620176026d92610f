package nl.wotpoort.route.imap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import nl.wotpoort.desk.LargeMail;
import nl.wotpoort.route.door.DoorConsumer;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Origin;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Gives fetched mails to the route, whose first step stores them. */
final class ImapConsumer extends DoorConsumer implements Sink {

  /** What a batch under way may take at a stop; Camel waits five seconds for all. */
  private static final Duration STOP = Duration.ofSeconds(4);

  private final ImapComponent imap;
  private final ImapAccount account;
  private @Nullable Fetcher fetcher;
  private @Nullable ExecutorService thread;

  ImapConsumer(
      ImapEndpoint endpoint, Processor processor, ImapComponent imap, ImapAccount account) {
    super(endpoint, processor);
    this.imap = imap;
    this.account = account;
  }

  @Override
  protected void doStart() throws Exception { // as Camel's own declares
    super.doStart();
    Fetcher started =
        new Fetcher(
            account,
            this,
            imap.duty(account),
            imap.watch(account),
            imap.clock(),
            Pace.usual(),
            new Properties());
    ExecutorService executor =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "intake-" + account.name());
    executor.execute(started);
    fetcher = started;
    thread = executor;
  }

  @Override
  protected void doStop() throws Exception { // as Camel's own declares
    if (fetcher != null) {
      fetcher.stop(STOP);
      fetcher = null;
    }
    if (thread != null) {
      getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(thread);
      thread = null;
    }
    super.doStop();
  }

  @Override
  public Optional<Place> place(int bytes, Duration patience) {
    LargeMail heap = LargeMail.heap();
    return heap.enterWithin(patience, bytes)
        ? Optional.of(() -> heap.leave(bytes))
        : Optional.empty();
  }

  @Override
  public void take(List<Fetched> mails) {
    List<Arrival> arrivals = new ArrayList<>();
    mails.forEach(
        mail ->
            arrivals.addAll(imap.door().fromFolder(account.mailbox(), mail.origin(), mail.raw())));
    store(arrivals);
  }

  @Override
  public void setAside(Origin origin, String event) {
    imap.door().setAside(origin, event);
  }
}
