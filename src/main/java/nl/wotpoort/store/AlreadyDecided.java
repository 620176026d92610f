package nl.wotpoort.store;

/**
 * Another copy of this message was decided between the duplicate check and the posting. Nothing was
 * written; ask {@link Duplicates#of} again and post it as a duplicate.
 */
public final class AlreadyDecided extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AlreadyDecided(MessageRef ref) {
    super(ref + " is a copy of a message that was just decided");
  }
}
