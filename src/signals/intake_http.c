/* The coordinator's inbox; and how soon submitters hear what was decided, per partner. */
#include "signals/intake_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "signals/signal_life.h"
#include "signals/theme.h"

/* ---- the inbox ------------------------------------------------------------------------------------- */

struct intake_item {
	const char *group; /* on the first row of its group */
	const char *reference, *href, *title, *participant, *municipality, *theme, *missing, *waits;
	uint8_t state;
	int64_t due, submitted_at, age;
	int64_t rank, since;
	int64_t last; /* the last day; for what has none the end of time */
	bool has_due, overdue_review;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_AS(struct intake_item, group, "group", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct intake_item, rank, "rank", VIEW_INT, .page_only = true),
	VIEW_AS(struct intake_item, since, "since", VIEW_MOMENT, .page_only = true),
	VIEW_AS(struct intake_item, last, "last", VIEW_INT, .page_only = true),
	VIEW_AS(struct intake_item, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct intake_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct intake_item, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct intake_item, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct intake_item, participant, "participant", VIEW_TEXT, .label = "Indiener"),
	VIEW_AS(struct intake_item, municipality, "municipality", VIEW_TEXT, .label = "Gemeente"),
	VIEW_AS(struct intake_item, theme, "theme", VIEW_TEXT, .label = "Thema"),
	VIEW_AS(struct intake_item, submitted_at, "submittedAt", VIEW_MOMENT, .label = "Ingediend"),
	VIEW_AS(struct intake_item, age, "workingDays", VIEW_INT, .label = "Werkdagen"),
	VIEW_AS(struct intake_item, due, "due", VIEW_DUE, .label = "Uiterlijk"),
	VIEW_AS(struct intake_item, has_due, "hasDue", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct intake_item, missing, "missing", VIEW_TEXT, .label = "Ontbreekt"),
	VIEW_AS(struct intake_item, waits, "waits", VIEW_TEXT, .label = "Doe eerst"),
	VIEW_AS(struct intake_item, overdue_review, "overdueReview", VIEW_BOOL),
};
static const struct view ITEM_VIEW = VIEW_OF(struct intake_item, ITEM_FIELDS);

static const struct list_sort SORTS[] = {
	{ "work",
	  "Zoals u werkt",
	  { { "rank", false }, { "since", false }, { "reference", false } },
	  false },
	{ "work-back",
	  "Andersom: nieuwste eerst",
	  { { "rank", true }, { "since", true }, { "reference", true } },
	  true },
	{ "due", "Wat het eerst moet", { { "last", false }, { "reference", false } }, false },
};
static const struct list LIST = {
	.name = "intake",
	.path = "/intake",
	.row = &ITEM_VIEW,
	.sorts = SORTS,
	.sort_count = 3,
	.empty = "Niets wacht op u.",
	.file_name = "intake.csv",
};

struct intake_record {
	struct list_page list;
};
static const struct view_field INTAKE_FIELDS[] = {
	LIST_FIELDS(struct intake_record, list, ITEM_VIEW),
};
static const struct view INTAKE_VIEW = VIEW_OF(struct intake_record, INTAKE_FIELDS);

/* In the order in which a coordinator works. */
static const struct {
	uint8_t state;
	const char *label;
} GROUPS[] = {
	{ SIGNAL_SUBMITTED, "Doe de intake" },
	{ SIGNAL_INTAKE_OK, "Zet op een agenda" },
	{ SIGNAL_DEFERRED, "Aangehouden: zet opnieuw op een agenda" },
	{ SIGNAL_RETURNED, "Wacht op de indiener" },
};
enum { GROUP_COUNT = sizeof GROUPS / sizeof GROUPS[0], REVIEW_WORKING_DAYS = 2 };

static const char *with(struct arena *a, const char *text, bool add, const char *what)
{
	if (!add)
		return text;
	return text == NULL ? what : arena_printf(a, "%s; %s", text, what);
}

