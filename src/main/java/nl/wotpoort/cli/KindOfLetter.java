package nl.wotpoort.cli;

import nl.wotpoort.letter.Letter;

/** The kind of a letter as a code; {@code kind.<code>} is its name for people. */
final class KindOfLetter implements Letter.Cases<String> {

  @Override
  public String referral(Letter.Referral letter) {
    return "REFERRAL";
  }

  @Override
  public String informationRequest(Letter.InformationRequest letter) {
    return "INFO_REQUEST";
  }

  @Override
  public String informationReply(Letter.InformationReply letter) {
    return "ANSWER";
  }

  @Override
  public String feedback(Letter.Feedback letter) {
    return "FEEDBACK";
  }

  @Override
  public String consultation(Letter.Consultation letter) {
    return "CONSULTATION";
  }

  @Override
  public String confirmation(Letter.Confirmation letter) {
    return "CONFIRMATION";
  }

  @Override
  public String freeText(Letter.FreeText letter) {
    return "FREE_TEXT";
  }

  @Override
  public String automaticNotice(Letter.AutomaticNotice letter) {
    return "AUTOMATIC";
  }

  @Override
  public String unrecognised(Letter.Unrecognised letter) {
    return "UNRECOGNISED";
  }
}
