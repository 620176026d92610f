package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes in the file himself, with all he can see there and without the key, is found. */
class JournalSealTest {

  @TempDir Path folder;
  Store store;
  JournalSeal noted;

  @BeforeEach
  void open() throws SQLException {
    store = Sample.open(folder);
    noted = fill(store);
    dropTriggers();
  }

  private static JournalSeal fill(Store store) {
    for (int i = 1; i <= 6; i++) {
      store
          .journal()
          .write(
              JournalEntry.of(
                  NOON.plusSeconds(i),
                  "EVENT_" + i,
                  JournalEntry.Action.READ,
                  Actor.administrator(i % 2 == 0 ? "beheer" : "Kijker@wotschiedam.example"),
                  "M" + i));
    }
    return store.journal().seal(NOON).orElseThrow();
  }

  private void dropTriggers() throws SQLException {
    if (Place.isServer()) {
      raw(
          "DROP TRIGGER journal_append_only ON journal",
          "DROP TRIGGER journal_seal_append_only ON journal_seal");
    } else {
      raw(
          "DROP TRIGGER journal_no_update",
          "DROP TRIGGER journal_no_delete",
          "DROP TRIGGER journal_seal_no_update",
          "DROP TRIGGER journal_seal_no_delete");
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void raw(String... statements) throws SQLException {
    Place.raw(folder, statements);
  }

  /**
   * Columns of the same lines of a store with another key, in which the same happened, over ours.
   */
  private void takeOver(int first, int last) throws SQLException, IOException {
    Path folder = elsewhere();
    try (Connection theirs = Place.raw(folder);
        Statement select = theirs.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT * FROM journal WHERE seq BETWEEN " + first + " AND " + last);
        Connection ours = Place.raw(this.folder)) {
      while (row.next()) {
        for (String column : JournalForm.COLUMNS.split(", *")) {
          if (!column.equals("seq")) {
            try (PreparedStatement update =
                ours.prepareStatement("UPDATE journal SET " + column + " = ? WHERE seq = ?")) {
              update.setObject(1, row.getObject(column));
              update.setLong(2, row.getLong("seq"));
              update.executeUpdate();
            }
          }
        }
      }
    }
  }

  private static Store other(Path folder) {
    return Store.open(StoreSettings.of(Place.url(folder), Sample.key(99)).withMaxAttempts(3));
  }

  private static List<JournalSeal> seals(Path folder) {
    try (Store other = other(folder)) {
      return other.journal().seals();
    }
  }

  private Path elsewhereFolder() {
    return folder.resolve("elsewhere");
  }

  private Path elsewhere() throws IOException {
    Path folder = Files.createDirectories(elsewhereFolder());
    try (Store other = other(folder)) {
      fill(other);
    }
    return folder;
  }

  private ChainCheck check() {
    return store.journal().verify();
  }

  @Test
  void untouchedItIsSound() {
    assertThat(check().isSound()).isTrue();
    assertThat(store.journal().verify(List.of(noted)).isSound()).isTrue();
    assertThat(store.journal().seal(NOON.plus(Duration.ofHours(1)))).isEmpty();
    assertThat(JournalSeal.in("INFO chores journal sealed: " + noted.line() + "\n"))
        .containsExactly(noted);
  }

  @Test
  void anEdit() throws SQLException {
    raw("UPDATE journal SET event = 'EVENT_X' WHERE seq = 3");
    assertThat(check().brokenAt()).contains(3L);
  }

  @Test
  void aDeletion() throws SQLException {
    raw("DELETE FROM journal_actor WHERE seq = 3", "DELETE FROM journal WHERE seq = 3");
    assertThat(check().brokenAt()).contains(3L);
  }

  /** The numbers closed up again, and each line told the hash of its new neighbour. */
  @Test
  void aDeletionThatClosesTheGap() throws SQLException {
    raw(
        "DELETE FROM journal_actor WHERE seq >= 3",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET seq = seq - 1 WHERE seq = 4",
        "UPDATE journal SET seq = seq - 1 WHERE seq = 5",
        "UPDATE journal SET seq = seq - 1 WHERE seq = 6",
        "UPDATE journal SET seq = seq - 1 WHERE seq = 7",
        "UPDATE journal SET previous = (SELECT hash FROM journal WHERE seq = 2) WHERE seq = 3",
        "UPDATE journal_head SET seq = 6");
    assertThat(check().brokenAt()).contains(3L);
  }

  @Test
  void anotherOrder() throws SQLException {
    raw(
        "DELETE FROM journal_actor",
        "UPDATE journal SET seq = 100 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 100");
    assertThat(check().brokenAt()).contains(3L);
  }

  @Test
  void theEndCutOff() throws SQLException {
    raw("DELETE FROM journal_actor WHERE seq > 4", "DELETE FROM journal WHERE seq > 4");
    assertThat(check().brokenAt()).contains(5L);
  }

  /** The head set back as well: the seal still knows better. */
  @Test
  void theEndCutOffAndTheHeadSetBack() throws SQLException {
    cutAtFour();
    assertThat(check().brokenAt()).contains(5L);
  }

  /** And the seals gone too: then only the note outside the store shows it. */
  @Test
  void theEndCutOffWithEverythingThatKnewOfIt() throws SQLException {
    cutAtFour();
    raw("DELETE FROM journal_seal");
    assertThat(check().isSound()).isTrue();
    assertThat(store.journal().verify(List.of(noted)).brokenAt()).contains(5L);
  }

  private void cutAtFour() throws SQLException {
    raw(
        "DELETE FROM journal_actor WHERE seq > 4",
        "DELETE FROM journal WHERE seq > 4",
        "UPDATE journal_head SET seq = 4, hash = (SELECT hash FROM journal WHERE seq = 4)");
  }

  /** A line put behind the end, under the best hash somebody without the key can make. */
  @Test
  void aLineMadeUp() throws SQLException {
    raw(
        "INSERT INTO journal SELECT 8, at, event, action, outcome, actor_box, client_pseudonyms,"
            + " object, case_number, purpose, consent_ids, rule_ids, emergency, source,"
            + " correlation, detail_box, (SELECT hash FROM journal WHERE seq = 7), hash"
            + " FROM journal WHERE seq = 5",
        "UPDATE journal_head SET seq = 8, hash = (SELECT hash FROM journal WHERE seq = 8)");
    assertThat(check().brokenAt()).contains(8L);
  }

  @Test
  void aSealMadeUpOrMoved() throws SQLException {
    raw("UPDATE journal_seal SET upto = 5");
    assertThat(check().isSound()).isFalse();
  }

  /** The chain says that there was one. */
  @Test
  void aSealTakenAway() throws SQLException {
    raw("DELETE FROM journal_seal");
    assertThat(check().brokenAt()).contains(7L);
  }

  /** Everything moved up for a line that somebody would like to have written. */
  @Test
  void anInsertion() throws SQLException {
    raw(
        "DELETE FROM journal_actor",
        "UPDATE journal SET seq = 107 WHERE seq = 7",
        "UPDATE journal SET seq = 106 WHERE seq = 6",
        "UPDATE journal SET seq = 7 WHERE seq = 106",
        "UPDATE journal SET seq = 8 WHERE seq = 107",
        "INSERT INTO journal SELECT 6, at, event, action, outcome, actor_box, client_pseudonyms,"
            + " object, case_number, purpose, consent_ids, rule_ids, emergency, source,"
            + " correlation, detail_box, previous, hash FROM journal WHERE seq = 5",
        "UPDATE journal_head SET seq = 8");
    assertThat(check().brokenAt()).contains(6L);
  }

  /** Every hash of the chain made anew, and the head with it, by somebody who has not the key. */
  @Test
  void theWholeChainUnderAnotherKey() throws SQLException, IOException {
    takeOver(1, 7);
    raw("UPDATE journal_head SET hash = (SELECT hash FROM journal WHERE seq = 7)");
    assertThat(check().brokenAt()).contains(1L);
  }

  /** The whole chain, its head and its seals are of another store: all fit each other. */
  @Test
  void theWholeChainAndItsSealsUnderAnotherKey() throws SQLException, IOException {
    takeOver(1, 7);
    raw("UPDATE journal_head SET hash = (SELECT hash FROM journal WHERE seq = 7)");
    List<JournalSeal> theirs = seals(elsewhereFolder());
    raw("DELETE FROM journal_seal");
    for (JournalSeal seal : theirs) {
      raw(
          String.format(
              Locale.ROOT,
              "INSERT INTO journal_seal (upto, at, head, signature) VALUES (%d, %d, '%s', '%s')",
              seal.upto(),
              seal.at().toEpochMilli(),
              seal.head(),
              seal.signature()));
    }
    assertThat(check().isSound()).isFalse();
  }

  /** One line of another store in the place of ours. */
  @Test
  void aLineOfAnotherStore() throws SQLException, IOException {
    takeOver(4, 4);
    assertThat(check().brokenAt()).contains(4L);
  }

  /** The line is there, and whoever looks up what an actor did would not be shown it. */
  @Test
  void aLineHiddenFromTheViews() throws SQLException {
    raw("DELETE FROM journal_actor WHERE seq = 4");
    assertThat(check().brokenAt()).contains(4L);
  }

  @Test
  void aLineHiddenFromItsClient() throws SQLException {
    store
        .journal()
        .write(
            JournalEntry.of(NOON, "EVENT_8", JournalEntry.Action.READ, Actor.gateway(), "M8")
                .concerning(store.pseudonyms().client(Sample.client()).orElseThrow()));
    assertThat(check().isSound()).isTrue();
    raw("DELETE FROM journal_client WHERE seq = 8");
    assertThat(check().brokenAt()).contains(8L);
  }

  @Test
  void whoDidWhat() throws SQLException {
    assertThat(store.journal().by("kijker@wotschiedam.example"))
        .extracting(line -> line.entry().event())
        .containsExactly("EVENT_1", "EVENT_3", "EVENT_5");
    raw("DELETE FROM journal_actor WHERE seq <= 3"); // as written before there was an index
    assertThat(store.journal().by("Kijker@wotschiedam.example")).hasSize(3);
  }
}
