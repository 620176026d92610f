package nl.wotpoort.store;

import java.util.List;
import nl.wotpoort.rules.consent.ConsentRecord;

/**
 * What the register holds about a client as a letter names one.
 *
 * @param records with {@code client} set to {@link ClientPseudonyms#primary} of who was asked for
 * @param oneClient false when the records are of different people who look alike (the same name and
 *     birth date, another BSN): then the client is not identified, and a person must look
 */
public record ConsentsFound(List<ConsentRecord> records, boolean oneClient) {
  public ConsentsFound {
    records = List.copyOf(records);
  }
}
