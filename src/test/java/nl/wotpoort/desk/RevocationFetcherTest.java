package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import nl.wotpoort.route.Ports;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.OpensslCa;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.RevocationLookup;
import nl.wotpoort.smime.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists from an HTTP server of ours, answers from {@code openssl ocsp}. */
class RevocationFetcherTest {

  private static final String HERE = "127.0.0.1";

  /** Given a way to answer, the server counts who came. */
  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  @TempDir private Path work;

  private final AtomicInteger visits = new AtomicInteger();
  private final AtomicReference<Answer> answer = new AtomicReference<>(e -> body(e, 404, ""));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private OpensslCa ca;
  private RevocationFetcher fetcher;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          visits.incrementAndGet();
          answer.get().give(exchange);
        });
    server.start();
    ca = OpensslCa.in(work.resolve("ca"), "Zorg");
    fetcher = fetcher(Duration.ofSeconds(30), Set.of(HERE));
  }

  @AfterEach
  void close() {
    fetcher.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private RevocationFetcher fetcher(Duration patience, Set<String> inside) {
    return RevocationFetcher.fetching(
        work.resolve("kept"), patience, Duration.ofSeconds(30), inside, Clock.systemUTC());
  }

  private static void body(HttpExchange exchange, int status, String text) throws IOException {
    body(exchange, status, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void body(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String url(String path) {
    return "http://" + HERE + ":" + server.getAddress().getPort() + path;
  }

  private X509Certificate leafNaming(String... more) throws IOException {
    return ca.leaf("leaf", "a@b.example", more);
  }

  private X509Certificate leafWithList() throws IOException {
    return leafNaming("crlDistributionPoints=URI:" + url("/crl"));
  }

  private Trust trust(String... configured) throws IOException {
    PartnerGroup group = PartnerGroup.of("zorg", List.of(ca.certificate()), List.of(), List.of());
    RevocationLookup lookup =
        new RevocationLookup(
            fetcher, List.of(configured), List.of(), RevocationLookup.Named.FOLLOWED);
    return Trust.of(
        List.of(group), AlgorithmPolicy.defaults(), Limits.defaults(), Map.of("zorg", lookup));
  }

  private static String verdict(Trust trust, X509Certificate leaf) {
    return trust
        .path(leaf, List.of(), Clock.systemUTC().instant())
        .orElseThrow()
        .finding()
        .map(Finding::code)
        .orElse("valid");
  }

  private static void await(BooleanSupplier so) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 600 && !so.getAsBoolean(); i++) {
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(so.getAsBoolean()).isTrue();
  }

  @Test
  void aListIsFetchedOnceAndKeptOnDisk() throws Exception {
    X509Certificate leaf = leafWithList();
    byte[] list = ca.crl();
    answer.set(e -> body(e, 200, list));
    assertThat(verdict(trust(), leaf)).isEqualTo("valid");
    assertThat(verdict(trust(), leaf)).isEqualTo("valid");
    assertThat(visits).hasValue(1);
    fetcher.close();
    server.stop(0);
    fetcher = RevocationFetcher.fromDisk(work.resolve("kept"), Clock.systemUTC());
    assertThat(verdict(trust(), leaf)).isEqualTo("valid");
  }

  @Test
  void aListNamedInTheSettings() throws Exception {
    X509Certificate leaf = leafNaming();
    ca.revoke(leaf);
    byte[] list = ca.crl();
    answer.set(e -> body(e, 200, list));
    assertThat(verdict(trust(url("/crl")), leaf)).isEqualTo("signer-revoked");
  }

  @Test
  void anAnswerOfOpenssl() throws Exception {
    int port = Ports.free();
    X509Certificate leaf =
        leafNaming("authorityInfoAccess=OCSP;URI:http://" + HERE + ":" + port + "/");
    Process responder = ca.responder(port, "ca");
    try {
      await(this::isWaiting);
      assertThat(verdict(trust(), leaf)).isEqualTo("valid");
      assertThat(work.resolve("kept")).doesNotExist();
    } finally {
      responder.destroy();
    }
    assertThat(verdict(trust(), leaf)).isEqualTo("valid");
  }

  /** Said in its log: a connection just to see would keep this small server busy. */
  private boolean isWaiting() {
    try {
      return Files.readString(work.resolve("ca/responder.log")).contains("waiting for OCSP");
    } catch (IOException e) {
      return false;
    }
  }

  /** The message does not wait for a server that hangs; what comes later is used later. */
  @Test
  void aSlowServerHoldsNobodyUp() throws Exception {
    fetcher.close();
    fetcher = fetcher(Duration.ofMillis(50), Set.of(HERE));
    X509Certificate leaf = leafWithList();
    byte[] list = ca.crl();
    CountDownLatch go = new CountDownLatch(1);
    answer.set(
        e -> {
          try {
            assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException stop) {
            throw new IOException(stop);
          }
          body(e, 200, list);
        });
    Trust trust = trust();
    assertThat(verdict(trust, leaf)).isEqualTo("revocation-unknown");
    long before = fetcher.version();
    go.countDown();
    await(() -> fetcher.version() > before);
    assertThat(verdict(trust, leaf)).isEqualTo("valid");
  }

  /** A stranger makes a certificate with our server's address in it: nobody may knock. */
  @Test
  void baitInAnUnverifiedCertificateIsNeverFetched() throws Exception {
    OpensslCa strangers = OpensslCa.in(work.resolve("strangers"), "Zorg");
    X509Certificate bait =
        strangers.leaf(
            "bait",
            "a@b.example",
            "crlDistributionPoints=URI:" + url("/bait"),
            "authorityInfoAccess=OCSP;URI:" + url("/bait"));
    assertThat(verdict(trust(), bait)).isEqualTo("signer-untrusted");
    // the next fetch goes out and comes back: an earlier one would have been seen by then
    byte[] list = ca.crl();
    answer.set(e -> body(e, 200, list));
    assertThat(verdict(trust(), leafWithList())).isEqualTo("valid");
    assertThat(visits).hasValue(1);
  }

  @Test
  void hostsInsideAreAskedOnlyWhenNamed() throws Exception {
    fetcher.close();
    fetcher = fetcher(Duration.ofSeconds(30), Set.of());
    assertThat(verdict(trust(), leafWithList())).isEqualTo("revocation-unknown");
    assertThat(visits).hasValue(0);
  }

  @Test
  void aRedirectIsNoWayInside() throws Exception {
    String inside = url("/crl").replace(HERE, "localhost");
    answer.set(
        e -> {
          e.getResponseHeaders().add("Location", inside);
          body(e, 302, "");
        });
    assertThat(verdict(trust(), leafWithList())).isEqualTo("revocation-unknown");
    assertThat(visits).hasValue(1);
  }

  @Test
  void redirectsHaveAnEnd() throws Exception {
    answer.set(
        e -> {
          e.getResponseHeaders().add("Location", "/crl?" + visits.get());
          body(e, 302, "");
        });
    assertThat(verdict(trust(), leafWithList())).isEqualTo("revocation-unknown");
    assertThat(visits).hasValue(4);
  }

  @Test
  void whatIsNoListOrOfAnotherDoesNoHarm() throws Exception {
    X509Certificate leaf = leafWithList();
    byte[] good = ca.crl();
    byte[] strangers = OpensslCa.in(work.resolve("strangers"), "Zorg").crl();
    for (byte[] bad : List.of("<html>".getBytes(StandardCharsets.US_ASCII), strangers)) {
      answer.set(e -> body(e, 200, bad));
      fetcher.close();
      fetcher = fetcher(Duration.ofSeconds(30), Set.of(HERE));
      assertThat(verdict(trust(), leaf)).isEqualTo("revocation-unknown");
    }
    fetcher.close();
    fetcher = fetcher(Duration.ofSeconds(30), Set.of(HERE));
    answer.set(e -> body(e, 200, good));
    // the stranger's, still on disk, is at hand; the good one comes in behind it
    long before = fetcher.version();
    verdict(trust(), leaf);
    await(() -> fetcher.version() > before);
    assertThat(verdict(trust(), leaf)).isEqualTo("valid");
  }

  @Test
  void tooMuchIsNotRead() throws Exception {
    WebFetch web = new WebFetch(new Neighbourhood(Set.of(HERE)), Duration.ofSeconds(30));
    answer.set(e -> body(e, 200, new byte[5000]));
    assertThat(web.get(url("/"), 5000)).hasSize(5000);
    assertThat(cause(() -> web.get(url("/"), 4999))).contains("larger than 4999 bytes");
    assertThat(cause(() -> web.get("ftp://" + HERE + "/", 1))).contains("not a place");
    assertThat(cause(() -> web.get("http://x:y@" + HERE + "/", 1))).contains("not a place");
    assertThat(cause(() -> web.get("file:///etc/passwd", 1))).contains("not a place");
  }

  private interface Fetch {
    byte[] now() throws IOException;
  }

  private static String cause(Fetch fetch) {
    try {
      return "came: " + fetch.now().length;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void theHouseAndWhatLooksLikeIt() throws Exception {
    for (String inside :
        List.of(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001::1",
            "::10.0.0.1",
            "ff02::1")) {
      assertThat(Neighbourhood.isInside(InetAddress.getByName(inside))).as(inside).isTrue();
    }
    for (String outside : List.of("9.9.9.9", "172.32.0.1", "100.128.0.1", "2a00:1450::1")) {
      assertThat(Neighbourhood.isInside(InetAddress.getByName(outside))).as(outside).isFalse();
    }
  }
}
