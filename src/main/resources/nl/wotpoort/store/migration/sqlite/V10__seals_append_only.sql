-- Seals are added, never changed or removed.
CREATE TRIGGER journal_seal_no_update BEFORE UPDATE ON journal_seal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_seal_no_delete BEFORE DELETE ON journal_seal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- The verifier asks both indexes for the lines of a page: one that is not in them would be in no view.
CREATE INDEX journal_client_seq ON journal_client (seq);
CREATE INDEX journal_actor_seq ON journal_actor (seq);
