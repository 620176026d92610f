package nl.wotpoort.route;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Angus Mail's transport, which waits for the answer to each command, with command pipelining (RFC
 * 2920) where the server offers it and the connection has TLS: MAIL, RCPT and DATA leave {@link
 * Together}, one wait instead of three. Without TLS the server is on this machine, and a wait is
 * nothing. The answers are read by Angus in its own order. One recipient a message. Not for several
 * threads.
 */
final class PipelinedTransport extends SMTPTransport {

  private static final int GO_AHEAD = 354;

  /** Sent already, in order; Angus has not come to them. */
  private final Deque<String> ahead = new ArrayDeque<>();

  private final boolean overTls;
  private String recipient = "";

  PipelinedTransport(Session session, SmtpAccount account) {
    super(
        session,
        new URLName(account.protocol(), null, -1, null, null, null),
        account.protocol(),
        account.security() == SmtpAccount.Security.TLS);
    overTls = account.security() != SmtpAccount.Security.NONE;
  }

  @Override
  public synchronized void sendMessage(Message message, Address[] addresses)
      throws MessagingException {
    answersOfTheRestAreRead(); // of a letter whose sender was refused, when nobody asked since
    recipient =
        addresses.length == 1 && addresses[0] instanceof InternetAddress one
            ? one.getAddress()
            : "";
    super.sendMessage(message, addresses);
  }

  @Override
  protected void sendCommand(String command) throws MessagingException {
    if (command.equals(ahead.peek())) {
      ahead.remove();
    } else if (ahead.isEmpty() || answersOfTheRestAreRead()) {
      super.sendCommand(command);
      if (command.startsWith("MAIL FROM:")) {
        sendAhead();
      }
    }
  }

  private void sendAhead() throws MessagingException {
    if (overTls && !recipient.isEmpty() && supportsExtension("PIPELINING")) {
      for (String next : List.of("RCPT TO:<" + recipient + ">", "DATA")) {
        super.sendCommand(next);
        ahead.add(next);
      }
    }
  }

  /**
   * After a refusal Angus goes on with another command than what was sent ahead, or with the next
   * letter, and must read the answer to that. A server that wants a letter without sender or
   * recipient is hung up on, or the command would become a letter. False when the connection is
   * gone.
   */
  private boolean answersOfTheRestAreRead() throws MessagingException {
    int answer = 0;
    for (; !ahead.isEmpty() && answer >= 0; ahead.remove()) {
      answer = readServerResponse();
    }
    ahead.clear();
    if (answer == GO_AHEAD) {
      close();
      throw new MessagingException("the server wants a letter that has no recipient");
    }
    return answer >= 0;
  }
}
