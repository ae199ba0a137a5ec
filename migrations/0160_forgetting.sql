-- When a casefile has to go, and who was warned that the five years of a person end (WGS 1.8(7)).

-- A day; 0: nothing says so yet. Stopped: within 30 days (BGS 1.16(1)(a)); closed: after six months.
ALTER TABLE casefile ADD COLUMN destroy_due bigint NOT NULL DEFAULT 0;
UPDATE casefile SET destroy_due = state_since / 86400000 + 30 WHERE state = 10;
UPDATE casefile SET destroy_due = state_since / 86400000 + 183 WHERE state IN (9, 11);
CREATE INDEX casefile_by_destroy_due ON casefile (destroy_due, id);

-- days: how many days before the end the warning was given (180, 90, 30). Once each.
CREATE TABLE presence_warning (
  presence_id bigint NOT NULL REFERENCES presence (id) ON DELETE CASCADE,
  days bigint NOT NULL,
  warned_at bigint NOT NULL,
  PRIMARY KEY (presence_id, days)
);
CREATE INDEX presence_by_clock ON presence (first_processed_at, id);
