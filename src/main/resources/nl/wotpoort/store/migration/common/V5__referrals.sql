-- How far each referral is (rules.referral), when somebody must be reminded, and what happened on the way.
-- In clear: codes of the directory and the rules, times; nothing about a client.

CREATE TABLE referral (
  case_number VARCHAR(20) NOT NULL PRIMARY KEY REFERENCES case_file (number),
  version INTEGER NOT NULL,
  state VARCHAR(20) NOT NULL,
  opened_at BIGINT NOT NULL,
  clock_from BIGINT,
  next_step VARCHAR(20),
  next_at BIGINT,
  practice VARCHAR(200) NOT NULL,
  grounds VARCHAR(1000) NOT NULL,
  expertise VARCHAR(1000) NOT NULL,
  youth INTEGER NOT NULL
);
CREATE INDEX referral_next ON referral (next_at) WHERE next_at IS NOT NULL;

-- Line "version" of a referral is the change that made it so.
CREATE TABLE referral_event (
  case_number VARCHAR(20) NOT NULL REFERENCES referral (case_number),
  version INTEGER NOT NULL,
  at BIGINT NOT NULL,
  event VARCHAR(40) NOT NULL,
  state VARCHAR(20) NOT NULL,
  team VARCHAR(200),
  reason VARCHAR(200) NOT NULL,
  PRIMARY KEY (case_number, version)
);
CREATE INDEX referral_event_at ON referral_event (at);
