package nl.wotpoort.demo;

import java.util.List;
import nl.wotpoort.letter.Address;

/**
 * One mail of the play and what must become of it.
 *
 * @param key names its sentences in the bundle {@code demo}
 * @param to whom the GP writes to
 * @param envelope what is done to the mail on its way
 * @param body clear text, labelled lines
 * @param expected what must become of it
 * @param team who must get it, where somebody must
 */
record Scene(
    String key, Address to, Envelope envelope, String body, Expected expected, Address team) {

  /** What kind of mail leaves the GP's mail program, or arrives. */
  enum Envelope {
    SEALED,
    TAMPERED,
    STRANGER,
    PLAIN
  }

  /** What must become of it, as the GP sees it. */
  enum Expected {
    FORWARDED,
    REFUSED,
    HELD,
    SILENT
  }

  private static final Address OOST = Address.of("oost@wotschiedam.nl");
  private static final Address INFO = Address.of("info@wotschiedam.nl");
  private static final Address TEAM_OOST = Address.of("oost@intern.wotschiedam.nl");
  private static final Address WORKER = Address.of("f.yilmaz@intern.wotschiedam.nl");

  private static final String REFERRAL =
      """
      Cliënt: J. Voorbeeld
      Geboortedatum: 1980-04-02
      Postcode: %s
      Huisnummer: 12
      BSN: %s
      Hulpvraag: Mevrouw heeft betalingsachterstanden en vraagt hulp bij het ordenen van haar post.
      Factoren: slechtziend, woont alleen
      Situatie: wonen-werk-inkomen
      Toestemming: ja, mondeling gegeven op 2026-06-01 door cliënt
      """;

  private static final String REQUEST =
      """
      Doel: Ondersteuning
      Cliënt: %s
      Geboortedatum: %s
      Vraag 1: Is er al een contactpersoon van het wijkteam?
      Categorie 1: status
      Vraag 2: Wat is het plan voor de komende maanden?
      Categorie 2: plan
      Toestemming: ja, vastgelegd in het dossier
      """;

  /** The play, in order. */
  static List<Scene> all() {
    return List.of(
        new Scene(
            "referral",
            OOST,
            Envelope.SEALED,
            REFERRAL.formatted("3112 AB", "999990019"),
            Expected.FORWARDED,
            TEAM_OOST),
        new Scene(
            "general",
            INFO,
            Envelope.SEALED,
            REFERRAL.formatted("3121 AB", "123456782"),
            Expected.FORWARDED,
            WORKER),
        new Scene(
            "consented",
            OOST,
            Envelope.SEALED,
            REQUEST.formatted("J. Voorbeeld", "1980-04-02"),
            Expected.FORWARDED,
            TEAM_OOST),
        new Scene(
            "unconsented",
            OOST,
            Envelope.SEALED,
            REQUEST.formatted("P. Ander", "1975-11-30"),
            Expected.HELD,
            TEAM_OOST),
        new Scene(
            "tampered",
            OOST,
            Envelope.TAMPERED,
            REFERRAL.formatted("3112 AB", "999994268"),
            Expected.SILENT,
            TEAM_OOST),
        new Scene(
            "stranger",
            OOST,
            Envelope.STRANGER,
            REFERRAL.formatted("3112 AB", "999994268"),
            Expected.SILENT,
            TEAM_OOST),
        new Scene(
            "plain",
            OOST,
            Envelope.PLAIN,
            REFERRAL.formatted("3112 AB", "999994268"),
            Expected.SILENT,
            TEAM_OOST),
        new Scene(
            "freeText",
            OOST,
            Envelope.SEALED,
            "Beste collega's,\n\nIk maak me zorgen over een van mijn patiënten. Kunnen jullie eens bellen?\n\nMet vriendelijke groet,\nA. de Vries\n",
            Expected.REFUSED,
            TEAM_OOST));
  }
}
