-- What a figure counts lies together: the rows of one year in an index with everything that the figure
-- groups and filters by, so that a year of ten thousand interventions costs no look at each of its rows.
CREATE INDEX intervention_statistic_steps ON intervention_statistic
  (quarter, transition, weight, days_in_state, theme, municipality_id, letter) WHERE transition > 0;
CREATE INDEX intervention_statistic_hours ON intervention_statistic
  (quarter, theme, municipality_id, letter, weight, hours_pledged, hours_delivered);
CREATE INDEX intervention_statistic_effects ON intervention_statistic
  (months, quarter, instrument, effect, theme, municipality_id, letter, weight) WHERE effect >= 0;
CREATE INDEX intervention_statistic_amounts ON intervention_statistic (quarter, id)
  WHERE calculated <> 0 OR claimed <> 0 OR imposed <> 0 OR seized <> 0 OR collected <> 0 OR set_off <> 0 OR prevented <> 0;

-- And what happened in one municipality, for its mayor and for the places that stayed silent.
CREATE INDEX signal_by_municipality ON signal (municipality_id, submitted_at, id);
CREATE INDEX signal_statistic_by_municipality ON signal_statistic (municipality_id, quarter, id);
CREATE INDEX intervention_by_municipality ON intervention (municipality_id, state, id);
CREATE INDEX intervention_statistic_by_municipality ON intervention_statistic (municipality_id, quarter, id);
CREATE INDEX effect_assessment_by_municipality ON effect_assessment (municipality_id, assessed_at, id);
