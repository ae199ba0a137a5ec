#include "retention/person_terms.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "casework/casefile_end.h"
#include "law/terms.h"
#include "platform/core/calendar.h"
#include "retention/forgetters.h"
#include "subjects/presence_end.h"
#include "work/work.h"

enum { TERMS_ARENA_BYTES = 4 << 20, NOT_YET = -1, LAST_DAY = 0 };

static const int WARN_DAYS[] = { 30, 90, 180 };
enum { WARNINGS = sizeof WARN_DAYS / sizeof WARN_DAYS[0], FIRST_WARNING = 180, TASK_AT = 30 };

int person_term_due(int64_t first_processed_at, int32_t today, int64_t warned)
{
	const int32_t left = casefile_subject_gone_on(first_processed_at) - today;

	if (left <= 0)
		return LAST_DAY;
	for (size_t i = 0; i < WARNINGS; i++)
		if (left <= WARN_DAYS[i])
			return warned == 0 || warned > WARN_DAYS[i] ? WARN_DAYS[i] : NOT_YET;
	return NOT_YET;
}

/* ---- one person, one job --------------------------------------------------------------------- */

struct ending {
	struct keyring *keyring;
	const struct ageing_presence *presence;
	int64_t now_ms;
	int days; /* of the warning; LAST_DAY: he goes */
	bool did;
};

static enum status ask_to_look(struct db_tx *tx, const struct ending *e, struct error *reterr)
{
	const struct ageing_presence *p = e->presence;
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		.kind = WORK_SUBJECT_ENDS,
		.object_kind = OBJECT_CASEFILE,
		.object_id = p->casefile_id,
		.reference = p->reference,
		.due_day = casefile_subject_gone_on(p->first_processed_at),
		.created_at = e->now_ms,
	};
	return work_add(tx, &task, reterr);
}

static enum status tell(struct db_tx *tx, const struct ending *e, enum role role, int kind,
                        struct error *reterr)
{
	const struct work_news news = { .at = e->now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_CASEFILE,
		                        .object_id = e->presence->casefile_id,
		                        .reference = e->presence->reference };
	return work_tell(tx, audience_of(AUDIENCE_ROLE, role), &news, reterr);
}

static enum status tell_bureau(struct db_tx *tx, const struct ending *e, int kind,
                               struct error *reterr)
{
	enum status st = tell(tx, e, ROLE_INFO_COORDINATOR, kind, reterr);
	return st == OK ? tell(tx, e, ROLE_ANALYST, kind, reterr) : st;
}

static enum status warn(struct db_tx *tx, struct ending *e, struct error *reterr)
{
	enum status st = presence_warned(tx, e->presence->id, e->days, e->now_ms, &e->did, reterr);

	if (st != OK || !e->did)
		return st;
	st = tell_bureau(tx, e, NEWS_SUBJECT_ENDS, reterr);
	return st == OK && e->days == TASK_AT ? ask_to_look(tx, e, reterr) : st;
}

/* Who stood in the direct circle of the one who went, and of nobody else. */
static enum status forget_astray(struct db_tx *tx, const struct ending *e, struct error *reterr)
{
	const struct ageing_presence *p = e->presence;
	struct array astray = { 0 };

	enum status st = presences_astray(db_tx_read(tx), p->signal_id, p->casefile_id,
	                                  db_tx_arena(tx), &astray, reterr);
	const int64_t *ids = astray.items;
	for (size_t i = 0; st == OK && i < astray.count; i++)
		st = casefile_presence_forget(tx, e->keyring, ids[i], e->now_ms, reterr);
	return st;
}

static enum status go(struct db_tx *tx, struct ending *e, struct error *reterr)
{
	enum status st =
	    casefile_presence_forget(tx, e->keyring, e->presence->id, e->now_ms, reterr);

	if (st == OK)
		st = forget_astray(tx, e, reterr);
	e->did = st == OK;
	return st == OK && e->presence->casefile_id != 0
	           ? tell_bureau(tx, e, NEWS_SUBJECT_ENDED, reterr)
	           : st;
}

static enum status end_one(struct db_tx *tx, void *args, struct error *reterr)
{
	struct ending *e = args;

	e->did = false;
	return e->days == LAST_DAY ? go(tx, e, reterr) : warn(tx, e, reterr);
}

struct keeping {
	struct db *db;
	struct keyring *keyring;
	int64_t now_ms;
};

