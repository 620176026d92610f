package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;

/**
 * Everything the policy looks at for one release, as values (consent policy, "Scenario and decision
 * as JSON"). {@code evaluatedAt} is "now"; {@code requestedAt} and {@code phase} are information
 * only. {@code recipient} is the final recipient, not the addressed one. Immutable; a party that is
 * not known is empty and is then covered by no record.
 *
 * @param questions the number of targeted questions
 */
public record Scenario(
    String id,
    Flow flow,
    String phase,
    Optional<Client> client,
    Optional<Party> requester,
    Optional<Party> holder,
    Optional<Party> recipient,
    List<Purpose> purposes,
    List<Category> categories,
    int questions,
    Optional<Instant> requestedAt,
    Instant evaluatedAt,
    List<ConsentRecord> consents,
    List<Ground> grounds,
    Context context) {

  public Scenario {
    purposes = purposes.stream().distinct().toList();
    categories = categories.stream().distinct().toList();
    consents = List.copyOf(consents);
    grounds = List.copyOf(grounds);
  }

  /** The same held by somebody else. */
  public Scenario heldBy(Party other) {
    return with(Optional.of(other), consents, context);
  }

  /** The same with other records. */
  public Scenario restingOn(List<ConsentRecord> others) {
    return with(holder, others, context);
  }

  /** The same in other surroundings. */
  public Scenario around(Context other) {
    return with(holder, consents, other);
  }

  private Scenario with(
      Optional<Party> otherHolder, List<ConsentRecord> otherConsents, Context otherContext) {
    return new Scenario(
        id,
        flow,
        phase,
        client,
        requester,
        otherHolder,
        recipient,
        purposes,
        categories,
        questions,
        requestedAt,
        evaluatedAt,
        otherConsents,
        grounds,
        otherContext);
  }

  /**
   * The client as known on the day judged.
   *
   * @param born empty when unknown: then nobody's authority to consent can be established
   * @param capable able to judge this matter (wilsbekwaam ter zake)
   * @param guardians the parents with authority and guardians, as named in the records' {@code by}
   * @param deceased from that day or instant on
   */
  public record Client(
      String id,
      Optional<LocalDate> born,
      boolean capable,
      Set<String> guardians,
      List<Representative> reps,
      Optional<Moment> deceased) {

    public Client {
      guardians = Set.copyOf(guardians);
      reps = List.copyOf(reps);
    }
  }

  /**
   * Who decides for somebody not able to judge.
   *
   * @param kind a code of the policy tables: curator, mentor, gemachtigde, family, bewindvoerder
   * @param until the end of the mandate; empty when it has none
   */
  public record Representative(String id, String kind, Optional<Moment> until) {}

  /**
   * A legal ground other than consent, as stated.
   *
   * @param by who states it, empty when nobody is named
   * @param justified reasons were given
   * @param necessary the categories it states as necessary; empty means all asked ones
   */
  public record Ground(
      String kind, Optional<Party> by, boolean justified, List<Category> necessary) {

    public Ground {
      necessary = List.copyOf(necessary);
    }
  }

  /**
   * What is known around the message.
   *
   * @param personal whether it holds personal content
   * @param clientIdentified whether exactly one client was identified
   * @param storeAnswers whether the consent register could be read
   * @param requesterAuthenticated whether the signer is the sender
   * @param referral the referral that this message is, carries on or answers
   */
  public record Context(
      boolean personal,
      boolean clientIdentified,
      boolean storeAnswers,
      boolean requesterAuthenticated,
      Optional<Referral> referral) {

    /** Nothing out of the ordinary: what an absent context means. */
    public static Context ordinary() {
      return new Context(true, true, true, true, Optional.empty());
    }
  }

  /** A referral: who referred, to whom, and whether the client consented to it. */
  public record Referral(Optional<Party> from, Optional<Party> to, boolean consented) {}
}
