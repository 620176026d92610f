package nl.wotpoort.rules.request;

import java.util.EnumSet;
import java.util.Set;

/**
 * How far an information request is (agreement S1–S3); docs/requests.md is the same table for
 * people. Every change is made by a new evaluation or by something that happened outside, never by
 * a flag.
 */
public enum RequestState {
  /** The message is ours and not judged yet; its request has no row of its own. */
  RECEIVED,
  /** Given back with what it lacks. The end. */
  REFUSED,
  /** No consent reaches all of it now; it waits for one until it lapses. */
  HELD,
  /** It may go, and waits for the next hop; stopped there, it is held again. */
  PERMITTED,
  /** The one who is asked has it, with the consent it rests on. */
  FORWARDED,
  /** An answer within what was asked went back. */
  ANSWERED,
  /** What it rested on is gone, or it was taken back. An answer is judged anew all the same. */
  WITHDRAWN,
  /** It lapsed: nobody recorded a consent in time, or it could not be delivered. */
  EXPIRED;

  /** The states it may go to from here; every other change is refused by the store. */
  public Set<RequestState> next() {
    return switch (this) {
      case RECEIVED -> EnumSet.of(REFUSED, HELD, PERMITTED);
      case HELD -> EnumSet.of(HELD, REFUSED, PERMITTED, WITHDRAWN, EXPIRED);
      case PERMITTED -> EnumSet.of(FORWARDED, HELD, WITHDRAWN, EXPIRED);
      case FORWARDED -> EnumSet.of(ANSWERED, WITHDRAWN, EXPIRED);
      case ANSWERED, WITHDRAWN -> EnumSet.of(ANSWERED);
      case REFUSED, EXPIRED -> EnumSet.noneOf(RequestState.class);
    };
  }

  public boolean mayBecome(RequestState other) {
    return next().contains(other);
  }

  /** Whether the one who is asked may have it: an answer can belong to it. */
  public boolean isOut() {
    return this == PERMITTED || this == FORWARDED || this == ANSWERED || this == WITHDRAWN;
  }
}
