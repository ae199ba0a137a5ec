-- Why the second person judges two presences the same: sealed as reason is, under the keys of both.
ALTER TABLE judgement ADD COLUMN second_reason bytea;
