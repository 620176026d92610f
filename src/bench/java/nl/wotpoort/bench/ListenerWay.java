package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** SMTP straight into the gateway, and out to the sink: nothing on the road but the gateway. */
final class ListenerWay implements Way {

  private final int port;
  private final int sinkPort;

  ListenerWay(int sinkPort) {
    this.sinkPort = sinkPort;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "SMTP in, sink out";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "intake.mta.protocol = smtp",
        "intake.mta.port = " + port,
        "intake.mta.from = 127.0.0.0/8",
        "submission.host = 127.0.0.1",
        "submission.port = " + sinkPort,
        "submission.security = none");
  }

  @Override
  public List<String> javaOptions() {
    return List.of();
  }

  @Override
  public int arrivalPort() {
    return port;
  }

  @Override
  public void close() {
    // the gateway's own port
  }
}
