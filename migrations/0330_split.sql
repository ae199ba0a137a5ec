-- Some of whom a casefile is about go into a casefile of their own, under the numbers that they have;
-- and what partners wrote for each other goes along when one casefile joins another.

-- split_from: the casefile that it was a part of. last_number: no subject gets a number up to this one any
-- more, so that what was written about a number (@5) is never about somebody else.
ALTER TABLE casefile ADD COLUMN split_from bigint REFERENCES casefile (id);
ALTER TABLE casefile ADD COLUMN last_number bigint NOT NULL DEFAULT 0;
UPDATE casefile SET last_number = coalesce((SELECT max(p.number) FROM presence p WHERE p.casefile_id = casefile.id), 0);
-- The other casefile that an event of the history is about.
ALTER TABLE casefile_history ADD COLUMN other_id bigint REFERENCES casefile (id);

-- A subject that is in another casefile now is new there for who follows along.
-- sqlite: CREATE TRIGGER presence_moves AFTER UPDATE OF casefile_id ON presence WHEN NEW.casefile_id <> OLD.casefile_id BEGIN DELETE FROM change WHERE topic = 2 AND object_id = NEW.id; INSERT INTO change (topic, object_id, phase) SELECT DISTINCT 2, f.presence_id, f.phase FROM fact f WHERE f.presence_id = NEW.id; END;
-- postgres: CREATE FUNCTION change_of_presence() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $f$ BEGIN PERFORM change_note(2, m.presence_id, m.phase) FROM (SELECT DISTINCT f.presence_id, f.phase FROM fact f WHERE f.presence_id = NEW.id) m; RETURN NULL; END $f$;
-- postgres: CREATE TRIGGER presence_moves AFTER UPDATE OF casefile_id ON presence FOR EACH ROW WHEN (NEW.casefile_id IS DISTINCT FROM OLD.casefile_id) EXECUTE FUNCTION change_of_presence();
