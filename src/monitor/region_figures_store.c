/* Figures of regions in the database: counted here, or read in. */
#include "monitor/region_figures.h"

#include <string.h>

#include "casework/casefile.h"
#include "interventions/intervention.h"
#include "monitor/counted.h"
#include "monitor/figures.h"
#include "monitor/kpi.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "signals/signal.h"

static const struct db_stmt REGIONS = {
	"region_figures_regions", "i",
	"SELECT g.id, g.code, g.name, g.own, coalesce(f.from_day, 0), coalesce(f.until_day, 0),"
	" coalesce(f.made_at, 0), coalesce(f.made_by, ''), coalesce(f.read_at, 0) FROM region g"
	" LEFT JOIN region_figures f ON f.region_id = g.id AND f.year = $1"
	" ORDER BY g.own DESC, g.name, g.id LIMIT 40"
};
static const struct db_stmt FIGURES = {
	"region_figures_of_year", "i",
	"SELECT region_id, figure, version, value FROM region_figure WHERE year = $1"
	" ORDER BY region_id, id LIMIT 2000"
};
static const struct db_stmt NAMED = { "region_figures_region", "t",
	                              "SELECT id, own, name FROM region WHERE code = $1" };
static const struct db_stmt BEFORE = {
	"region_figures_before", "ii",
	"SELECT made_at, digest FROM region_figures WHERE region_id = $1 AND year = $2"
};
static const struct db_stmt KEY = { "region_figures_key", "i",
	                            "SELECT public_key FROM region_figures WHERE region_id = $1"
	                            " ORDER BY read_at DESC, id DESC LIMIT 1" };
static const struct db_stmt TAKE = {
	"region_figures_take", "iiiiitbbiI",
	"INSERT INTO region_figures (region_id, year, from_day, until_day, made_at, made_by,"
	" digest, public_key, read_at, read_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	" ON CONFLICT (region_id, year) DO UPDATE SET from_day = $3, until_day = $4, made_at = $5,"
	" made_by = $6, digest = $7, public_key = $8, read_at = $9, read_by = $10"
	" WHERE region_figures.made_at < $5"
};
static const struct db_stmt DROP = {
	"region_figures_drop", "ii", "DELETE FROM region_figure WHERE region_id = $1 AND year = $2"
};
static const struct db_stmt ADD = {
	"region_figures_add", "iitii",
	"INSERT INTO region_figure (region_id, year, figure, version, value)"
	" VALUES ($1, $2, $3, $4, $5)"
};
/* How many registrations stand behind the sum of each column. */
static const struct db_stmt AMOUNT_ROWS = {
	"region_figures_amount_rows", "ii",
	"SELECT count(CASE WHEN calculated <> 0 THEN 1 END),"
	" count(CASE WHEN claimed <> 0 THEN 1 END),"
	" count(CASE WHEN imposed <> 0 THEN 1 END),"
	" count(CASE WHEN seized <> 0 THEN 1 END),"
	" count(CASE WHEN collected <> 0 THEN 1 END),"
	" count(CASE WHEN set_off <> 0 THEN 1 END),"
	" count(CASE WHEN prevented <> 0 THEN 1 END)"
	" FROM intervention_statistic WHERE quarter >= $1 AND quarter <= $2" FIGURES_SOME_AMOUNT
};
const struct db_stmt *const region_figures_statements[] = {
	&REGIONS, &FIGURES, &NAMED, &BEFORE, &KEY, &TAKE, &DROP, &ADD, &AMOUNT_ROWS, NULL,
};

/* ---- what this region counts -------------------------------------------------------------------- */

static void put(struct region_figures *f, const char *name, int64_t value)
{
	size_t count = 0;
	const struct figure_row *rows = region_figure_rows(&count);
	const size_t at = region_figure_place(name);
	const struct kpi *definition = kpi_on(rows[at].definition, f->until_day);
	const bool small = rows[at].unit == UNIT_COUNT && counted_is_small(value);

	f->values[at] = small ? FIGURE_HIDDEN : value > 0 ? value : 0;
	f->versions[at] = definition != NULL ? definition->version : 1;
}

