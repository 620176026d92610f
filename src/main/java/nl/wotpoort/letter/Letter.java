package nl.wotpoort.letter;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a message says, once its bytes were verified and read. Closed: ask with {@link #fold}, so
 * that a new kind of letter breaks every caller at compile time. Missing fields are empty, never
 * guessed; whether they may be missing is for {@code rules} to say.
 */
public sealed interface Letter {

  /** One answer for each kind. */
  interface Cases<R> {
    R referral(Referral letter);

    R informationRequest(InformationRequest letter);

    R informationReply(InformationReply letter);

    R feedback(Feedback letter);

    R consultation(Consultation letter);

    R confirmation(Confirmation letter);

    R freeText(FreeText letter);

    R automaticNotice(AutomaticNotice letter);

    R unrecognised(Unrecognised letter);
  }

  <R> R fold(Cases<R> cases);

  /** A GP hands a client to the WOT (agreement R1–R3). */
  record Referral(
      Client client,
      Optional<Confidential<String>> helpRequest,
      List<Confidential<String>> factors,
      Set<Situation> situations,
      List<String> expertise,
      Urgency urgency,
      Optional<String> preferredTeam,
      ConsentStatement consent,
      Optional<LegalGround> legalGround,
      Optional<CaseNumber> caseNumber)
      implements Letter {
    public Referral {
      factors = List.copyOf(factors);
      situations = Set.copyOf(situations);
      expertise = List.copyOf(expertise);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.referral(this);
    }
  }

  /** SERIOUS is the agreement's "ernstige problematiek" (R3). */
  enum Urgency {
    NORMAL,
    URGENT,
    SERIOUS
  }

  /** Somebody asks about a client, for a purpose, with questions (agreement S2). */
  record InformationRequest(
      Client client,
      List<Purpose> purposes,
      Optional<Confidential<String>> purposeText,
      List<Question> questions,
      ConsentStatement consent,
      Optional<LegalGround> legalGround,
      Optional<CaseNumber> caseNumber)
      implements Letter {
    public InformationRequest {
      purposes = List.copyOf(purposes);
      questions = List.copyOf(questions);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.informationRequest(this);
    }
  }

  /** The answer to an information request. */
  record InformationReply(Client client, List<Reply> answers, Optional<CaseNumber> caseNumber)
      implements Letter {
    public InformationReply {
      answers = List.copyOf(answers);
    }

    /** The answer to question {@code number}. */
    public record Reply(int number, Confidential<String> text, Optional<Category> category) {}

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.informationReply(this);
    }
  }

  /**
   * What became of a referral (agreement F1, F2). {@code contactPerson} and {@code reason} as the
   * worker wrote them.
   */
  record Feedback(
      Outcome outcome,
      Optional<Confidential<String>> contactPerson,
      Optional<Confidential<String>> reason,
      Optional<Confidential<String>> explanation,
      Optional<CaseNumber> caseNumber)
      implements Letter {

    /** In the words of the labelled line "Besluit:". */
    public enum Outcome {
      ACCEPTED,
      DECLINED,
      UNCLEAR,
      INTERIM,
      COMPLETED,
      /** To another worker or team, named as the contact person. */
      HANDED_ON,
      /** The referrer does not agree. */
      DISPUTED,
      /** The referrer takes it back. */
      CANCELLED
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.feedback(this);
    }
  }

  /** A GP wants to confer about a client (agreement R4). */
  record Consultation(
      Client client, Optional<Confidential<String>> text, Optional<CaseNumber> caseNumber)
      implements Letter {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.consultation(this);
    }
  }

  /**
   * The sender says whether a letter of his that was held for it may go on as it is ("Bevestigen:
   * ja").
   */
  record Confirmation(boolean confirmed, Optional<CaseNumber> caseNumber) implements Letter {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.confirmation(this);
    }
  }

  /** A letter without labels or JSON. Its text is never mined for meaning. */
  record FreeText(Confidential<String> text, Optional<CaseNumber> caseNumber) implements Letter {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.freeText(this);
    }
  }

  /** Written by a machine (RFC 3834, 3464, 8098): never answered. */
  record AutomaticNotice(Kind kind) implements Letter {
    public enum Kind {
      DELIVERY_STATUS,
      DISPOSITION,
      OUT_OF_OFFICE,
      OTHER
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.automaticNotice(this);
    }
  }

  /**
   * Looked like something this gateway should understand and was not: {@code why} says in which
   * respect. A person must look.
   */
  record Unrecognised(Why why, String detail) implements Letter {
    /** {@code detail} names a field or code, never content. */
    public enum Why {
      UNKNOWN_SCHEMA,
      UNKNOWN_VALUE,
      MALFORMED_JSON,
      CONTRADICTION,
      MALFORMED_MESSAGE
    }

    /** A team's answer whose decision could not be read: the one thing its writer can mend. */
    public boolean isAboutTheDecision() {
      return detail.equals("state") && (why == Why.UNKNOWN_VALUE || why == Why.CONTRADICTION);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.unrecognised(this);
    }
  }
}