static enum status keep_one(const struct keeping *k, const struct ageing_presence *p,
                            struct person_terms_done *done, struct error *reterr)
{
	const int64_t now_ms = k->now_ms;
	struct ending e = { .keyring = k->keyring, .presence = p, .now_ms = now_ms };
	struct audit_event event = { .at_ms = now_ms,
		                     .action = AUDIT_DESTROY,
		                     .object_type = OBJECT_SUBJECT,
		                     .object_id = p->id };
	struct db_job job = { .run = end_one, .args = &e, .event = &event, .lane = LANE_BULK };

	e.days = person_term_due(p->first_processed_at, local_day(now_ms), p->warned);
	if (e.days == NOT_YET || (e.days != LAST_DAY && p->casefile_id == 0))
		return OK;
	if (e.days != LAST_DAY)
		event.action = AUDIT_CASEFILE_MOVE;
	const enum status st = db_run(k->db, &job, reterr);
	if (st == OK && e.did)
		*(e.days == LAST_DAY ? &done->gone : &done->warned) += 1;
	return st;
}

/* ---- all of them ------------------------------------------------------------------------------ */

static enum status load(struct db *db, int64_t now_ms, const struct ageing_presence *after,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	const struct law_parameter *years = law_parameter(PARAM_RETENTION_YEARS);
	const int32_t day = day_add_years(local_day(now_ms) + FIRST_WARNING + 1, -years->value);
	struct db_read *r = NULL;

	enum status st = db_read_begin(db, &r, reterr);
	if (st == OK)
		st = presences_ageing(r, ms_at_day_start(day + 1), after, a, ret, reterr);
	db_read_end(r);
	return st;
}

static enum status keep_persons(const struct keeping *k, struct person_terms_done *done,
                                struct error *reterr)
{
	struct ageing_presence after = { 0 };
	size_t count = PRESENCES_AGEING_AT_ONCE;
	enum status st = OK;

	while (st == OK && count == PRESENCES_AGEING_AT_ONCE) {
		struct array found = { 0 };
		struct arena a;
		arena_init(&a, TERMS_ARENA_BYTES);
		st = load(k->db, k->now_ms, &after, &a, &found, reterr);
		const struct ageing_presence *list = found.items;
		count = st == OK ? found.count : 0;
		for (size_t i = 0; st == OK && i < count; i++) {
			st = keep_one(k, &list[i], done, reterr);
			after = (struct ageing_presence){ .id = list[i].id,
				                          .first_processed_at =
				                              list[i].first_processed_at };
		}
		arena_reset(&a);
	}
	return st;
}

/* ---- closed for long ---------------------------------------------------------------------------- */

struct archiving {
	int64_t id, now_ms;
};

static enum status archive_one(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct archiving *g = args;
	struct casefile_picture picture = { 0 };

	enum status st = casefile_picture_load(db_tx_read(tx), g->id, &picture, reterr);
	if (st != OK || picture.state != CASEFILE_CLOSED)
		return st; /* taken up again meanwhile */
	const struct casefile_moving m = { .who = { g->id, NULL, g->now_ms },
		                           .action = CASEFILE_ARCHIVE,
		                           .picture = &picture };
	return casefile_move(tx, &m, reterr);
}

static enum status archive(struct db *db, int64_t now_ms, struct person_terms_done *done,
                           struct error *reterr)
{
	const int32_t day = day_add_months(local_day(now_ms), -CASEFILE_ARCHIVE_MONTHS);
	struct array found = { 0 };
	struct db_read *r = NULL;
	struct arena a;

	arena_init(&a, TERMS_ARENA_BYTES);
	enum status st = db_read_begin(db, &r, reterr);
	if (st == OK)
		st = casefiles_to_archive(r, ms_at_day_start(day + 1), &a, &found, reterr);
	db_read_end(r);
	const int64_t *ids = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct archiving g = { ids[i], now_ms };
		struct audit_event event = { .at_ms = now_ms,
			                     .action = AUDIT_CASEFILE_MOVE,
			                     .object_type = OBJECT_CASEFILE,
			                     .object_id = ids[i] };
		struct db_job job = {
			.run = archive_one, .args = &g, .event = &event, .lane = LANE_BULK
		};
		st = db_run(db, &job, reterr);
		done->archived += st == OK;
	}
	arena_reset(&a);
	return st;
}

enum status person_terms_keep(struct db *db, struct keyring *keyring, int64_t now_ms,
                              struct person_terms_done *ret, struct error *reterr)
{
	const struct keeping k = { db, keyring, now_ms };

	*ret = (struct person_terms_done){ 0 };
	enum status st = keep_persons(&k, ret, reterr);
	return st == OK ? archive(db, now_ms, ret, reterr) : st;
}
