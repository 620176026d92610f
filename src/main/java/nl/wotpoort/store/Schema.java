package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Brings the tables to the version this program knows. A newer one is never touched. */
final class Schema {

  /** The newest version under migration/. */
  static final String NEWEST = "12";

  /** Flyway's record of what was done to the tables. */
  static final String HISTORY = "schema_history";

  private static final String HOME = "classpath:nl/wotpoort/store/migration/";

  private final Dialect dialect;

  Schema(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Whether nothing of ours is there yet. Throws {@link StoreException.SchemaTooNew}. */
  boolean isNew() {
    try {
      MigrationInfoService info = flyway().info();
      refuseNewer(info);
      return info.applied().length == 0;
    } catch (FlywayException e) {
      throw explain("looking at the schema", e);
    }
  }

  /**
   * Whether nothing is to be done; looks only. Throws {@link StoreException.SchemaTooNew}. What is
   * wrong with a migration {@link #migrate} says.
   */
  boolean isCurrent() {
    return !isNew() && isValid();
  }

  private boolean isValid() {
    try {
      return flyway().validateWithResult().validationSuccessful;
    } catch (FlywayException e) {
      throw explain("looking at the schema", e);
    }
  }

  void migrate() {
    try {
      flyway().migrate();
    } catch (FlywayException e) {
      throw explain("updating the schema", e);
    }
  }

  private static void refuseNewer(MigrationInfoService info) {
    Arrays.stream(info.applied())
        .filter(migration -> migration.getState().isApplied() && !migration.getState().isResolved())
        .map(MigrationInfo::getVersion)
        .findFirst()
        .ifPresent(
            version -> {
              throw new StoreException.SchemaTooNew(String.valueOf(version));
            });
  }

  private Flyway flyway() {
    DataSource source = dialect.dataSource();
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .locations(HOME + "common", HOME + dialect.folder())
        .placeholders(dialect.placeholders())
        .table(HISTORY)
        .installedBy("wotpoort")
        .cleanDisabled(true)
        .load();
  }

  /** Flyway wraps what the database said; the database's own word is the better one. */
  private StoreException explain(String doing, FlywayException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said) {
        StoreException meant = dialect.explain(doing, said);
        if (!(meant instanceof StoreException.Misuse)) {
          return meant;
        }
      }
    }
    return new StoreException.SchemaBroken(doing + ": " + firstLine(fault), fault);
  }

  private static String firstLine(FlywayException fault) {
    return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
  }
}
