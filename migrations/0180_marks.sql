-- mark: moves with every change of what decides about a session's or token's requests, in whatever
-- row it happens. Who remembers a viewer together with the marks asks only whether they moved.
-- When somebody was last seen decides nothing, so it moves no mark of a session.

ALTER TABLE person ADD COLUMN mark bigint NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN mark bigint NOT NULL DEFAULT 0;
ALTER TABLE api_token ADD COLUMN mark bigint NOT NULL DEFAULT 0;

-- sqlite: CREATE TRIGGER person_marks AFTER UPDATE ON person WHEN NEW.mark = OLD.mark BEGIN UPDATE person SET mark = mark + 1 WHERE id = NEW.id; END;
-- sqlite: CREATE TRIGGER session_marks AFTER UPDATE OF token_hash, person_id, appointment_id, stage, stepped_up_at, ended_at ON session BEGIN UPDATE session SET mark = mark + 1 WHERE id = NEW.id; END;
-- sqlite: CREATE TRIGGER api_token_marks AFTER UPDATE OF token_hash, appointment_id, expires_at, revoked_at ON api_token BEGIN UPDATE api_token SET mark = mark + 1 WHERE id = NEW.id; END;
-- sqlite: CREATE TRIGGER appointment_begins_marks AFTER INSERT ON appointment BEGIN UPDATE person SET mark = mark + 1 WHERE id = NEW.person_id; END;
-- sqlite: CREATE TRIGGER appointment_marks AFTER UPDATE ON appointment BEGIN UPDATE person SET mark = mark + 1 WHERE id = NEW.person_id OR id = OLD.person_id; END;
-- sqlite: CREATE TRIGGER appointment_goes_marks AFTER DELETE ON appointment BEGIN UPDATE person SET mark = mark + 1 WHERE id = OLD.person_id; END;
-- sqlite: CREATE TRIGGER credential_begins_marks AFTER INSERT ON credential BEGIN UPDATE person SET mark = mark + 1 WHERE id = NEW.person_id; END;
-- sqlite: CREATE TRIGGER credential_marks AFTER UPDATE OF must_change, person_id ON credential BEGIN UPDATE person SET mark = mark + 1 WHERE id = NEW.person_id; END;
-- sqlite: CREATE TRIGGER credential_goes_marks AFTER DELETE ON credential BEGIN UPDATE person SET mark = mark + 1 WHERE id = OLD.person_id; END;
-- sqlite: CREATE TRIGGER organ_marks AFTER UPDATE OF letter, on_behalf ON organ BEGIN UPDATE person SET mark = mark + 1 WHERE id IN (SELECT person_id FROM appointment WHERE organ_id = NEW.id); END;
-- sqlite: CREATE TRIGGER participant_marks AFTER UPDATE OF name ON participant BEGIN UPDATE person SET mark = mark + 1 WHERE id IN (SELECT person_id FROM appointment WHERE participant_id = NEW.id); END;

-- postgres: CREATE FUNCTION mark_own() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN IF NEW.mark = OLD.mark THEN NEW.mark := OLD.mark + 1; END IF; RETURN NEW; END $f$;
-- postgres: CREATE FUNCTION mark_person() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $f$ BEGIN IF TG_OP <> 'DELETE' THEN UPDATE person SET mark = mark + 1 WHERE id = NEW.person_id; END IF; IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.person_id <> NEW.person_id) THEN UPDATE person SET mark = mark + 1 WHERE id = OLD.person_id; END IF; RETURN NULL; END $f$;
-- postgres: CREATE FUNCTION mark_appointed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $f$ BEGIN UPDATE person SET mark = mark + 1 WHERE id IN (SELECT person_id FROM appointment WHERE (TG_TABLE_NAME = 'organ' AND organ_id = NEW.id) OR (TG_TABLE_NAME = 'participant' AND participant_id = NEW.id)); RETURN NULL; END $f$;
-- postgres: CREATE TRIGGER person_marks BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION mark_own();
-- postgres: CREATE TRIGGER session_marks BEFORE UPDATE OF token_hash, person_id, appointment_id, stage, stepped_up_at, ended_at ON session FOR EACH ROW EXECUTE FUNCTION mark_own();
-- postgres: CREATE TRIGGER api_token_marks BEFORE UPDATE OF token_hash, appointment_id, expires_at, revoked_at ON api_token FOR EACH ROW EXECUTE FUNCTION mark_own();
-- postgres: CREATE TRIGGER appointment_marks AFTER INSERT OR UPDATE OR DELETE ON appointment FOR EACH ROW EXECUTE FUNCTION mark_person();
-- postgres: CREATE TRIGGER credential_marks AFTER INSERT OR UPDATE OF must_change, person_id OR DELETE ON credential FOR EACH ROW EXECUTE FUNCTION mark_person();
-- postgres: CREATE TRIGGER organ_marks AFTER UPDATE OF letter, on_behalf ON organ FOR EACH ROW EXECUTE FUNCTION mark_appointed();
-- postgres: CREATE TRIGGER participant_marks AFTER UPDATE OF name ON participant FOR EACH ROW EXECUTE FUNCTION mark_appointed();
