package nl.wotpoort.store;

import java.util.Optional;

/**
 * What {@link Journal#verify} found.
 *
 * @param lines how many lines were sound, from the first
 * @param head the hash at the end of those; note it outside the store now and then: whoever can cut
 *     the end off a journal cannot change that note
 * @param brokenAt the first line that is not what was written, or is not there
 */
public record ChainCheck(long lines, String head, Optional<Long> brokenAt) {

  public boolean isSound() {
    return brokenAt.isEmpty();
  }
}
