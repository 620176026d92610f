package nl.wotpoort.letter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a letter says about the client's consent (agreement S3). A statement is not a record: in a
 * referral it counts for that referral only, in a request it counts for nothing without one in the
 * register.
 */
public record ConsentStatement(
    Given given,
    List<Confidential<String>> by,
    Optional<String> method,
    Optional<LocalDate> date,
    Optional<LocalDate> until,
    List<Party> recipients,
    List<Category> categories,
    List<Purpose> purposes,
    Optional<Confidential<String>> evidenceRef) {

  /**
   * UNKNOWN stands for empty, doubtful and contradictory statements alike: doubt is never consent.
   */
  public enum Given {
    YES,
    NO,
    UNKNOWN
  }

  public ConsentStatement {
    by = List.copyOf(by);
    recipients = List.copyOf(recipients);
    categories = List.copyOf(categories);
    purposes = List.copyOf(purposes);
  }

  public static ConsentStatement unknown() {
    return just(Given.UNKNOWN);
  }

  public static ConsentStatement just(Given given) {
    return new ConsentStatement(
        given,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }
}
