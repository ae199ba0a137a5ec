-- A reader of files that finds more words than the one before reads them again: which reader fed the
-- search store, by kind of record, and what waits to be read though its words are there.
ALTER TABLE index_waiting ADD COLUMN again bigint NOT NULL DEFAULT 0;
CREATE TABLE index_reader (
  kind bigint NOT NULL PRIMARY KEY,
  number bigint NOT NULL
);
-- Papers of a result are found too.
INSERT INTO index_waiting (kind, object_id) SELECT 13, id FROM attachment WHERE owner_kind = 35
  ON CONFLICT (kind, object_id) DO NOTHING;
