-- Seals are added, never changed or removed.
CREATE TRIGGER journal_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- The verifier asks both indexes for the lines of a page: one that is not in them would be in no view.
CREATE INDEX journal_client_seq ON journal_client (seq);
CREATE INDEX journal_actor_seq ON journal_actor (seq);
