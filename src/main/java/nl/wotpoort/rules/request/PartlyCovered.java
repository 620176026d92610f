package nl.wotpoort.rules.request;

/** What happens to a request when consent covers some of its questions and not all. */
public enum PartlyCovered {
  /** It waits as a whole. */
  HOLD,
  /** The questions that are covered go on, written anew; the others do not. */
  FORWARD_PERMITTED
}
