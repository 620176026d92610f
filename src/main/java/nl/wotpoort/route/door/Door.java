package nl.wotpoort.route.door;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.desk.Identity;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Store;

/**
 * Knows whom a mail is for. Opens nothing and judges nothing; of a mail's headers it reads only the
 * addresses, and only to find our own among them. Thread-safe.
 */
public final class Door {

  /** Where a catch-all's server writes whom it delivered for, the most telling first. */
  private static final List<String> DELIVERED_FOR =
      List.of("X-Original-To", "Delivered-To", "Envelope-To");

  private static final List<String> WRITTEN_TO = List.of("To", "Cc");

  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+");

  private final Store store;
  private final Supplier<Directory> directory;
  private final Identity identity;
  private final Clock clock;

  public Door(Store store, Supplier<Directory> directory, Identity identity, Clock clock) {
    this.store = store;
    this.directory = directory;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * A mail from a folder: one message for each mailbox of ours it is for, each with its own way;
   * one for the gateway itself when it says of none.
   *
   * @param owner whose mail the folder holds; empty when the mail must say so
   */
  public List<Arrival> fromFolder(Optional<Address> owner, Origin origin, Bytes raw) {
    Instant at = clock.instant();
    List<Arrival> arrivals = new ArrayList<>();
    Set<Address> mailboxes = new LinkedHashSet<>();
    for (Address written : recipients(owner, raw)) {
      Address mailbox = owner.orElseGet(() -> mailboxBehind(written));
      if (mailboxes.add(mailbox)) {
        Origin each =
            mailboxes.size() == 1
                ? origin
                : new Origin(origin.source(), origin.key() + "/" + mailboxes.size());
        arrivals.add(new Arrival(each, mailbox, Optional.of(written), raw, at));
      }
    }
    if (arrivals.isEmpty()) {
      arrivals.add(
          new Arrival(origin, owner.orElse(identity.gateway()), Optional.empty(), raw, at));
    }
    return arrivals;
  }

  /** A mail for one recipient of an envelope, who {@link #serves} said yes to. */
  public Arrival fromEnvelope(Address recipient, Origin origin, Bytes raw) {
    return new Arrival(
        origin, mailboxBehind(recipient), Optional.of(recipient), raw, clock.instant());
  }

  /** Whether an address is one of ours: of a mailbox, of a case, or of the gateway itself. */
  public boolean serves(Address address) {
    return directory.get().mailbox(address).isPresent()
        || identity.caseIn(address).isPresent()
        || address.equals(identity.caseMailbox())
        || address.equals(identity.gateway());
  }

  /** Writes that a mail stays on the mail server, and why, before it is put in a folder there. */
  public void setAside(Origin origin, String event) {
    store
        .journal()
        .write(
            JournalEntry.of(
                    clock.instant(),
                    event,
                    JournalEntry.Action.CREATE,
                    Actor.gateway(),
                    origin.source() + "/" + origin.key())
                .ending(JournalEntry.Outcome.REFUSED)
                .comingFrom(origin.source()));
  }

  /** An alias is the mailbox it stands for: that one has the key. */
  private Address mailboxBehind(Address written) {
    Address mailbox = identity.mailboxBehind(written);
    return directory.get().mailbox(mailbox).map(Mailbox::address).orElse(mailbox);
  }

  /**
   * Whom the server delivered for; else whom it was written to; of those only addresses this
   * gateway serves.
   */
  private Set<Address> recipients(Optional<Address> owner, Bytes raw) {
    InternetHeaders headers = headers(raw);
    for (String name : DELIVERED_FOR) {
      Set<Address> found = served(headers, List.of(name));
      if (!found.isEmpty()) {
        return found;
      }
    }
    if (owner.isPresent()) {
      return Set.of();
    }
    return served(headers, WRITTEN_TO);
  }

  private static InternetHeaders headers(Bytes raw) {
    try {
      return new InternetHeaders(raw.open(), false);
    } catch (MessagingException e) {
      throw new AssertionError("reading memory does not fail", e);
    }
  }

  private Set<Address> served(InternetHeaders headers, List<String> names) {
    Set<Address> found = new LinkedHashSet<>();
    for (String name : names) {
      String[] values = headers.getHeader(name);
      for (String value : values == null ? new String[0] : values) {
        Matcher address = ADDRESS.matcher(value);
        while (address.find()) {
          Address.parse(address.group()).filter(this::serves).ifPresent(found::add);
        }
      }
    }
    return found;
  }
}
