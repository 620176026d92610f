package nl.wotpoort.store;

/**
 * Where an outgoing letter stands. docs/queue.md has the allowed transitions and what a crash
 * leaves in each; a test watches that no other ever happens.
 */
public enum OutgoingState {
  WAITING,
  QUEUED,
  SENDING,
  SENT,
  FAILED,
  STOPPED,
  REPLACED
}
