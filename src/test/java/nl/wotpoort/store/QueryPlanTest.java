package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SQLite: what runs for every message is answered from an index, however long the queue and the
 * register.
 */
@DisabledIf("nl.wotpoort.store.Place#isServer")
class QueryPlanTest {

  @TempDir Path folder;

  /** Each query as the code has it, and the index it must use. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT id, attempts, size FROM message WHERE due_at <= 1 ORDER BY due_at, id LIMIT 5 | message_due
          SELECT id, attempts, size FROM outgoing WHERE priority = 0 AND due_at <= 1 AND size <= 9 ORDER BY due_at, id LIMIT 5 | outgoing_due
          SELECT id, attempts, size FROM outgoing WHERE priority = 0 AND due_at <= 1 AND size <= 9 AND (destination_pseudonym IS NULL OR destination_pseudonym NOT IN ('a', 'b')) ORDER BY due_at, id LIMIT 5 | outgoing_due
          UPDATE outgoing SET due_at = 1 WHERE priority = 0 AND due_at > 1 AND state = 'QUEUED' AND attempts BETWEEN 1 AND 1 | outgoing_due
          UPDATE message SET due_at = 1 WHERE due_at > 1 AND state = 'RECEIVED' AND (attempts > 0 OR due_at = received_at) | message_due
          UPDATE outgoing SET state = 'QUEUED' WHERE waits_for = 1 AND state = 'WAITING' | outgoing_waits
          SELECT state AS k, COUNT(*) AS n FROM message WHERE state <> 'DONE' GROUP BY state | message_open
          SELECT * FROM message WHERE state <> 'DONE' AND state = 'HELD' ORDER BY received_at, id LIMIT 5 | message_open
          SELECT * FROM message WHERE state <> 'DONE' AND state = 'HELD' AND id IN (SELECT message_id FROM outgoing WHERE case_number = 'x') ORDER BY received_at, id | outgoing_case
          SELECT * FROM message WHERE state <> 'DONE' AND state = 'HELD' AND hold_cause = 'NOT_ROUTABLE' AND hold_detail = 'x' ORDER BY received_at, id LIMIT 5 | message_open
          SELECT state AS k, COUNT(*) AS n FROM outgoing WHERE state <> 'SENT' GROUP BY state | outgoing_open
          SELECT DISTINCT case_number FROM outgoing WHERE mail_id = 'x' AND case_number IS NOT NULL | sqlite_autoindex_outgoing
          SELECT content_sha256 FROM fingerprint WHERE mail_id_pseudonym = 'x' AND signer_pseudonym = 'y' | fingerprint_mail_id
          SELECT worker, COUNT(*) AS n FROM case_file WHERE is_open = 1 AND worker IS NOT NULL GROUP BY worker | case_load
          SELECT * FROM consent c WHERE id IN (SELECT consent_id FROM consent_client WHERE pseudonym = 'x') AND version = (SELECT MAX(version) FROM consent v WHERE v.id = c.id) | sqlite_autoindex_consent_client
          SELECT event, COUNT(*) AS n FROM journal WHERE at >= 1 AND event >= 'ALERT_' AND event < 'ALERT_~' GROUP BY event | journal_at
          SELECT COUNT(*) AS awaited FROM delivery_address WHERE confirmed_at IS NULL | delivery_address_awaited
          SELECT * FROM consent c WHERE id > 'C' AND version = (SELECT MAX(version) FROM consent v WHERE v.id = c.id) ORDER BY id LIMIT 5 | sqlite_autoindex_consent
          SELECT * FROM consent WHERE id = 'C' ORDER BY version DESC LIMIT 1 | sqlite_autoindex_consent
          SELECT * FROM request WHERE case_number = 'x' ORDER BY asked_at, message_id | request_case
          SELECT * FROM request WHERE lapses_at <= 1 ORDER BY lapses_at LIMIT 5 | request_lapses
          SELECT * FROM request r WHERE r.state = 'FORWARDED' AND EXISTS (SELECT 1 FROM request_consent c JOIN consent k ON k.id = c.consent_id WHERE c.message_id = r.message_id AND k.withdrawn_at <= 1) LIMIT 5 | request_out
          SELECT DISTINCT r.message_id AS id FROM outgoing o JOIN request r ON r.message_id = o.message_id WHERE o.mail_id = 'x' | sqlite_autoindex_outgoing
          UPDATE request SET state = 'ANSWERED', at = 1, lapses_at = NULL WHERE state IN ('FORWARDED') AND answer_id = (SELECT message_id FROM outgoing WHERE id = 1 AND kind = 'FORWARD') | request_answer
          SELECT * FROM referral WHERE next_at <= 1 ORDER BY next_at, case_number LIMIT 5 | referral_next
          SELECT * FROM referral_event WHERE case_number = 'x' ORDER BY version | sqlite_autoindex_referral_event
          SELECT * FROM journal WHERE object = 'x' OR correlation = 'x' ORDER BY seq | journal_correlation
          """)
  void isAnsweredFromItsIndex(String query, String index) throws SQLException {
    Sample.open(folder).close();
    List<String> plan = plan(query);

    assertThat(plan).as(query).anyMatch(step -> step.contains(index));
    assertThat(plan)
        .as(query)
        .noneMatch(step -> step.startsWith("SCAN") && !step.contains("INDEX"));
  }

  private List<String> plan(String query) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(Sample.settings(folder).jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + query)) {
      while (rows.next()) {
        plan.add(rows.getString("detail"));
      }
    }
    return plan;
  }
}
