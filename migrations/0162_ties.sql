-- When a tie held: from and until, sealed under the keys of both. NULL: not said.
ALTER TABLE fact ADD COLUMN period bytea;
