-- A form that was sent after its session had ended: kept sealed for its owner for a day, and filled
-- in again after signing in. Nothing typed is lost.
CREATE TABLE parked_form (
  person_id bigint NOT NULL REFERENCES person (id),
  path text NOT NULL,
  at bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (person_id, path)
);
CREATE INDEX parked_form_by_age ON parked_form (at, person_id);
