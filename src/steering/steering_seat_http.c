/* Who is at a meeting of the Stuurploeg: inviting, presence, who chairs. For the secretary. */
#include "steering/steering_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "weighing/attendance.h"
#include "weighing/planning.h"

static const struct code PRESENT[] = {
	{ PRESENCE_ROOM, "room", "Aanwezig" },
	{ PRESENCE_REMOTE, "remote", "Op afstand" },
	{ PRESENCE_LEFT, "left", "Eerder weg" },
	{ PRESENCE_ABSENT, "absent", "Afwezig" },
	{ 0 },
};

/* ---- the page ------------------------------------------------------------------------------- */

struct seat_row {
	int64_t index, id;
	const char *person, *on_behalf, *deputy_of;
	struct array options;
	bool gone, chair;
};
static const struct view_field SEAT_FIELDS[] = {
	VIEW_F(struct seat_row, index, VIEW_INT),
	VIEW_F(struct seat_row, id, VIEW_INT),
	VIEW_F(struct seat_row, person, VIEW_TEXT),
	VIEW_AS(struct seat_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct seat_row, deputy_of, "deputyOf", VIEW_TEXT),
	VIEW_AS(struct seat_row, options, "options", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_F(struct seat_row, gone, VIEW_BOOL),
	VIEW_F(struct seat_row, chair, VIEW_BOOL),
};
static const struct view SEAT_VIEW = VIEW_OF(struct seat_row, SEAT_FIELDS);

struct seats_page {
	int64_t version, starts_at;
	const char *reference, *place, *href, *invite_href, *uninvite_href, *back_href;
	uint8_t state;
	struct array seats, candidates, chairs;
	bool has_seats, has_candidates, running;
};
static const struct view_field SEATS_FIELDS[] = {
	VIEW_F(struct seats_page, version, VIEW_INT),
	VIEW_AS(struct seats_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_F(struct seats_page, reference, VIEW_REF),
	VIEW_F(struct seats_page, place, VIEW_TEXT),
	VIEW_AS(struct seats_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seats_page, invite_href, "inviteHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seats_page, uninvite_href, "uninviteHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seats_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seats_page, state, "state", VIEW_STATE, .machine = &STEERING_MACHINE),
	VIEW_AS(struct seats_page, seats, "seats", VIEW_LIST, .view = &SEAT_VIEW),
	VIEW_AS(struct seats_page, candidates, "candidates", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct seats_page, chairs, "chairs", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct seats_page, has_seats, "hasSeats", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct seats_page, has_candidates, "hasCandidates", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct seats_page, running, "running", VIEW_BOOL, .page_only = true),
};
static const struct view SEATS_VIEW = VIEW_OF(struct seats_page, SEATS_FIELDS);

static bool seat_is_gone(const struct steering_seat *s, int64_t now_ms)
{
	const struct attendee who = { .state = s->state,
		                      .until_day = s->until_day,
		                      .ended_at = s->ended_at };
	return attendee_is_gone(&who, now_ms);
}

static const struct steering_seat *seat_of(struct array seats, int64_t appointment_id)
{
	const struct steering_seat *s = seats.items;

	for (size_t i = 0; i < seats.count; i++)
		if (s[i].seat.appointment_id == appointment_id)
			return &s[i];
	return NULL;
}

static struct array presence_options(struct request *rq, size_t index, int now)
{
	const char *typed =
	    input_text(rq->body, arena_printf(rq->arena, "people[%zu].presence", index));
	struct array ret = choices_for(rq->arena, sizeof PRESENT / sizeof PRESENT[0]);

	choices_add(&ret, "", "Kies", "-");
	for (const struct code *c = PRESENT; c->name != NULL; c++)
		choices_add(&ret, c->name, c->label,
		            typed != NULL ? typed : (c->value == now ? c->name : ""));
	return ret;
}

static void fill_seats(struct request *rq, const struct gathering *m, struct array seats,
                       struct seats_page *ret)
{
	const struct steering_seat *s = seats.items;
	struct seat_row *rows = ARENA_ARRAY(rq->arena, struct seat_row, seats.count + 1);
	const char *chair = arena_printf(rq->arena, "%lld", (long long)m->chair_id);

	ret->chairs = choices_for(rq->arena, seats.count);
	for (size_t i = 0; i < seats.count; i++) {
		const struct steering_seat *member = seat_of(seats, s[i].seat.deputy_for);
		rows[i] = (struct seat_row){
			.index = (int64_t)i,
			.id = s[i].seat.appointment_id,
			.person = s[i].person,
			.on_behalf = s[i].on_behalf,
			.deputy_of = member != NULL              ? member->person
			             : s[i].seat.deputy_for != 0 ? "een ander lid"
			                                         : NULL,
			.options = presence_options(rq, i, s[i].seat.presence),
			.gone = seat_is_gone(&s[i], rq->now_ms),
			.chair = s[i].seat.appointment_id == m->chair_id,
		};
		choices_add(&ret->chairs, arena_printf(rq->arena, "%lld", (long long)rows[i].id),
		            s[i].person, chair);
	}
	ret->seats = (struct array){ rows, seats.count };
	ret->has_seats = seats.count > 0;
}

static enum status fill_candidates(struct request *rq, struct array seats, struct seats_page *ret,
                                   struct error *reterr)
{
	struct array found = { 0 };
	const enum status st =
	    candidates_of_role(rq->db, ROLE_STEERING_MEMBER, rq->now_ms, rq->arena, &found, reterr);
	const struct attendee *c = found.items;

	ret->candidates = choices_for(rq->arena, found.count);
	for (size_t i = 0; st == OK && i < found.count; i++)
		if (seat_of(seats, c[i].appointment_id) == NULL)
			choices_add(&ret->candidates,
			            arena_printf(rq->arena, "%lld", (long long)c[i].appointment_id),
			            arena_printf(rq->arena, "%s, %s", c[i].person, c[i].on_behalf),
			            typed_or_none(rq, "id"));
	ret->has_candidates = ret->candidates.count > 0;
	return st;
}

static enum status show_seats(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array seats = { 0 };
	struct gathering m;

	enum status st = on_gathering(rq, &m, reterr);
	if (st == OK && m.kind != MEETING_STEERING)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = seat_list(rq->db, m.id, rq->arena, &seats, reterr);
	if (st != OK)
		return st;
	struct seats_page record = {
		.version = m.version,
		.starts_at = m.starts_at,
		.reference = m.reference,
		.place = m.place,
		.href = gathering_path(rq->arena, &m, "/_attendance"),
		.invite_href = gathering_path(rq->arena, &m, "/_invite"),
		.uninvite_href = gathering_path(rq->arena, &m, "/_uninvite"),
		.back_href = gathering_path(rq->arena, &m, ""),
		.state = m.state,
		.running = m.state == MEETING_RUNNING,
	};
	fill_seats(rq, &m, seats, &record);
	st = fill_candidates(rq, seats, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Wie is er",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &m),
		                   .template_name = "steering/seats" };
	return page_respond(rq, rs, &page, &SEATS_VIEW, &record, reterr);
}

/* ---- presence and chair ------------------------------------------------------------------------ */

struct presence_input {
	int64_t id;
	int presence;
};
static const struct field PRESENCE_FIELDS[] = {
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct presence_input, id),
	  .label = "Wie" },
	{ .path = "presence",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct presence_input, presence),
	  .label = "Aanwezig",
	  .codes = PRESENT },
};
static const struct form PRESENCE_FORM = { PRESENCE_FIELDS, 2, sizeof(struct presence_input) };

