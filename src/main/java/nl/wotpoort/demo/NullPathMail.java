package nl.wotpoort.demo;

import com.icegreen.greenmail.Managers;
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
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/**
 * GreenMail that takes mail with the null return path (RFC 5321 §4.5.5), which every receipt has:
 * GreenMail 2.1.13 answers 250 to {@code MAIL FROM:<>} and then 503 to RCPT, for to it an empty
 * path is no path.
 */
public final class NullPathMail extends GreenMail {

  /** A server with these services; not started. */
  public NullPathMail(ServerSetup[] setups) {
    super(setups);
  }

  @Override
  protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
    Map<String, AbstractServer> services = new HashMap<>(super.createServices(setups, managers));
    for (ServerSetup setup : setups) {
      if (setup.getProtocol().equals(ServerSetup.PROTOCOL_SMTP)) {
        services.put(setup.getProtocol(), new Server(setup, managers));
      }
    }
    return services;
  }

  private static final class Server extends SmtpServer {
    Server(ServerSetup setup, Managers managers) {
      super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
      return new SmtpHandler(new Commands(), managers.getSmtpManager(), client);
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
