package nl.wotpoort.mime;

import java.util.regex.Pattern;

/** Tells a targeted question from a request for everything (agreement S2). */
final class TargetedQuestions {

  // Repetitions are bounded: Java matches a repeated group by recursion, one frame a turn.
  private static final Pattern EVERYTHING =
      Pattern.compile(
          "\\b((heel|hele|gehele|volledige?|complete?|integrale?|totale) "
              + "((medische?|huisarts|patienten|clienten|zorg|elektronische?) ?)?"
              + "(dossier|patientendossier|huisartsendossier|medisch dossier|status"
              + "|voorgeschiedenis|zorgdossier|journaal)"
              + "|(kopie|afschrift|uitdraai|copy) (van )?(het |uw |the )?(medisch(e)? )?(dossier|record)"
              + "|(alle|all) ((beschikbare|bekende|relevante|medische|mogelijke|overige|available"
              + "|relevant|medical|known) ){0,8}(informatie|gegevens|info|stukken|brieven|documenten"
              + "|information|data|records|documents)"
              + "|(complete|entire|full|whole) (medical |patient )?(record|file|dossier|history)s?)"
              + "\\b");

  private static final Pattern ALL =
      Pattern.compile(
          "((graag|gaarne|stuur|please|send|ik wil|wij willen|we willen) ){0,8}(alles|everything)"
              + "( (wat|dat|over|van|omtrent|weten|about|that|you|u|graag)\\b.*)?",
          Pattern.DOTALL);

  private TargetedQuestions() {}

  static boolean isTargeted(String question) {
    String key = Wording.key(question);
    boolean asksNothing = key.chars().noneMatch(Character::isLetter);
    return !asksNothing && !EVERYTHING.matcher(key).find() && !ALL.matcher(key).matches();
  }
}
