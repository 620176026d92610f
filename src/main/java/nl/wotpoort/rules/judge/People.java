package nl.wotpoort.rules.judge;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.Scenario;

/** A client of a letter, as the policy sees one. */
final class People {

  private People() {}

  /**
   * {@code key} stands for the client; names go no further. A letter cannot say that its client is
   * not able to judge, nor who decides then: the register can.
   */
  static Scenario.Client client(Client client, String key, Facts.Register register) {
    Set<String> guardians =
        new HashSet<>(client.guardians().stream().map(Confidential::reveal).toList());
    guardians.add(Statements.GUARDIAN);
    return new Scenario.Client(
        key,
        client.birthDate().map(Confidential::reveal),
        register.capable(),
        guardians,
        register.representatives(),
        Optional.empty());
  }
}
