-- Sums of the statistic rows that the monitor would count anew for each page, by quarter and by what a figure is grouped
-- by. Of each kind of row (1 signal, 2 casefile, 3 request, 4 intervention) all up to counted_id are in the sums; what
-- came later is counted by itself (src/monitor/tally.h). marked_id: the newest row at marked_at; once nothing that was
-- begun before that moment can still be under way, the sums reach up to there.
CREATE TABLE tally_mark (
  kind bigint PRIMARY KEY CHECK (kind BETWEEN 1 AND 4),
  counted_id bigint NOT NULL,
  marked_id bigint NOT NULL,
  marked_at bigint NOT NULL
);
INSERT INTO tally_mark (kind, counted_id, marked_id, marked_at) VALUES (1, 0, 0, 0), (2, 0, 0, 0), (3, 0, 0, 0), (4, 0, 0, 0);
CREATE TABLE signal_tally (
  quarter bigint NOT NULL,
  transition bigint NOT NULL,
  action bigint NOT NULL,
  days_in_state bigint NOT NULL,
  line bigint NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (quarter, transition, action, days_in_state, line)
);
CREATE TABLE casefile_tally (
  quarter bigint NOT NULL,
  transition bigint NOT NULL,
  action bigint NOT NULL,
  days_in_state bigint NOT NULL,
  variant bigint NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (quarter, transition, action, days_in_state, variant)
);
CREATE TABLE request_tally (
  quarter bigint NOT NULL,
  letter text NOT NULL,
  late bigint NOT NULL,
  days bigint NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (quarter, letter, late, days)
);
CREATE TABLE intervention_tally (
  quarter bigint NOT NULL,
  transition bigint NOT NULL,
  weight bigint NOT NULL,
  days_in_state bigint NOT NULL,
  times bigint NOT NULL,
  quick bigint NOT NULL,
  hours_pledged bigint NOT NULL,
  hours_delivered bigint NOT NULL,
  PRIMARY KEY (quarter, transition, weight, days_in_state)
);
CREATE TABLE effect_tally (
  quarter bigint NOT NULL,
  instrument bigint NOT NULL,
  months bigint NOT NULL,
  effect bigint NOT NULL,
  weight bigint NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (quarter, instrument, months, effect, weight)
);
-- Cents.
CREATE TABLE amount_tally (
  quarter bigint NOT NULL,
  kind bigint NOT NULL,
  weight bigint NOT NULL,
  calculated bigint NOT NULL,
  claimed bigint NOT NULL,
  imposed bigint NOT NULL,
  seized bigint NOT NULL,
  collected bigint NOT NULL,
  set_off bigint NOT NULL,
  prevented bigint NOT NULL,
  PRIMARY KEY (quarter, kind, weight)
);
-- Where a theme or a place is asked the rows are counted themselves: in their index alone.
DROP INDEX intervention_statistic_steps;
CREATE INDEX intervention_statistic_steps ON intervention_statistic
  (quarter, transition, weight, days_in_state, theme, municipality_id, letter, project_id, quick) WHERE transition > 0;
