#include "server/upkeep.h"

#include <string.h>
#include <syslog.h>

#include "analysis/analysis_end.h"
#include "attachments/attachment.h"
#include "imports/import_run.h"
#include "matches/live.h"
#include "audit/action.h"
#include "audit/record.h"
#include "casework/casefile_index.h"
#include "people/budget.h"
#include "people/idle.h"
#include "retention/hold_due.h"
#include "retention/person_terms.h"
#include "retention/signal_terms.h"
#include "interventions/interventions_due.h"
#include "interventions/message.h"
#include "advice/advices_due.h"
#include "monitor/tally.h"
#include "requests/requests_due.h"
#include "server/key_export_file.h"
#include "platform/db/busy.h"
#include "platform/core/calendar.h"
#include "search/saved_search.h"
#include "search/search_feed.h"
#include "server/rooms.h"
#include "signals/signal_index.h"
#include "steering/consents_due.h"
#include "steering/pack_task.h"
#include "steering/steering.h"
#include "weighing/weighing.h"

static const int64_t DAY_MS = INT64_C(86400000);

static enum status tell(struct plein *p, uint16_t action, uint16_t object, int64_t count,
                        int64_t now_ms, struct error *reterr)
{
	struct audit_event event = { .at_ms = now_ms,
		                     .action = action,
		                     .result = OK,
		                     .object_type = object,
		                     .count_plus_1 = count + 1 };

	return audit_tell(p->db, &event, reterr);
}

static enum status rotate_keys(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct keys_rotation done;
	const enum status st = plein_rotate(p, now_ms, &done, reterr);

	return st == OK ? tell(p, AUDIT_KEYS_ROTATE, OBJECT_KEYS, done.rewrapped, now_ms, reterr)
	                : st;
}

struct forgetting {
	int64_t before_ms, count;
};

static enum status forget_once(struct db_tx *tx, void *args, struct error *reterr)
{
	struct forgetting *f = args;

	return db_once_forget(tx, f->before_ms, &f->count, reterr);
}

static enum status forget_tokens(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct forgetting f = { .before_ms = now_ms - DAY_MS };
	struct db_job job = { .run = forget_once, .args = &f, .lane = LANE_BULK };
	const enum status st = db_run(p->db, &job, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_NONE, f.count, now_ms, reterr) : st;
}

/* Each suspension has its own event; this one says that somebody looked. */
static enum status suspend_idle(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct idle_found found;
	const enum status st = people_idle(p->db, now_ms, &found, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_PERSON, found.suspended, now_ms, reterr) : st;
}

static enum status forget_budgets(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	int64_t count = 0;
	const enum status st = budgets_forget(p->db, now_ms, &count, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_PERSON, count, now_ms, reterr) : st;
}

/* Files of attachments that are gone, and of uploads that never became one. */
static enum status sweep_files(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	int64_t count = 0;
	const enum status st = attachments_sweep(p->db, p->files, now_ms, &count, reterr);

	return st == OK ? tell(p, AUDIT_DESTROY, OBJECT_ATTACHMENT, count, now_ms, reterr) : st;
}

/* Each move has its own event; this one says that somebody looked. */
static enum status keep_terms(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct terms_done done;
	const enum status st = signal_terms_keep(p->db, now_ms, &done, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_SIGNAL,
	                       done.ended + done.back_to_draft + done.not_adopted, now_ms, reterr)
	                : st;
}

/* Before anything is destroyed. Each step has its own event; this one says that somebody looked. */
static enum status keep_holds(struct plein *p, int64_t now_ms, struct error *reterr)
{
	struct holds_done done;
	const enum status st = holds_keep(p->db, p->keyring, now_ms, &done, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_HOLD,
	                       done.lapsed + done.ended + done.shielded + done.kept, now_ms, reterr)
	                : st;
}

/* Each person that goes has his own event; this one says that somebody looked. */
static enum status keep_persons(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct person_terms_done done;
	enum status st = keep_holds(p, now_ms, reterr);

	if (st == OK)
		st = person_terms_keep(p->db, p->keyring, now_ms, &done, reterr);
	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_SUBJECT, done.gone, now_ms, reterr) : st;
}