/* What the coordinator has to do before he can go on. */
static const char *waits_for(struct arena *a, const struct intake_row *r)
{
	const bool intake = r->state == SIGNAL_SUBMITTED;
	const char *text = with(a, NULL, intake && !r->matched, "kijk of dit al bekend is");

	text = with(a, text, r->hits_since != 0, "kijk de woorden na");
	return with(a, text, r->open_questions > 0 && intake, "wacht op antwoord");
}

/* Parts that would make it stronger; what submitting asks is there. */
static const char *missing_in(struct arena *a, const struct intake_row *r)
{
	const char *text = with(a, NULL, r->subjects == 0, "over wie of wat");

	text = with(a, text, !r->tried, "wat er al is gedaan");
	return with(a, text, !r->effect, "wat de indiener hoopt");
}

static bool review_is_late(const struct intake_row *r, int32_t today)
{
	return r->hits_since != 0 &&
	       working_days_add(local_day(r->hits_since), REVIEW_WORKING_DAYS, NULL) < today;
}

static struct intake_item item_of(struct arena *a, const struct intake_row *r, int32_t today)
{
	return (struct intake_item){
		.reference = r->reference,
		.href = arena_printf(a, "/signals/%s", r->reference),
		.title = r->title[0] != '\0' ? r->title : "Nog zonder titel",
		.participant = r->participant,
		.municipality = r->municipality,
		.theme = code_label(SIGNAL_THEMES, r->theme),
		.missing = missing_in(a, r),
		.waits = waits_for(a, r),
		.state = r->state,
		.due = r->due_day != 0 ? r->due_day : INT64_MIN,
		.last = r->due_day != 0 ? r->due_day : INT64_MAX,
		.since = r->since,
		.has_due = r->due_day != 0,
		.submitted_at = r->submitted_at != 0 ? r->submitted_at : INT64_MIN,
		.age = working_days_between(local_day(r->since), today, NULL),
		.overdue_review = review_is_late(r, today),
	};
}

static int64_t rank_of(uint8_t state)
{
	for (size_t i = 0; i < GROUP_COUNT; i++)
		if (GROUPS[i].state == state)
			return (int64_t)i;
	return GROUP_COUNT;
}

static struct array items_of(struct arena *a, const struct array *rows, int32_t today)
{
	const struct intake_row *from = rows->items;
	struct intake_item *to = ARENA_ARRAY(a, struct intake_item, rows->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const int64_t rank = rank_of(from[i].state);
		if (rank == GROUP_COUNT)
			continue;
		to[count] = item_of(a, &from[i], today);
		to[count++].rank = rank;
	}
	return (struct array){ to, count };
}

/* A head above the first row of each group that a page shows. */
static void head_groups(struct intake_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (i == 0 || items[i].rank != items[i - 1].rank)
			items[i].group = GROUPS[items[i].rank].label;
}

static enum status show_intake(struct request *rq, struct response *rs, struct error *reterr)
{
	enum { BY_DUE_DAY = 2 };
	const struct list_query q = list_read(&LIST, rq);
	struct array rows = { 0 };

