-- The life of an information request; docs/requests.md is the table of its states.

CREATE TABLE request (
  message_id BIGINT NOT NULL PRIMARY KEY REFERENCES message (id),
  case_number VARCHAR(20) NOT NULL,
  state VARCHAR(20) NOT NULL,
  asked_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  lapses_at BIGINT,
  facts_box ${blob},
  answer_id BIGINT REFERENCES message (id)
);
CREATE INDEX request_case ON request (case_number);
CREATE INDEX request_answer ON request (answer_id) WHERE answer_id IS NOT NULL;
CREATE INDEX request_out ON request (state) WHERE state = 'FORWARDED';
-- Only what waits stands in it.
CREATE INDEX request_lapses ON request (lapses_at) WHERE lapses_at IS NOT NULL;

CREATE TABLE request_consent (
  message_id BIGINT NOT NULL REFERENCES request (message_id),
  consent_id VARCHAR(200) NOT NULL,
  PRIMARY KEY (message_id, consent_id)
);
CREATE INDEX request_consent_id ON request_consent (consent_id);
