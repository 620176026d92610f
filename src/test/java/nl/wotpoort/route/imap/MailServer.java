package nl.wotpoort.route.imap;

import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import nl.wotpoort.demo.MendedMail;
import nl.wotpoort.route.door.PromptSockets;

/**
 * An IMAP server as another client sees it: GreenMail, or a real one named by {@code -Dimap.host}
 * (and {@code imap.port}, {@code imap.user}, {@code imap.password}), such as Dovecot.
 */
final class MailServer implements AutoCloseable {

  private final String host = System.getProperty("imap.host", "127.0.0.1");
  private final String user = System.getProperty("imap.user", "intake");
  private final String password = System.getProperty("imap.password", "geheim");
  private final MendedMail greenMail;
  private final int port;
  private final Store store;

  MailServer() throws MessagingException {
    if (System.getProperty("imap.host") == null) {
      greenMail =
          new MendedMail(new ServerSetup[] {new ServerSetup(0, host, ServerSetup.PROTOCOL_IMAP)});
      greenMail.start();
      greenMail.setUser("intake@wotschiedam.nl", user, password);
      port = greenMail.port(ServerSetup.PROTOCOL_IMAP);
    } else {
      greenMail = null;
      port = Integer.getInteger("imap.port", 143);
    }
    Properties properties = new Properties();
    properties.put("mail.imap.socketFactory", new PromptSockets());
    store = Session.getInstance(properties).getStore("imap");
    connect();
  }

  private void connect() throws MessagingException {
    store.connect(host, port, user, password);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  /** An empty folder of that name. */
  void make(String name) throws MessagingException {
    Folder folder = store.getFolder(name);
    if (folder.exists()) {
      folder.delete(true);
    }
    folder.create(Folder.HOLDS_MESSAGES);
  }

  void remove(String name) throws MessagingException {
    store.getFolder(name).delete(true);
  }

  void append(String folder, String... mails) throws MessagingException {
    List<Message> messages = new ArrayList<>();
    for (String mail : mails) {
      messages.add(
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII))));
    }
    store.getFolder(folder).appendMessages(messages.toArray(new Message[0]));
  }

  /**
   * Once more over a new connection when this one was lost: GreenMail drops the connection of a
   * client that looks while another expunges, seldom. The connection is the test's own and does not
   * come by the product; a server that is gone fails the second time too.
   */
  int count(String name) throws MessagingException {
    try {
      return counted(name);
    } catch (StoreClosedException | FolderClosedException lost) {
      store.close();
      connect();
      return counted(name);
    }
  }

  private int counted(String name) throws MessagingException {
    Folder folder = store.getFolder(name);
    return folder.exists() ? folder.getMessageCount() : 0;
  }

  boolean has(String name) throws MessagingException {
    return store.getFolder(name).exists();
  }

  /** How many carry the mark of deletion. */
  int deleted(String name) throws MessagingException {
    Folder folder = store.getFolder(name);
    folder.open(Folder.READ_ONLY);
    try {
      return folder.getDeletedMessageCount();
    } finally {
      folder.close(false);
    }
  }

  /** Marks the nth mail (from 1) as deleted, as another client does; expunges it on request. */
  void delete(String name, int number, boolean expunge) throws MessagingException {
    Folder folder = store.getFolder(name);
    folder.open(Folder.READ_WRITE);
    if (folder.getMessageCount() < number) {
      folder.close(false);
      throw new MessagingException("somebody else was quicker");
    }
    folder.getMessage(number).setFlag(Flags.Flag.DELETED, true);
    folder.close(expunge);
  }

  long uid(String name, int number) throws MessagingException {
    Folder folder = store.getFolder(name);
    folder.open(Folder.READ_ONLY);
    try {
      return ((UIDFolder) folder).getUID(folder.getMessage(number));
    } finally {
      folder.close(false);
    }
  }

  @Override
  public void close() throws MessagingException {
    store.close();
    if (greenMail != null) {
      greenMail.stop();
    }
  }
}
