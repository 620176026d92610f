package nl.wotpoort.scenarios;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.wotpoort.demo.MendedMail;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * GreenMail on the loopback: SMTP and IMAP, all mail for the gateway's domain in one intake
 * mailbox, everybody else a mailbox of his own.
 */
final class PostOffice implements AutoCloseable {

  static final String HOST = "127.0.0.1";
  static final String INTAKE = "intake";
  static final String PASSWORD = "postvak-geheim";
  private static final String OURS = "@wotschiedam.nl";

  /**
   * The envelope of a mail that was taken.
   *
   * @param from empty for the null return path
   */
  record Envelope(String from, String to) {}

  private final MendedMail server;
  private final GreenMailUser intake;
  private final List<Envelope> envelopes = new CopyOnWriteArrayList<>();

  private PostOffice(MendedMail server) {
    this.server = server;
    server.start();
    this.intake = server.setUser(INTAKE + OURS, INTAKE, PASSWORD);
    server
        .getUserManager()
        .setMessageDeliveryHandler(
            (message, to) -> {
              String from =
                  message.getReturnPath() == null ? "" : message.getReturnPath().getEmail();
              envelopes.add(new Envelope(from, to.getEmail()));
              return to.getEmail().endsWith(OURS) ? intake : mailbox(to.getEmail());
            });
  }

  static PostOffice open() {
    return openAt(0);
  }

  /** With SMTP at a port chosen before; 0 is any free one. */
  static PostOffice openAt(int smtpPort) {
    ServerSetup smtp = new ServerSetup(smtpPort, HOST, ServerSetup.PROTOCOL_SMTP);
    ServerSetup imap = new ServerSetup(0, HOST, ServerSetup.PROTOCOL_IMAP);
    return new PostOffice(new MendedMail(new ServerSetup[] {smtp, imap}));
  }

  int smtpPort() {
    return server.port(ServerSetup.PROTOCOL_SMTP);
  }

  int imapPort() {
    return server.port(ServerSetup.PROTOCOL_IMAP);
  }

  List<Envelope> envelopes() {
    return List.copyOf(envelopes);
  }

  /** How many mails the gateway has still to fetch. */
  int inIntake() {
    return folder(intake, "INBOX").map(MailFolder::getMessageCount).orElse(0);
  }

  /** How many mails a folder of the intake's account holds; 0 when there is none of that name. */
  int inFolder(String name) {
    return folder(intake, name).map(MailFolder::getMessageCount).orElse(0);
  }

  List<String> intakeFolders() {
    try {
      return server.getManagers().getImapHostManager().listMailboxes(intake, "*").stream()
          .map(MailFolder::getName)
          .sorted()
          .toList();
    } catch (FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mails in somebody's inbox, in order of arrival, as they came. */
  List<Bytes> inbox(Address address) {
    List<Bytes> mails = new ArrayList<>();
    List<StoredMessage> stored =
        folder(mailbox(address.toString()), "INBOX").map(MailFolder::getMessages).orElse(List.of());
    for (StoredMessage message : stored) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        message.getMimeMessage().writeTo(bytes);
      } catch (MessagingException | IOException e) {
        throw new IllegalStateException("cannot read a mailbox", e);
      }
      mails.add(Bytes.wrap(bytes.toByteArray()));
    }
    return mails;
  }

  private Optional<MailFolder> folder(GreenMailUser user, String name) {
    return Optional.ofNullable(server.getManagers().getImapHostManager().getFolder(user, name));
  }

  private synchronized GreenMailUser mailbox(String address) {
    GreenMailUser known = server.getUserManager().getUserByEmail(address);
    try {
      return known != null ? known : server.getUserManager().createUser(address, address, PASSWORD);
    } catch (UserException e) {
      throw new IllegalStateException("cannot make a mailbox", e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