struct attendance_input {
	int64_t version, chair;
	struct array people;
};
static const struct field ATTENDANCE_FIELDS[] = {
	FIELD_VERSION(struct attendance_input),
	{ .path = "chair",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct attendance_input, chair),
	  .label = "Wie zit voor?" },
	{ .path = "people",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct attendance_input, people),
	  .label = "Mensen",
	  .max_chars = ATTENDEES_MAX,
	  .element = &PRESENCE_FORM },
};
static const struct form ATTENDANCE_FORM = { ATTENDANCE_FIELDS, 3,
	                                     sizeof(struct attendance_input) };
struct attendance_change {
	struct attendance_input in;
	struct gathering meeting;
};

static void check_seat(struct request *rq, struct array seats, size_t index,
                       const struct presence_input *in)
{
	const struct steering_seat *who = seat_of(seats, in->id);
	const char *path = arena_printf(rq->arena, "people[%zu].presence", index);

	if (in->presence == PRESENCE_UNSAID)
		return;
	if (who == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             "Deze persoon is niet uitgenodigd. Nodig hem eerst uit.");
	else if (seat_is_gone(who, rq->now_ms) && in->presence != PRESENCE_ABSENT)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             "Deze aanstelling is voorbij. Kies Afwezig, of nodig een ander uit.");
}

