-- The list of everybody in the region walks this in order and stops at a page.
CREATE INDEX person_by_name ON person (sort_key, id);
