-- How busy each worker is, kept beside the cases in the same transactions: counting all open cases for every message takes too long,
-- and whoever gives somebody a case takes this row first, so that two decisions at the same moment cannot both take the last place.
CREATE TABLE worker_load (
  worker VARCHAR(200) NOT NULL PRIMARY KEY,
  open_cases INTEGER NOT NULL,
  last_assigned BIGINT
);
INSERT INTO worker_load (worker, open_cases, last_assigned)
  SELECT worker, SUM(is_open), MAX(created_at) FROM case_file WHERE worker IS NOT NULL GROUP BY worker;

-- What routing looked at when a case found its desk, to try changed routes on; nothing that names a client.
CREATE TABLE case_route (
  case_number VARCHAR(20) NOT NULL PRIMARY KEY REFERENCES case_file (number),
  at BIGINT NOT NULL,
  routes VARCHAR(100) NOT NULL,
  facts_box ${blob} NOT NULL
);
CREATE INDEX case_route_at ON case_route (at);
