package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.request.RequestState;

/**
 * A step in the life of the request that a message is. What is empty stays as it was; a step its
 * state does not allow changes nothing.
 *
 * @param caseNumber the case it belongs to; needed for the first step only
 * @param lapsesAt when it lapses if nothing happens; only a state that waits has one
 * @param consents what it rests on
 * @param facts the desk's own form of what was asked; encrypted on the disk
 * @param answer the message that answers it: ANSWERED from when its letter is sent
 */
public record RequestUpdate(
    MessageRef message,
    RequestState state,
    Instant at,
    Optional<CaseNumber> caseNumber,
    Optional<Instant> lapsesAt,
    Set<String> consents,
    Optional<Confidential<String>> facts,
    Optional<MessageRef> answer) {

  public RequestUpdate {
    consents = Set.copyOf(consents);
  }

  public static RequestUpdate of(MessageRef message, RequestState state, Instant at) {
    return new RequestUpdate(
        message,
        state,
        at,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }

  public RequestUpdate inCase(CaseNumber number) {
    return new RequestUpdate(
        message, state, at, Optional.of(number), lapsesAt, consents, facts, answer);
  }

  public RequestUpdate lapsing(Instant when) {
    return new RequestUpdate(
        message, state, at, caseNumber, Optional.of(when), consents, facts, answer);
  }

  public RequestUpdate restingOn(Set<String> ids) {
    return new RequestUpdate(message, state, at, caseNumber, lapsesAt, ids, facts, answer);
  }

  public RequestUpdate knowing(String text) {
    return new RequestUpdate(
        message,
        state,
        at,
        caseNumber,
        lapsesAt,
        consents,
        Optional.of(Confidential.of(text)),
        answer);
  }

  /** This message answers it; the step itself is made when the next hop has taken the answer. */
  public static RequestUpdate answered(MessageRef request, MessageRef answer, Instant at) {
    return new RequestUpdate(
        request,
        RequestState.ANSWERED,
        at,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.of(answer));
  }
}
