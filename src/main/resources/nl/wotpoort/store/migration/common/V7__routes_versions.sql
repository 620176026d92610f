-- The texts of routes/ that were activated, as versions: the highest number is the one in force. Going back adds a version.
CREATE TABLE routes_version (
  number INTEGER NOT NULL PRIMARY KEY,
  digest VARCHAR(64) NOT NULL,
  at BIGINT NOT NULL,
  actor_box ${blob} NOT NULL,
  change_box ${blob} NOT NULL,
  files_box ${blob} NOT NULL,
  certificates_box ${blob} NOT NULL
);
