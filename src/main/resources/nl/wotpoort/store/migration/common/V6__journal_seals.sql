-- The journal is signed in blocks: a seal says how far the chain was and what its last hash was.
CREATE TABLE journal_seal (
  upto BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  head CHAR(64) NOT NULL,
  signature VARCHAR(200) NOT NULL
);

-- Who did what, by a keyed pseudonym. An index and nothing more: the truth stands in the line itself.
CREATE TABLE journal_actor (
  pseudonym VARCHAR(64) NOT NULL,
  seq BIGINT NOT NULL REFERENCES journal (seq),
  PRIMARY KEY (pseudonym, seq)
);
