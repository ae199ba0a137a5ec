-- Which point the meeting is busy with, as its secretary says; NULL: the first that waits. What open screens follow.
ALTER TABLE meeting ADD COLUMN point_now bigint REFERENCES steering_point (id);
CREATE INDEX steering_decision_by_meeting ON steering_decision (meeting_id, point_id);
