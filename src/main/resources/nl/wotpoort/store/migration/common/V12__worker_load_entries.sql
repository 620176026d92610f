-- The load as it is read for every message, one text a worker: putting it together for ten thousand of them took five times as long as reading it.
ALTER TABLE worker_load ADD COLUMN entry VARCHAR(250) NOT NULL DEFAULT '';
UPDATE worker_load SET entry = worker || ' ' || open_cases || ' ' || COALESCE(last_assigned, 0);
