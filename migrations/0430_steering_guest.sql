-- Guests of a meeting of the Stuurploeg, each for some points about a casefile. The name is sealed in meeting_guest
-- and goes with it. person_id: who works with Plein and reads those points' papers; NULL: named only, reads nothing.
CREATE TABLE steering_guest (
  guest_id bigint PRIMARY KEY REFERENCES meeting_guest (id),
  meeting_id bigint NOT NULL REFERENCES meeting (id),
  person_id bigint REFERENCES person (id)
);
CREATE INDEX steering_guest_by_meeting ON steering_guest (meeting_id, guest_id);
CREATE TABLE steering_guest_point (
  guest_id bigint NOT NULL REFERENCES steering_guest (guest_id),
  point_id bigint NOT NULL REFERENCES steering_point (id),
  PRIMARY KEY (guest_id, point_id)
);

-- Who reads a point beside the members: an appointment each. It holds while the meeting isn't over.
CREATE TABLE steering_point_audience (
  audience_id bigint NOT NULL,
  id bigint NOT NULL REFERENCES steering_point (id),
  guest_id bigint NOT NULL REFERENCES steering_guest (guest_id),
  PRIMARY KEY (audience_id, id, guest_id)
);
CREATE INDEX steering_point_audience_by_point ON steering_point_audience (id, audience_id);
CREATE INDEX steering_point_audience_by_guest ON steering_point_audience (guest_id);
