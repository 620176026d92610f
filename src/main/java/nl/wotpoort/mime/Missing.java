package nl.wotpoort.mime;

/**
 * Something that stood in the letter and did not count, so that it is as good as missing. {@code
 * field} is a code such as {@code purpose}, {@code question.2} or {@code client.birthDate}, never
 * content. What is simply absent is not listed here: whether it may be absent is for {@code rules}.
 */
public record Missing(String field, Cause cause) {

  /** Why it does not count. */
  public enum Cause {
    /** The label stood there with nothing behind it. */
    EMPTY,
    /** The label stood there more than once, with different values. */
    TWICE,
    /** No date, postcode or number in a known form, or a BSN that fails the 11-test. */
    UNREADABLE,
    /** Words that are in no list of known words. */
    UNKNOWN_WORD,
    /** A request for everything is not a targeted question (agreement S2). */
    NOT_TARGETED,
    /** A consent that may be one or not. */
    DOUBTFUL
  }
}
