package nl.wotpoort.demo;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * The mail server of the demo: GreenMail with SMTP and IMAP on the loopback, mailboxes in memory.
 */
final class DemoMail implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  /** All mail for the gateway's own domain comes together here. */
  static final String INTAKE = "intake";

  static final String PASSWORD = "demo";

  private final MendedMail server;

  private DemoMail(MendedMail server) {
    this.server = server;
  }

  /**
   * Starts the server; a port of 0 is any free one.
   *
   * @throws IllegalStateException when a port is in use
   */
  static DemoMail start(int smtpPort, int imapPort, String intakeDomain) {
    mustBeFree(smtpPort);
    mustBeFree(imapPort);
    ServerSetup smtp = new ServerSetup(smtpPort, HOST, ServerSetup.PROTOCOL_SMTP);
    ServerSetup imap = new ServerSetup(imapPort, HOST, ServerSetup.PROTOCOL_IMAP);
    MendedMail server = new MendedMail(new ServerSetup[] {smtp, imap});
    server.start();
    GreenMailUser intake = server.setUser(INTAKE + "@" + intakeDomain, INTAKE, PASSWORD);
    server
        .getUserManager()
        .setMessageDeliveryHandler(
            (message, to) ->
                to.getEmail().endsWith("@" + intakeDomain)
                    ? intake
                    : mailbox(server, to.getEmail()));
    return new DemoMail(server);
  }

  /** GreenMail would print a stack trace from a thread of its own. */
  private static void mustBeFree(int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IllegalStateException(HOST + ":" + port + " (" + e.getMessage() + ")", e);
    }
  }

  private static GreenMailUser mailbox(GreenMail server, String address) {
    GreenMailUser known = server.getUserManager().getUserByEmail(address);
    try {
      return known != null ? known : server.getUserManager().createUser(address, address, PASSWORD);
    } catch (UserException e) {
      throw new IllegalStateException("cannot make a mailbox", e);
    }
  }

  void open(Address address) {
    mailbox(server, address.toString());
  }

  int smtpPort() {
    return server.port(ServerSetup.PROTOCOL_SMTP);
  }

  int imapPort() {
    return server.port(ServerSetup.PROTOCOL_IMAP);
  }

  /** The mails in somebody's inbox, in order of arrival, as they came. */
  List<Bytes> inbox(Address address) {
    List<Bytes> mails = new ArrayList<>();
    try {
      Optional<MailFolder> inbox =
          Optional.ofNullable(
              server
                  .getManagers()
                  .getImapHostManager()
                  .getInbox(mailbox(server, address.toString())));
      // a copy: what GreenMail gives is a view, and mail arrives meanwhile
      for (StoredMessage message :
          List.copyOf(inbox.map(MailFolder::getMessages).orElse(List.of()))) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.getMimeMessage().writeTo(bytes);
        mails.add(Bytes.wrap(bytes.toByteArray()));
      }
    } catch (FolderException | MessagingException | IOException e) {
      throw new IllegalStateException("cannot read a mailbox of the demo", e);
    }
    return mails;
  }

  @Override
  public void close() {
    server.stop();
  }
}
