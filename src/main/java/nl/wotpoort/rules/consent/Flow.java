package nl.wotpoort.rules.consent;

/** What kind of message is judged. The codes are those of the policy's JSON. */
public enum Flow {
  /** Somebody asks the holder for information about a client. */
  INFO_REQUEST,
  /** A GP signs a client up. */
  REFERRAL,
  /** The holder answers an information request. */
  ANSWER,
  /** A message goes on to somebody it was not addressed to. */
  FORWARD,
  /** The team tells the referring practice what became of the referral. */
  FEEDBACK,
  /** A technical receipt. */
  ACK
}
