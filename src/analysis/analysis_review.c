/* What must be looked at again, every hour: each paragraph in a job of its own. */
#include "analysis/analysis.h"
#include "analysis/analysis_end.h"
#include "analysis/paragraph_end.h"
#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"
#include "subjects/casefile_subject.h"

enum { FOUND_MAX = 5000, REVIEW_ARENA_BYTES = 8 << 20 };

/* Citations of what stands whose fact was corrected since (1) or is gone (2), not yet put up for it. */
static const struct db_stmt FACTS = {
	"analysis_review_facts", "",
	"SELECT p.id, CASE WHEN f.id IS NULL THEN 2 ELSE 1 END FROM analysis_citation c"
	" JOIN analysis_version v ON v.id = c.version_id"
	" JOIN analysis_paragraph p ON p.id = v.paragraph_id AND p.version_number = v.number"
	" LEFT JOIN fact f ON f.uuid = c.fact_uuid LEFT JOIN fact_correction k ON k.fact_id = f.id"
	" WHERE p.state = 1 AND ((f.id IS NULL AND (p.review & 2) = 0)"
	" OR (k.id IS NOT NULL AND c.corrected = 0 AND (p.review & 1) = 0))"
	" ORDER BY c.version_id, c.position LIMIT 5000"
};
/* Who is mentioned in what stands, and since when the clock runs. */
static const struct db_stmt PERSONS = {
	"analysis_review_persons", "i",
	"SELECT p.id, x.first_processed_at FROM analysis_mention m"
	" JOIN presence x ON x.uuid = m.presence_uuid JOIN analysis_version v ON v.id = "
	"m.version_id"
	" JOIN analysis_paragraph p ON p.id = v.paragraph_id AND p.version_number = v.number"
	" WHERE p.state = 1 AND (p.review & 4) = 0 AND x.kind <> 103 AND x.first_processed_at > 0"
	" AND x.first_processed_at < $1 ORDER BY m.version_id, m.presence_uuid LIMIT 5000"
};
static const struct db_stmt OVER = {
	"analysis_review_over", "i",
	"SELECT id, 0 FROM analysis_paragraph WHERE state = 1 AND review <> 0 AND review_until > 0"
	" AND review_until < $1 ORDER BY id LIMIT 5000"
};
const struct db_stmt *const analysis_review_statements[] = { &FACTS, &PERSONS, &OVER, NULL };

struct found {
	int64_t paragraph_id, number;
};

static enum status find(struct db *db, const struct db_stmt *s, const struct db_value *args,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct found *list = ARENA_ARRAY(a, struct found, FOUND_MAX);
	struct db_read *r = NULL;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, s, args, &rows, reterr);
	while (st == OK && count < FOUND_MAX && db_next(&rows))
		list[count++] = (struct found){ db_int(&rows, 0), db_int(&rows, 1) };
	if (st == OK && count < FOUND_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = (struct array){ list, count };
	return st;
}

struct look {
	struct review_wish wish;
	int64_t now_ms;
	bool destroys;
};

static enum status look_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct look *l = args;

	return l->destroys ? paragraph_destroy(tx, l->wish.paragraph_id, l->now_ms, reterr)
	                   : paragraph_put_up(tx, &l->wish, l->now_ms, reterr);
}

static enum status do_look(struct db *db, struct look *l, struct error *reterr)
{
	struct audit_event event = { .at_ms = l->now_ms,
		                     .action = l->destroys ? AUDIT_DESTROY : AUDIT_ANALYSIS_WRITE,
		                     .object_type = OBJECT_PARAGRAPH,
		                     .object_id = l->wish.paragraph_id };
	struct db_job job = { .run = look_run, .args = l, .event = &event, .lane = LANE_BULK };

	return db_run(db, &job, reterr);
}

static enum status review_facts(struct db *db, int64_t now_ms, struct arena *a, int64_t *ret,
                                struct error *reterr)
{
	struct array found = { 0 };
	enum status st = find(db, &FACTS, DB_NO_ARGS, a, &found, reterr);
	const struct found *f = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct look l = {
			.wish = { f[i].paragraph_id,
			          f[i].number == 2 ? REVIEW_FACT_GONE : REVIEW_FACT_CORRECTED, 0 },
			.now_ms = now_ms
		};
		st = do_look(db, &l, reterr);
		(*ret)++;
	}
	return st;
}

static enum status review_persons(struct db *db, int64_t now_ms, struct arena *a, int64_t *ret,
                                  struct error *reterr)
{
	/* nobody's term is shorter than four years: what came in later can wait */
	const int64_t before = ms_at_day_start(day_add_years(local_day(now_ms), -4));
	const int32_t today = local_day(now_ms);
	struct array found = { 0 };
	enum status st = find(db, &PERSONS, DB_ARGS(DB_INT(before)), a, &found, reterr);
	const struct found *f = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const int64_t gone_on = casefile_subject_gone_on(f[i].number);
		struct look l = { .wish = { f[i].paragraph_id, REVIEW_PERSON_GOES,
			                    review_last_day(gone_on, today) },
			          .now_ms = now_ms };
		if (!review_is_due(gone_on, today))
			continue;
		st = do_look(db, &l, reterr);
		(*ret)++;
	}
	return st;
}

static enum status destroy_over(struct db *db, int64_t now_ms, struct arena *a, int64_t *ret,
                                struct error *reterr)
{
	struct array found = { 0 };
	enum status st = find(db, &OVER, DB_ARGS(DB_INT(local_day(now_ms))), a, &found, reterr);
	const struct found *f = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct look l = { .wish = { .paragraph_id = f[i].paragraph_id },
			          .now_ms = now_ms,
			          .destroys = true };
		st = do_look(db, &l, reterr);
		(*ret)++;
	}
	return st;
}

enum status analysis_review(struct db *db, int64_t now_ms, struct analysis_looked_at *ret,
                            struct error *reterr)
{
	struct arena a;

	*ret = (struct analysis_looked_at){ 0 };
	arena_init(&a, REVIEW_ARENA_BYTES);
	enum status st = destroy_over(db, now_ms, &a, &ret->destroyed, reterr);
	if (st == OK)
		st = review_facts(db, now_ms, &a, &ret->put_up, reterr);
	if (st == OK)
		st = review_persons(db, now_ms, &a, &ret->put_up, reterr);
	arena_reset(&a);
	return st;
}
