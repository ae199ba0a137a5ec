/* The regievoerder's board: every intervention of a casefile in time, who waits for whom, reminders. */
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "casework/casework.h"
#include "interventions/intervention_page.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"

enum { AXIS = 1000 };

struct waiting {
	const char *label, *first, *second, *drop_href;
};
static const struct view_field WAITING_FIELDS[] = {
	VIEW_F(struct waiting, label, VIEW_TEXT),
	VIEW_AS(struct waiting, first, "first", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct waiting, second, "second", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct waiting, drop_href, "dropHref", VIEW_TEXT, .page_only = true),
};
static const struct view WAITING_VIEW = VIEW_OF(struct waiting, WAITING_FIELDS);

struct row {
	const char *reference, *href, *instrument, *participant, *remind_href;
	uint8_t state;
	int64_t from, until, x, width, today_x, hours_pledged, hours_delivered;
	bool late;
	struct array waits;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct row, reference, VIEW_REF),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct row, instrument, VIEW_TEXT),
	VIEW_F(struct row, participant, VIEW_TEXT),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &INTERVENTION_MACHINE),
	VIEW_F(struct row, from, VIEW_DAY),
	VIEW_F(struct row, until, VIEW_DAY),
	VIEW_AS(struct row, x, "x", VIEW_INT, .page_only = true),
	VIEW_AS(struct row, width, "width", VIEW_INT, .page_only = true),
	VIEW_AS(struct row, today_x, "todayX", VIEW_INT, .page_only = true),
	VIEW_AS(struct row, hours_pledged, "hoursPledged", VIEW_INT),
	VIEW_AS(struct row, hours_delivered, "hoursDelivered", VIEW_INT),
	VIEW_F(struct row, late, VIEW_BOOL),
	VIEW_AS(struct row, waits, "waitsFor", VIEW_LIST, .view = &WAITING_VIEW),
	VIEW_AS(struct row, remind_href, "remindHref", VIEW_TEXT, .page_only = true),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

struct board {
	const char *reference, *wait_href, *days_href, *quick_href;
	int64_t axis_from, axis_until;
	struct array rows, choices, tabs;
	bool has_rows;
};
static const struct view_field BOARD_FIELDS[] = {
	VIEW_F(struct board, reference, VIEW_REF),
	VIEW_AS(struct board, rows, "interventions", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct board, axis_from, "axisFrom", VIEW_DAY, .page_only = true),
	VIEW_AS(struct board, axis_until, "axisUntil", VIEW_DAY, .page_only = true),
	VIEW_AS(struct board, choices, "choices", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct board, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	VIEW_AS(struct board, wait_href, "waitHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board, days_href, "daysHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board, quick_href, "quickHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board, has_rows, "hasInterventions", VIEW_BOOL, .page_only = true),
};
static const struct view BOARD_VIEW = VIEW_OF(struct board, BOARD_FIELDS);

struct wait_input {
	const char *intervention, *waits_for;
};
static const struct field WAIT_FIELDS[] = {
	{ .path = "intervention",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct wait_input, intervention),
	  .label = "Deze interventie",
	  .required = true,
	  .missing = "Kies een interventie.",
	  .max_chars = 20 },
	{ .path = "waitsFor",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct wait_input, waits_for),
	  .label = "wacht op",
	  .required = true,
	  .missing = "Kies waar deze interventie op wacht.",
	  .max_chars = 20 },
};
static const struct form WAIT_FORM = { WAIT_FIELDS, 2, sizeof(struct wait_input) };

/* ---- the axis ---------------------------------------------------------------------------------- */

static int64_t begins(const struct intervention_row *i)
{
	return local_day(i->created_at);
}

/* Planned until its day; what was carried out, until the day it was. */
static int64_t ends(const struct intervention_row *i)
{
	const int64_t end = i->executed_day != 0 ? i->executed_day : i->due_day;
	return end > begins(i) ? end : begins(i);
}

static void fill_axis(struct board *b, const struct intervention_row *rows, size_t count,
                      int64_t today)
{
	b->axis_from = b->axis_until = today;
	for (size_t n = 0; n < count; n++) {
		if (begins(&rows[n]) < b->axis_from)
			b->axis_from = begins(&rows[n]);
		if (ends(&rows[n]) > b->axis_until)
			b->axis_until = ends(&rows[n]);
	}
}

static int64_t place_on(const struct board *b, int64_t day)
{
	const int64_t days = b->axis_until - b->axis_from + 1;
	return (day - b->axis_from) * AXIS / days;
}

/* ---- rows ----------------------------------------------------------------------------------------- */

