-- A partner says no to a joint message, with a reason. An answer is to one edition of the text: an answer
-- to an earlier one counts no more, whoever was first. remind_day: when who said nothing hears it once
-- more, 0: never; reminded_at 0: not yet.
ALTER TABLE intervention_message ADD COLUMN edition bigint NOT NULL DEFAULT 1;
ALTER TABLE intervention_message ADD COLUMN remind_day bigint NOT NULL DEFAULT 0;
ALTER TABLE intervention_message ADD COLUMN reminded_at bigint NOT NULL DEFAULT 0;
ALTER TABLE intervention_message_yes ADD COLUMN edition bigint NOT NULL DEFAULT 1;
CREATE INDEX intervention_message_due ON intervention_message (remind_day)
  WHERE released_at = 0 AND reminded_at = 0;

CREATE TABLE intervention_message_no (
  intervention_id bigint NOT NULL REFERENCES intervention (id),
  organ_id bigint NOT NULL REFERENCES organ (id),
  edition bigint NOT NULL,
  said_by bigint NOT NULL REFERENCES appointment (id),
  said_at bigint NOT NULL,
  key_id bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (intervention_id, organ_id)
);