static void put_steps(struct region_figures *f, const struct counted *c)
{
	const struct array *s = &c->signals, *k = &c->casefiles;

	put(f, "SIGNALS_SUBMITTED", counted_submitted(s));
	put(f, "SIGNALS_ADOPTED", counted_adopted(s));
	put(f, "SIGNALS_NOT_ADOPTED", counted_times(s, SIGNAL_NOT_ADOPTED, 0));
	put(f, "ANSWERS_IN_TIME", counted_answers(&c->answers, 0, false));
	put(f, "ANSWERS_LATE", counted_answers(&c->answers, 0, true));
	put(f, "CASEFILES_ANALYSED", counted_times(k, CASEFILE_ANALYSIS, CASEFILE_ANALYSE));
	put(f, "CASEFILES_ADVISED", counted_times(k, CASEFILE_ADVICE_FINAL, 0));
	put(f, "CASEFILES_DECIDED", counted_times(k, CASEFILE_DECIDED, 0));
	put(f, "CASEFILES_CLOSED", counted_times(k, CASEFILE_CLOSED, 0));
}

static void put_interventions(struct region_figures *f, const struct counted *c)
{
	static const char *const APPROVED[] = { "APPROVED_LIGHT", "APPROVED_MEDIUM",
		                                "APPROVED_HEAVY" };
	static const char *const EFFECT[] = { "EFFECT_0", "EFFECT_1", "EFFECT_2", "EFFECT_3" };
	const struct hours_count *h = c->hours.items;
	int64_t pledged = 0, delivered = 0;

	for (int w = WEIGHT_LIGHT; w <= WEIGHT_HEAVY; w++)
		put(f, APPROVED[w - WEIGHT_LIGHT],
		    counted_weighed(&c->interventions, INTERVENTION_APPROVED, w));
	put(f, "EXECUTED", counted_weighed(&c->interventions, INTERVENTION_EXECUTED, 0));
	for (size_t i = 0; i < c->hours.count; i++) {
		pledged += h[i].pledged;
		delivered += h[i].delivered;
	}
	put(f, "HOURS_PLEDGED", pledged);
	put(f, "HOURS_DELIVERED", delivered);
	for (int e = 0; e <= BEST_EFFECT; e++)
		put(f, EFFECT[e], counted_effects(&c->effects, EFFECT_MONTHS, e));
}

static enum status put_amounts(struct db_read *r, const struct counted *c, struct region_figures *f,
                               struct error *reterr)
{
	static const char *const COLUMNS[AMOUNT_COLUMNS] = { "CALCULATED", "CLAIMED",   "IMPOSED",
		                                             "SEIZED",     "COLLECTED", "SET_OFF",
		                                             "PREVENTED" };
	const struct amounts_count *a = c->amounts.items;
	const struct figures_period *p = &c->period.figures;
	AUTO(db_rows_close) struct db_rows row = { 0 };

	enum status st =
	    db_query(r, &AMOUNT_ROWS, DB_ARGS(DB_INT(p->first_quarter), DB_INT(p->last_quarter)),
	             &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	for (int k = 0; st == OK && k < AMOUNT_COLUMNS; k++) {
		const int64_t registrations = db_int(&row, k);
		int64_t cents = 0;
		for (size_t i = 0; i < c->amounts.count; i++)
			cents += a[i].cents[k];
		put(f, COLUMNS[k], cents);
		if (counted_is_small(registrations))
			f->values[region_figure_place(COLUMNS[k])] = FIGURE_HIDDEN;
	}
	return st;
}

static enum status count_year(struct db_read *r, struct arena *a, struct counted *c,
                              struct error *reterr)
{
	const struct figures_period *p = &c->period.figures;

