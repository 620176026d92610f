package nl.wotpoort.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the tests of the store keep it. Usually a file in the test's own folder; with {@code
 * -Dstore.database=postgresql} (the profiles postgres and chaos) a database of its own on a server:
 * the one at {@code -Dpostgres.url}, or an embedded one that lives as long as this JVM.
 */
final class Place {

  private static final boolean SERVER =
      System.getProperty("store.database", "sqlite").equals("postgresql");

  private Place() {}

  static boolean isServer() {
    return SERVER;
  }

  /** The store of this folder. */
  static String url(Path folder) {
    return SERVER ? database(folder) : "jdbc:sqlite:" + folder.resolve("wotpoort.db");
  }

  /** The same, and {@code to} starts as a copy of {@code from}, which nobody has open. */
  static void copy(Path from, Path to) throws IOException, SQLException {
    if (SERVER) {
      Server.create(name(to), " TEMPLATE " + name(from));
    } else {
      Files.copy(from.resolve("wotpoort.db"), to.resolve("wotpoort.db"));
    }
  }

  static Connection raw(Path folder) throws SQLException {
    return DriverManager.getConnection(url(folder));
  }

  static void raw(Path folder, String... statements) throws SQLException {
    try (Connection connection = raw(folder);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** All that holds anything of this store on the disk, with what a server has not cleared away. */
  static List<Path> files(Path folder) throws IOException, SQLException {
    List<Path> folders = new ArrayList<>(List.of(folder));
    if (SERVER) {
      raw(folder, "CHECKPOINT");
      Path data = Path.of(ask(folder, "SHOW data_directory"));
      String number = ask(folder, "SELECT oid FROM pg_database WHERE datname = current_database()");
      folders = List.of(data.resolve("base").resolve(number), data.resolve("pg_wal"));
    }
    List<Path> all = new ArrayList<>();
    for (Path one : folders) {
      try (Stream<Path> files = Files.list(one)) {
        all.addAll(files.filter(Files::isRegularFile).toList());
      }
    }
    return all;
  }

  static String ask(Path folder, String query) throws SQLException {
    try (Connection connection = raw(folder);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** What a process of its own needs to find the same places. */
  static List<String> forChild() {
    return SERVER
        ? List.of("-Dstore.database=postgresql", "-Dpostgres.url=" + Server.address("postgres"))
        : List.of();
  }

  private static String database(Path folder) {
    String name = name(folder);
    Server.create(name, "");
    return Server.address(name);
  }

  private static String name(Path folder) {
    return "wp_" + Clerk.sha256(Sample.bytes(folder.toString())).substring(0, 20);
  }

  /** Started when the first test asks. */
  private static final class Server {

    private static final String ADMIN = System.getProperty("postgres.url", "");
    private static final String BASE = ADMIN.isEmpty() ? start() : ADMIN;

    private static String start() {
      // In memory where there is any: it is as sure against kill -9, and no disk is worn.
      Path memory = Path.of("/dev/shm");
      try {
        Path data =
            Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "wotpoort-test")
                : Files.createTempDirectory("wotpoort-test");
        return EmbeddedPostgres.builder()
            .setDataDirectory(data)
            // It comes with these off, and our store would refuse it.
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .start()
            .getJdbcUrl("postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String address(String database) {
      return BASE.replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1");
    }

    static synchronized void create(String name, String how) {
      try (Connection connection = DriverManager.getConnection(BASE);
          Statement statement = connection.createStatement()) {
        try (ResultSet found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
          if (found.next()) {
            return;
          }
        }
        statement.execute("CREATE DATABASE " + name + how);
      } catch (SQLException e) {
        throw new AssertionError("no database for a test", e);
      }
    }
  }
}
