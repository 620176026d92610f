package nl.wotpoort.desk;

import java.util.Optional;
import java.util.function.Function;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.rules.routing.RoutingFacts;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.Earlier;

/**
 * What looking at one message gave, before anything is done about it. Closed: ask with {@link
 * #fold}.
 */
public sealed interface Examined {

  <R> R fold(
      Function<Unverified, R> unverified, Function<Again, R> again, Function<Judged, R> judged);

  /** Nobody trusted is known to have written this; its content was not looked at. */
  record Unverified(Opened.Refused refused) implements Examined {
    @Override
    public <R> R fold(
        Function<Unverified, R> unverified, Function<Again, R> again, Function<Judged, R> judged) {
      return unverified.apply(this);
    }
  }

  /**
   * Seen before.
   *
   * @param earlier the same message, decided before; empty when only the Message-ID is the same and
   *     the content is another
   */
  record Again(Opened.Trusted opened, Reading reading, Optional<Earlier> earlier)
      implements Examined {
    @Override
    public <R> R fold(
        Function<Unverified, R> unverified, Function<Again, R> again, Function<Judged, R> judged) {
      return again.apply(this);
    }
  }

  /**
   * Verified, read and judged.
   *
   * @param routed what routing looked at; empty when nothing had to be routed
   */
  record Judged(
      Opened.Trusted opened,
      Reading reading,
      Facts facts,
      Optional<ClientPseudonyms> client,
      Decision decision,
      Optional<RoutingFacts> routed)
      implements Examined {

    /** Without anything routed. */
    Judged(
        Opened.Trusted opened,
        Reading reading,
        Facts facts,
        Optional<ClientPseudonyms> client,
        Decision decision) {
      this(opened, reading, facts, client, decision, Optional.empty());
    }

    @Override
    public <R> R fold(
        Function<Unverified, R> unverified, Function<Again, R> again, Function<Judged, R> judged) {
      return judged.apply(this);
    }
  }
}
