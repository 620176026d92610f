-- Whose letters are under way already is left out of a claim, so that one slow recipient keeps nobody else waiting.
-- HMAC-SHA-256 of the address; empty in letters from before this, which are never left out.
ALTER TABLE outgoing ADD COLUMN destination_pseudonym VARCHAR(64);
DROP INDEX outgoing_due;
CREATE INDEX outgoing_due ON outgoing (priority, due_at, id, destination_pseudonym) WHERE due_at IS NOT NULL;
