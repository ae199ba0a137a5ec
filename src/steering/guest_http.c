/* Guests of a meeting: the secretary's list of them, and what a guest finds of his own points. */
#include "steering/guest.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "people/people.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "steering/steering_page.h"
#include "work/work.h"

/* ---- a guest, as far as this viewer sees the points --------------------------------------------- */

static const struct view_field GUEST_ROW_FIELDS[] = {
	VIEW_F(struct guest_row, id, VIEW_INT),
	VIEW_F(struct guest_row, name, VIEW_TEXT),
	VIEW_F(struct guest_row, organisation, VIEW_TEXT),
	VIEW_F(struct guest_row, points, VIEW_TEXT),
	VIEW_F(struct guest_row, remote, VIEW_BOOL),
	VIEW_F(struct guest_row, reads, VIEW_BOOL),
	VIEW_AS(struct guest_row, remove_href, "removeHref", VIEW_TEXT, .page_only = true),
};
const struct view GUEST_ROW_VIEW = VIEW_OF(struct guest_row, GUEST_ROW_FIELDS);

static bool is_for(const struct steering_guest *g, int64_t point_id)
{
	const int64_t *ids = g->points.items;

	for (size_t i = 0; i < g->points.count; i++)
		if (ids[i] == point_id)
			return true;
	return false;
}

/* "punt 1, 3"; NULL: none that he sees. */
static const char *points_of(struct arena *a, const struct steering_guest *g, struct array points)
{
	const struct steering_point *p = points.items;
	const char *ret = NULL;

	for (size_t i = 0; i < points.count; i++)
		if (is_for(g, p[i].id))
			ret = arena_printf(a, "%s%zu",
			                   ret == NULL ? "punt " : arena_printf(a, "%s, ", ret),
			                   i + 1);
	return ret;
}

enum status guest_rows(struct request *rq, const struct gathering *m, struct array points,
                       struct array *ret, struct error *reterr)
{
	struct array guests = { 0 };
	const enum status st =
	    steering_guests(rq->db, plein_of(rq)->keyring, m->id, rq->arena, &guests, reterr);
	const struct steering_guest *g = guests.items;
	struct guest_row *rows = ARENA_ARRAY(rq->arena, struct guest_row, guests.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < guests.count; i++) {
		const char *of = points_of(rq->arena, &g[i], points);
		if (of == NULL && !oversees_steering(rq->viewer->role))
			continue;
		rows[count++] = (struct guest_row){
			.id = g[i].id,
			.name = g[i].name,
			.organisation = g[i].organisation,
			.points = of,
			.remote = g[i].remote,
			.reads = g[i].person_id != 0,
			.remove_href = gathering_path(
			    rq->arena, m,
			    arena_printf(rq->arena, "/guests/%lld/_remove", (long long)g[i].id)),
		};
	}
	*ret = (struct array){ rows, count };
	return st;
}

/* ---- the secretary's list ------------------------------------------------------------------------ */

struct point_choice {
	int64_t index, number;
	const char *name, *title;
	bool chosen;
};
static const struct view_field CHOICE_FIELDS[] = {
	VIEW_F(struct point_choice, index, VIEW_INT),
	VIEW_F(struct point_choice, number, VIEW_INT),
	VIEW_F(struct point_choice, name, VIEW_TEXT),
	VIEW_F(struct point_choice, title, VIEW_TEXT),
	VIEW_F(struct point_choice, chosen, VIEW_BOOL),
};
static const struct view POINT_CHOICE_VIEW = VIEW_OF(struct point_choice, CHOICE_FIELDS);

