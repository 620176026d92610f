package nl.wotpoort.route.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/**
 * Sockets with TCP_NODELAY. Angus Mail never sets it, and on a kept-alive connection Nagle's
 * algorithm then waits for the other side's delayed acknowledgement: fifteen times slower.
 */
public final class PromptSockets extends SocketFactory {

  private final Consumer<Socket> made;

  public PromptSockets() {
    this(socket -> {});
  }

  /** Shows each socket to {@code made} before it is connected. */
  public PromptSockets(Consumer<Socket> made) {
    this.made = made;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(new Socket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(new Socket(host, port, local, localPort));
  }

  private Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    made.accept(socket);
    return socket;
  }
}
