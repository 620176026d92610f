package nl.wotpoort.route.imap;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import nl.wotpoort.route.door.PromptSockets;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an IMAP server with one folder open. Commands can be sent ahead and answered
 * later, in their order. What is thrown means that the connection is of no more use; a command that
 * the server turns down is an {@link Answer}. For one thread, but {@link #cut}.
 */
final class Line {

  /** What the server said to a command, and what it said besides, up to then. */
  record Answer(Response tagged, List<Response> untagged) {
    boolean isOk() {
      return tagged.isOK();
    }
  }

  private final IMAPProtocol protocol;
  private final Socket socket;
  private final int answerMillis;
  private final Map<String, Answer> answered = new HashMap<>();

  /**
   * How many mails the folder holds, as last told (RFC 3501 §7.3.1, §7.4.1). Not to be relied on:
   * GreenMail tells of them in an order that does not add up.
   */
  private int exists;

  private boolean news;

  private Line(IMAPProtocol protocol, Socket socket, int answerMillis) {
    this.protocol = protocol;
    this.socket = socket;
    this.answerMillis = answerMillis;
  }

  /**
   * Connects and logs in.
   *
   * @param more properties of the connection besides the usual ones
   * @throws AuthenticationFailedException when the server does not want us
   * @throws MessagingException when the line cannot be made private
   */
  static Line open(ImapAccount account, Pace pace, Properties more)
      throws IOException, ProtocolException, MessagingException {
    Socket[] socket = new Socket[1];
    Properties properties = properties(account, pace, new PromptSockets(made -> socket[0] = made));
    properties.putAll(more);
    IMAPProtocol protocol =
        new IMAPProtocol(
            "imap",
            account.host(),
            account.port(),
            properties,
            account.security() == ImapAccount.Security.TLS,
            new MailLogger(Line.class, "imap", false, System.err));
    boolean open = false;
    try {
      if (account.security() == ImapAccount.Security.STARTTLS) {
        if (!protocol.hasCapability("STARTTLS")) {
          throw new MessagingException("the server has no STARTTLS");
        }
        protocol.startTLS();
        protocol.capability();
      }
      logIn(protocol, account);
      protocol.capability();
      open = true;
      return new Line(protocol, socket[0], (int) pace.answer().toMillis());
    } finally {
      if (!open) {
        protocol.disconnect();
      }
    }
  }

  private static void logIn(IMAPProtocol protocol, ImapAccount account)
      throws ProtocolException, AuthenticationFailedException {
    try {
      if (protocol.hasCapability("AUTH=PLAIN")) {
        protocol.authplain("", account.user(), account.password());
      } else if (protocol.hasCapability("LOGINDISABLED")) {
        throw new AuthenticationFailedException("the server takes no password on this line");
      } else {
        protocol.login(account.user(), account.password());
      }
    } catch (CommandFailedException refused) {
      // without the server's text, which may name somebody
      throw new AuthenticationFailedException("the server refused the login");
    }
  }

  private static Properties properties(ImapAccount account, Pace pace, PromptSockets sockets) {
    Properties properties = new Properties();
    properties.put("mail.imap.socketFactory", sockets);
    properties.put("mail.imap.connectiontimeout", String.valueOf(pace.connect().toMillis()));
    properties.put("mail.imap.timeout", String.valueOf(pace.answer().toMillis()));
    properties.put("mail.imap.writetimeout", String.valueOf(pace.answer().toMillis()));
    properties.put("mail.imap.ssl.checkserveridentity", String.valueOf(account.verifyHost()));
    properties.put("mail.imap.ssl.protocols", "TLSv1.3 TLSv1.2");
    return properties;
  }

  /** Opens the folder; answers its UIDVALIDITY. */
  long select(String folder) throws ProtocolException {
    MailboxInfo info = protocol.select(folder);
    exists = info.total;
    news = true;
    return info.uidvalidity;
  }

  /** Makes a folder when it is not there. */
  void require(String folder) throws ProtocolException {
    if (protocol.list("", folder) == null) {
      create(folder);
    }
  }

  void create(String folder) throws ProtocolException {
    try {
      protocol.create(folder);
    } catch (CommandFailedException refused) {
      // there already after all, or not allowed: then moving to it says so
    }
  }

  boolean can(String capability) {
    return protocol.hasCapability(capability);
  }

  int exists() {
    return exists;
  }

  /** Whether the server told of new mail since {@link #readNews}. */
  boolean hasNews() {
    return news;
  }

  /** The folder is being looked at now: only what is told from here on is news. */
  void readNews() {
    news = false;
  }

  /** The name of a folder as a command's argument. */
  static Argument folder(String name) {
    Argument argument = new Argument();
    argument.writeString(BASE64MailboxEncoder.encode(name));
    return argument;
  }

  /** Sends a command and does not wait; the answer is had by {@link #answer}. */
  String send(String command, @Nullable Argument arguments) throws IOException, ProtocolException {
    return protocol.writeCommand(command, arguments);
  }

  /** Waits for the answer to a command that was sent. */
  Answer answer(String tag) throws IOException {
    while (!answered.containsKey(tag)) {
      readOne();
    }
    return answered.remove(tag);
  }

  Answer ask(String command, @Nullable Argument arguments) throws IOException, ProtocolException {
    return answer(send(command, arguments));
  }

  /** What was said before a tagged answer belongs to it: answers come in order. */
  private void readOne() throws IOException {
    List<Response> untagged = new ArrayList<>();
    while (true) {
      Response response = read();
      if (response == null) {
        continue;
      }
      if (response.isTagged()) {
        answered.put(response.getTag(), new Answer(response, untagged));
        return;
      }
      untagged.add(response);
    }
  }

  /** Null for what cannot be read: a mail that is missing then is asked for again. */
  private @Nullable Response read() throws IOException {
    try {
      Response response = protocol.readResponse();
      if (response.isUnTagged() && response.isBYE()) {
        throw new SocketException("the server said BYE");
      }
      if (response instanceof IMAPResponse told) {
        note(told);
      }
      return response;
    } catch (ProtocolException garbled) {
      return null;
    }
  }

  private void note(IMAPResponse told) {
    if (told.keyEquals("EXISTS")) {
      news = true;
      exists = told.getNumber();
    } else if (told.keyEquals("EXPUNGE")) {
      exists--;
    }
  }

  /**
   * Waits until the server tells of something, {@code most} is over, or {@code stop} (asked four
   * times a second) is true (RFC 2177).
   */
  void idle(Duration most, BooleanSupplier stop) throws IOException, ProtocolException {
    long end = System.nanoTime() + most.toNanos();
    String tag = send("IDLE", null);
    boolean idling = false;
    while (!idling) {
      Response response = read();
      if (response != null && response.isTagged()) {
        return; // not now
      }
      idling = response != null && response.isContinuation();
    }
    while (!news && !stop.getAsBoolean() && System.nanoTime() < end) {
      long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
      socket.setSoTimeout((int) Math.min(250, left));
      try {
        read();
      } catch (SocketTimeoutException silence) {
        // and on
      } finally {
        socket.setSoTimeout(answerMillis);
      }
    }
    protocol.idleAbort();
    answer(tag);
  }

  /** Says goodbye, if the server still listens. */
  void close() {
    try {
      socket.setSoTimeout(1_000);
      protocol.logout(); // and disconnects
    } catch (ProtocolException | SocketException gone) {
      cut();
    }
  }

  /** Ends the connection at once, whoever waits on it; from any thread. */
  void cut() {
    try {
      socket.close();
    } catch (IOException gone) {
      // as wished
    }
  }
}
