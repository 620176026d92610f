package nl.wotpoort.settings;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that begin alike, such as {@code 10.1.0.0/16} or {@code ::1}. */
public record Network(InetAddress address, int bits) {

  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

  /** Empty when it is none; asks no name server. */
  public static Optional<Network> parse(String text) {
    String[] parts = text.strip().split("/", 2);
    if (!LITERAL.matcher(parts[0]).matches() || !parts[0].matches(".*[.:].*")) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByName(parts[0]);
      int most = address.getAddress().length * 8;
      if (parts.length == 1) {
        return Optional.of(new Network(address, most));
      }
      return parts[1].matches("[0-9]{1,3}") && Integer.parseInt(parts[1]) <= most
          ? Optional.of(new Network(address, Integer.parseInt(parts[1])))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress other) {
    byte[] one = address.getAddress();
    byte[] two = other.getAddress();
    if (one.length != two.length) {
      return false;
    }
    int rest = one.length * 8 - bits;
    return new BigInteger(1, one).shiftRight(rest).equals(new BigInteger(1, two).shiftRight(rest));
  }
}
