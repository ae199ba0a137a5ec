-- Meetings were numbered from one, everything else from nought. One function numbers all: the
-- counters of meetings step over the number that was given last, so that none is given twice.
UPDATE reference_counter SET next = next + 1 WHERE kind IN ('IO', 'SP');