	enum status st =
	    intake_rows(rq->db, plein_of(rq)->keyring, rq->viewer, rq->arena, &rows, reterr);
	if (st != OK)
		return st;
	const struct array items = items_of(rq->arena, &rows, local_day(rq->now_ms));
	const struct intake_record record = {
		.list = list_finish_whole(&q, rq->arena, items.items, items.count),
	};
	if (q.sort_index != BY_DUE_DAY)
		head_groups(record.list.items.items, record.list.items.count);
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL };
	const struct page page = { .title = "Intake",
		                   .place = "/signals",
		                   .template_name = "signals/intake" };
	const struct list_drawing drawing = { &page, &INTAKE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- hearing back -------------------------------------------------------------------------------------- */

struct share_item {
	const char *participant;
	int64_t decided, in_time, late, waiting, percent;
};
static const struct view_field SHARE_FIELDS[] = {
	VIEW_AS(struct share_item, participant, "participant", VIEW_TEXT, .label = "Indiener"),
	VIEW_AS(struct share_item, decided, "decided", VIEW_INT, .label = "Besluiten"),
	VIEW_AS(struct share_item, in_time, "inTime", VIEW_INT, .label = "Op tijd"),
	VIEW_AS(struct share_item, late, "late", VIEW_INT, .label = "Te laat"),
	VIEW_AS(struct share_item, waiting, "waiting", VIEW_INT, .label = "Nog niet"),
	VIEW_AS(struct share_item, percent, "percent", VIEW_INT, .label = "Deel op tijd (%)"),
};
static const struct view SHARE_VIEW = VIEW_OF(struct share_item, SHARE_FIELDS);

static const struct list_sort SHARE_SORTS[] = {
	{ "name", "Indiener, van a naar z", { { "participant", false } }, false },
	{ "name-back", "Indiener, van z naar a", { { "participant", true } }, true },
	{ "slow",
	  "Minst op tijd eerst",
	  { { "percent", false }, { "participant", false } },
	  false },
};
static const struct list SHARE_LIST = {
	.name = "feedback",
	.path = "/signals/feedback",
	.row = &SHARE_VIEW,
	.sorts = SHARE_SORTS,
	.sort_count = 3,
	.empty = "Er is nog niets besloten in deze tijd.",
	.file_name = "terugkoppeling.csv",
};

struct share_record {
	struct list_page list;
	int64_t from;
};
static const struct view_field SHARES_FIELDS[] = {
	LIST_FIELDS(struct share_record, list, SHARE_VIEW),
	VIEW_AS(struct share_record, from, "since", VIEW_DAY),
};
static const struct view SHARES_VIEW = VIEW_OF(struct share_record, SHARES_FIELDS);

static struct array share_items(struct arena *a, const struct array *shares)
{
	const struct feedback_share *from = shares->items;
	struct share_item *to = ARENA_ARRAY(a, struct share_item, shares->count + 1);

	for (size_t i = 0; i < shares->count; i++)
		to[i] = (struct share_item){
			from[i].participant, from[i].decided,
			from[i].in_time,     from[i].late,
			from[i].waiting,     from[i].in_time * 100 / from[i].decided
		};
	return (struct array){ to, shares->count };
}

/* The bureau sees every partner, a partner itself: counts of decisions, no signal. */
static enum status show_feedback(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&SHARE_LIST, rq);
	const int32_t from = day_add_years(local_day(rq->now_ms), -1);
	const bool all = access_role(rq->viewer->role)->bureau;
	struct array shares = { 0 };

	enum status st =
	    signal_feedback(rq->db, all ? 0 : rq->viewer->participant_id, ms_at_day_start(from),
	                    INT64_MAX, rq->arena, &shares, reterr);
	if (st != OK)
		return st;
	const struct array rows = share_items(rq->arena, &shares);
	const struct share_record record = {
		.list = list_finish_whole(&q, rq->arena, rows.items, rows.count),
		.from = from,
	};
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL };
	const struct page page = { .title = "Hoe snel hoort de indiener het?",
		                   .place = "/signals",
		                   .template_name = "signals/feedback" };
	const struct list_drawing drawing = { &page, &SHARES_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

const struct route intake_routes[] = {
	{ .method = "GET",
	  .path = "/intake",
	  .permission = PERM_SIGNAL_INTAKE,
	  .action = AUDIT_SIGNAL_LIST,
	  .read = show_intake,
	  .view = &INTAKE_VIEW,
	  .summary = "Wat op de informatiecoördinator wacht, met hoe lang al" },
	{ .method = "GET",
	  .path = "/signals/feedback",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_LIST,
	  .read = show_feedback,
	  .view = &SHARES_VIEW,
	  .summary = "Het deel van de besluiten dat de indiener op tijd hoorde, per partner" },
	{ 0 },
};

const struct page_template intake_templates[] = {
	{ .name = "signals/intake", .view = &INTAKE_VIEW, .whole = true },
	{ .name = "signals/feedback", .view = &SHARES_VIEW, .whole = true },
	{ 0 },
};
