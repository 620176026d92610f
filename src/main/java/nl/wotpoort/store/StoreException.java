package nl.wotpoort.store;

import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The store cannot do what was asked, and nothing of it was done: each transaction is whole or not
 * there. The message is for the log and names no person; {@link #say} is for people, with what to
 * do about it.
 */
public abstract sealed class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String key;

  private StoreException(String key, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.key = key;
  }

  /** What is wrong and what to do, one or two sentences. */
  public String say(Language language) {
    return Texts.of("store", language).say(key, String.valueOf(getMessage()));
  }

  /**
   * Whether waiting may help: the same call can succeed later without anybody mending anything
   * here.
   */
  public boolean isTemporary() {
    return this instanceof Unavailable || this instanceof DiskFull;
  }

  /** The database cannot be reached, opened, written or locked now. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    Unavailable(String detail, @Nullable Throwable cause) {
      this("unavailable", detail, cause);
    }

    private Unavailable(String key, String detail, @Nullable Throwable cause) {
      super(key, detail, cause);
    }

    static Unavailable server(String detail, @Nullable Throwable cause) {
      return new Unavailable("unavailableServer", detail, cause);
    }
  }

  /** The database server is not one to trust mail to: too old, or set to forget. */
  public static final class Unsuitable extends StoreException {
    private static final long serialVersionUID = 1L;

    Unsuitable(String detail) {
      super("unsuitable", detail, null);
    }
  }

  /** No room for another byte. */
  public static final class DiskFull extends StoreException {
    private static final long serialVersionUID = 1L;

    DiskFull(String detail, @Nullable Throwable cause) {
      super("diskFull", detail, cause);
    }
  }

  /** The store was made with another key. */
  public static final class WrongKey extends StoreException {
    private static final long serialVersionUID = 1L;

    WrongKey() {
      super("wrongKey", "the store was made with another store key", null);
    }
  }

  /** The store was moved to another place, or is a backup: not one to work on. */
  public static final class NotInUse extends StoreException {
    private static final long serialVersionUID = 1L;

    NotInUse(String key, String detail) {
      super(key, detail, null);
    }
  }

  /** A gateway works in this embedded store, and there can be one only. */
  public static final class InUse extends StoreException {
    private static final long serialVersionUID = 1L;

    InUse(String detail) {
      super("storeInUse", detail, null);
    }
  }

  /** A copy, a backup or its place is not as it must be; {@link #say} tells which. */
  public static final class CopyRefused extends StoreException {
    private static final long serialVersionUID = 1L;

    CopyRefused(String key, String detail) {
      super(key, detail, null);
    }
  }

  /** A newer version of the program has been here. */
  public static final class SchemaTooNew extends StoreException {
    private static final long serialVersionUID = 1L;

    SchemaTooNew(String version) {
      super("schemaTooNew", "the store has schema version " + version, null);
    }
  }

  /** A migration could not be done, or is not the one that was done before. */
  public static final class SchemaBroken extends StoreException {
    private static final long serialVersionUID = 1L;

    SchemaBroken(String detail, @Nullable Throwable cause) {
      super("schemaBroken", detail, cause);
    }
  }

  /** What is on the disk is not what was written. */
  public static final class Damaged extends StoreException {
    private static final long serialVersionUID = 1L;

    Damaged(String detail) {
      super("damaged", detail, null);
    }

    Damaged(String detail, @Nullable Throwable cause) {
      super("damaged", detail, cause);
    }
  }

  /** The statement itself is wrong, or breaks a rule of the schema: our own bug. */
  public static final class Misuse extends StoreException {
    private static final long serialVersionUID = 1L;

    Misuse(String detail, @Nullable Throwable cause) {
      super("misuse", detail, cause);
    }
  }
}
