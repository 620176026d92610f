package nl.wotpoort.store;

/**
 * Where a received message stands. docs/queue.md has the allowed transitions and what a crash
 * leaves in each; a test watches that no other ever happens.
 */
public enum MessageState {
  RECEIVED,
  WORKING,
  HELD,
  DONE
}
