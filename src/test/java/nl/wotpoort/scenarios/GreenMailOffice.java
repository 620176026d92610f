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

/** GreenMail in this process: SMTP and IMAP, without TLS. */
final class GreenMailOffice implements PostOffice {

  private static final String HOST = "127.0.0.1";

  private final MendedMail server;
  private final GreenMailUser intake;
  private final List<Envelope> envelopes = new CopyOnWriteArrayList<>();

  private GreenMailOffice(MendedMail server) {
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

  /** With SMTP at a port chosen before; 0 is any free one. */
  static PostOffice openAt(int smtpPort) {
    ServerSetup smtp = new ServerSetup(smtpPort, HOST, ServerSetup.PROTOCOL_SMTP);
    ServerSetup imap = new ServerSetup(0, HOST, ServerSetup.PROTOCOL_IMAP);
    return new GreenMailOffice(new MendedMail(new ServerSetup[] {smtp, imap}));
  }

  @Override
  public void acceptIntakePassword(String password) {
    intake.setPassword(password);
  }

  @Override
  public int smtpPort() {
    return server.port(ServerSetup.PROTOCOL_SMTP);
  }

  @Override
  public int imapPort() {
    return server.port(ServerSetup.PROTOCOL_IMAP);
  }

  @Override
  public List<Envelope> envelopes() {
    return List.copyOf(envelopes);
  }

  @Override
  public int inIntake() {
    return folder(intake, "INBOX").map(MailFolder::getMessageCount).orElse(0);
  }

  @Override
  public int inFolder(String name) {
    return folder(intake, name).map(MailFolder::getMessageCount).orElse(0);
  }

  @Override
  public List<String> intakeFolders() {
    try {
      return server.getManagers().getImapHostManager().listMailboxes(intake, "*").stream()
          .map(MailFolder::getName)
          .sorted()
          .toList();
    } catch (FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Bytes> inbox(Address address) {
    List<Bytes> mails = new ArrayList<>();
    List<StoredMessage> stored =
        folder(mailbox(address.toString()), "INBOX").map(MailFolder::getMessages).orElse(List.of());
    // a copy: what GreenMail gives is a view, and mail arrives meanwhile
    for (StoredMessage message : List.copyOf(stored)) {
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
