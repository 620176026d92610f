package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;

/**
 * Which delivery addresses are new: each of those is sent a code once, and is awaited until the
 * code comes back. Those of the first version of the routes are not: whoever sets a gateway up
 * vouches for them. An address that was confirmed stays so, also when it was away for a while, so
 * that going back to earlier routes works at once. Thread-safe.
 */
public final class DeliveryBook {

  private static final String OBJECT = "deliveries";

  private final Database database;
  private final Strongbox box;
  private final Pseudonyms pseudonyms;
  private final Journal journal;
  private final Clerk clerk;
  private final Marks codes;

  DeliveryBook(
      Database database,
      Strongbox box,
      Pseudonyms pseudonyms,
      Journal journal,
      Clerk clerk,
      Marks codes) {
    this.database = database;
    this.box = box;
    this.pseudonyms = pseudonyms;
    this.journal = journal;
    this.clerk = clerk;
    this.codes = codes;
  }

  /**
   * An address that did not answer yet.
   *
   * @param sends how many codes were sent to it before
   * @param sentAt when the code that counts was sent; empty while none was
   */
  public record Awaited(Address address, Instant since, int sends, Optional<Instant> sentAt) {}

  /** The addresses of {@link #awaited}. */
  public Set<Address> addresses() {
    return awaited().stream().map(Awaited::address).collect(Collectors.toUnmodifiableSet());
  }

  /** The oldest first. */
  public List<Awaited> awaited() {
    return database.read(
        "listing delivery addresses",
        tx ->
            tx.list(
                "SELECT * FROM delivery_address WHERE confirmed_at IS NULL ORDER BY since,"
                    + " pseudonym",
                row ->
                    new Awaited(
                        Address.of(box.open("delivery.address", row.box("address_box"))),
                        row.instant("since"),
                        row.count("sends"),
                        row.maybeInstant("sent_at"))));
  }

  /** When an address was confirmed last; empty when none ever was. */
  public Optional<Instant> lastConfirmed() {
    return database
        .read(
            "asking when an address was confirmed",
            tx ->
                tx.first(
                    "SELECT MAX(confirmed_at) AS t FROM delivery_address",
                    row -> row.maybeInstant("t")))
        .flatMap(found -> found);
  }

  /**
   * Posts the letter with a code, and from now on that code counts. False, and nothing is posted,
   * when the address is not awaited any more or has its code.
   *
   * <p>What if the process dies? Before the commit no code counts and another one is made; after it
   * the letter is in the outbox.
   */
  public boolean send(Address address, String code, OutgoingLetter letter, Instant at) {
    return database.write(
        "posting a code",
        tx -> {
          int changed =
              tx.update(
                  "UPDATE delivery_address SET sends = sends + 1, sent_at = ?, code_mark = ?"
                      + " WHERE pseudonym = ? AND confirmed_at IS NULL AND sent_at IS NULL",
                  at,
                  codes.of(code),
                  pseudonyms.address(address).value());
          if (changed == 0) {
            return false;
          }
          clerk.write(
              tx,
              Consequences.none()
                  .sending(letter)
                  .journalling(entry("DELIVERY_CODE_SENT", address, Actor.gateway(), at)),
              Optional.empty(),
              at);
          return true;
        });
  }

  /** Another code is sent, and the one before does not count any more. False: not awaited. */
  public boolean sendAgain(Address address, Actor who, Instant at) {
    return database.write(
        "asking for another code",
        tx -> {
          int changed =
              tx.update(
                  "UPDATE delivery_address SET sent_at = NULL, code_mark = NULL"
                      + " WHERE pseudonym = ? AND confirmed_at IS NULL",
                  pseudonyms.address(address).value());
          if (changed > 0) {
            journal.append(tx, List.of(entry("DELIVERY_CODE_AGAIN", address, who, at)));
          }
          return changed > 0;
        });
  }

  /** The code came back: its address gets mail from now on. Empty for a code that is not out. */
  public Optional<Address> confirm(String code, Actor who, Instant at) {
    return database.write(
        "confirming a delivery address",
        tx -> {
          Optional<Address> address =
              tx.first(
                  "SELECT address_box FROM delivery_address"
                      + " WHERE code_mark = ? AND confirmed_at IS NULL",
                  row -> Address.of(box.open("delivery.address", row.box("address_box"))),
                  codes.of(code));
          return address.isPresent() && confirm(tx, address.get(), code, who, at)
              ? address
              : Optional.empty();
        });
  }

  /** The reader there sent it back himself. False for another code, or when it is not awaited. */
  public boolean confirmBy(Address address, String code, Instant at) {
    Actor who = Actor.of(address.toString(), "reader");
    return database.write(
        "confirming a delivery address", tx -> confirm(tx, address, code, who, at));
  }

  private boolean confirm(Tx tx, Address address, String code, Actor who, Instant at)
      throws SQLException {
    int changed =
        tx.update(
            "UPDATE delivery_address SET confirmed_at = ?, code_mark = NULL"
                + " WHERE pseudonym = ? AND code_mark = ? AND confirmed_at IS NULL",
            at,
            pseudonyms.address(address).value(),
            codes.of(code));
    if (changed > 0) {
      journal.append(tx, List.of(entry("DELIVERY_CONFIRMED", address, who, at)));
    }
    return changed > 0;
  }

  /** Reads the version in force until now; empty before the first. A large one takes a while. */
  interface Before {
    Optional<RoutesVersion> read(Tx tx) throws SQLException;
  }

  /** An address, and what it is known by here. */
  record Named(Address address, String pseudonym) {}

  /** In the order of their spelling, for {@link #enrol}: ten thousand are some work. */
  List<Named> named(Set<Address> addresses) {
    Map<String, Address> inOrder = new TreeMap<>();
    addresses.forEach(address -> inOrder.put(address.toString(), address));
    return inOrder.values().stream()
        .map(address -> new Named(address, pseudonyms.address(address).value()))
        .toList();
  }

  /** Notes the delivery addresses of a version that is being put in force. */
  void enrol(Tx tx, RoutesVersion next, Before before, List<Named> addresses) throws SQLException {
    // a store from before addresses were noted: what was in force then had mail already
    Set<String> there =
        new HashSet<>(
            tx.list("SELECT pseudonym FROM delivery_address", row -> row.text("pseudonym")));
    Predicate<Address> vouched = there.isEmpty() ? vouched(before.read(tx)) : address -> false;
    List<JournalEntry> news = new ArrayList<>();
    for (Named one : addresses) {
      if (there.contains(one.pseudonym())) {
        continue; // thousands, of which one is new
      }
      boolean known = vouched.test(one.address());
      int added =
          tx.update(
              "INSERT INTO delivery_address (pseudonym, address_box, since, sends, confirmed_at)"
                  + " VALUES (?,?,?,0,?) ON CONFLICT DO NOTHING",
              one.pseudonym(),
              box.close("delivery.address", one.address().toString()),
              next.at(),
              known ? Optional.of(next.at()) : Optional.empty());
      if (added > 0 && !known) {
        news.add(entry("DELIVERY_AWAITED", one.address(), next.by(), next.at()));
      }
    }
    journal.append(tx, news);
  }

  private static Predicate<Address> vouched(Optional<RoutesVersion> before) {
    return address ->
        before.map(old -> old.certificates().containsKey(address.toString())).orElse(true);
  }

  /** The address is in the encrypted part only. */
  private static JournalEntry entry(String event, Address address, Actor who, Instant at) {
    return JournalEntry.of(at, event, JournalEntry.Action.UPDATE, who, OBJECT)
        .explaining(address.toString());
  }
}
