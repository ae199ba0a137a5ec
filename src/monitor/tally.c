#include "monitor/tally.h"

#include "monitor/figures.h"

/* $1: the last row that is counted already, $2: the last one to count now. */
#define NEXT_ROWS " WHERE id > $1 AND id <= $2"
/* A sum takes up what is added to it. */
#define MORE_TIMES(table) " DO UPDATE SET times = " table ".times + excluded.times"

static const struct db_stmt ADD_SIGNALS = {
	"tally_add_signals", "ii",
	"INSERT INTO signal_tally (quarter, transition, action, days_in_state, line, times)"
	" SELECT quarter, transition, action, days_in_state, line, count(*)"
	" FROM signal_statistic" NEXT_ROWS
	" GROUP BY quarter, transition, action, days_in_state, line"
	" ON CONFLICT (quarter, transition, action, days_in_state, line)" MORE_TIMES(
	    "signal_tally")
};
static const struct db_stmt ADD_CASEFILES = {
	"tally_add_casefiles", "ii",
	"INSERT INTO casefile_tally (quarter, transition, action, days_in_state, variant, times)"
	" SELECT quarter, transition, action, days_in_state, variant, count(*)"
	" FROM casefile_statistic" NEXT_ROWS
	" GROUP BY quarter, transition, action, days_in_state, variant"
	" ON CONFLICT (quarter, transition, action, days_in_state, variant)" MORE_TIMES(
	    "casefile_tally")
};
static const struct db_stmt ADD_ANSWERS = {
	"tally_add_answers", "ii",
	"INSERT INTO request_tally (quarter, letter, late, days, times)"
	" SELECT quarter, letter, late, days, count(*) FROM request_statistic" NEXT_ROWS
	" GROUP BY quarter, letter, late, days ON CONFLICT (quarter, letter, late, "
	"days)" MORE_TIMES("request_tally")
};
static const struct db_stmt ADD_INTERVENTIONS = {
	"tally_add_interventions", "ii",
	"INSERT INTO intervention_tally (quarter, transition, weight, days_in_state, times, quick,"
	" hours_pledged, hours_delivered) SELECT quarter, transition, weight, days_in_state,"
	" count(*), sum(quick), sum(hours_pledged), sum(hours_delivered)"
	" FROM intervention_statistic" NEXT_ROWS
	" GROUP BY quarter, transition, weight, days_in_state"
	" ON CONFLICT (quarter, transition, weight, days_in_state)" MORE_TIMES(
	    "intervention_tally") ", quick = intervention_tally.quick + excluded.quick,"
				  " hours_pledged = intervention_tally.hours_pledged + "
				  "excluded.hours_pledged,"
				  " hours_delivered = intervention_tally.hours_delivered + "
				  "excluded.hours_delivered"
};
static const struct db_stmt ADD_EFFECTS = {
	"tally_add_effects", "ii",
	"INSERT INTO effect_tally (quarter, instrument, months, effect, weight, times)"
	" SELECT quarter, instrument, months, effect, weight, count(*)"
	" FROM intervention_statistic" NEXT_ROWS " AND months IN (3, 6, 12) AND effect >= 0"
	" GROUP BY quarter, instrument, months, effect, weight"
	" ON CONFLICT (quarter, instrument, months, effect, weight)" MORE_TIMES("effect_tally")
};
static const struct db_stmt ADD_AMOUNTS = {
	"tally_add_amounts", "ii",
	"INSERT INTO amount_tally (quarter, kind, weight, calculated, claimed, imposed, seized,"
	" collected, set_off, prevented) SELECT quarter, kind, weight, sum(calculated),"
	" sum(claimed), sum(imposed), sum(seized), sum(collected), sum(set_off), sum(prevented)"
	" FROM intervention_statistic" NEXT_ROWS FIGURES_SOME_AMOUNT
	" GROUP BY quarter, kind, weight ON CONFLICT (quarter, kind, weight) DO UPDATE SET"
	" calculated = amount_tally.calculated + excluded.calculated,"
	" claimed = amount_tally.claimed + excluded.claimed,"
	" imposed = amount_tally.imposed + excluded.imposed,"
	" seized = amount_tally.seized + excluded.seized,"
	" collected = amount_tally.collected + excluded.collected,"
	" set_off = amount_tally.set_off + excluded.set_off,"
	" prevented = amount_tally.prevented + excluded.prevented"
};

#define NEWEST(name, table)                                                                        \
	{                                                                                          \
		name, "", "SELECT coalesce(max(id), 0) FROM " table                                \
	}
static const struct db_stmt NEWEST_SIGNALS = NEWEST("tally_newest_signal", "signal_statistic");
static const struct db_stmt NEWEST_CASEFILES =
    NEWEST("tally_newest_casefile", "casefile_statistic");
