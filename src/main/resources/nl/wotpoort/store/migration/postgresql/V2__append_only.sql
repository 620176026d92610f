-- The journal and the versions of a consent are added to, never changed or removed.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Encrypted bytes do not get smaller: no use trying.
ALTER TABLE message_body ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE outgoing_body ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Every message changes a few times in a short while: dead rows are cleared before the claims walk over many of them.
ALTER TABLE message SET (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 80);
ALTER TABLE outgoing SET (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 80);
ALTER TABLE journal_head SET (fillfactor = 10);
