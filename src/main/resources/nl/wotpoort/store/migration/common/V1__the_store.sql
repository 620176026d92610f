-- The store of one gateway; docs/queue.md is the table of states this serves.
-- Times are milliseconds since 1970 UTC. *_box columns are AES-256-GCM under the store key; *_pseudonym columns HMAC-SHA-256.
-- Runs on SQLite and PostgreSQL; ${identity} and ${blob} are all that differs.

CREATE TABLE fact (
  name VARCHAR(100) NOT NULL PRIMARY KEY,
  value VARCHAR(1000) NOT NULL
);

CREATE TABLE message (
  id ${identity},
  source VARCHAR(200) NOT NULL,
  origin_key VARCHAR(300) NOT NULL,
  mailbox_box ${blob} NOT NULL,
  envelope_box ${blob},
  state VARCHAR(20) NOT NULL,
  attempts INTEGER NOT NULL,
  fence BIGINT NOT NULL,
  due_at BIGINT,
  node VARCHAR(200),
  received_at BIGINT NOT NULL,
  settled_at BIGINT,
  hold_cause VARCHAR(40),
  hold_detail VARCHAR(200),
  size BIGINT NOT NULL,
  sha256 CHAR(64) NOT NULL,
  CONSTRAINT message_once UNIQUE (source, origin_key)
);
-- Only work stands in these two, so that neither grows with what is done.
CREATE INDEX message_due ON message (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX message_open ON message (state, received_at) WHERE state <> 'DONE';

CREATE TABLE message_body (
  message_id BIGINT NOT NULL PRIMARY KEY REFERENCES message (id),
  sealed ${blob} NOT NULL
);

CREATE TABLE fingerprint (
  signer_pseudonym VARCHAR(64) NOT NULL,
  content_sha256 VARCHAR(64) NOT NULL,
  recipient_pseudonym VARCHAR(64) NOT NULL,
  message_id BIGINT NOT NULL REFERENCES message (id),
  mail_id_pseudonym VARCHAR(64),
  case_number VARCHAR(20),
  PRIMARY KEY (signer_pseudonym, content_sha256, recipient_pseudonym)
);
CREATE INDEX fingerprint_mail_id ON fingerprint (mail_id_pseudonym, signer_pseudonym) WHERE mail_id_pseudonym IS NOT NULL;

CREATE TABLE outgoing (
  id ${identity},
  mail_id VARCHAR(998) NOT NULL,
  copy_no INTEGER NOT NULL,
  message_id BIGINT REFERENCES message (id),
  case_number VARCHAR(20),
  kind VARCHAR(20) NOT NULL,
  sender_box ${blob},
  recipient_box ${blob} NOT NULL,
  recheck_box ${blob},
  priority INTEGER NOT NULL,
  waits_for BIGINT REFERENCES outgoing (id),
  state VARCHAR(20) NOT NULL,
  attempts INTEGER NOT NULL,
  fence BIGINT NOT NULL,
  due_at BIGINT,
  node VARCHAR(200),
  created_at BIGINT NOT NULL,
  settled_at BIGINT,
  reply_code INTEGER,
  reply_box ${blob},
  size BIGINT NOT NULL,
  sha256 CHAR(64) NOT NULL,
  CONSTRAINT outgoing_once UNIQUE (mail_id, copy_no)
);
CREATE INDEX outgoing_due ON outgoing (priority, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX outgoing_open ON outgoing (state, created_at) WHERE state <> 'SENT';
CREATE INDEX outgoing_waits ON outgoing (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX outgoing_message ON outgoing (message_id);
CREATE INDEX outgoing_case ON outgoing (case_number) WHERE case_number IS NOT NULL;

CREATE TABLE outgoing_body (
  outgoing_id BIGINT NOT NULL PRIMARY KEY REFERENCES outgoing (id),
  sealed ${blob} NOT NULL
);

CREATE TABLE outgoing_consent (
  outgoing_id BIGINT NOT NULL REFERENCES outgoing (id),
  consent_id VARCHAR(200) NOT NULL,
  PRIMARY KEY (outgoing_id, consent_id)
);
CREATE INDEX outgoing_consent_id ON outgoing_consent (consent_id);

CREATE TABLE notice (
  correspondent_pseudonym VARCHAR(64) NOT NULL,
  cause VARCHAR(100) NOT NULL,
  day VARCHAR(10) NOT NULL,
  PRIMARY KEY (correspondent_pseudonym, cause, day)
);

CREATE TABLE case_file (
  number VARCHAR(20) NOT NULL PRIMARY KEY,
  status VARCHAR(20) NOT NULL,
  created_at BIGINT NOT NULL,
  sender_pseudonym VARCHAR(64) NOT NULL,
  sender_box ${blob} NOT NULL,
  message_id BIGINT REFERENCES message (id),
  team VARCHAR(200),
  worker VARCHAR(200),
  client_pseudonyms VARCHAR(1000) NOT NULL,
  is_open INTEGER NOT NULL,
  last_event VARCHAR(100) NOT NULL,
  last_event_at BIGINT NOT NULL,
  facts_box ${blob}
);
CREATE INDEX case_created ON case_file (created_at);
CREATE INDEX case_sender ON case_file (sender_pseudonym);
CREATE INDEX case_load ON case_file (worker) WHERE is_open = 1;

CREATE TABLE case_client (
  pseudonym VARCHAR(100) NOT NULL,
  case_number VARCHAR(20) NOT NULL REFERENCES case_file (number),
  PRIMARY KEY (pseudonym, case_number)
);

-- Versions are added, never changed.
CREATE TABLE consent (
  id VARCHAR(200) NOT NULL,
  version INTEGER NOT NULL,
  at BIGINT NOT NULL,
  kind VARCHAR(20) NOT NULL,
  withdrawn_at BIGINT,
  client_pseudonyms VARCHAR(1000) NOT NULL,
  record_box ${blob} NOT NULL,
  PRIMARY KEY (id, version)
);

CREATE TABLE consent_client (
  pseudonym VARCHAR(100) NOT NULL,
  consent_id VARCHAR(200) NOT NULL,
  PRIMARY KEY (pseudonym, consent_id)
);

CREATE TABLE journal (
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  event VARCHAR(100) NOT NULL,
  action VARCHAR(20) NOT NULL,
  outcome VARCHAR(20) NOT NULL,
  actor_box ${blob} NOT NULL,
  client_pseudonyms VARCHAR(1000) NOT NULL,
  object VARCHAR(200) NOT NULL,
  case_number VARCHAR(20) NOT NULL,
  purpose VARCHAR(100) NOT NULL,
  consent_ids VARCHAR(10000) NOT NULL,
  rule_ids VARCHAR(10000) NOT NULL,
  emergency INTEGER NOT NULL,
  source VARCHAR(200) NOT NULL,
  correlation VARCHAR(200) NOT NULL,
  detail_box ${blob},
  previous CHAR(64) NOT NULL,
  hash CHAR(64) NOT NULL
);
CREATE INDEX journal_object ON journal (object);
CREATE INDEX journal_case ON journal (case_number) WHERE case_number <> '';
CREATE INDEX journal_correlation ON journal (correlation);
CREATE INDEX journal_at ON journal (at);

CREATE TABLE journal_client (
  pseudonym VARCHAR(100) NOT NULL,
  seq BIGINT NOT NULL REFERENCES journal (seq),
  PRIMARY KEY (pseudonym, seq)
);

-- One row: the end of the chain. Who appends takes this row first, so that there is one chain on any database.
CREATE TABLE journal_head (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  seq BIGINT NOT NULL,
  hash CHAR(64) NOT NULL
);
INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE lease (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  node VARCHAR(200) NOT NULL,
  until_at BIGINT NOT NULL
);
