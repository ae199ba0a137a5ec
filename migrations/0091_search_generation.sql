-- The number of index_generation that this store was filled for; no row: it is new or was lost.
CREATE TABLE search_generation (
  id bigint NOT NULL PRIMARY KEY,
  number bigint NOT NULL
);