/* Names of guests end with the annex of the minutes. */
static enum status forget_guests(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	int64_t count = 0, of_steering = 0;
	enum status st = weighing_forget_guests(p->db, now_ms, &count, reterr);

	if (st == OK)
		st = steering_forget_guests(p->db, now_ms, &of_steering, reterr);
	return st == OK ? tell(p, AUDIT_DESTROY, OBJECT_MEETING, count, now_ms, reterr) : st;
}

struct ending {
	int32_t today;
	int64_t count;
};
static enum status end_searches_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct ending *e = args;
	return saved_searches_end(tx, e->today, &e->count, reterr);
}

static enum status end_searches(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct ending e = { .today = local_day(now_ms) };
	struct db_job job = { .run = end_searches_run, .args = &e, .lane = LANE_BULK };
	const enum status st = db_run(p->db, &job, reterr);

	return st == OK ? tell(p, AUDIT_DESTROY, OBJECT_NONE, e.count, now_ms, reterr) : st;
}

/* Each mark has its own event; this one says that somebody looked. */
static enum status mark_late_requests(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct requests_found found;
	const enum status st = requests_due(p->db, now_ms, &found, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_REQUEST, found.reminded, now_ms, reterr) : st;
}

/* The same: each has its own event. */
static enum status ask_interventions(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct interventions_found found;
	const enum status st = interventions_due(p->db, now_ms, &found, reterr);

	return st == OK
	           ? tell(p, AUDIT_ADMIN, OBJECT_INTERVENTION,
	                  found.asked + found.late + found.effects + found.rechecks + found.ended,
	                  now_ms, reterr)
	           : st;
}

/* The same: each has its own event. */
static enum status remind_of_messages(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	int64_t reminded = 0;
	const enum status st = messages_due(p->db, now_ms, &reminded, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_INTERVENTION, reminded, now_ms, reterr) : st;
}

/* Sources that said nothing in time have no objection. */
static enum status end_objection_terms(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	int64_t silent = 0;
	const enum status st = advices_due(p->db, now_ms, &silent, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_ADVICE, silent, now_ms, reterr) : st;
}

/* The same: each has its own event. */
static enum status remind_sources(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct consents_found found;
	const enum status st = consents_due(p->db, now_ms, &found, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_CONSENT, found.reminded + found.late, now_ms,
	                       reterr)
	                : st;
}

/* Each paragraph has its own event; this one says that somebody looked. */
static enum status review_analyses(void *app, int64_t now_ms, struct error *reterr)
{
	struct plein *p = app;
	struct analysis_looked_at done;
	const enum status st = analysis_review(p->db, now_ms, &done, reterr);

	return st == OK ? tell(p, AUDIT_ADMIN, OBJECT_PARAGRAPH, done.put_up, now_ms, reterr) : st;
}

/* Sums of rows that name nobody: no event of its own. */
static enum status keep_tallies(void *app, int64_t now_ms, struct error *reterr)
{
	const struct plein *p = app;
	int64_t rows = 0;

	return tallies_keep(p->db, now_ms, &rows, reterr);
}

const struct regular UPKEEP[] = {
	{ "keys_rotate", INT64_C(7) * 86400000, rotate_keys },
	{ "once_forget", INT64_C(1) * 86400000, forget_tokens },
	{ "signal_terms", INT64_C(1) * 86400000, keep_terms },
	{ "person_terms", INT64_C(1) * 86400000, keep_persons },
	{ "accounts_idle", INT64_C(1) * 86400000, suspend_idle },
	{ "guests_forget", INT64_C(1) * 86400000, forget_guests },
	{ "searches_end", INT64_C(1) * 86400000, end_searches },
	{ "budgets_forget", INT64_C(1) * 86400000, forget_budgets },
	{ "requests_due", INT64_C(1) * 86400000, mark_late_requests },
	{ "interventions_due", INT64_C(1) * 86400000, ask_interventions },
	{ "messages_due", INT64_C(1) * 86400000, remind_of_messages },
	{ "advices_due", INT64_C(1) * 86400000, end_objection_terms },
	{ "consents_due", INT64_C(1) * 86400000, remind_sources },
	{ "analysis_review", INT64_C(1) * 3600000, review_analyses },
	{ "tallies_keep", TALLY_EVERY_MS, keep_tallies },
	{ "files_sweep", INT64_C(1) * 86400000, sweep_files },
	{ 0 },
};

static void failed(void *app, const struct regular *r, const struct error *e)
{
	(void)app;
	syslog(LOG_WARNING, "%s: %s (%s; %s:%d)", r->name, e->message, e->cause, e->file, e->line);
}

