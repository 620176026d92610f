package nl.wotpoort.rules.judge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.routing.Mark;

/**
 * What happens to a letter, and why. Closed: ask with {@link #fold}. Every rule that was asked left
 * its finding in {@link #because}: the receipt, the explain command and the journal all print from
 * there.
 */
public sealed interface Decision {

  /**
   * The id, among those a decision rests on, that stands for the sender's own statement in the
   * letter.
   */
  String STATEMENT = "statement";

  /** One answer for each decision. */
  interface Cases<R> {
    R forward(Forward decision);

    R giveBack(Return decision);

    R hold(Hold decision);

    R file(File decision);

    R own(Own decision);
  }

  <R> R fold(Cases<R> cases);

  List<Finding> because();

  /** The letter goes to {@code to}, resting on {@code basis}. */
  record Forward(Destination to, Matter matter, Basis basis, Set<Mark> marks, List<Finding> because)
      implements Decision {
    public Forward {
      marks = Set.copyOf(marks);
      because = List.copyOf(because);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.forward(this);
    }
  }

  /** The letter goes nowhere; the sender is told why and what to do. */
  record Return(Why why, List<Lack> lacking, Optional<String> text, List<Finding> because)
      implements Decision {

    /** Why it is given back. Each has its sentences in the bundle {@code judge}. */
    public enum Why {
      /** Something the agreement asks for is missing. */
      INCOMPLETE,
      /** No labels and no JSON: nothing to judge by. */
      FREE_TEXT,
      /** The purpose named is not one of the agreement's. */
      UNKNOWN_PURPOSE,
      /** The ground stated does not reach this recipient or purpose, or lacks its reasons. */
      GROUND_FAILS,
      /** No consent was stated that covers this letter and the one who would get it. */
      CONSENT_NOT_STATED,
      /** The contact person, worker or team named is not in the directory, or is two. */
      CONTACT_UNKNOWN,
      /** A team's answer in which the decision is not surely one of the list. */
      DECISION_UNCLEAR,
      /** A letter for a practice names no address, or more than one. */
      ADDRESSEE_LACKS,
      /** The address named is that of no practice or GP in the directory. */
      ADDRESSEE_UNKNOWN,
      /** Letters for a practice are written by workers. */
      STAFF_ONLY,
      /** The mailbox is closed; {@code text} is what the administrator wants the sender to read. */
      CLOSED
    }

    public Return {
      lacking = List.copyOf(lacking);
      because = List.copyOf(because);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.giveBack(this);
    }
  }

  /**
   * A person must look, or something must happen first. The sender is told that it is held, and
   * nothing more.
   */
  record Hold(Cause cause, String detail, Optional<ConsentDecision> consent, List<Finding> because)
      implements Decision {

    /** The detail when the address it is for did not answer its code yet. */
    public static final String DELIVERY_AWAITED = "DELIVERY_AWAITED";

    /** Why it is held. {@code detail} is a code of the rule behind it. */
    public enum Cause {
      /** The request is complete, and no consent covers it: it goes on when one is recorded. */
      AWAITING_CONSENT,
      /** Unknown or ambiguous mailbox, postcode, team or worker: never guessed. */
      NOT_ROUTABLE,
      /** A word or form this gateway does not know. */
      NOT_READABLE,
      /** A verified sender who is in no directory, or not any more. */
      UNKNOWN_SENDER,
      /** Only a practice refers; whoever else has a client handed on is for a person. */
      NOT_A_REFERRER,
      /** Whose the case is, or which, cannot be said. */
      NOT_IN_CASE,
      /** It does not fit how far the referral is: the coordinator of the team looks. */
      OUT_OF_ORDER,
      /** Two people could be meant. */
      CLIENT_AMBIGUOUS,
      /** The consent register does not answer. */
      REGISTER_AWAY,
      /** A legal ground was stated: a second person releases it. */
      SECOND_PERSON,
      /** An answer holds more than was asked: its sender confirms or mends it. */
      CONFIRM_ANSWER
    }

    public Hold {
      because = List.copyOf(because);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.hold(this);
    }
  }

  /** Written by a machine: kept, never answered, forwarded to nobody. */
  record File(List<Finding> because) implements Decision {
    public File {
      because = List.copyOf(because);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.file(this);
    }
  }

  /**
   * What kind of matter the letter opens or carries on; a code for the case book and the report.
   */
  enum Matter {
    REFERRAL,
    INFORMATION_REQUEST,
    ANSWER,
    FEEDBACK,
    /** From one team or worker to another. */
    HANDING_ON,
    CONSULTATION,
    MESSAGE,
    DESK
  }

  /**
   * The gateway does it itself: nothing goes on to anybody.
   *
   * @param errand what is to be done
   */
  record Own(Errand errand, List<Finding> because) implements Decision {

    /** What a letter can ask of the gateway itself. */
    public enum Errand {
      /** A consent is recorded or withdrawn. */
      CONSENT_NOTE,
      /** The sender says whether his held answer may go as it is. */
      CONFIRMATION
    }

    public Own {
      because = List.copyOf(because);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.own(this);
    }
  }

  /**
   * What a forward rests on.
   *
   * @param scenario what the policy judged, to be judged again when the letter leaves; empty when
   *     nothing personal had to be
   * @param questions the only questions of a request that go on; empty: the letter goes as it is
   */
  record Basis(
      ConsentDecision consent,
      Optional<Scenario> scenario,
      Optional<Purpose> purpose,
      Optional<CaseNumber> caseNumber,
      Set<Integer> questions) {
    public Basis {
      questions = Set.copyOf(questions);
    }
  }
}
