-- What a hold keeps of a person beside facts: words that mention him are lines of his copy; files about him stay, owned
-- by the hold (owner_kind 24, owner_id their own id) until no copy names them.
-- A copy with subject_number 0 is of the casefile or signal itself, once its day came.
-- subject_uuid: of a held person (11), so that his files in the signal are found, too.
ALTER TABLE destruction_hold_object ADD COLUMN subject_uuid bytea;
UPDATE destruction_hold_object SET subject_uuid = (SELECT p.subject_uuid FROM presence p WHERE p.id = object_id)
 WHERE object_kind = 11;
CREATE TABLE held_file (
  copy_id bigint NOT NULL REFERENCES held_copy (id),
  attachment_id bigint NOT NULL,
  hold_id bigint NOT NULL REFERENCES destruction_hold (id),
  PRIMARY KEY (copy_id, attachment_id)
);
CREATE INDEX held_file_by_hold ON held_file (hold_id, attachment_id);
CREATE INDEX held_file_by_attachment ON held_file (attachment_id, hold_id);

-- What waits about a hold on a casefile, or on somebody in it, belongs to that casefile.
UPDATE task SET casefile_id = coalesce((SELECT c.id FROM destruction_hold h JOIN casefile c ON c.reference = h.reference
 WHERE h.id = task.object_id), 0) WHERE object_kind = 24;
UPDATE news SET casefile_id = coalesce((SELECT c.id FROM destruction_hold h JOIN casefile c ON c.reference = h.reference
 WHERE h.id = news.object_id), 0) WHERE object_kind = 24;