struct guests_page {
	int64_t version;
	const char *reference, *add_href, *back_href, *name, *organisation, *email;
	uint8_t state;
	struct array guests, points;
	bool remote, has_guests, has_points, open;
};
static const struct view_field GUESTS_FIELDS[] = {
	VIEW_F(struct guests_page, version, VIEW_INT),
	VIEW_F(struct guests_page, reference, VIEW_REF),
	VIEW_AS(struct guests_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct guests_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct guests_page, name, "name", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct guests_page, organisation, "organisation", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct guests_page, email, "email", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct guests_page, remote, "remote", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct guests_page, state, "state", VIEW_STATE, .machine = &STEERING_MACHINE),
	VIEW_AS(struct guests_page, guests, "guests", VIEW_LIST, .view = &GUEST_ROW_VIEW),
	VIEW_AS(struct guests_page, points, "points", VIEW_LIST, .view = &POINT_CHOICE_VIEW),
	VIEW_AS(struct guests_page, has_guests, "hasGuests", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct guests_page, has_points, "hasPoints", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct guests_page, open, "open", VIEW_BOOL, .page_only = true),
};
static const struct view GUESTS_VIEW = VIEW_OF(struct guests_page, GUESTS_FIELDS);

struct chosen_point {
	const char *name;
};
static const struct field CHOSEN_FIELDS[] = {
	{ .path = "name",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct chosen_point, name),
	  .label = "Agendapunt",
	  .max_chars = 20 },
};
static const struct form CHOSEN_FORM = { CHOSEN_FIELDS, 1, sizeof(struct chosen_point) };

struct guest_input {
	int64_t version;
	const char *name, *organisation, *email;
	bool remote;
	struct array points; /* struct chosen_point */
};
static const struct field GUEST_FIELDS[] = {
	FIELD_VERSION(struct guest_input),
	GUEST_INPUT(struct guest_input),
	{ .path = "email",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct guest_input, email),
	  .label = "E-mailadres waarmee de gast in Plein werkt",
	  .max_chars = 200 },
	{ .path = "points",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct guest_input, points),
	  .label = "Voor welke punten?",
	  .max_chars = POINTS_MAX,
	  .element = &CHOSEN_FORM },
};
static const struct form GUEST_FORM = { GUEST_FIELDS, 6, sizeof(struct guest_input) };

static enum status fill_choices(struct request *rq, struct array points, struct array *ret,
                                struct error *reterr)
{
	const struct steering_point *p = points.items;
	struct point_choice *to = ARENA_ARRAY(rq->arena, struct point_choice, points.count + 1);
	enum status st = OK;
	size_t count = 0;

	for (size_t i = 0; st == OK && i < points.count; i++) {
		if (p[i].casefile_id == 0)
			continue; /* what a standing point tells is never a guest's */
		to[count] = (struct point_choice){
			.index = (int64_t)i,
			.number = (int64_t)i + 1,
			.name = p[i].name,
			.chosen = input_at(rq->body,
			                   arena_printf(rq->arena, "points[%zu].name", i)) != NULL,
		};
		st = point_title(rq, &p[i], &to[count++].title, reterr);
	}
	*ret = (struct array){ to, count };
	return st;
}

static enum status on_table(struct request *rq, struct gathering *m, struct array *points,
                            struct error *reterr)
{
	enum status st = on_gathering(rq, m, reterr);

	if (st == OK && m->kind != MEETING_STEERING)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? point_list(rq->db, rq->viewer, m, rq->arena, points, reterr) : st;
}

static enum status show_guests(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array points = { 0 };
	struct gathering m;
	enum status st = on_table(rq, &m, &points, reterr);

	if (st != OK)
		return st;
	struct guests_page record = {
		.version = m.version,
		.reference = m.reference,
		.add_href = gathering_path(rq->arena, &m, "/guests"),
		.back_href = gathering_path(rq->arena, &m, ""),
		.state = m.state,
		.open = steering_is_open(m.state),
	};
	st = guest_rows(rq, &m, points, &record.guests, reterr);
	if (st == OK)
		st = fill_choices(rq, points, &record.points, reterr);
	if (st != OK)
		return st;
	record.has_guests = record.guests.count > 0;
	record.has_points = record.points.count > 0;
	const struct page page = { .title = "Gasten",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &m),
		                   .template_name = "steering/guests",
		                   .form = &GUEST_FORM };
	return page_respond(rq, rs, &page, &GUESTS_VIEW, &record, reterr);
}

