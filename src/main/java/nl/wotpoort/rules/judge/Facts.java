package nl.wotpoort.rules.judge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Cover;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.rules.routing.Load;

/**
 * Everything the judge looks at beside the letter, read once before.
 *
 * @param mailbox the address of ours it came to
 * @param signer the verified sender
 * @param sender who that is in the directory; empty for a stranger with a trusted certificate
 * @param clientKey what identifies the client here (a pseudonym); empty when the letter names
 *     nobody
 * @param register what the consent register holds about that client
 * @param running the case this letter belongs to, by its number or what it replies to
 * @param contactPerson the worker who already has this client
 * @param discounted what stood in the letter and did not count
 * @param secondPersonAgreed whether a second person released this letter's legal ground
 * @param senderConfirmed whether its sender said that it may go as it is, after it was held for him
 * @param cover what stands above a letter for a practice; empty in mail to any other mailbox
 */
public record Facts(
    Address mailbox,
    Address signer,
    Optional<Party> sender,
    Optional<String> clientKey,
    Register register,
    Optional<CaseFacts> running,
    Optional<WorkerId> contactPerson,
    Load load,
    List<Discounted> discounted,
    boolean secondPersonAgreed,
    boolean senderConfirmed,
    Optional<Cover> cover,
    Instant now) {

  /** The sender was not asked to confirm anything, and it is no letter for a practice. */
  public Facts(
      Address mailbox,
      Address signer,
      Optional<Party> sender,
      Optional<String> clientKey,
      Register register,
      Optional<CaseFacts> running,
      Optional<WorkerId> contactPerson,
      Load load,
      List<Discounted> discounted,
      boolean secondPersonAgreed,
      Instant now) {
    this(
        mailbox,
        signer,
        sender,
        clientKey,
        register,
        running,
        contactPerson,
        load,
        discounted,
        secondPersonAgreed,
        false,
        Optional.empty(),
        now);
  }

  public Facts {
    discounted = List.copyOf(discounted);
  }

  /**
   * What the register answered.
   *
   * @param answers false when it could not be read
   * @param oneClient false when the records could be of two people
   * @param representatives who decides for the client, as recorded
   * @param capable whether the client is able to judge, as recorded
   */
  public record Register(
      boolean answers,
      boolean oneClient,
      List<ConsentRecord> records,
      List<Scenario.Representative> representatives,
      boolean capable) {
    public Register {
      records = List.copyOf(records);
      representatives = List.copyOf(representatives);
    }

    /** Nobody represents the client, who is able to judge. */
    public Register(boolean answers, boolean oneClient, List<ConsentRecord> records) {
      this(answers, oneClient, records, List.of(), true);
    }

    /** The same, when the letter is about somebody else than its case is. */
    public Register ofTwo() {
      return new Register(answers, false, records, representatives, capable);
    }

    public static Register empty() {
      return new Register(true, true, List.of());
    }

    public static Register away() {
      return new Register(false, true, List.of());
    }
  }

  /**
   * A case as the judge needs it.
   *
   * @param opener who opened it, and at which address an answer reaches him
   * @param handler who has it now: a team or worker
   * @param consented whether it was opened on consent stated or recorded
   * @param stated whether that consent was the referrer's own statement, which holds for this
   *     referral only
   * @param clientKey what identifies its client here
   * @param born the client's, for whoever consents must be old enough
   * @param guardians the client's, as named when the case was opened
   * @param asked what it was opened about, in the policy's codes
   * @param requests the information requests in it
   * @param unconfirmed the letters of this sender that are held until he confirms them
   */
  public record CaseFacts(
      CaseNumber number,
      Decision.Matter matter,
      Party opener,
      Address openerAddress,
      Party handler,
      Optional<Address> handlerAddress,
      boolean consented,
      boolean stated,
      Optional<String> clientKey,
      Optional<LocalDate> born,
      Set<String> guardians,
      List<String> purposes,
      List<String> asked,
      List<AskedBefore> requests,
      List<String> unconfirmed) {

    /** Without requests, and not on a statement. */
    public CaseFacts(
        CaseNumber number,
        Decision.Matter matter,
        Party opener,
        Address openerAddress,
        Party handler,
        Optional<Address> handlerAddress,
        boolean consented,
        Optional<String> clientKey,
        Optional<LocalDate> born,
        Set<String> guardians,
        List<String> purposes,
        List<String> asked) {
      this(
          number,
          matter,
          opener,
          openerAddress,
          handler,
          handlerAddress,
          consented,
          false,
          clientKey,
          born,
          guardians,
          purposes,
          asked,
          List.of(),
          List.of());
    }

    public CaseFacts {
      guardians = Set.copyOf(guardians);
      purposes = List.copyOf(purposes);
      asked = List.copyOf(asked);
      requests = List.copyOf(requests);
      unconfirmed = List.copyOf(unconfirmed);
    }
  }

  /**
   * A request of the case, as the judge of its answer needs it.
   *
   * @param id what the desk knows it by
   * @param holder who was asked
   * @param questions what each asks, in the policy's codes, by its number
   * @param repliedTo whether this letter is a reply to it
   */
  public record AskedBefore(
      String id,
      RequestState state,
      Party asker,
      Party holder,
      List<Purpose> purposes,
      Map<Integer, List<Category>> questions,
      boolean repliedTo) {
    public AskedBefore {
      purposes = List.copyOf(purposes);
      questions = Map.copyOf(questions);
    }
  }
}
