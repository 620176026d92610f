package nl.wotpoort.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.desk.Courier;
import nl.wotpoort.desk.Delivery;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * One courier for each next hop; which one goes is in the domain of the recipient. Each has its own
 * connections, so a server that is away is no other's trouble. Thread-safe.
 */
final class Couriers implements Courier, AutoCloseable {

  private final SmtpCourier usual;
  private final Map<String, SmtpCourier> byDomain;

  private Couriers(SmtpCourier usual, Map<String, SmtpCourier> byDomain) {
    this.usual = usual;
    this.byDomain = byDomain;
  }

  /** One that takes everything. */
  static Couriers with(SmtpCourier usual) {
    return new Couriers(usual, Map.of());
  }

  /** These, and {@code courier} for {@code domains}, in lower case. */
  Couriers and(Iterable<String> domains, SmtpCourier courier) {
    Map<String, SmtpCourier> more = new HashMap<>(byDomain);
    domains.forEach(domain -> more.put(domain, courier));
    return new Couriers(usual, Map.copyOf(more));
  }

  @Override
  public Delivery deliver(Optional<Address> sender, Address recipient, Bytes letter) {
    return byDomain.getOrDefault(recipient.domain(), usual).deliver(sender, recipient, letter);
  }

  @Override
  public void close() {
    usual.close();
    List.copyOf(byDomain.values()).forEach(SmtpCourier::close);
  }
}
