package nl.wotpoort.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a decision, written together with it: cases, consents, requests, journal
 * entries and outgoing letters, in this order. Immutable; the methods with a participle return a
 * larger copy.
 *
 * @param requests steps in the life of requests
 * @param held other messages that are held and go on, or are done with, because of this one
 * @param repeat a receipt that goes again, the same bytes under the same Message-ID; nothing
 *     happens when it is still under way
 */
public record Consequences(
    List<NewCase> opened,
    List<CaseUpdate> updated,
    List<RegisteredConsent> consents,
    List<RequestUpdate> requests,
    List<HeldDeed> held,
    List<JournalEntry> journal,
    List<OutgoingLetter> letters,
    Optional<OutgoingRef> repeat,
    List<ReferralChange> referrals) {

  private static final Consequences NONE =
      new Consequences(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of());

  /** What is done with another message that is held. */
  public record HeldDeed(MessageRef message, Kind kind, Actor who) {
    /** RELEASE: judged anew. SUPERSEDE: another came in its place, and it is done. */
    public enum Kind {
      RELEASE,
      SUPERSEDE
    }
  }

  public Consequences {
    opened = List.copyOf(opened);
    updated = List.copyOf(updated);
    consents = List.copyOf(consents);
    requests = List.copyOf(requests);
    held = List.copyOf(held);
    journal = List.copyOf(journal);
    letters = List.copyOf(letters);
    referrals = List.copyOf(referrals);
  }

  public static Consequences none() {
    return NONE;
  }

  public Consequences opening(NewCase newCase) {
    return new Consequences(
        and(opened, newCase),
        updated,
        consents,
        requests,
        held,
        journal,
        letters,
        repeat,
        referrals);
  }

  public Consequences updating(CaseUpdate update) {
    return new Consequences(
        opened,
        and(updated, update),
        consents,
        requests,
        held,
        journal,
        letters,
        repeat,
        referrals);
  }

  public Consequences recording(RegisteredConsent consent) {
    return new Consequences(
        opened,
        updated,
        and(consents, consent),
        requests,
        held,
        journal,
        letters,
        repeat,
        referrals);
  }

  public Consequences asking(RequestUpdate request) {
    return new Consequences(
        opened,
        updated,
        consents,
        and(requests, request),
        held,
        journal,
        letters,
        repeat,
        referrals);
  }

  public Consequences doing(HeldDeed deed) {
    return new Consequences(
        opened, updated, consents, requests, and(held, deed), journal, letters, repeat, referrals);
  }

  public Consequences journalling(JournalEntry entry) {
    return new Consequences(
        opened, updated, consents, requests, held, and(journal, entry), letters, repeat, referrals);
  }

  public Consequences sending(OutgoingLetter letter) {
    return new Consequences(
        opened,
        updated,
        consents,
        requests,
        held,
        journal,
        and(letters, letter),
        repeat,
        referrals);
  }

  public Consequences repeating(OutgoingRef receipt) {
    return new Consequences(
        opened,
        updated,
        consents,
        requests,
        held,
        journal,
        letters,
        Optional.of(receipt),
        referrals);
  }

  public Consequences moving(ReferralChange change) {
    return new Consequences(
        opened,
        updated,
        consents,
        requests,
        held,
        journal,
        letters,
        repeat,
        and(referrals, change));
  }

  private static <T> List<T> and(List<T> some, T one) {
    List<T> more = new ArrayList<>(some);
    more.add(one);
    return more;
  }
}
