-- What comes back by itself, and when it was last begun and done: one process at a time does it.
CREATE TABLE schedule (
	name text NOT NULL PRIMARY KEY,
	begun_at bigint NOT NULL,
	done_at bigint NOT NULL
);
