package nl.wotpoort.letter;

import java.util.List;

/**
 * What a worker writes above a letter that the gateway is to bring to a practice.
 *
 * @param addressees every address it names, once; only one can be meant
 * @param client whom the letter is about; unknown when it does not say
 * @param aboutNobody whether it says that it is about no client
 */
public record Cover(List<Address> addressees, Client client, boolean aboutNobody) {
  public Cover {
    addressees = List.copyOf(addressees);
  }
}
