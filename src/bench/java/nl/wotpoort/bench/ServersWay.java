package nl.wotpoort.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Real mail servers on both sides, made by src/test/servers/servers.sh: Postfix takes the mail and
 * either has Dovecot keep it for the gateway to fetch, or delivers it to the gateway by LMTP; the
 * gateway's letters go with STARTTLS and a login to Postfix, which brings them to the sink.
 */
final class ServersWay implements Way {

  /** How mail gets from Postfix to the gateway. */
  enum Intake {
    /** Fetched from Dovecot with STARTTLS, every 100 ms and at IDLE's word. */
    IMAP,
    /** Delivered by Postfix. */
    LMTP
  }

  private static final Path SCRIPT = BenchHome.PROJECT.resolve("src/test/servers/servers.sh");
  private static final String STORE_PASSWORD = "bench-bench";

  private final Intake intake;
  private final int gatewayPort;
  private final Map<String, String> said;

  /** Starts them. Needs root, and both installed; see the script. */
  ServersWay(Intake intake, int sinkPort) {
    this.intake = intake;
    this.gatewayPort = intake == Intake.LMTP ? freePort() : 0;
    String gateway = intake == Intake.LMTP ? Integer.toString(gatewayPort) : "";
    this.said =
        run("start", gateway, Integer.toString(sinkPort))
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    trust();
  }

  /** Whether this machine has them, and may start them. */
  static boolean isPossible() {
    return Files.isExecutable(Path.of("/usr/sbin/dovecot"))
        && Files.isExecutable(Path.of("/usr/sbin/postfix"))
        && System.getProperty("user.name").equals("root");
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(command + " failed: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path trustStore() {
    return Path.of(said.get("DIR"), "tls", "trust.p12");
  }

  /** The throw-away authority of these servers, for the gateway's JVM. */
  private void trust() {
    try (InputStream pem = Files.newInputStream(Path.of(said.get("DIR"), "tls", "ca.pem"));
        OutputStream out = Files.newOutputStream(trustStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "servers", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      store.store(out, STORE_PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return intake == Intake.IMAP
        ? "Postfix, Dovecot IMAP in, Postfix out"
        : "Postfix, LMTP in, Postfix out";
  }

  @Override
  public List<String> settings() {
    List<String> lines = new ArrayList<>();
    if (intake == Intake.IMAP) {
      lines.add("intake.all.protocol = imap");
      lines.add("intake.all.host = localhost");
      lines.add("intake.all.port = " + said.get("IMAP"));
      lines.add("intake.all.security = starttls");
      lines.add("intake.all.user = intake@post.test");
      lines.add("intake.all.password = file:servers.secret");
      lines.add("intake.all.mailbox = catch-all");
      lines.add("intake.all.interval = 100ms");
    } else {
      lines.add("intake.mta.protocol = lmtp");
      lines.add("intake.mta.port = " + gatewayPort);
      lines.add("intake.mta.from = 127.0.0.0/8");
    }
    lines.add("submission.host = localhost");
    lines.add("submission.port = " + said.get("SUBMISSION"));
    lines.add("submission.security = starttls");
    lines.add("submission.user = poort@post.test");
    lines.add("submission.password = file:servers.secret");
    return lines;
  }

  @Override
  public List<String> javaOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD,
        "-Djavax.net.ssl.trustStoreType=PKCS12");
  }

  @Override
  public int arrivalPort() {
    return Integer.parseInt(said.get("MX"));
  }

  @Override
  public void close() {
    run("stop", said.get("DIR"));
  }
}