struct schedule_config upkeep_of(struct plein *p)
{
	return (struct schedule_config){
		.db = p->db, .clock = p->clock, .list = UPKEEP, .app = p, .failed = failed
	};
}

static enum status feed(void *app, bool *ret_more, struct error *reterr)
{
	bool more = false;
	enum status st = signal_index_step(app, ret_more, reterr);

	if (st == OK)
		st = casefile_index_step(app, &more, reterr);
	*ret_more |= more;
	if (st == OK)
		st = search_feed_step(app, SEARCH_FEEDS, &more, reterr);
	*ret_more |= more;
	return st;
}

static void step_failed(void *app, const char *name, const struct error *e)
{
	(void)app;
	syslog(LOG_WARNING, "%s: %s (%s; %s:%d)", name, e->message, e->cause, e->file, e->line);
}

/* Its own jobs are over when this is asked. */
static bool somebody_brings_in(void *app)
{
	const struct plein *p = app;
	return db_has_bulk(p->db);
}

static bool nobody_waits(void *app)
{
	return search_feed_alone(app);
}

struct ticker_config feeder_of(struct plein *p)
{
	return (struct ticker_config){ .name = "search_feed",
		                       .every_ms = INDEX_EVERY_MS,
		                       .app = p,
		                       .step = feed,
		                       .gives_way = true,
		                       .busy = somebody_brings_in,
		                       .alone = nobody_waits,
		                       .failed = step_failed };
}

enum status mailer_read(const struct settings *s, struct plein *p, struct mailer *ret,
                        struct error *reterr)
{
	*ret = (struct mailer){
		.plein = p,
		.how = { .server = { .url = setting_or_null(s, SET_SMTP_URL),
		                     .user = setting_or_null(s, SET_SMTP_USER),
		                     .password = setting_or_null(s, SET_SMTP_PASSWORD),
		                     .from = setting_text(s, SET_SMTP_FROM) },
		         .origin = setting_text(s, SET_PUBLIC_ORIGIN) },
	};
	if (ret->how.server.url != NULL && strchr(ret->how.server.from, '@') == NULL)
		return FAIL(reterr, ERR_INVALID,
		            "Vul smtp-from in: het adres waar Plein vandaan mailt.");
	return OK;
}

static enum status post(void *app, bool *ret_more, struct error *reterr)
{
	const struct mailer *m = app;

	return mail_step(m->plein, &m->how, ret_more, reterr);
}

struct ticker_config postman_of(struct mailer *m)
{
	return (struct ticker_config){ .name = "mail",
		                       .every_ms = MAIL_EVERY_MS,
		                       .app = m,
		                       .step = post,
		                       .failed = step_failed };
}

static enum status read_in(void *app, bool *ret_more, struct error *reterr)
{
	return import_step(app, ret_more, reterr);
}

struct ticker_config importer_of(struct plein *p)
{
	return (struct ticker_config){ .name = "import",
		                       .every_ms = IMPORT_EVERY_MS,
		                       .app = p,
		                       .step = read_in,
		                       .failed = step_failed };
}

static enum status pack(void *app, bool *ret_more, struct error *reterr)
{
	return pack_step(app, ret_more, reterr);
}

struct ticker_config packer_of(struct plein *p)
{
	return (struct ticker_config){ .name = "packs",
		                       .every_ms = PACK_EVERY_MS,
		                       .app = p,
		                       .step = pack,
		                       .failed = step_failed };
}

static enum status settle(void *app, bool *ret_more, struct error *reterr)
{
	struct plein *p = app;

	return budgets_settle(p->budgets, p->db, clock_now_ms(p->clock), ret_more, reterr);
}

struct ticker_config counter_of(struct plein *p)
{
	return (struct ticker_config){ .name = "budgets",
		                       .every_ms = BUDGETS_EVERY_MS,
		                       .app = p,
		                       .step = settle,
		                       .failed = step_failed };
}

static enum status match(void *app, bool *ret_more, struct error *reterr)
{
	return live_step(app, ret_more, reterr);
}

struct ticker_config matcher_of(struct plein *p)
{
	return (struct ticker_config){ .name = "matching_index",
		                       .every_ms = LIVE_EVERY_MS,
		                       .app = p,
		                       .step = match,
		                       .gives_way = true,
		                       .failed = step_failed };
}
