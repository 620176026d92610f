package nl.wotpoort.bench;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/**
 * GreenMail with TCP_NODELAY on its IMAP connections. Without it each reply waits 40 ms for the
 * client's delayed acknowledgement, half a second a mail: that is GreenMail's, no real server does
 * it, and it would drown what is measured.
 */
final class PromptGreenMail extends GreenMail {

  PromptGreenMail(ServerSetup... setups) {
    super(setups);
  }

  @Override
  protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
    Map<String, AbstractServer> services = super.createServices(setups, managers);
    for (ServerSetup setup : setups) {
      if (setup.getProtocol().equals(ServerSetup.PROTOCOL_IMAP)) {
        services.put(setup.getProtocol(), new PromptImap(setup, managers));
      }
    }
    return services;
  }

  /** GreenMail's own accessor knows only its own class. */
  int imapPort() {
    return services.get(ServerSetup.PROTOCOL_IMAP).getPort();
  }

  private static final class PromptImap extends AbstractServer {

    PromptImap(ServerSetup setup, Managers managers) {
      super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
      try {
        socket.setTcpNoDelay(true);
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
      return new ImapHandler(managers.getUserManager(), managers.getImapHostManager(), socket);
    }
  }
}
