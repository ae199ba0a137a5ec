-- The clock of a presence by itself, once it was judged the same as others: first_processed_at is then
-- the earliest of all of them (WGS 1.8(7)), and undoing gives each its own back. 0: never joined.
ALTER TABLE presence ADD COLUMN own_clock bigint NOT NULL DEFAULT 0;
