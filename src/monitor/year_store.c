#include "monitor/year.h"

#include "platform/core/calendar.h"

enum { STEPS_MAX = 400 };

#define IN_QUARTERS " WHERE municipality_id = $3 AND quarter >= $1 AND quarter <= $2"
#define OWN         "letter IN ('h', 'i')"
/* Carried out, whatever came after; decided and not ended before. */
#define DONE    "(9, 10, 11, 12)"
#define PLANNED "(2, 3, 5, 6, 7, 8, 9, 10, 11, 12)"

static const struct db_stmt SIGNALS_COUNTED = {
	"year_signals_counted", "iii",
	"SELECT CASE WHEN " OWN " THEN 1 ELSE 0 END AS own, transition, action, count(*)"
	" FROM signal_statistic" IN_QUARTERS
	" GROUP BY own, transition, action ORDER BY own, transition, action"
};
static const struct db_stmt SIGNALS_LIVING = {
	"year_signals_living", "iii",
	"SELECT CASE WHEN o." OWN " THEN 1 ELSE 0 END AS own, h.to_state, h.action, count(*)"
	" FROM signal s JOIN signal_history h ON h.signal_id = s.id JOIN organ o ON o.id = "
	"s.organ_id"
	" WHERE s.municipality_id = $3 AND h.at >= $1 AND h.at < $2"
	" GROUP BY own, h.to_state, h.action ORDER BY own, h.to_state, h.action"
};
static const struct db_stmt INTERVENTIONS_COUNTED = {
	"year_interventions_counted", "iii",
	"SELECT transition, count(*) FROM intervention_statistic" IN_QUARTERS
	" AND transition > 0 GROUP BY transition ORDER BY transition"
};
static const struct db_stmt INTERVENTIONS_LIVING = {
	"year_interventions_living", "iii",
	"SELECT h.to_state, count(*) FROM intervention q"
	" JOIN intervention_history h ON h.intervention_id = q.id"
	" WHERE q.municipality_id = $3 AND h.at >= $1 AND h.at < $2"
	" GROUP BY h.to_state ORDER BY h.to_state"
};
static const struct db_stmt EFFECTS_COUNTED = {
	"year_effects_counted", "iii",
	"SELECT intervention_id, instrument, months, effect, assessed_at, seen, lessons"
	" FROM effect_assessment WHERE municipality_id = $3 AND assessed_at >= $1"
	" AND assessed_at < $2 ORDER BY assessed_at DESC, id DESC LIMIT 400"
};
static const struct db_stmt EFFECTS_LIVING = {
	"year_effects_living", "iii",
	"SELECT e.intervention_id, e.instrument, e.months, e.effect, e.assessed_at, e.seen,"
	" e.lessons FROM intervention q JOIN effect_assessment e ON e.intervention_id = q.id"
	" WHERE q.municipality_id = $3 AND e.assessed_at >= $1 AND e.assessed_at < $2"
	" ORDER BY e.assessed_at DESC, e.id DESC LIMIT 400"
};
static const struct db_stmt AMOUNTS_COUNTED = {
	"year_amounts_counted", "iii",
	"SELECT coalesce(sum(calculated), 0), coalesce(sum(claimed), 0), coalesce(sum(imposed), 0),"
	" coalesce(sum(seized), 0), coalesce(sum(collected), 0), coalesce(sum(set_off), 0),"
	" coalesce(sum(prevented), 0) FROM intervention_statistic" IN_QUARTERS
};
#define COLUMN(n) "coalesce(sum(CASE WHEN m.kind = " n " THEN m.cents ELSE 0 END), 0)"
static const struct db_stmt AMOUNTS_LIVING = {
	"year_amounts_living", "iii",
	"SELECT " COLUMN("1") ", " COLUMN("2") ", " COLUMN("3") ", " COLUMN("4") ", " COLUMN(
	    "5") ", " COLUMN("6") ", " COLUMN("7") " FROM intervention q"
						   " JOIN intervention_amount m"
						   " ON m.intervention_id = q.id"
						   " WHERE q.municipality_id = $3"
						   " AND m.registered_at >= $1"
						   " AND m.registered_at < $2"
};
static const struct db_stmt NOW = { "year_now", "ii",
	                            "SELECT (SELECT count(*) FROM signal WHERE municipality_id = $1"
	                            " AND state IN (2, 3, 4, 5, 9)),"
	                            " (SELECT count(*) FROM intervention WHERE municipality_id = "
	                            "$1 AND state IN (2, 3, 5, 6, 7)),"
	                            " (SELECT count(*) FROM intervention WHERE municipality_id = "
	                            "$1 AND state IN (2, 3, 5, 6, 7)"
	                            " AND due_day > 0 AND due_day < $2)" };
static const struct db_stmt RESULTS = {
	"year_results", "iii",
	"SELECT s.id, count(*), sum(CASE WHEN q.state IN " DONE " THEN 1 ELSE 0 END),"
	" max(coalesce(e.effect, -1)) FROM signal s"
	" JOIN casefile_signal c ON c.signal_id = s.id"
	" JOIN intervention q ON q.casefile_id = c.casefile_id AND q.municipality_id = $3"
	" AND q.state IN " PLANNED " LEFT JOIN effect_assessment e ON e.intervention_id = q.id"
	" AND NOT EXISTS (SELECT 1 FROM effect_assessment l WHERE l.intervention_id = q.id"
	" AND l.months > e.months)"
	" WHERE s.municipality_id = $3 AND s.state_since >= $1 AND s.state_since < $2"
	" GROUP BY s.id ORDER BY s.id LIMIT 4000"
};

