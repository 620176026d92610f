package nl.wotpoort.desk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.RoutesMoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Activates changed files of the routes folder by itself, by setting ({@code routes.watch}). Files
 * count when they are the same at two looks: an editor may be in the middle of saving. What was
 * refused is not tried again before it changes. A chore: once over all nodes, so the folder is best
 * watched on one machine only.
 */
public final class RoutesWatch implements Chores.Work {

  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RoutesWatch.class);

  private final Settings settings;
  private final Path folder;
  private final LiveRooms live;
  private Optional<String> seen = Optional.empty();
  private Optional<String> tried = Optional.empty();

  public RoutesWatch(Settings settings, LiveRooms live) {
    this(settings, settings.routes(), live);
  }

  RoutesWatch(Settings settings, Path folder, LiveRooms live) {
    this.settings = settings;
    this.folder = folder;
    this.live = live;
  }

  @Override
  public synchronized void at(Instant now) {
    Optional<Map<String, byte[]>> files = Routes.bytes(folder).value();
    Optional<String> digest = files.map(Routes::digest);
    boolean still = digest.isPresent() && digest.equals(seen);
    seen = digest;
    if (!still || digest.equals(tried)) {
      return;
    }
    tried = digest;
    boolean inForce =
        live.get()
            .store()
            .routes()
            .active()
            .map(version -> version.digest().equals(digest.get()))
            .orElse(false);
    if (!inForce) {
      activate(files.get());
    }
  }

  private void activate(Map<String, byte[]> files) {
    try {
      Activation.Result result =
          Activation.beside(live.get(), settings, live.samples())
              .activate(files, Actor.of("routes.watch", "gateway"), "ROUTES_ACTIVATED");
      if (result.isRefused()) {
        LOG.error(
            "changed routes files are not used, they have faults: problems={} (wotpoort routes"
                + " check tells them)",
            result.problems().size() + result.faults().size());
      }
    } catch (RoutesMoved moved) {
      LOG.info("another version was activated meanwhile: version={}", moved.active());
      tried = Optional.empty();
    }
  }
}
