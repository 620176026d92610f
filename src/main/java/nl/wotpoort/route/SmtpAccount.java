package nl.wotpoort.route;

import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where and how letters leave: the organisation's own submission server.
 *
 * @param greetingName what this machine calls itself in EHLO
 */
public record SmtpAccount(
    String host,
    int port,
    Security security,
    boolean verifyHost,
    Optional<String> user,
    @Nullable String password,
    String greetingName) {

  /**
   * How the connection is protected. NONE is for loopback only; the settings refuse it elsewhere.
   */
  public enum Security {
    STARTTLS,
    TLS,
    NONE;

    /** What of it is Angus Mail's part; the rest is {@link TogetherSockets}'. */
    void apply(String prefix, Properties properties) {
      if (this == STARTTLS) {
        properties.put(prefix + "starttls.enable", "true");
        properties.put(prefix + "starttls.required", "true");
      }
    }
  }

  String protocol() {
    return security == Security.TLS ? "smtps" : "smtp";
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return host + ":" + port + " (" + security + ")";
  }
}
