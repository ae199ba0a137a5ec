-- The one-time password of a new account, sealed, until the head who activated it passed it on
-- or its owner chose a password of his own. first_shown_to: the only person who may read it.
ALTER TABLE credential ADD COLUMN first_password bytea;
ALTER TABLE credential ADD COLUMN first_shown_to bigint REFERENCES person (id);
