package nl.wotpoort.route.smtp;

import java.time.Duration;
import nl.wotpoort.route.door.DoorConsumer;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Gives mails that were delivered to the route, whose first step stores them. */
final class SmtpConsumer extends DoorConsumer {

  /** What a mail under way may take at a stop; Camel waits five seconds for all. */
  private static final Duration STOP = Duration.ofSeconds(4);

  private final SmtpComponent smtp;
  private final SmtpDoor door;
  private @Nullable SmtpListener listener;

  SmtpConsumer(SmtpEndpoint endpoint, Processor processor, SmtpComponent smtp, SmtpDoor door) {
    super(endpoint, processor);
    this.smtp = smtp;
    this.door = door;
  }

  @Override
  protected void doStart() throws Exception { // as Camel's own declares
    super.doStart();
    SmtpListener started =
        new SmtpListener(door, smtp.door(), smtp.health(), this::store, smtp.watch(door));
    started.start();
    smtp.listens(door, started.port());
    listener = started;
  }

  @Override
  protected void doStop() throws Exception { // as Camel's own declares
    if (listener != null) {
      listener.stop(STOP);
      listener = null;
    }
    super.doStop();
  }
}
