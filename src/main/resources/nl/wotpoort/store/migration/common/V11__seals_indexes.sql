-- The verifier reads a page of each index in order: all it needs stands in it.
DROP INDEX journal_client_seq;
DROP INDEX journal_actor_seq;
CREATE INDEX journal_client_page ON journal_client (seq, pseudonym);
CREATE INDEX journal_actor_page ON journal_actor (seq, pseudonym);
