-- Every delivery address that was ever in force, and whether its reader showed that he can read it. One without confirmed_at is new:
-- it is sent a code (code_mark is a keyed digest of it), and gets no client's mail until the code came back.
CREATE TABLE delivery_address (
  pseudonym VARCHAR(64) NOT NULL PRIMARY KEY,
  address_box ${blob} NOT NULL,
  since BIGINT NOT NULL,
  sends INTEGER NOT NULL,
  sent_at BIGINT,
  code_mark VARCHAR(64),
  confirmed_at BIGINT
);
CREATE INDEX delivery_address_awaited ON delivery_address (since) WHERE confirmed_at IS NULL;
