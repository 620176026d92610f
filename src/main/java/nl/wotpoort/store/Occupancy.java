package nl.wotpoort.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * That a gateway works in this store. An embedded store has one gateway at a time: the operating
 * system holds the lock and takes it away with the process, however that ends, so nothing is left
 * to be cleaned up by hand. A database server may have any number of them, and then this is only a
 * word. Thread-safe.
 */
public final class Occupancy implements AutoCloseable {

  private static final String SUFFIX = "-running";

  private final Optional<FileLock> lock;

  private Occupancy(Optional<FileLock> lock) {
    this.lock = lock;
  }

  static Occupancy shared() {
    return new Occupancy(Optional.empty());
  }

  /** Throws {@link StoreException.InUse} while another process, or this one, has it. */
  static Occupancy sole(Path store) {
    Path file = store.resolveSibling(store.getFileName() + SUFFIX);
    FileChannel channel = open(file);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
      if (lock == null) {
        throw new StoreException.InUse(store.toString());
      }
      return new Occupancy(Optional.of(lock));
    } catch (OverlappingFileLockException e) {
      throw new StoreException.InUse(store.toString());
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot lock " + file, e);
    } finally {
      if (!locked) {
        closeQuietly(channel);
      }
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot create " + file, e);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // the process gives it back at its end
      return;
    }
  }

  /** Whether nobody else can be at work in the store. */
  boolean isSole() {
    return lock.isPresent();
  }

  @Override
  public void close() {
    lock.ifPresent(
        held -> {
          if (held.acquiredBy() instanceof FileChannel channel) {
            closeQuietly(channel);
          }
        });
  }
}
