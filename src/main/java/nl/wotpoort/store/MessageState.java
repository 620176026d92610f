package nl.wotpoort.store;

/** Where a received message stands; docs/queue.md says what a crash leaves in each. */
public enum MessageState {
  RECEIVED,
  WORKING,
  HELD,
  DONE;

  /** The one list of allowed transitions. */
  public boolean mayBecome(MessageState next) {
    return switch (this) {
      case RECEIVED -> next == WORKING || next == HELD;
      case WORKING -> true;
      case HELD -> next == RECEIVED || next == DONE;
      case DONE -> false;
    };
  }
}
