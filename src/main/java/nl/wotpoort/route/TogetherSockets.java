package nl.wotpoort.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a mail server whose writes leave {@link Together}, in TLS 1.2 or 1.3 over a
 * connection that is there: after STARTTLS (RFC 3207), or from its first byte (RFC 8314).
 *
 * <p>What it makes is no {@code SSLSocket}, which has sixty methods to hand on, but a socket that
 * is ready: the handshake is done, the certificate is trusted and, where that is asked, of this
 * host (RFC 6125); or there is none. So Angus Mail has nothing left to set up, and sets up nothing.
 * Thread-safe.
 */
final class TogetherSockets extends SSLSocketFactory {

  private final Supplier<SSLSocketFactory> tls;
  private final boolean verifyHost;

  /** {@code tls} says which certificates are trusted; asked for each connection. */
  TogetherSockets(Supplier<SSLSocketFactory> tls, boolean verifyHost) {
    this.tls = tls;
    this.verifyHost = verifyHost;
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    plain.setTcpNoDelay(true);
    SSLSocket socket = (SSLSocket) tls.get().createSocket(plain, host, port, autoClose);
    try {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      if (verifyHost) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new Ready(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.get().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.get().getSupportedCipherSuites();
  }

  // Angus Mail connects by itself, with its own patience, and asks for none of these.

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  /** A connection that is there, as far as a mail client asks about it. */
  // the socket inside has locks of its own, and a close must not wait for who is in this one
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  private static final class Ready extends Socket {

    private final Socket socket;
    private final Together together;

    Ready(Socket socket) throws IOException {
      this.socket = socket;
      this.together = new Together(socket.getInputStream(), socket.getOutputStream());
    }

    @Override
    public InputStream getInputStream() {
      return together.input();
    }

    @Override
    public OutputStream getOutputStream() {
      return together.output();
    }

    /** What is held goes first, as after QUIT, whose answer is not waited for. */
    @Override
    public void close() throws IOException {
      try (socket) {
        if (!socket.isClosed()) {
          together.leave();
        }
      }
    }

    @Override
    public boolean isClosed() {
      return socket.isClosed();
    }

    @Override
    public boolean isConnected() {
      return socket.isConnected();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
      return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
      return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
      return socket.getPort();
    }

    @Override
    public int getLocalPort() {
      return socket.getLocalPort();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
      return socket.getRemoteSocketAddress();
    }

    @Override
    public void setSoTimeout(int milliseconds) throws SocketException {
      socket.setSoTimeout(milliseconds);
    }

    @Override
    public int getSoTimeout() throws SocketException {
      return socket.getSoTimeout();
    }
  }
}