/* ---- putting one on it --------------------------------------------------------------------------- */

struct guest_change {
	struct guest_input in;
	struct gathering meeting;
	struct steering_guest_new made;
	int64_t points[POINTS_MAX];
};

static const struct steering_point *point_named(struct array points, const char *name)
{
	const struct steering_point *p = points.items;

	for (size_t i = 0; i < points.count; i++)
		if (p[i].casefile_id != 0 && strcmp(p[i].name, name) == 0)
			return &p[i];
	return NULL;
}

static bool chosen_before(const struct guest_change *c, int64_t point_id)
{
	for (size_t i = 0; i < c->made.point_count; i++)
		if (c->points[i] == point_id)
			return true;
	return false;
}

/* Whoever was kept out of a casefile can't hear of it as a guest either. */
static enum status choose(struct request *rq, struct guest_change *c,
                          const struct steering_point *p, struct error *reterr)
{
	bool blocked = false;

	if (chosen_before(c, p->id))
		return OK;
	c->points[c->made.point_count++] = p->id;
	if (c->made.account.person_id == 0)
		return OK;
	const enum status st =
	    guest_is_blocked(rq->db, c->made.account.person_id, p->casefile_id, &blocked, reterr);
	if (blocked)
		problems_add(rq->problems, PROBLEM_ERROR, "points",
		             arena_printf(rq->arena,
		                          "Deze gast mag niets horen over %s. Kies een ander punt, "
		                          "of een andere gast.",
		                          p->casefile));
	return st;
}

static enum status read_points(struct request *rq, struct guest_change *c, struct array points,
                               struct error *reterr)
{
	const struct chosen_point *in = c->in.points.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->in.points.count; i++) {
		if (in[i].name[0] == '\0')
			continue;
		const struct steering_point *p = point_named(points, in[i].name);
		if (p == NULL)
			problems_add(rq->problems, PROBLEM_ERROR, "points",
			             "Kies punten over een casus die op de agenda staan.");
		else
			st = choose(rq, c, p, reterr);
	}
	if (st == OK && c->made.point_count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "points",
		             "Kies bij welk punt de gast erbij is.");
	return st;
}

static enum status find_account(struct request *rq, struct guest_change *c, struct error *reterr)
{
	if (c->in.email[0] == '\0')
		return OK;
	const enum status st = guest_account_load(rq->db, person_address(rq->arena, c->in.email),
	                                          rq->now_ms, &c->made.account, reterr);
	if (st == OK && c->made.account.count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "email",
		             "Met dit adres werkt niemand in Plein die gast kan zijn. Kijk het na, "
		             "of laat het leeg.");
	return st;
}

static enum status prepare_guest(struct request *rq, void **ret_input, struct error *reterr)
{
	struct guest_change *c = ARENA_NEW(rq->arena, struct guest_change);
	struct array points = { 0 }, guests = { 0 };