struct drawing_board {
	const struct casefile *casefile;
	const struct intervention_row *rows;
	size_t count;
	struct array waits;
	bool leads; /* this viewer is regievoerder of the casefile */
};

static const struct intervention_row *row_by_id(const struct drawing_board *d, int64_t id)
{
	for (size_t n = 0; n < d->count; n++)
		if (d->rows[n].id == id)
			return &d->rows[n];
	return NULL;
}

static const char *label_of(struct arena *a, const struct intervention_row *i)
{
	const struct law_instrument *instrument = law_instrument(i->instrument);
	return arena_printf(a, "%s (%s)", instrument != NULL ? instrument->label : "",
	                    i->reference);
}

static struct array waits_of(struct request *rq, const struct drawing_board *d,
                             const struct intervention_row *i)
{
	const struct intervention_wait *w = d->waits.items;
	struct waiting *to = ARENA_ARRAY(rq->arena, struct waiting, d->waits.count + 1);
	size_t count = 0;

	for (size_t n = 0; n < d->waits.count; n++) {
		const struct intervention_row *other =
		    w[n].id == i->id ? row_by_id(d, w[n].waits_for_id) : NULL;
		if (other == NULL)
			continue;
		const bool over =
		    !intervention_runs(other->state) || other->state == INTERVENTION_EXECUTED;
		to[count++] = (struct waiting){
			.label = arena_printf(rq->arena, "%s%s", label_of(rq->arena, other),
			                      over ? ": klaar" : ""),
			.first = i->reference,
			.second = other->reference,
			.drop_href =
			    d->leads ? arena_printf(rq->arena, "/casefiles/%s/interventions/_free",
			                            d->casefile->reference)
				     : NULL,
		};
	}
	return (struct array){ to, count };
}

static struct row row_of(struct request *rq, const struct drawing_board *d, const struct board *b,
                         const struct intervention_row *i)
{
	const struct law_instrument *instrument = law_instrument(i->instrument);
	const int64_t x = place_on(b, begins(i)), end = place_on(b, ends(i) + 1);
	const bool waits_for_somebody =
	    intervention_reports(i->state) || i->state == INTERVENTION_AGREEING;

	return (struct row){
		.reference = i->reference,
		.href = arena_printf(rq->arena, "/interventions/%s", i->reference),
		.instrument = instrument != NULL ? instrument->label : "",
		.participant = i->participant,
		.state = i->state,
		.from = begins(i),
		.until = ends(i),
		.x = x,
		.width = end - x > 4 ? end - x : 4,
		.today_x = place_on(b, local_day(rq->now_ms)),
		.hours_pledged = i->hours_pledged,
		.hours_delivered = i->hours_delivered,
		.late = i->late,
		.waits = waits_of(rq, d, i),
		.remind_href =
		    d->leads && waits_for_somebody
			? arena_printf(rq->arena, "/interventions/%s/_remind", i->reference)
			: NULL,
	};
}

static enum status load(struct request *rq, struct casefile *c, struct array *ret_rows,
                        struct array *ret_waits, struct error *reterr)
{
	enum status st = casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, c, reterr);

	if (st == OK)
		st = intervention_rows_of(rq->db, c->id, rq->arena, ret_rows, reterr);
	if (st == OK)
		st = intervention_waits(rq->db, c->id, rq->arena, ret_waits, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
		                        .id = c->id,
		                        .owner_id = c->id,
		                        .owner_kind = OBJECT_CASEFILE,
		                        .count = (int32_t)ret_rows->count };
	return OK;
}

static enum status show_board(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array found = { 0 };
	struct casefile c = { 0 };
	struct drawing_board d = { .casefile = &c };

	enum status st = load(rq, &c, &found, &d.waits, reterr);
	if (st != OK)
		return st;
	d.rows = found.items;
	d.count = found.count;
	d.leads = rq->viewer->role == ROLE_INTERVENTION_LEAD && casefile_is_live(c.state);
	struct board board = { .reference = c.reference, .has_rows = found.count > 0 };
	board.days_href = arena_printf(rq->arena, "/casefiles/%s/action-days", c.reference);
	if (access_permits(rq->viewer->role, PERM_CASEFILE_READ))
		board.quick_href =
		    arena_printf(rq->arena, "/casefiles/%s/quick-actions", c.reference);
	fill_axis(&board, d.rows, d.count, local_day(rq->now_ms));
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);
	board.choices = choices_for(rq->arena, found.count + 1);
	choices_add(&board.choices, "", "Kies", "-");
	for (size_t n = 0; n < found.count; n++) {
		to[n] = row_of(rq, &d, &board, &d.rows[n]);
		choices_add(&board.choices, d.rows[n].reference, label_of(rq->arena, &d.rows[n]),
		            "");
	}
	board.rows = (struct array){ to, found.count };
	board.tabs = casefile_tabs(rq, &c);
	if (d.leads && found.count > 1)
		board.wait_href =
		    arena_printf(rq->arena, "/casefiles/%s/interventions/_wait", c.reference);
	const struct page page = { .title = "Interventies van een casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "interventions/casefile",
		                   .form = &WAIT_FORM };
	return page_respond(rq, rs, &page, &BOARD_VIEW, &board, reterr);
}

