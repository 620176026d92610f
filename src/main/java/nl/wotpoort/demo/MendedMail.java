package nl.wotpoort.demo;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpConnection;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.MailCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;

/**
 * GreenMail with two defects mended. It takes mail with the null return path (RFC 5321 §4.5.5),
 * which every receipt has: 2.1.13 answers 250 to {@code MAIL FROM:<>} and then 503 to RCPT, for to
 * it an empty path is no path. And it answers at once: with Nagle's algorithm on, each IMAP reply
 * waits 40 ms for the client's delayed acknowledgement, half a second a mail.
 */
public final class MendedMail extends GreenMail {

  /** A server with these services; not started. */
  public MendedMail(ServerSetup[] setups) {
    super(setups);
  }

  @Override
  protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
    Map<String, AbstractServer> services = new HashMap<>(super.createServices(setups, managers));
    for (ServerSetup setup : setups) {
      if (setup.getProtocol().equals(ServerSetup.PROTOCOL_SMTP)) {
        services.put(setup.getProtocol(), new Smtp(setup, managers));
      }
      if (setup.getProtocol().equals(ServerSetup.PROTOCOL_IMAP)) {
        services.put(setup.getProtocol(), new Imap(setup, managers));
      }
    }
    return services;
  }

  /** Where it listens; GreenMail's own accessors know only its own classes. */
  public int port(String protocol) {
    AbstractServer service = services.get(protocol);
    if (service == null) {
      throw new IllegalArgumentException("no such service: " + protocol);
    }
    return service.getPort();
  }

  private static final class Smtp extends SmtpServer {
    Smtp(ServerSetup setup, Managers managers) {
      super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
      return new SmtpHandler(new Commands(), managers.getSmtpManager(), prompt(client));
    }
  }

  private static final class Imap extends AbstractServer {
    Imap(ServerSetup setup, Managers managers) {
      super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
      return new ImapHandler(
          managers.getUserManager(), managers.getImapHostManager(), prompt(client));
    }
  }

  private static Socket prompt(Socket client) {
    try {
      client.setTcpNoDelay(true);
      return client;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Commands extends SmtpCommandRegistry {
    @Override
    public SmtpCommand getCommand(String name) {
      return name.equals("MAIL") ? new Mail() : super.getCommand(name);
    }
  }

  private static final class Mail extends MailCommand {
    @Override
    public void execute(
        SmtpConnection connection, SmtpState state, SmtpManager manager, String line) {
      super.execute(connection, state, manager, line);
      if (state.getMessage().getReturnPath() == null && line.contains("<>")) {
        state.getMessage().setReturnPath(new MailAddress(""));
      }
    }
  }
}
