-- The PDF of a pack, made by the server itself: how far it is, and for an hour the file, sealed. state: 1 waits,
-- 2 is being made, 3 lies ready, 4 could not be made. mark: of what was in it, so that it is given only while
-- its owner would get the same now.
CREATE TABLE steering_pack_file (
  copy_id bigint PRIMARY KEY REFERENCES steering_copy (id),
  state bigint NOT NULL CHECK (state IN (1, 2, 3, 4)),
  per_mille bigint NOT NULL DEFAULT 0,
  asked_at bigint NOT NULL,
  taken_until bigint NOT NULL DEFAULT 0,
  ready_at bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  mark bytea,
  key_id bigint NOT NULL DEFAULT 0,
  sealed bytea
);
CREATE INDEX steering_pack_file_by_state ON steering_pack_file (state, asked_at, copy_id);