/* ---- who waits for whom ----------------------------------------------------------------------------- */

struct wait_change {
	struct casefile casefile;
	int64_t first, second;
};

static enum status prepare_wait(struct request *rq, void **ret_input, struct error *reterr)
{
	struct wait_change *c = ARENA_NEW(rq->arena, struct wait_change);
	struct array found = { 0 }, waits = { 0 };
	struct wait_input in;

	*ret_input = c;
	enum status st = load(rq, &c->casefile, &found, &waits, reterr);
	if (st != OK)
		return st;
	if (rq->viewer->role != ROLE_INTERVENTION_LEAD)
		return FAIL(reterr, ERR_CONFLICT, "De regievoerder bepaalt de volgorde.");
	input_read(rq->body, &WAIT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	const struct intervention_row *rows = found.items;
	for (size_t n = 0; n < found.count; n++) {
		if (strcmp(rows[n].reference, in.intervention) == 0)
			c->first = rows[n].id;
		if (strcmp(rows[n].reference, in.waits_for) == 0)
			c->second = rows[n].id;
	}
	if (c->first == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "intervention",
		             "Kies een interventie van deze casus.");
	if (c->second == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "waitsFor",
		             "Kies een interventie van deze casus.");
	return OK;
}

static const char *board_path(struct db_tx *tx, const struct wait_change *c)
{
	return arena_printf(db_tx_arena(tx), "/casefiles/%s/interventions", c->casefile.reference);
}

static enum status apply_wait(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct wait_change *c = change->input;

	change->location = board_path(tx, c);
	change->note = "Vastgelegd.";
	return intervention_wait_put(tx, c->casefile.id, c->first, c->second, reterr);
}

static enum status apply_free(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct wait_change *c = change->input;

	change->location = board_path(tx, c);
	change->note = "Deze interventie wacht niet meer.";
	return intervention_wait_drop(tx, c->first, c->second, reterr);
}

/* ---- one click: a reminder ------------------------------------------------------------------------------ */

static enum status prepare_reminder(struct request *rq, void **ret_input, struct error *reterr)
{
	struct on_intervention *on = ARENA_NEW(rq->arena, struct on_intervention);

	*ret_input = on;
	enum status st = on_intervention(rq, on, reterr);
	if (st == OK && (rq->viewer->role != ROLE_INTERVENTION_LEAD || !on->concerned))
		return FAIL(reterr, ERR_CONFLICT, "Alleen de regievoerder herinnert.");
	return st;
}

static enum status apply_reminder(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct on_intervention *on = change->input;
	const struct intervention *i = &on->intervention;

	change->location =
	    i->sees_casefile
		? arena_printf(db_tx_arena(tx), "/casefiles/%s/interventions", i->casefile)
		: intervention_path(db_tx_arena(tx), i, "");
	change->note = "Herinnerd. Wie iets moet doen, krijgt bericht.";
	return intervention_remind(tx, i, change->rq->now_ms, reterr);
}

const struct route board_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/interventions",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_INTERVENTION_LIST,
	  .read = show_board,
	  .view = &BOARD_VIEW,
	  .summary = "De interventies van een casus in de tijd, en wie op wie wacht" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/interventions/_wait",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_PLAN,
	  .prepare = prepare_wait,
	  .apply = apply_wait,
	  .redraw = show_board,
	  .form = &WAIT_FORM,
	  .summary = "Vastleggen dat de ene interventie op de andere wacht" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/interventions/_free",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_PLAN,
	  .prepare = prepare_wait,
	  .apply = apply_free,
	  .redraw = show_board,
	  .form = &WAIT_FORM,
	  .summary = "Vastleggen dat een interventie niet meer wacht" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/_remind",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_PLAN,
	  .prepare = prepare_reminder,
	  .apply = apply_reminder,
	  .redraw = show_intervention,
	  .summary = "Wie iets moet doen met één klik herinneren" },
	{ 0 },
};

const struct page_template board_templates[] = {
	{ .name = "interventions/casefile",
	  .view = &BOARD_VIEW,
	  .form = &WAIT_FORM,
	  .whole = true },
	{ 0 },
};
