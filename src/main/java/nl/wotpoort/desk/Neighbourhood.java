package nl.wotpoort.desk;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Where the gateway may fetch from: the public internet, and inside only the hosts the
 * administrator named. An address in a certificate must not make it knock on doors in its own
 * house.
 */
final class Neighbourhood {

  private final Set<String> named;

  /** {@code named}: lower-case hosts that may be inside. */
  Neighbourhood(Set<String> named) {
    this.named = Set.copyOf(named);
  }

  /**
   * Whether {@code uri} may be asked. Looks the host up; the JDK remembers the answer for the
   * moment until the connection.
   */
  boolean allows(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (!(scheme.equals("http") || scheme.equals("https"))
        || host == null
        || uri.getRawUserInfo() != null) {
      return false;
    }
    if (named.contains(host.toLowerCase(Locale.ROOT))) {
      return true;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (isInside(address)) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** RFC 6890's special-purpose blocks, as far as the JDK does not know them. */
  static boolean isInside(InetAddress address) {
    byte[] b = address.getAddress();
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    if (address instanceof Inet6Address) {
      // unique local; and what carries an IPv4 address inside: NAT64, 6to4, Teredo
      return (first & 0xfe) == 0xfc
          || (first == 0 && second == 0x64)
          || (first == 0x20 && (second == 0x02 || (second == 0x01 && b[2] == 0 && b[3] == 0)))
          || isZero(b, 12);
    }
    return first == 0
        || first >= 240
        || (first == 100 && (second & 0xc0) == 64)
        || (first == 192 && second == 0 && (b[2] == 0 || b[2] == 2))
        || (first == 198 && (second == 18 || second == 19));
  }

  /** IPv4-compatible addresses, long out of use. */
  private static boolean isZero(byte[] b, int length) {
    int any = 0;
    for (int i = 0; i < length; i++) {
      any |= b[i];
    }
    return any == 0;
  }
}
