package nl.wotpoort.desk;

import java.util.function.Function;

/**
 * What the next hop made of one letter. {@code reply} is the server's own text, for the journal and
 * the administrator.
 */
public sealed interface Delivery {

  <R> R fold(
      Function<Accepted, R> accepted, Function<Deferred, R> deferred, Function<Refused, R> refused);

  /** A 2xx reply after the data: the next hop has taken responsibility (RFC 5321 §4.2.5). */
  record Accepted(String reply) implements Delivery {
    @Override
    public <R> R fold(
        Function<Accepted, R> accepted,
        Function<Deferred, R> deferred,
        Function<Refused, R> refused) {
      return accepted.apply(this);
    }
  }

  /**
   * 4xx, no reply, no connection: perhaps delivered, perhaps not; to be tried again with the same
   * Message-ID. Code 0 is no reply.
   */
  record Deferred(int code, String reply) implements Delivery {
    @Override
    public <R> R fold(
        Function<Accepted, R> accepted,
        Function<Deferred, R> deferred,
        Function<Refused, R> refused) {
      return deferred.apply(this);
    }
  }

  /** 5xx about this recipient or letter: trying again will not help. */
  record Refused(int code, String reply) implements Delivery {
    @Override
    public <R> R fold(
        Function<Accepted, R> accepted,
        Function<Deferred, R> deferred,
        Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
