package nl.wotpoort.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Confidential;

/**
 * How a consent was obtained and where that is written down (agreement S3). All of it is encrypted
 * on the disk.
 *
 * @param method how it was given: spoken, in writing, by mail
 * @param obtainedBy who asked
 * @param place the dossier and the place in it
 * @param told what the client was told
 * @param obtainedOn the day it was given, when that is not the day it was recorded
 * @param where where it was given: at the practice, at home, by phone
 * @param evidence what proves it: a signed form, a recording, and where that is kept
 * @param givers who gave it and by what authority; empty in records of before this was asked
 */
public record Documentation(
    Confidential<String> method,
    Confidential<String> obtainedBy,
    Confidential<String> place,
    Confidential<String> told,
    Optional<LocalDate> obtainedOn,
    Optional<Confidential<String>> where,
    Optional<Confidential<String>> evidence,
    List<Giver> givers) {

  public Documentation {
    givers = List.copyOf(givers);
  }

  public static Documentation of(String method, String obtainedBy, String place, String told) {
    return new Documentation(
        Confidential.of(method),
        Confidential.of(obtainedBy),
        Confidential.of(place),
        Confidential.of(told),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The same, with when and where it was given. */
  public Documentation given(Optional<LocalDate> on, Optional<String> at) {
    return new Documentation(
        method, obtainedBy, place, told, on, at.map(Confidential::of), evidence, givers);
  }

  /** The same, with what proves it. */
  public Documentation provedBy(Optional<String> proof) {
    return new Documentation(
        method, obtainedBy, place, told, obtainedOn, where, proof.map(Confidential::of), givers);
  }

  /** The same, with who gave it. */
  public Documentation by(List<Giver> some) {
    return new Documentation(method, obtainedBy, place, told, obtainedOn, where, evidence, some);
  }
}
