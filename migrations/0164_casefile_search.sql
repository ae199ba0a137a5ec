-- Casefiles whose words wait to be put in the search store (casework/casefile_index.h).
CREATE TABLE casefile_unindexed (
  casefile_id bigint NOT NULL PRIMARY KEY REFERENCES casefile (id),
  due_at bigint NOT NULL DEFAULT 0
);
INSERT INTO casefile_unindexed (casefile_id) SELECT id FROM casefile WHERE state <> 12;
-- Which search store holds them: the number of search_generation when they were last queued.
CREATE TABLE casefile_index_generation (
  id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
  number bigint NOT NULL
);
