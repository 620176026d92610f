package nl.wotpoort.route;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.support.DefaultMessage;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a mail in: its bytes as the server holds them, stored and synced before this returns. Opens
 * nothing and judges nothing.
 *
 * <p>What if the process dies? Before the commit: the mail is still in its folder. After it and
 * before the move: it is taken again, and the store knows it by its UID.
 */
public final class Intake implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** Where a catch-all's server writes whom it delivered for, the most telling first. */
  private static final List<String> DELIVERED_FOR =
      List.of("X-Original-To", "Delivered-To", "Envelope-To");

  private static final List<String> WRITTEN_TO = List.of("To", "Cc");

  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+");

  private final Store store;
  private final Directory directory;
  private final Identity identity;
  private final Map<String, IntakeAccount> accounts;
  private final Clock clock;

  public Intake(
      Store store,
      Directory directory,
      Identity identity,
      Map<String, IntakeAccount> accounts,
      Clock clock) {
    this.store = store;
    this.directory = directory;
    this.identity = identity;
    this.accounts = Map.copyOf(accounts);
    this.clock = clock;
  }

  /**
   * The first step of routes/10-intake. Throws when the mail could not be stored: then it stays
   * where it is.
   *
   * <p>A Processor, and first: whatever looks at the exchange before it would have Camel map the
   * mail's headers, which a stranger wrote, and which cannot even be fetched when the mail is
   * empty.
   */
  @Override
  public void process(Exchange exchange) throws MessagingException, IOException {
    IntakeAccount account = account(exchange);
    Message mail = mail(exchange);
    IMAPFolder folder = (IMAPFolder) mail.getFolder();
    long uid = folder.getUID(mail);
    Origin origin = Origin.imap(account.name(), folder.getUIDValidity(), uid);
    // from here on the exchange holds nothing of the mail: the rest of the route only wakes the
    // desk
    exchange.setIn(new DefaultMessage(exchange.getContext()));
    if (mail.getSize() > account.maxBytes()) {
      setAside(exchange, account, origin, mail.getSize());
      return;
    }
    store.queue().received(arrivals(account, origin, bytes(mail), clock.instant()));
  }

  /** Asked of an empty mail, Jakarta Mail throws instead of writing nothing. */
  private static Bytes bytes(Message mail) throws MessagingException, IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream(Math.max(1024, mail.getSize()));
    if (mail.getSize() != 0) {
      mail.writeTo(raw);
    }
    return Bytes.wrap(raw.toByteArray());
  }

  private static Message mail(Exchange exchange) {
    MailMessage message = exchange.getIn(MailMessage.class);
    if (message == null) {
      throw new AssertionError("the intake's route does not begin at a mailbox");
    }
    return message.getOriginalMessage();
  }

  private IntakeAccount account(Exchange exchange) {
    String name = exchange.getProperty("account", String.class);
    IntakeAccount account = accounts.get(name);
    if (account == null) {
      throw new AssertionError("a route for an account that is not there: " + name);
    }
    return account;
  }

  /** Never lost: it stays on the mail server, in a folder of its own, and the journal says so. */
  private void setAside(Exchange exchange, IntakeAccount account, Origin origin, int size) {
    LOG.warn(
        "set aside unread: account={} size={} limit={} folder={}",
        account.name(),
        size,
        account.maxBytes(),
        account.setAside());
    store
        .journal()
        .write(
            JournalEntry.of(
                    clock.instant(),
                    "SET_ASIDE_TOO_LARGE",
                    JournalEntry.Action.CREATE,
                    Actor.gateway(),
                    origin.source() + "/" + origin.key())
                .ending(JournalEntry.Outcome.REFUSED)
                .comingFrom(account.name()));
    exchange.getIn().setHeader("CamelMailMoveTo", account.setAside());
  }

  private List<Arrival> arrivals(IntakeAccount account, Origin origin, Bytes raw, Instant at)
      throws MessagingException {
    List<Arrival> arrivals = new ArrayList<>();
    Set<Address> mailboxes = new LinkedHashSet<>();
    for (Address written : recipients(account, new InternetHeaders(raw.open(), false))) {
      Address mailbox = account.mailbox().orElseGet(() -> mailboxBehind(written));
      if (mailboxes.add(mailbox)) {
        // one mail for two mailboxes of ours is two messages, each with its own way
        Origin each =
            mailboxes.size() == 1
                ? origin
                : new Origin(origin.source(), origin.key() + "/" + mailboxes.size());
        arrivals.add(new Arrival(each, mailbox, Optional.of(written), raw, at));
      }
    }
    if (arrivals.isEmpty()) {
      arrivals.add(
          new Arrival(
              origin, account.mailbox().orElse(identity.gateway()), Optional.empty(), raw, at));
    }
    return arrivals;
  }

  /** An alias is the mailbox it stands for: that one has the key. */
  private Address mailboxBehind(Address written) {
    Address mailbox = identity.mailboxBehind(written);
    return directory.mailbox(mailbox).map(Mailbox::address).orElse(mailbox);
  }

  /**
   * Whom the server delivered for; else whom it was written to; of those only addresses this
   * gateway serves.
   */
  private Set<Address> recipients(IntakeAccount account, InternetHeaders headers) {
    for (String name : DELIVERED_FOR) {
      Set<Address> found = served(headers, List.of(name));
      if (!found.isEmpty()) {
        return account.mailbox().isPresent() ? Set.of(found.iterator().next()) : found;
      }
    }
    if (account.mailbox().isPresent()) {
      return Set.of();
    }
    return served(headers, WRITTEN_TO);
  }

  private Set<Address> served(InternetHeaders headers, List<String> names) {
    Set<Address> found = new LinkedHashSet<>();
    for (String name : names) {
      String[] values = headers.getHeader(name);
      for (String value : values == null ? new String[0] : values) {
        Matcher address = ADDRESS.matcher(value);
        while (address.find()) {
          Address.parse(address.group()).filter(this::isServed).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private boolean isServed(Address address) {
    return directory.mailbox(address).isPresent()
        || identity.caseIn(address).isPresent()
        || address.equals(identity.gateway());
  }
}
