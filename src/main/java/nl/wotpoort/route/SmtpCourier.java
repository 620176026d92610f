package nl.wotpoort.route;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import javax.net.ssl.SSLSocketFactory;
import nl.wotpoort.desk.Courier;
import nl.wotpoort.desk.Delivery;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.door.PromptSockets;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submission to the organisation's own mail server (RFC 6409) on Angus Mail, over a few kept-alive
 * connections: opening one for each letter costs fifteen times as much. Thread-safe.
 */
public final class SmtpCourier implements Courier, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpCourier.class);

  /** Connections kept open while idle, when nothing else is said. */
  private static final int KEPT = 4;

  /** RFC 5321 §4.2.2: exceeded storage allocation; with SIZE (RFC 1870), of this letter. */
  private static final int TOO_LARGE = 552;

  /** RFC 5321 §4.2.2: service not available, closing transmission channel. */
  private static final int CLOSING = 421;

  private final SmtpAccount account;
  private final Session session;
  private final BlockingDeque<PipelinedTransport> idle;

  /** How long a server may take: to be connected to, and for each of its answers. */
  record Patience(Duration connect, Duration answer) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(60));
  }

  public SmtpCourier(SmtpAccount account) {
    this(account, KEPT);
  }

  /**
   * @param kept connections kept open while idle; more letters at once open more and close them
   *     afterwards
   */
  public SmtpCourier(SmtpAccount account, int kept) {
    this(account, kept, Patience.USUAL, Optional.empty());
  }

  /** {@code tls} says which certificates are trusted; empty: those the machine trusts. */
  SmtpCourier(SmtpAccount account, Patience patience, Optional<SSLSocketFactory> tls) {
    this(account, KEPT, patience, tls);
  }

  private SmtpCourier(
      SmtpAccount account, int kept, Patience patience, Optional<SSLSocketFactory> tls) {
    this.account = account;
    this.idle = new LinkedBlockingDeque<>(kept);
    Properties properties = properties(account, patience);
    properties.put(
        "mail." + account.protocol() + ".ssl.socketFactory",
        new TogetherSockets(
            () -> tls.orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()),
            account.verifyHost()));
    this.session = Session.getInstance(properties);
  }

  /**
   * A kept connection that the server has closed meanwhile shows it before the letter is begun;
   * then another takes the letter at once. Once begun nobody knows what the server made of it.
   */
  @Override
  public Delivery deliver(Optional<Address> sender, Address recipient, Bytes letter) {
    PipelinedTransport kept = idle.poll();
    if (kept != null) {
      Sealed message = new Sealed(session, sender, letter);
      Delivery delivery = deliver(kept, message, recipient);
      if (message.begun || !hungUp(delivery)) {
        return delivery;
      }
      close(); // what ended one has ended the others, as a rule
    }
    PipelinedTransport fresh = new PipelinedTransport(session, account);
    try {
      connect(fresh);
    } catch (MessagingException unreachable) {
      hangUp(fresh);
      return new Delivery.Deferred(0, describe(unreachable));
    }
    return deliver(fresh, new Sealed(session, sender, letter), recipient);
  }

  /** 421: the server ends the connection (RFC 5321 §3.8); below 100: there was no answer. */
  private static boolean hungUp(Delivery delivery) {
    return delivery.fold(
        accepted -> false,
        deferred -> deferred.code() < 100 || deferred.code() == CLOSING,
        refused -> false);
  }

  private Delivery deliver(PipelinedTransport transport, Sealed message, Address recipient) {
    boolean sound = false;
    try {
      transport.sendMessage(
          message, new InternetAddress[] {new InternetAddress(recipient.toString())});
      sound = true;
      return new Delivery.Accepted(lastReply(transport));
    } catch (SendFailedException refused) {
      Delivery verdict = verdict(refused);
      sound = !hungUp(verdict) && transport.isConnected();
      return verdict;
    } catch (MessagingException broken) {
      return new Delivery.Deferred(0, describe(broken));
    } finally {
      putBack(transport, sound);
    }
  }

  /** Closes the idle connections. Letters under way finish on theirs. */
  @Override
  public void close() {
    for (PipelinedTransport transport = idle.poll(); transport != null; transport = idle.poll()) {
      hangUp(transport);
    }
  }

  private void connect(PipelinedTransport fresh) throws MessagingException {
    if (account.user().isPresent()) {
      fresh.connect(account.host(), account.port(), account.user().get(), account.password());
    } else {
      fresh.connect(account.host(), account.port(), null, null);
    }
  }

  private void putBack(PipelinedTransport transport, boolean sound) {
    if (!(sound && idle.offer(transport))) {
      hangUp(transport);
    }
  }

  private static void hangUp(PipelinedTransport transport) {
    try {
      transport.close();
    } catch (MessagingException gone) {
      LOG.debug("connection was gone before QUIT");
    }
  }

  private static Delivery verdict(SendFailedException refused) {
    for (Exception cause = refused;
        cause instanceof MessagingException m;
        cause = m.getNextException()) {
      int code = replyCode(cause);
      if (code >= 400) {
        return code >= 500 && !isAboutUs(cause)
            ? new Delivery.Refused(code, describe(cause))
            : new Delivery.Deferred(code, describe(cause));
      }
    }
    return new Delivery.Deferred(0, describe(refused));
  }

  /**
   * A 5xx to MAIL FROM, but for the size, is about our login or address: it would turn every letter
   * away until somebody mends a setting, so it is not the end of this one.
   */
  private static boolean isAboutUs(Exception cause) {
    boolean toMail =
        cause instanceof SMTPSenderFailedException
            || (cause instanceof SMTPSendFailedException send
                && String.valueOf(send.getCommand()).startsWith("MAIL"));
    return toMail && replyCode(cause) != TOO_LARGE;
  }

  private static int replyCode(Exception cause) {
    if (cause instanceof SMTPAddressFailedException address) {
      return address.getReturnCode();
    }
    if (cause instanceof SMTPSenderFailedException from) {
      return from.getReturnCode();
    }
    return cause instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
  }

  private static String lastReply(PipelinedTransport transport) {
    String reply = transport.getLastServerResponse();
    return reply == null ? "" : reply.strip();
  }

  private static String describe(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.strip();
  }

  private static Properties properties(SmtpAccount account, Patience patience) {
    String p = "mail." + account.protocol() + ".";
    Properties properties = new Properties();
    properties.put(p + "socketFactory", new PromptSockets());
    properties.put(p + "connectiontimeout", String.valueOf(patience.connect().toMillis()));
    properties.put(p + "timeout", String.valueOf(patience.answer().toMillis()));
    properties.put(p + "writetimeout", String.valueOf(patience.answer().toMillis()));
    properties.put(p + "auth", String.valueOf(account.user().isPresent()));
    properties.put(p + "localhost", account.greetingName());
    properties.put(p + "quitwait", "false");
    account.security().apply(p, properties);
    return properties;
  }

  /** A message whose bytes are given: Jakarta Mail must not write its own reading of them. */
  private static final class Sealed extends SMTPMessage {

    private final Bytes letter;

    /** Whether any of it may have gone out. */
    private boolean begun;

    Sealed(Session session, Optional<Address> sender, Bytes letter) {
      super(session);
      this.letter = letter;
      setEnvelopeFrom(sender.map(Address::toString).orElse("<>"));
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException {
      begun = true;
      letter.writeTo(out);
    }
  }
}
