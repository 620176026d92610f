package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.rules.routing.Load;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.WorkerLoad;

/** How busy the workers are, as the store counts it: the same for the gateway and the commands. */
public final class StoreLoad implements Load {

  private final WorkerLoad load;

  private StoreLoad(WorkerLoad load) {
    this.load = load;
  }

  /** Read once, now. */
  public static Load of(Store store) {
    return new StoreLoad(store.cases().load());
  }

  @Override
  public int openCases(WorkerId worker) {
    return load.openCases(worker.value());
  }

  @Override
  public Optional<Instant> lastAssigned(WorkerId worker) {
    return load.lastAssigned(worker.value());
  }
}
