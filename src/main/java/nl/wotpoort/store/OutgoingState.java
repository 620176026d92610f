package nl.wotpoort.store;

/** Where an outgoing letter stands; docs/queue.md says what a crash leaves in each. */
public enum OutgoingState {
  WAITING,
  QUEUED,
  SENDING,
  SENT,
  FAILED,
  STOPPED,
  REPLACED;

  /**
   * The one list of allowed transitions. A late success is a fact and beats every verdict of ours.
   */
  public boolean mayBecome(OutgoingState next) {
    return switch (this) {
      case WAITING -> next == QUEUED || next == REPLACED;
      case QUEUED -> next == SENDING || next == SENT;
      case SENDING -> next != WAITING && next != REPLACED;
      case FAILED, STOPPED -> next == SENT;
      case SENT, REPLACED -> false;
    };
  }
}
