package nl.wotpoort.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Purpose;

/**
 * One event as NEN 7513 wants it told: who, on whose behalf, which client, what, when, with what
 * outcome, for which purpose and resting on what. Codes only; the one free text is {@code detail},
 * encrypted on the disk. Immutable; the methods {@code …ing} return a changed copy.
 *
 * @param event what happened, a code in capitals: RECEIVED, FORWARDED, CONSENT_WITHDRAWN
 * @param object what it happened to: {@code M12}, {@code L12}, a case number, a consent id
 * @param emergency whether a ground other than consent was used
 * @param source where it came from: an intake account, "cli", "dispatch"
 * @param correlation ties the events of one message together, as in the log
 */
public record JournalEntry(
    Instant at,
    String event,
    Action action,
    Outcome outcome,
    Actor actor,
    Optional<ClientPseudonyms> client,
    String object,
    Optional<CaseNumber> caseNumber,
    Optional<Purpose> purpose,
    Set<String> consentIds,
    List<String> ruleIds,
    boolean emergency,
    String source,
    String correlation,
    Optional<Confidential<String>> detail) {

  /** NEN 7513's kinds of action. */
  public enum Action {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    EXECUTE
  }

  public enum Outcome {
    SUCCESS,
    REFUSED,
    FAILED
  }

  public JournalEntry {
    consentIds = Set.copyOf(consentIds);
    ruleIds = List.copyOf(ruleIds);
  }

  /** A successful event with nothing known but this; the object is its own correlation. */
  public static JournalEntry of(
      Instant at, String event, Action action, Actor actor, Object object) {
    return new JournalEntry(
        at,
        event,
        action,
        Outcome.SUCCESS,
        actor,
        Optional.empty(),
        object.toString(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        List.of(),
        false,
        "",
        object.toString(),
        Optional.empty());
  }

  public JournalEntry ending(Outcome other) {
    return new JournalEntry(
        at,
        event,
        action,
        other,
        actor,
        client,
        object,
        caseNumber,
        purpose,
        consentIds,
        ruleIds,
        emergency,
        source,
        correlation,
        detail);
  }

  public JournalEntry concerning(ClientPseudonyms whom) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        Optional.of(whom),
        object,
        caseNumber,
        purpose,
        consentIds,
        ruleIds,
        emergency,
        source,
        correlation,
        detail);
  }

  public JournalEntry inCase(CaseNumber number) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        Optional.of(number),
        purpose,
        consentIds,
        ruleIds,
        emergency,
        source,
        correlation,
        detail);
  }

  public JournalEntry serving(Purpose what) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        caseNumber,
        Optional.of(what),
        consentIds,
        ruleIds,
        emergency,
        source,
        correlation,
        detail);
  }

  public JournalEntry restingOn(Set<String> consents, List<String> rules) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        caseNumber,
        purpose,
        consents,
        rules,
        emergency,
        source,
        correlation,
        detail);
  }

  public JournalEntry usingEmergencyGround() {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        caseNumber,
        purpose,
        consentIds,
        ruleIds,
        true,
        source,
        correlation,
        detail);
  }

  public JournalEntry comingFrom(String where) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        caseNumber,
        purpose,
        consentIds,
        ruleIds,
        emergency,
        where,
        correlation,
        detail);
  }

  public JournalEntry correlatingWith(Object what) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        caseNumber,
        purpose,
        consentIds,
        ruleIds,
        emergency,
        source,
        what.toString(),
        detail);
  }

  public JournalEntry explaining(String text) {
    return new JournalEntry(
        at,
        event,
        action,
        outcome,
        actor,
        client,
        object,
        caseNumber,
        purpose,
        consentIds,
        ruleIds,
        emergency,
        source,
        correlation,
        Optional.of(Confidential.of(text)));
  }
}