	enum status st = figures_signals(r, p, a, &c->signals, reterr);
	if (st == OK)
		st = figures_casefiles(r, p, a, &c->casefiles, reterr);
	if (st == OK)
		st = figures_interventions(r, p, a, &c->interventions, reterr);
	if (st == OK)
		st = figures_answers(r, p, a, &c->answers, reterr);
	if (st == OK)
		st = figures_hours(r, p, a, &c->hours, reterr);
	if (st == OK)
		st = figures_effects_of(r, p, a, &c->effects, reterr);
	return st == OK ? figures_amounts(r, p, a, &c->amounts, reterr) : st;
}

enum status region_figures_own(struct db_read *r, const struct own_figures *wish, struct arena *a,
                               struct region_figures *ret, struct error *reterr)
{
	const struct chosen_period whole = { .figures = { .letter = "" } };
	struct counted c = { .period =
		                 period_of_year(&whole, wish->year, local_day(wish->now_ms)) };
	struct region own;

	*ret = (struct region_figures){ .made_by = wish->made_by,
		                        .year = wish->year,
		                        .from_day = c.period.from_day,
		                        .until_day = c.period.until_day,
		                        .made_at_ms = wish->now_ms };
	for (size_t i = 0; i < REGION_FIGURES_MAX; i++)
		ret->values[i] = FIGURE_ABSENT;
	enum status st = region_own(r, a, &own, reterr);
	if (st == OK)
		st = count_year(r, a, &c, reterr);
	if (st != OK)
		return st;
	ret->region = own.code;
	put_steps(ret, &c);
	put_interventions(ret, &c);
	return put_amounts(r, &c, ret, reterr);
}

/* ---- what was read in ------------------------------------------------------------------------------ */

static struct region_standing read_region(const struct db_rows *row, int year, struct arena *a)
{
	struct region_standing s = { .id = db_int(row, 0),
		                     .code = db_text(row, 1, a),
		                     .name = db_text(row, 2, a),
		                     .own = db_int(row, 3) == 1,
		                     .made_at = db_int(row, 6),
		                     .read_at = db_int(row, 8) };

	s.figures = (struct region_figures){ .region = s.code,
		                             .made_by = db_text(row, 7, a),
		                             .year = year,
		                             .from_day = (int32_t)db_int(row, 4),
		                             .until_day = (int32_t)db_int(row, 5),
		                             .made_at_ms = s.made_at };
	for (size_t i = 0; i < REGION_FIGURES_MAX; i++)
		s.figures.values[i] = FIGURE_ABSENT;
	return s;
}

static enum status fill_figures(struct db_read *r, int year, struct arena *a,
                                struct region_standing *list, size_t count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t known = 0;
	const enum status st = db_query(r, &FIGURES, DB_ARGS(DB_INT(year)), &rows, reterr);

	(void)region_figure_rows(&known);
	if (st != OK)
		return st;
	while (db_next(&rows)) {
		const size_t at = region_figure_place(db_text(&rows, 1, a));
		for (size_t i = 0; at < known && i < count; i++)
			if (list[i].id == db_int(&rows, 0)) {
				list[i].figures.versions[at] = db_int(&rows, 2);
				list[i].figures.values[at] = db_int(&rows, 3);
			}
	}
	return db_rows_end(&rows, reterr);
}

enum status region_figures_all(struct db_read *r, int year, struct arena *a, struct array *ret,
                               struct error *reterr)
{
	enum { REGIONS_MAX = 40 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct region_standing *list = ARENA_ARRAY(a, struct region_standing, REGIONS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &REGIONS, DB_ARGS(DB_INT(year)), &rows, reterr);
	while (st == OK && count < REGIONS_MAX && db_next(&rows))
		list[count++] = read_region(&rows, year, a);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	*ret = (struct array){ list, count };
	return st == OK ? fill_figures(r, year, a, list, count, reterr) : st;
}

/* ---- reading in --------------------------------------------------------------------------------------- */

static enum status find_region(struct db_tx *tx, const char *code, int64_t *ret_id,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &NAMED, DB_ARGS(DB_TEXT(code)), &row, reterr);

