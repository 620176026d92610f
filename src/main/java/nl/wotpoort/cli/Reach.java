package nl.wotpoort.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import nl.wotpoort.settings.Settings;

/** Whether the mail servers answer at all: one connection each, nothing said, no password used. */
final class Reach {

  private static final int PATIENCE_MILLISECONDS = 5_000;

  private final Screen screen;
  private final Remarks remarks;

  Reach(Screen screen, Remarks remarks) {
    this.screen = screen;
    this.remarks = remarks;
  }

  void check(Settings settings) {
    settings.intakes().forEach(intake -> server(intake.host(), intake.port()));
    server(settings.submission().host(), settings.submission().port());
    settings.dispatching().hops().forEach(hop -> server(hop.server().host(), hop.server().port()));
  }

  private void server(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLISECONDS);
      remarks.note(screen.text("check.reached", host + ":" + port));
    } catch (IOException e) {
      remarks.error(
          screen.text("check.unreachable", host + ":" + port, String.valueOf(e.getMessage())));
    }
  }
}