static const struct db_stmt NEWEST_ANSWERS = NEWEST("tally_newest_answer", "request_statistic");
static const struct db_stmt NEWEST_INTERVENTIONS =
    NEWEST("tally_newest_intervention", "intervention_statistic");
static const struct db_stmt MARKED = {
	"tally_marked", "i",
	"SELECT counted_id, marked_id, marked_at FROM tally_mark WHERE kind = $1"
};
/* Whoever comes second finds that somebody counted meanwhile. */
static const struct db_stmt COUNTED = {
	"tally_counted", "iii",
	"UPDATE tally_mark SET counted_id = $3 WHERE kind = $1 AND counted_id = $2"
};
static const struct db_stmt MARK = {
	"tally_mark", "iii",
	"UPDATE tally_mark SET marked_id = $2, marked_at = $3 WHERE kind = $1 AND marked_id <= $2"
};
const struct db_stmt *const tally_statements[] = {
	&ADD_SIGNALS,    &ADD_CASEFILES,
	&ADD_ANSWERS,    &ADD_INTERVENTIONS,
	&ADD_EFFECTS,    &ADD_AMOUNTS,
	&NEWEST_SIGNALS, &NEWEST_CASEFILES,
	&NEWEST_ANSWERS, &NEWEST_INTERVENTIONS,
	&MARKED,         &COUNTED,
	&MARK,           NULL,
};

static const struct tallied {
	enum tally_kind kind;
	const struct db_stmt *newest, *add[3]; /* NULL: no more */
} TALLIED[] = {
	{ TALLY_SIGNALS, &NEWEST_SIGNALS, { &ADD_SIGNALS } },
	{ TALLY_CASEFILES, &NEWEST_CASEFILES, { &ADD_CASEFILES } },
	{ TALLY_REQUESTS, &NEWEST_ANSWERS, { &ADD_ANSWERS } },
	{ TALLY_INTERVENTIONS,
	  &NEWEST_INTERVENTIONS,
	  { &ADD_INTERVENTIONS, &ADD_EFFECTS, &ADD_AMOUNTS } },
};
enum { TALLIED_COUNT = sizeof TALLIED / sizeof TALLIED[0] };

struct mark {
	int64_t counted_id, marked_id, marked_at;
};

struct counting {
	const struct tallied *what;
	int64_t now_ms, passed; /* passed: of this job; 0: all that settled is counted */
};

static enum status read_mark(struct db_read *r, enum tally_kind kind, struct mark *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &MARKED, DB_ARGS(DB_INT(kind)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct mark){ db_int(&row, 0), db_int(&row, 1), db_int(&row, 2) };
	return st;
}

static enum status mark_newest(struct db_tx *tx, const struct counting *c, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), c->what->newest, NULL, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t newest = db_int(&row, 0);
	db_rows_close(&row);
	return db_exec(tx, &MARK, DB_ARGS(DB_INT(c->what->kind), DB_INT(newest), DB_INT(c->now_ms)),
	               NULL, reterr);
}

static enum status add(struct db_tx *tx, struct counting *c, const struct mark *m,
                       struct error *reterr)
{
	const int64_t left = m->marked_id - m->counted_id;
	const int64_t until =
	    m->counted_id + (left < TALLY_ROWS_AT_ONCE ? left : TALLY_ROWS_AT_ONCE);
	int64_t changed = 0;

	enum status st = db_exec(
	    tx, &COUNTED, DB_ARGS(DB_INT(c->what->kind), DB_INT(m->counted_id), DB_INT(until)),
	    &changed, reterr);
	if (st != OK || changed == 0)
		return st; /* another process counts them */
	c->passed = until - m->counted_id;
	for (size_t i = 0; st == OK && i < 3 && c->what->add[i] != NULL; i++)
		st = db_exec(tx, c->what->add[i], DB_ARGS(DB_INT(m->counted_id), DB_INT(until)),
		             NULL, reterr);
	return st;
}

static enum status run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct counting *c = args;
	struct mark m;
	const enum status st = read_mark(db_tx_read(tx), c->what->kind, &m, reterr);

	c->passed = 0;
	if (st != OK)
		return st;
	if (m.counted_id == m.marked_id || m.marked_at > c->now_ms) /* or a clock was set back */
		return mark_newest(tx, c, reterr);
	return c->now_ms - m.marked_at >= TALLY_SETTLED_MS ? add(tx, c, &m, reterr) : OK;
}

enum status tallies_keep(struct db *db, int64_t now_ms, int64_t *ret_rows, struct error *reterr)
{
	enum status st = OK;

	*ret_rows = 0;
	for (size_t i = 0; st == OK && i < TALLIED_COUNT; i++) {
		struct counting c = { .what = &TALLIED[i], .now_ms = now_ms, .passed = 1 };
		struct db_job job = { .run = run, .args = &c, .lane = LANE_BULK };
		while (st == OK && c.passed > 0) {
			st = db_run(db, &job, reterr);
			*ret_rows += c.passed;
		}
	}
	return st;
}