static enum status prepare_attendance(struct request *rq, void **ret_input, struct error *reterr)
{
	struct attendance_change *c = ARENA_NEW(rq->arena, struct attendance_change);
	struct array seats = { 0 };

	*ret_input = c;
	enum status st = on_gathering(rq, &c->meeting, reterr);
	if (st == OK)
		st = seat_list(rq->db, c->meeting.id, rq->arena, &seats, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &ATTENDANCE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (!steering_is_open(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Deze vergadering is voorbij.");
	const struct presence_input *p = c->in.people.items;
	for (size_t i = 0; i < c->in.people.count; i++)
		check_seat(rq, seats, i, &p[i]);
	const struct steering_seat *chair = seat_of(seats, c->in.chair);
	if (c->in.chair != 0 && (chair == NULL || seat_is_gone(chair, rq->now_ms)))
		problems_add(rq->problems, PROBLEM_ERROR, "chair",
		             "Kies een lid dat is uitgenodigd.");
	return OK;
}

static enum status apply_attendance(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct attendance_change *c = change->input;
	const struct presence_input *p = c->in.people.items;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	for (size_t i = 0; st == OK && i < c->in.people.count; i++)
		if (p[i].presence != PRESENCE_UNSAID)
			st = meeting_set_presence(tx, c->meeting.id, p[i].id, p[i].presence,
			                          change->rq->now_ms, reterr);
	if (st == OK && c->in.chair != 0)
		st = gathering_set_chair(tx, c->meeting.id, c->in.chair, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "");
	change->note = "Vastgelegd wie er is en wie voorzit.";
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

/* ---- inviting ------------------------------------------------------------------------------------ */

struct who_change {
	struct who_input in;
	struct gathering meeting;
};

static enum status prepare_who(struct request *rq, void **ret_input, struct error *reterr)
{
	struct who_change *c = ARENA_NEW(rq->arena, struct who_change);
	const enum status st = on_gathering(rq, &c->meeting, reterr);

	*ret_input = c;
	input_read(rq->body, &WHO_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (st == OK && !steering_is_open(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Deze vergadering is voorbij.");
	return st;
}

static enum status apply_invite(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct who_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = meeting_invite_as(tx, ROLE_STEERING_MEMBER, c->meeting.id, c->in.id,
		                       change->rq->now_ms, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "Uitgenodigd. Deze persoon leest nu de stukken.";
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

static enum status prepare_uninvite(struct request *rq, void **ret_input, struct error *reterr)
{
	const enum status st = prepare_who(rq, ret_input, reterr);
	const struct who_change *c = *ret_input;

	if (st == OK && c->in.id == c->meeting.chair_id)
		return FAIL(reterr, ERR_CONFLICT, "Kies eerst een andere voorzitter.");
	if (st == OK && c->meeting.state != MEETING_PLANNED)
		return FAIL(reterr, ERR_CONFLICT,
		            "De vergadering is begonnen. Leg vast dat deze persoon er niet is.");
	return st;
}

static enum status apply_uninvite(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct who_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = meeting_uninvite(tx, c->meeting.id, c->in.id, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "De uitnodiging is ingetrokken.";
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

/* clang-format off */
#define RUN(path_, prepare_, apply_, form_, summary_)                                              \
	{ .method = "POST", .path = (path_), .permission = PERM_STEERING_RUN,                      \
	  .action = AUDIT_STEERING_CHANGE, .prepare = (prepare_), .apply = (apply_),               \
	  .redraw = show_seats, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route steering_seat_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/attendance",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_seats,
	  .view = &SEATS_VIEW,
	  .summary = "Wie er is bij een vergadering van de Stuurploeg" },
	RUN("/steering/{ref}/_attendance", prepare_attendance, apply_attendance, &ATTENDANCE_FORM,
	    "Vastleggen wie er is en wie voorzit"),
	RUN("/steering/{ref}/_invite", prepare_who, apply_invite, &WHO_FORM,
	    "Nog een lid uitnodigen"),
	RUN("/steering/{ref}/_uninvite", prepare_uninvite, apply_uninvite, &WHO_FORM,
	    "Een uitnodiging intrekken"),
	{ 0 },
};

const struct page_template steering_seat_templates[] = {
	{ .name = "steering/seats", .view = &SEATS_VIEW, .whole = true },
	{ 0 },
};
