package nl.wotpoort.desk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches small public things over HTTP: within a time, up to a size, over few redirects, and only
 * from where {@link Neighbourhood} allows. What comes is not trusted.
 */
final class WebFetch {

  private static final int REDIRECTS = 3;

  private final Duration timeout;
  private @Nullable HttpClient client;
  private final Neighbourhood neighbourhood;

  WebFetch(Neighbourhood neighbourhood, Duration timeout) {
    this.neighbourhood = neighbourhood;
    this.timeout = timeout;
  }

  /**
   * Made for the first fetch: it brings a thread, TLS and every authority the machine trusts, and
   * most gateways fetch nothing when they start.
   */
  private synchronized HttpClient client() {
    @Nullable HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(timeout)
              .followRedirects(HttpClient.Redirect.NEVER)
              .version(HttpClient.Version.HTTP_1_1)
              .proxy(HttpClient.Builder.NO_PROXY)
              .build();
      client = made;
    }
    return made;
  }

  byte[] get(String address, int largest) throws IOException {
    return fetch(address, Optional.empty(), largest);
  }

  byte[] post(String address, byte[] request, int largest) throws IOException {
    return fetch(address, Optional.of(request), largest);
  }

  private byte[] fetch(String address, Optional<byte[]> request, int largest) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    URI at = uri(address);
    for (int step = 0; step <= REDIRECTS; step++) {
      if (!neighbourhood.allows(at)) {
        throw new IOException("not a place to fetch from");
      }
      HttpResponse<byte[]> response = once(at, request, largest, end - System.nanoTime());
      if (response.statusCode() == 200) {
        return response.body();
      }
      Optional<String> moved = response.headers().firstValue("location");
      if (response.statusCode() / 100 != 3 || moved.isEmpty()) {
        throw new IOException("answered " + response.statusCode());
      }
      at = at.resolve(uri(moved.get()));
    }
    throw new IOException("too many redirects");
  }

  private static URI uri(String address) throws IOException {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new IOException("not an address", e);
    }
  }

  private HttpResponse<byte[]> once(URI at, Optional<byte[]> request, int largest, long nanosLeft)
      throws IOException {
    HttpRequest.Builder builder = builder(at);
    request.ifPresentOrElse(
        body ->
            builder
                .header("Content-Type", "application/ocsp-request")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        builder::GET);
    CompletableFuture<HttpResponse<byte[]>> coming =
        client().sendAsync(builder.build(), info -> new Limited(largest));
    try {
      return coming.get(Math.max(1, nanosLeft), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("took too long", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    } finally {
      coming.cancel(true);
    }
  }

  private HttpRequest.Builder builder(URI at) throws IOException {
    try {
      return HttpRequest.newBuilder(at).timeout(timeout);
    } catch (IllegalArgumentException e) {
      throw new IOException("not an address", e);
    }
  }

  /** A body up to a size; one byte more and the connection is dropped. */
  private static final class Limited implements HttpResponse.BodySubscriber<byte[]> {
    private final int largest;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription = NOBODY;

    private static final Flow.Subscription NOBODY =
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        };

    Limited(int largest) {
      this.largest = largest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription own) {
      subscription = own;
      own.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
      for (ByteBuffer item : items) {
        if (bytes.size() + item.remaining() > largest) {
          subscription.cancel();
          body.completeExceptionally(new IOException("larger than " + largest + " bytes"));
          return;
        }
        byte[] part = new byte[item.remaining()];
        item.get(part);
        bytes.writeBytes(part);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable error) {
      body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
