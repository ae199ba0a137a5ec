-- Records of any room whose words and readers wait to be put in the search store (search_feed.h):
-- kind as in the log. Which search store holds them: the number of search_generation at that time.
CREATE TABLE index_waiting (
  kind bigint NOT NULL,
  object_id bigint NOT NULL,
  due_at bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, object_id)
);
CREATE TABLE index_fed (
  id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
  number bigint NOT NULL
);
INSERT INTO index_waiting (kind, object_id) SELECT 25, id FROM information_request;
-- Names of who and what a casefile is about are found too.
INSERT INTO casefile_unindexed (casefile_id) SELECT id FROM casefile WHERE state <> 12
  ON CONFLICT (casefile_id) DO NOTHING;
