package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
    noted = store.journal().seal(NOON).orElseThrow();
    if (Place.isServer()) {
      raw("DROP TRIGGER journal_append_only ON journal");
    } else {
      raw("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete");
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void raw(String... statements) throws SQLException {
    Place.raw(folder, statements);
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
        "UPDATE journal SET previous = (SELECT hash FROM journal WHERE seq = 2) WHERE seq = 3",
        "UPDATE journal_head SET seq = 5");
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
        "INSERT INTO journal SELECT 7, at, event, action, outcome, actor_box, client_pseudonyms,"
            + " object, case_number, purpose, consent_ids, rule_ids, emergency, source,"
            + " correlation, detail_box, (SELECT hash FROM journal WHERE seq = 6), hash"
            + " FROM journal WHERE seq = 5",
        "UPDATE journal_head SET seq = 7, hash = (SELECT hash FROM journal WHERE seq = 7)");
    assertThat(check().brokenAt()).contains(7L);
  }

  @Test
  void aSealMadeUpOrMoved() throws SQLException {
    raw("UPDATE journal_seal SET upto = 5");
    assertThat(check().isSound()).isFalse();
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
