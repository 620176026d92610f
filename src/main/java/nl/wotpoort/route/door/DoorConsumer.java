package nl.wotpoort.route.door;

import java.util.List;
import nl.wotpoort.store.Arrival;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** The beginning of an intake's route, whichever way mail comes in. */
public abstract class DoorConsumer extends DefaultConsumer {

  protected DoorConsumer(Endpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  /**
   * Gives mails to the route as a {@link Batch}; when this returns they are on the disk. Safe for
   * several threads.
   *
   * @throws nl.wotpoort.store.StoreException when they are not
   */
  protected final void store(List<Arrival> arrivals) {
    Batch batch = new Batch(arrivals);
    Exchange exchange = createExchange(false);
    exchange.getIn().setBody(batch);
    try {
      getProcessor().process(exchange);
    } catch (Exception e) { // what Camel's API declares
      exchange.setException(e);
    }
    batch.requireTaken(exchange.getException());
    releaseExchange(exchange, false);
  }
}
