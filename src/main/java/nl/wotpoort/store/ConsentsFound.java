package nl.wotpoort.store;

import java.util.List;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Scenario;

/**
 * What the register holds about a client as a letter names one.
 *
 * @param records with {@code client} set to {@link ClientPseudonyms#primary} of who was asked for
 * @param oneClient false when the records are of different people who look alike (the same name and
 *     birth date, another BSN): then the client is not identified, and a person must look
 * @param representatives who was recorded as deciding for this client
 * @param capable whether the client is able to judge, as the newest record that says so has it
 */
public record ConsentsFound(
    List<ConsentRecord> records,
    boolean oneClient,
    List<Scenario.Representative> representatives,
    boolean capable) {

  public ConsentsFound {
    records = List.copyOf(records);
    representatives = List.copyOf(representatives);
  }

  /** Nobody represents the client, who is able to judge. */
  public ConsentsFound(List<ConsentRecord> records, boolean oneClient) {
    this(records, oneClient, List.of(), true);
  }
}
