package nl.wotpoort.route;

import nl.wotpoort.route.door.Batch;
import nl.wotpoort.store.Store;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * The first step of routes/10-intake: what came in is stored and synced before this returns, and
 * throws when it was not; then it stays where it is. From here on the exchange holds nothing of the
 * mail: the rest of the route only wakes the desk. Opens nothing and judges nothing.
 */
public final class Intake implements Processor {

  private final Store store;

  public Intake(Store store) {
    this.store = store;
  }

  @Override
  public void process(Exchange exchange) {
    if (!(exchange.getIn().getBody() instanceof Batch batch)) {
      throw new AssertionError("the intake's route does not begin at an intake");
    }
    exchange.setIn(new DefaultMessage(exchange.getContext()));
    batch.take(store);
  }
}
