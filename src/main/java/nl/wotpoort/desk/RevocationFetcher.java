package nl.wotpoort.desk;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.Ocsp;
import nl.wotpoort.smime.RevocationSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches revocation lists and OCSP answers in the background, keeps them, and fetches them again
 * before they end. Lists are public and are kept on disk too; answers tell whose certificate was
 * asked about and stay in memory. Who asks waits for {@code patience} at most, and only when there
 * is nothing at hand. Thread-safe.
 *
 * <p>What if the process dies? A list on disk is written beside and moved into place; what was not
 * fetched is fetched again.
 */
public final class RevocationFetcher implements RevocationSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RevocationFetcher.class);

  private static final int LARGEST_LIST = 50_000_000;
  private static final int LARGEST_ANSWER = 100_000;
  private static final int MOST_KEPT = 20_000;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration AT_LEAST_EVERY = Duration.ofHours(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /** What nobody asked for that long is not fetched again. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(14);

  private final Path folder;
  private final Duration patience;
  private final Clock clock;
  private final Optional<WebFetch> web;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong(1);
  private final ThreadPoolExecutor fetchers = threads();

  private RevocationFetcher(Path folder, Duration patience, Clock clock, Optional<WebFetch> web) {
    this.folder = folder;
    this.patience = patience;
    this.clock = clock;
    this.web = web;
  }

  /**
   * Fetching.
   *
   * @param folder where lists are kept; made when it is not there
   * @param patience how long a message may wait for what is not at hand
   * @param timeout how long one fetch may take in the background
   * @param inside hosts in private networks that may be asked, lower-case
   */
  public static RevocationFetcher fetching(
      Path folder, Duration patience, Duration timeout, Set<String> inside, Clock clock) {
    WebFetch web = new WebFetch(new Neighbourhood(inside), timeout);
    return new RevocationFetcher(folder, patience, clock, Optional.of(web));
  }

  /** What a gateway kept on disk, without any network: for looking at a mail on the side. */
  public static RevocationFetcher fromDisk(Path folder, Clock clock) {
    return new RevocationFetcher(folder, Duration.ZERO, clock, Optional.empty());
  }

  /** They end when there is nothing to fetch, so a fetcher nobody has any more leaves nothing. */
  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            3,
            3,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "revocation");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public long version() {
    return version.get();
  }

  @Override
  public List<X509CRL> crls(List<String> addresses) {
    List<Kept> asked = addresses.stream().distinct().limit(10).map(this::list).toList();
    return answers(asked, body -> Optional.ofNullable(body.list()));
  }

  @Override
  public List<byte[]> ocsp(List<String> addresses, byte[] request) {
    List<Kept> asked =
        addresses.stream().distinct().limit(5).map(a -> question(a, request)).toList();
    return answers(asked, body -> Optional.of(body.bytes().clone()));
  }

  private <T> List<T> answers(List<Kept> asked, Function<Body, Optional<T>> form) {
    Instant now = clock.instant();
    asked.forEach(one -> one.lastAsked = now);
    boolean atHand = asked.stream().anyMatch(one -> one.hasCurrent(now));
    List<CompletableFuture<Void>> coming =
        asked.stream().filter(one -> one.isDue(now)).map(this::fetch).toList();
    if (!atHand) {
      await(coming);
    }
    return asked.stream()
        .flatMap(one -> one.bodies.stream())
        .flatMap(body -> form.apply(body).stream())
        .toList();
  }

  private void await(List<CompletableFuture<Void>> coming) {
    try {
      CompletableFuture.allOf(coming.toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // what came meanwhile is used; the rest comes later
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Kept list(String address) {
    return kept("GET " + address, () -> new Kept(address, Optional.empty(), onDisk(address)));
  }

  private Kept question(String address, byte[] request) {
    String key = "POST " + address + " " + Base64.getEncoder().encodeToString(request);
    return kept(key, () -> new Kept(address, Optional.of(request.clone()), List.of()));
  }

  private Kept kept(String key, Supplier<Kept> fresh) {
    if (kept.size() >= MOST_KEPT) {
      forgetLongestUnasked();
    }
    return kept.computeIfAbsent(key, k -> fresh.get());
  }

  private void forgetLongestUnasked() {
    List<Instant> times = kept.values().stream().map(one -> one.lastAsked).sorted().toList();
    Instant middle = times.get(times.size() / 2);
    kept.values().removeIf(one -> !one.lastAsked.isAfter(middle));
  }

  /** Fetches again ahead of its end, as long as somebody still asks and this object is in use. */
  private void fetchLater(Kept one) {
    Instant now = clock.instant();
    long seconds = Math.max(1, Duration.between(now, one.due(now)).toSeconds());
    WeakReference<RevocationFetcher> us = new WeakReference<>(this);
    CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS)
        .execute(() -> Optional.ofNullable(us.get()).ifPresent(fetcher -> fetcher.again(one)));
  }

  private void again(Kept one) {
    Instant now = clock.instant();
    if (one.lastAsked.plus(FORGOTTEN_AFTER).isAfter(now) && one.isDue(now)) {
      CompletableFuture<Void> unused = fetch(one);
    }
  }

  /** One fetch at a time for each address; who comes second waits for the first one's. */
  private CompletableFuture<Void> fetch(Kept one) {
    if (web.isEmpty() || fetchers.isShutdown()) {
      return CompletableFuture.completedFuture(null);
    }
    synchronized (one) {
      if (one.running.isDone()) {
        one.running = CompletableFuture.runAsync(() -> fetchNow(one, web.get()), fetchers);
      }
      return one.running;
    }
  }

  private void fetchNow(Kept one, WebFetch from) {
    Instant now = clock.instant();
    try {
      Body body =
          one.request.isPresent()
              ? answer(from.post(one.address, one.request.get(), LARGEST_ANSWER), now)
              : list(from.get(one.address, LARGEST_LIST), now);
      if (one.took(body, now)) {
        version.incrementAndGet();
      }
      if (body.list() != null) {
        write(one.address, body.bytes());
      }
      fetchLater(one);
    } catch (IOException e) {
      one.failed(now);
      fetchLater(one);
      LOG.warn("revocation not fetched: at={} because={}", one.address, e.getMessage());
    }
  }

  private static Body answer(byte[] bytes, Instant now) throws IOException {
    Ocsp.Span span =
        Ocsp.span(bytes).orElseThrow(() -> new IOException("no answer of a responder"));
    return new Body(bytes, null, span.from(), span.until(), now);
  }

  private static Body list(byte[] bytes, Instant now) throws IOException {
    try {
      X509CRL list = KeyFiles.crls("", bytes).get(0);
      Instant from = list.getThisUpdate().toInstant();
      Instant until = list.getNextUpdate() == null ? from : list.getNextUpdate().toInstant();
      return new Body(list.getEncoded(), list, from, until, now);
    } catch (KeyFileFault | CRLException e) {
      throw new IOException("no revocation list", e);
    }
  }

  private Path file(String address) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash) + ".crl");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("this Java lacks SHA-256", e);
    }
  }

  private List<Body> onDisk(String address) {
    Path file = file(address);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      // of use at once, and due at once
      return List.of(list(Files.readAllBytes(file), Instant.EPOCH));
    } catch (IOException e) {
      LOG.warn("revocation list on disk not usable: file={}", file);
      return List.of();
    }
  }

  private void write(String address, byte[] bytes) {
    Path file = file(address);
    try {
      Files.createDirectories(folder);
      Path beside = Files.createTempFile(folder, "new", ".tmp");
      Files.write(beside, bytes);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("revocation list not kept on disk: file={} because={}", file, e.getMessage());
    }
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }

  /** One thing that came; {@code list} is null for an answer. */
  private record Body(
      byte[] bytes, @Nullable X509CRL list, Instant from, Instant until, Instant fetched) {

    /**
     * At three quarters of its life and at least every few hours: a list that somebody put in on
     * the way must not keep the true one out for as long as it says.
     */
    Instant refreshAt() {
      Instant early = from.plus(Duration.between(from, until).multipliedBy(3).dividedBy(4));
      Instant soonest = fetched.plus(FIRST_PAUSE);
      Instant latest = fetched.plus(AT_LEAST_EVERY);
      Instant wanted = early.isAfter(soonest) ? early : soonest;
      return wanted.isBefore(latest) ? wanted : latest;
    }
  }

  /** What is known of one address. */
  private static final class Kept {
    private final String address;
    private final Optional<byte[]> request;

    /**
     * The newest first, two at most: on the way somebody may have put in one that is worthless, and
     * it must not push out the good one.
     */
    private volatile List<Body> bodies;

    private volatile Instant lastAsked = Instant.MIN;
    private volatile Instant notBefore = Instant.MIN;
    private volatile int failures;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    Kept(String address, Optional<byte[]> request, List<Body> bodies) {
      this.address = address;
      this.request = request;
      this.bodies = bodies;
    }

    boolean hasCurrent(Instant now) {
      return bodies.stream().anyMatch(body -> !body.until().isBefore(now));
    }

    boolean isDue(Instant now) {
      return !now.isBefore(due(now));
    }

    /** When it is to be fetched; {@code now} when that is already past. */
    Instant due(Instant now) {
      Instant wanted = bodies.isEmpty() ? now : bodies.get(0).refreshAt();
      Instant latest = wanted.isBefore(notBefore) ? notBefore : wanted;
      return latest.isBefore(now) ? now : latest;
    }

    /** True when it is another than the newest before. */
    synchronized boolean took(Body body, Instant now) {
      failures = 0;
      notBefore = now.plus(FIRST_PAUSE);
      boolean other = bodies.isEmpty() || !same(body, bodies.get(0));
      List<Body> all = new ArrayList<>(List.of(body));
      bodies.stream().filter(b -> !same(body, b)).limit(1).forEach(all::add);
      bodies = List.copyOf(all);
      return other;
    }

    private static boolean same(Body a, Body b) {
      return Arrays.equals(a.bytes(), b.bytes());
    }

    synchronized void failed(Instant now) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 6));
      notBefore = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      failures++;
    }
  }
}
