package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal: complete, append-only, and a change shows. */
class JournalTest {

  @TempDir Path folder;
  Store store;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static JournalEntry entry(String event) {
    return JournalEntry.of(
        NOON, event, JournalEntry.Action.READ, Actor.administrator("beheer"), "M1");
  }

  private void raw(String... statements) throws SQLException {
    Place.raw(folder, statements);
  }

  private void withoutTriggers(String sql) throws SQLException {
    if (Place.isServer()) {
      raw(
          "DROP TRIGGER journal_append_only ON journal",
          "ALTER TABLE journal_actor DROP CONSTRAINT journal_actor_seq_fkey",
          sql);
    } else {
      raw("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete", sql);
    }
  }

  @Test
  void anEntryComesBackWhole() {
    JournalEntry whole =
        new JournalEntry(
                NOON,
                "DISCLOSED",
                JournalEntry.Action.READ,
                JournalEntry.Outcome.SUCCESS,
                new Actor("w1", Optional.of("team oost"), Optional.of("worker")),
                store.pseudonyms().client(Sample.client()),
                "L7",
                Optional.of(Sample.number(1)),
                Optional.of(new Purpose("support.intake")),
                Set.of("C-1", "C-2"),
                List.of("R2", "S3"),
                false,
                "dispatch",
                "M3",
                Optional.empty())
            .usingEmergencyGround()
            .explaining("gezien door Kanarie");
    store.journal().write(whole);

    assertThat(store.journal().about("L7"))
        .singleElement()
        .satisfies(line -> assertThat(line.entry()).isEqualTo(whole));
    assertThat(store.journal().about("M3")).as("by correlation").hasSize(1);
    assertThat(store.journal().about(Sample.number(1))).hasSize(1);
    assertThat(store.journal().about(store.pseudonyms().client(Sample.client()).orElseThrow()))
        .hasSize(1);
  }

  @Test
  void sequencesHaveNoGaps() {
    for (int i = 0; i < 5; i++) {
      store.journal().write(entry("E" + i));
    }

    assertThat(store.journal().after(0, 10))
        .extracting(JournalLine::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(store.journal().after(2, 2))
        .extracting(JournalLine::sequence)
        .containsExactly(3L, 4L);
    assertThat(store.journal().verify())
        .isEqualTo(new ChainCheck(5, store.journal().after(4, 1).get(0).hash(), Optional.empty()));
  }

  @Test
  void anEmptyJournalIsSound() {
    assertThat(store.journal().verify().isSound()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal SET event = 'OTHER' WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 1",
        "UPDATE journal_seal SET upto = 9",
        "DELETE FROM journal_seal",
        "UPDATE consent SET kind = 'CONSENT'",
        "DELETE FROM consent"
      })
  void theDatabaseRefusesAChange(String sql) {
    store.journal().write(entry("E"));
    store.journal().seal(NOON);
    ClientPseudonyms client = store.pseudonyms().client(Sample.client()).orElseThrow();
    store.consents().add(Sample.consent("C-1", client), Actor.gateway(), NOON);

    assertThatThrownBy(() -> raw(sql)).hasMessageContaining("append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal SET event = 'OTHER' WHERE seq = 3",
        "UPDATE journal SET at = at + 1 WHERE seq = 3",
        "UPDATE journal SET emergency = 1 WHERE seq = 3",
        "UPDATE journal SET hash = previous WHERE seq = 3",
        "UPDATE journal SET actor_box = (SELECT actor_box FROM journal WHERE seq = 4) WHERE seq = 3",
        "UPDATE journal SET seq = 99 WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3"
      })
  void whoeverTakesTheTriggersAwayIsStillSeen(String sql) throws SQLException {
    for (int i = 0; i < 5; i++) {
      store.journal().write(entry("E" + i));
    }
    withoutTriggers(sql);

    assertThat(store.journal().verify().brokenAt()).contains(3L);
  }

  @Test
  void aJournalWithItsEndCutOffIsSeen() throws SQLException {
    for (int i = 0; i < 5; i++) {
      store.journal().write(entry("E" + i));
    }
    withoutTriggers("DELETE FROM journal WHERE seq = 5");

    assertThat(store.journal().verify().brokenAt()).contains(5L);
  }
}
