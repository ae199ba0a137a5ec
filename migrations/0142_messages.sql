-- Joint communication (kind COMM): one text per intervention, sealed. Whoever says yes says it to this
-- text: writing another forgets every yes. embargo_at 0: none; released_at 0: not yet.
CREATE TABLE intervention_message (
  intervention_id bigint PRIMARY KEY REFERENCES intervention (id),
  key_id bigint NOT NULL,
  sealed bytea NOT NULL,
  embargo_at bigint NOT NULL DEFAULT 0,
  written_by bigint NOT NULL REFERENCES appointment (id),
  written_at bigint NOT NULL,
  released_by bigint REFERENCES appointment (id),
  released_at bigint NOT NULL DEFAULT 0
);
CREATE TABLE intervention_message_yes (
  intervention_id bigint NOT NULL REFERENCES intervention (id),
  organ_id bigint NOT NULL REFERENCES organ (id),
  said_by bigint NOT NULL REFERENCES appointment (id),
  said_at bigint NOT NULL,
  PRIMARY KEY (intervention_id, organ_id)
);
