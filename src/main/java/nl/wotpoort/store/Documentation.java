package nl.wotpoort.store;

import nl.wotpoort.letter.Confidential;

/**
 * How a consent was obtained and where that is written down (agreement S3). All of it is encrypted
 * on the disk.
 *
 * @param method how it was given: spoken, in writing, by mail
 * @param obtainedBy who asked
 * @param place the dossier and the place in it
 * @param told what the client was told
 */
public record Documentation(
    Confidential<String> method,
    Confidential<String> obtainedBy,
    Confidential<String> place,
    Confidential<String> told) {

  public static Documentation of(String method, String obtainedBy, String place, String told) {
    return new Documentation(
        Confidential.of(method),
        Confidential.of(obtainedBy),
        Confidential.of(place),
        Confidential.of(told));
  }
}
