-- What the columns of a file are, under a name that an organ gave it: "1,0,101", by place.

CREATE TABLE import_mapping (
  organ_id bigint NOT NULL REFERENCES organ (id),
  name text NOT NULL,
  columns text NOT NULL,
  PRIMARY KEY (organ_id, name)
);
