package nl.wotpoort.route.status;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.OutgoingLetter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line in the technical log for each event in the journal, with what ties the lines of one
 * message together. Numbers and codes only: who, about whom and why is in the journal, which is
 * encrypted. Thread-safe.
 */
public final class EventLog implements Onlooker {

  /** A name of its own, so that events can be logged while all else is quiet. */
  private static final Logger LOG = LoggerFactory.getLogger("wotpoort.events");

  @Override
  public void journalled(JournalEntry entry) {
    LOG.info(
        "{} message={} object={} outcome={} source={}",
        entry.event(),
        entry.correlation(),
        entry.object(),
        entry.outcome(),
        entry.source());
  }

  @Override
  public void held(HoldCause cause) {
    // the journal has a line about it, and so has the log
  }

  @Override
  public void sent(OutgoingLetter.Kind kind, Instant at, Optional<Instant> answered) {
    // the same
  }
}
