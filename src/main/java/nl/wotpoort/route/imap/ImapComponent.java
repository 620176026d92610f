package nl.wotpoort.route.imap;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nl.wotpoort.route.door.Door;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.store.Duty;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code wotpoort-imap:ACCOUNT}: a folder on an IMAP server. The accounts, with their passwords,
 * are given here; the address holds a name and nothing else.
 */
public final class ImapComponent extends DefaultComponent {

  public static final String SCHEME = "wotpoort-imap";

  private final Map<String, ImapAccount> accounts = new LinkedHashMap<>();

  private final Door door;
  private final Function<String, Duty> duties;
  private final Function<String, Watch> watches;
  private final Clock clock;

  /**
   * @param duties the lease of a mailbox, by its name
   * @param watches who is told how an account is doing, by its name
   */
  public ImapComponent(
      List<ImapAccount> accounts,
      Door door,
      Function<String, Duty> duties,
      Function<String, Watch> watches,
      Clock clock) {
    accounts.forEach(account -> this.accounts.put(account.name(), account));
    this.door = door;
    this.duties = duties;
    this.watches = watches;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    ImapAccount account =
        Optional.ofNullable(accounts.get(name))
            .orElseThrow(() -> new IllegalArgumentException("no such account: " + name));
    return new ImapEndpoint(uri, this, account);
  }

  Door door() {
    return door;
  }

  Duty duty(ImapAccount account) {
    return duties.apply("intake " + account.name());
  }

  Watch watch(ImapAccount account) {
    return watches.apply(account.name());
  }

  Clock clock() {
    return clock;
  }
}
