-- Keys that seal values, wrapped by the period key that lies outside (keys/). Deleting a row is
-- forgetting. A period is deleted only when no key needs it: the foreign key sees to it, also
-- against a transaction that runs beside.
CREATE TABLE key_period (
  id bigint NOT NULL PRIMARY KEY,
  began_at bigint NOT NULL
);

CREATE TABLE sealed_key (
  id bigint NOT NULL PRIMARY KEY,
  kind bigint NOT NULL,
  period_id bigint NOT NULL REFERENCES key_period (id),
  wrapped bytea NOT NULL CHECK (length(wrapped) = 73)
);
CREATE INDEX sealed_key_by_period ON sealed_key (period_id, id);