const struct db_stmt *const year_statements[] = {
	&SIGNALS_COUNTED,
	&SIGNALS_LIVING,
	&INTERVENTIONS_COUNTED,
	&INTERVENTIONS_LIVING,
	&EFFECTS_COUNTED,
	&EFFECTS_LIVING,
	&AMOUNTS_COUNTED,
	&AMOUNTS_LIVING,
	&NOW,
	&RESULTS,
	NULL,
};

#define QUARTERS(p)                                                                                \
	DB_ARGS(DB_INT((p)->period->first_quarter), DB_INT((p)->period->last_quarter),             \
	        DB_INT((p)->municipality_id))
#define MOMENTS(p)                                                                                 \
	DB_ARGS(DB_INT((p)->period->from_ms), DB_INT((p)->period->until_ms),                       \
	        DB_INT((p)->municipality_id))

/* By quarter in the person-free rows, by moment in the living ones. */
static enum status ask(struct db_read *r, const struct year_place *p, const struct db_stmt *counted,
                       const struct db_stmt *living, struct db_rows *ret, struct error *reterr)
{
	return p->living ? db_query(r, living, MOMENTS(p), ret, reterr)
	                 : db_query(r, counted, QUARTERS(p), ret, reterr);
}

static enum status load_signals(struct db_read *r, const struct year_place *p, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct year_step *list = ARENA_ARRAY(a, struct year_step, STEPS_MAX);
	size_t count = 0;

	const enum status st = ask(r, p, &SIGNALS_COUNTED, &SIGNALS_LIVING, &rows, reterr);
	if (st != OK)
		return st;
	while (count < STEPS_MAX && db_next(&rows))
		list[count++] = (struct year_step){ db_int(&rows, 0) == 1, db_int(&rows, 1),
			                            db_int(&rows, 2), db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status load_interventions(struct db_read *r, const struct year_place *p,
                                      struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct step_count *list = ARENA_ARRAY(a, struct step_count, STEPS_MAX);
	size_t count = 0;

	const enum status st =
	    ask(r, p, &INTERVENTIONS_COUNTED, &INTERVENTIONS_LIVING, &rows, reterr);
	if (st != OK)
		return st;
	for (; count < STEPS_MAX && db_next(&rows); count++)
		list[count] =
		    (struct step_count){ .state = db_int(&rows, 0), .count = db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static bool told_before(const struct year_effect *list, size_t count, int64_t intervention_id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].intervention_id == intervention_id)
			return true;
	return false;
}

static enum status load_effects(struct db_read *r, const struct year_place *p, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct year_effect *list = ARENA_ARRAY(a, struct year_effect, YEAR_EFFECTS_MAX);
	size_t count = 0;

	const enum status st =
	    db_query(r, p->living ? &EFFECTS_LIVING : &EFFECTS_COUNTED, MOMENTS(p), &rows, reterr);
	if (st != OK)
		return st;
	while (count < YEAR_EFFECTS_MAX && db_next(&rows)) {
		struct year_effect *e = &list[count];
		*e = (struct year_effect){ .intervention_id = db_int(&rows, 0),
			                   .instrument = db_int(&rows, 1),
			                   .months = db_int(&rows, 2),
			                   .effect = db_int(&rows, 3),
			                   .assessed_at = db_int(&rows, 4),
			                   .seen = db_text(&rows, 5, a),
			                   .lessons = db_text(&rows, 6, a) };
		e->latest = !told_before(list, count, e->intervention_id);
		count++;
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status load_amounts(struct db_read *r, const struct year_place *p,
                                struct year_counts *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	enum status st = ask(r, p, &AMOUNTS_COUNTED, &AMOUNTS_LIVING, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	for (int i = 0; st == OK && i < AMOUNT_COLUMNS; i++)
		ret->cents[i] = db_int(&rows, i);
	return st;
}

static enum status load_now(struct db_read *r, const struct year_place *p, struct year_counts *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const int32_t today = local_day(p->period->until_ms - 1);

	enum status st =
	    db_query(r, &NOW, DB_ARGS(DB_INT(p->municipality_id), DB_INT(today)), &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st != OK)
		return st;
	ret->waiting = db_int(&rows, 0);
	ret->running = db_int(&rows, 1);
	ret->late = db_int(&rows, 2);
	return OK;
}

enum status year_load(struct db_read *r, const struct year_place *p, struct arena *a,
                      struct year_counts *ret, struct error *reterr)
{
	enum status st = load_signals(r, p, a, &ret->signals, reterr);

	if (st == OK)
		st = load_interventions(r, p, a, &ret->interventions, reterr);
	if (st == OK)
		st = load_effects(r, p, a, &ret->effects, reterr);
	if (st == OK)
		st = load_amounts(r, p, ret, reterr);
	return st == OK ? load_now(r, p, ret, reterr) : st;
}

enum status year_results(struct db_read *r, const struct year_place *p, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	enum { RESULTS_MAX = 4000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct year_result *list = ARENA_ARRAY(a, struct year_result, RESULTS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &RESULTS, MOMENTS(p), &rows, reterr);
	if (st != OK)
		return st;
	while (count < RESULTS_MAX && db_next(&rows))
		list[count++] = (struct year_result){ db_int(&rows, 0), db_int(&rows, 1),
			                              db_int(&rows, 2), db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