	*ret_input = c;
	enum status st = on_table(rq, &c->meeting, &points, reterr);
	if (st == OK)
		st = steering_guests(rq->db, NULL, c->meeting.id, rq->arena, &guests, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &GUEST_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (!steering_is_open(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Deze vergadering is voorbij.");
	if (guests.count >= GUESTS_MAX)
		return FAIL(reterr, ERR_CONFLICT, "Er staan al %d gasten op de lijst.", GUESTS_MAX);
	st = find_account(rq, c, reterr);
	if (st == OK)
		st = read_points(rq, c, points, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	c->made.points = c->points;
	c->made.guest = (struct guest_new){ .meeting_id = c->meeting.id,
		                            .appointment_id = rq->viewer->appointment_id,
		                            .now_ms = rq->now_ms,
		                            .organisation = c->in.organisation,
		                            .remote = c->in.remote };
	guest_seal(plein_of(rq)->keyring, c->in.name, rq->arena, &c->made.guest);
	return OK;
}

/* He finds it in Mijn werk, under each of his appointments. */
static enum status ask_guest(struct db_tx *tx, const struct guest_change *c, struct error *reterr)
{
	const struct guest_account *who = &c->made.account;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < who->count; i++) {
		const struct work_task task = {
			.owner = audience_of(AUDIENCE_APPOINTMENT, who->appointments[i]),
			.kind = WORK_STEERING_GUEST,
			.object_kind = OBJECT_MEETING,
			.object_id = c->meeting.id,
			.reference = c->meeting.reference,
			.due_day = local_day(c->meeting.starts_at),
			.created_at = c->made.guest.now_ms,
			.created_by = c->made.guest.appointment_id,
		};
		const struct work_news news = { .at = task.created_at,
			                        .kind = NEWS_STEERING_GUEST,
			                        .object_kind = OBJECT_MEETING,
			                        .object_id = c->meeting.id,
			                        .reference = c->meeting.reference };
		st = work_add(tx, &task, reterr);
		if (st == OK)
			st = work_tell(tx, task.owner, &news, reterr);
	}
	return st;
}

static enum status apply_guest(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct guest_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = steering_guest_put(tx, &c->made, reterr);
	if (st == OK)
		st = ask_guest(tx, c, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/guests");
	change->note =
	    c->made.account.count > 0
		? "De gast staat op de lijst en leest de stukken van deze punten tot het einde van "
		  "de vergadering."
		: "De gast staat op de lijst. Deze gast leest niets in Plein.";
	change->created = true;
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

/* ---- taking one off ------------------------------------------------------------------------------ */

struct removal {
	struct version_input in;
	struct gathering meeting;
	int64_t guest_id;
	struct array before; /* of audience: who were readers */
};

static enum status prepare_removal(struct request *rq, void **ret_input, struct error *reterr)
{
	struct removal *c = ARENA_NEW(rq->arena, struct removal);
	struct array points = { 0 };
	enum status st = on_table(rq, &c->meeting, &points, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->guest_id = strtoll(rq->params[1], NULL, 10);
	if (!steering_is_open(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Deze vergadering is voorbij.");
	return guest_readers(rq->db, c->meeting.id, rq->arena, &c->before, reterr);
}

/* Who reads nothing of this meeting any more has nothing to read. */
static enum status end_tasks(struct db_tx *tx, const struct request *rq, const struct removal *c,
                             struct error *reterr)
{
	struct array after = { 0 };
	const audience *was = c->before.items;
	enum status st =
	    guest_readers(db_tx_read(tx), c->meeting.id, db_tx_arena(tx), &after, reterr);
	const audience *is = after.items;

	for (size_t i = 0, j = 0; st == OK && i < c->before.count; i++) {
		while (j < after.count && is[j] < was[i])
			j++;
		if (j < after.count && is[j] == was[i])
			continue;
		const struct work_mine mine = { was[i], WORK_STEERING_GUEST, c->meeting.reference };
		st = work_done_mine(tx, &mine, rq->viewer->person_id, rq->now_ms, reterr);
	}
	return st;
}

static enum status apply_removal(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct removal *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = steering_guest_remove(tx, c->meeting.id, c->guest_id, reterr);
	if (st == OK)
		st = end_tasks(tx, change->rq, c, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/guests");
	change->note = "De gast staat niet meer op de lijst en leest niets meer.";
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

/* ---- a guest's own page --------------------------------------------------------------------------- */

struct own_point {
	int64_t number;
	const char *name, *href, *title, *casefile;
};
static const struct view_field OWN_POINT_FIELDS[] = {
	VIEW_F(struct own_point, number, VIEW_INT),
	VIEW_F(struct own_point, name, VIEW_TEXT),
	VIEW_AS(struct own_point, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct own_point, title, VIEW_TEXT),
	VIEW_F(struct own_point, casefile, VIEW_TEXT),
};
static const struct view OWN_POINT_VIEW = VIEW_OF(struct own_point, OWN_POINT_FIELDS);

struct own_page {
	const char *reference, *place;
	int64_t starts_at;
	struct array points;
	bool has_points, over, called_off;
};
static const struct view_field OWN_FIELDS[] = {
	VIEW_F(struct own_page, reference, VIEW_REF),
	VIEW_F(struct own_page, place, VIEW_TEXT),
	VIEW_AS(struct own_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_AS(struct own_page, points, "points", VIEW_LIST, .view = &OWN_POINT_VIEW),
	VIEW_AS(struct own_page, has_points, "hasPoints", VIEW_BOOL, .page_only = true),
	VIEW_F(struct own_page, over, VIEW_BOOL),
	VIEW_AS(struct own_page, called_off, "calledOff", VIEW_BOOL),
};
static const struct view OWN_VIEW = VIEW_OF(struct own_page, OWN_FIELDS);

static enum status own_points(struct request *rq, const struct gathering *m, struct array *ret,
                              struct error *reterr)
{
	struct array found = { 0 };
	enum status st = guest_points(rq->db, rq->viewer, m->id, rq->arena, &found, reterr);
	const struct steering_point *p = found.items;
	struct own_point *rows = ARENA_ARRAY(rq->arena, struct own_point, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const struct on_point on = { *m, p[i], (int64_t)i + 1 };
		rows[i] = (struct own_point){ .number = on.number,
			                      .name = p[i].name,
			                      .href = point_path(rq->arena, &on, ""),
			                      .casefile = p[i].casefile };
		st = point_title(rq, &p[i], &rows[i].title, reterr);
	}
	*ret = (struct array){ rows, found.count };
	return st;
}

static enum status show_own(struct request *rq, struct response *rs, struct error *reterr)
{
	struct gathering m;
	enum status st = on_guest_gathering(rq, &m, reterr);

	if (st != OK)
		return st;
	struct own_page record = { .reference = m.reference,
		                   .place = m.place,
		                   .starts_at = m.starts_at,
		                   .over = !steering_is_open(m.state),
		                   .called_off = m.state == MEETING_CALLED_OFF };
	st = own_points(rq, &m, &record.points, reterr);
	if (st != OK)
		return st;
	record.has_points = record.points.count > 0;
	rq->touched.count = (int32_t)record.points.count;
	const struct page page = { .title = "Gast bij de Stuurploeg",
		                   .place = "/",
		                   .crumbs = guest_crumbs(rq->arena, &m, NULL),
		                   .confidential = true,
		                   .template_name = "steering/guest" };
	return page_respond(rq, rs, &page, &OWN_VIEW, &record, reterr);
}

/* clang-format off */
#define RUN(path_, prepare_, apply_, form_, summary_)                                              \
	{ .method = "POST", .path = (path_), .permission = PERM_STEERING_RUN,                      \
	  .action = AUDIT_STEERING_CHANGE, .prepare = (prepare_), .apply = (apply_),               \
	  .redraw = show_guests, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route steering_guest_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/guests",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_guests,
	  .view = &GUESTS_VIEW,
	  .summary = "De gasten van een vergadering van de Stuurploeg, en voor welke punten" },
	RUN("/steering/{ref}/guests", prepare_guest, apply_guest, &GUEST_FORM,
	    "Een gast voor een of meer punten op de lijst zetten"),
	RUN("/steering/{ref}/guests/{id}/_remove", prepare_removal, apply_removal, &VERSION_FORM,
	    "Een gast van de lijst halen: die leest niets meer"),
	{ .method = "GET",
	  .path = "/steering/{ref}/guest",
	  .permission = PERM_STEERING_POINT,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_own,
	  .view = &OWN_VIEW,
	  .summary = "De punten waarvoor u gast bent bij de Stuurploeg" },
	{ 0 },
};

const struct page_template steering_guest_templates[] = {
	{ .name = "steering/guests", .view = &GUESTS_VIEW, .form = &GUEST_FORM, .whole = true },
	{ .name = "steering/guest", .view = &OWN_VIEW, .whole = true },
	{ 0 },
};