	if (st != OK)
		return st;
	if (!db_next(&row))
		return FAIL(reterr, ERR_INVALID, "Plein kent de regio in dit bestand niet.");
	*ret_id = db_int(&row, 0);
	if (db_int(&row, 1) == 1)
		return FAIL(reterr, ERR_CONFLICT,
		            "Dit zijn de cijfers van uw eigen regio. Die staan er altijd al bij.");
	return db_rows_end(&row, reterr);
}

static enum status check_key(struct db_tx *tx, int64_t region_id, const struct region_taking *t,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	size_t len = 0;
	enum status st = db_query(db_tx_read(tx), &KEY, DB_ARGS(DB_INT(region_id)), &row, reterr);

	if (st != OK || t->new_key)
		return st;
	if (db_next(&row)) {
		const uint8_t *key = db_bytes(&row, 0, db_tx_arena(tx), &len);
		if (len != SIGN_PUBLIC_BYTES || memcmp(key, t->file->key.bytes, len) != 0)
			return FAIL(reterr, ERR_CONFLICT,
			            "Dit bestand is getekend met een andere sleutel dan eerdere "
			            "bestanden van deze regio. Vraag het de regio na.");
	}
	return db_rows_end(&row, reterr);
}

/* *ret_same: exactly this file was read in. */
static enum status look_before(struct db_tx *tx, int64_t region_id, const struct region_file *f,
                               bool *ret_same, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	size_t len = 0;
	enum status st =
	    db_query(db_tx_read(tx), &BEFORE, DB_ARGS(DB_INT(region_id), DB_INT(f->figures.year)),
	             &row, reterr);

	*ret_same = false;
	if (st != OK)
		return st;
	if (db_next(&row)) {
		const uint8_t *digest = db_bytes(&row, 1, db_tx_arena(tx), &len);
		*ret_same =
		    len == sizeof f->digest.bytes && memcmp(digest, f->digest.bytes, len) == 0;
	}
	return db_rows_end(&row, reterr);
}

static enum status put_head(struct db_tx *tx, int64_t region_id, const struct region_taking *t,
                            struct error *reterr)
{
	const struct region_figures *f = &t->file->figures;
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &TAKE,
	            DB_ARGS(DB_INT(region_id), DB_INT(f->year), DB_INT(f->from_day),
	                    DB_INT(f->until_day), DB_INT(f->made_at_ms), DB_TEXT(f->made_by),
	                    DB_BYTES(t->file->digest.bytes, sizeof t->file->digest.bytes),
	                    DB_BYTES(t->file->key.bytes, sizeof t->file->key.bytes),
	                    DB_INT(t->now_ms), t->read_by != 0 ? DB_INT(t->read_by) : DB_NULL),
	            &changed, reterr);

	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT,
	                  "Van deze regio staan er al nieuwere cijfers over %d.", f->year)
	           : st;
}

enum status region_figures_take(struct db_tx *tx, const struct region_taking *t, bool *ret_changed,
                                struct error *reterr)
{
	const struct region_figures *f = &t->file->figures;
	size_t count = 0;
	const struct figure_row *rows = region_figure_rows(&count);
	int64_t id = 0;
	bool same = false;

	*ret_changed = false;
	enum status st = find_region(tx, f->region, &id, reterr);
	if (st == OK)
		st = look_before(tx, id, t->file, &same, reterr);
	if (st != OK || same)
		return st;
	st = check_key(tx, id, t, reterr);
	if (st == OK)
		st = put_head(tx, id, t, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP, DB_ARGS(DB_INT(id), DB_INT(f->year)), NULL, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		if (f->values[i] != FIGURE_ABSENT)
			st = db_exec(tx, &ADD,
			             DB_ARGS(DB_INT(id), DB_INT(f->year), DB_TEXT(rows[i].name),
			                     DB_INT(f->versions[i]), DB_INT(f->values[i])),
			             NULL, reterr);
	*ret_changed = st == OK;
	return st;
}
