/* Who is at a meeting: attendance, voices, inviting later, guests. For who runs it. */
#include "weighing/weighing_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "weighing/planning.h"
#include "work/work.h"

enum status ask_to_prepare(struct db_tx *tx, const struct request *rq, const struct meeting *m,
                           int64_t appointment_id, struct error *reterr)
{
	const int32_t today = local_day(rq->now_ms);
	const int32_t before = working_days_add(local_day(m->starts_at), -1, NULL);
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, appointment_id),
		.kind = WORK_MEETING_PREPARE,
		.object_kind = OBJECT_MEETING,
		.object_id = m->id,
		.reference = m->reference,
		.due_day = before > today ? before : today,
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

/* ---- the page ------------------------------------------------------------------------------- */

struct voice_row {
	int64_t index, appointment, organ;
	const char *label;
	bool speaks;
};
static const struct view_field VOICE_FIELDS[] = {
	VIEW_F(struct voice_row, index, VIEW_INT),
	VIEW_F(struct voice_row, appointment, VIEW_INT),
	VIEW_F(struct voice_row, organ, VIEW_INT),
	VIEW_F(struct voice_row, label, VIEW_TEXT),
	VIEW_F(struct voice_row, speaks, VIEW_BOOL),
};
static const struct view VOICE_VIEW = VIEW_OF(struct voice_row, VOICE_FIELDS);

struct person_row {
	int64_t index, id, arrived_at, left_at;
	const char *person, *on_behalf, *presence;
	struct array options, voices;
	bool gone, may_uninvite;
};
static const struct view_field PERSON_FIELDS[] = {
	VIEW_F(struct person_row, index, VIEW_INT),
	VIEW_F(struct person_row, id, VIEW_INT),
	VIEW_AS(struct person_row, arrived_at, "arrivedAt", VIEW_MOMENT),
	VIEW_AS(struct person_row, left_at, "leftAt", VIEW_MOMENT),
	VIEW_F(struct person_row, person, VIEW_TEXT),
	VIEW_AS(struct person_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct person_row, presence, VIEW_TEXT),
	VIEW_AS(struct person_row, options, "options", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct person_row, voices, "voices", VIEW_LIST, .view = &VOICE_VIEW),
	VIEW_F(struct person_row, gone, VIEW_BOOL),
	VIEW_AS(struct person_row, may_uninvite, "mayUninvite", VIEW_BOOL, .page_only = true),
};
static const struct view PERSON_VIEW = VIEW_OF(struct person_row, PERSON_FIELDS);

static const struct view_field GUEST_FIELDS[] = {
	VIEW_F(struct guest, id, VIEW_INT),
	VIEW_F(struct guest, name, VIEW_TEXT),
	VIEW_F(struct guest, organisation, VIEW_TEXT),
	VIEW_F(struct guest, remote, VIEW_BOOL),
};
static const struct view GUEST_VIEW = VIEW_OF(struct guest, GUEST_FIELDS);

struct attendance_page {
	int64_t version, starts_at;
	const char *reference, *place, *href, *invite_href, *uninvite_href;
	const char *add_guest_href, *remove_guest_href, *back_href;
	uint8_t state;
	struct array people, guests, candidates;
	bool under_way, has_people, has_guests, has_candidates;
};
static const struct view_field ATTENDANCE_PAGE_FIELDS[] = {
	VIEW_F(struct attendance_page, version, VIEW_INT),
	VIEW_AS(struct attendance_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_F(struct attendance_page, reference, VIEW_REF),
	VIEW_F(struct attendance_page, place, VIEW_TEXT),
	VIEW_AS(struct attendance_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct attendance_page, invite_href, "inviteHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct attendance_page, uninvite_href, "uninviteHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct attendance_page, add_guest_href, "addGuestHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct attendance_page, remove_guest_href, "removeGuestHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct attendance_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct attendance_page, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE),
	VIEW_AS(struct attendance_page, people, "people", VIEW_LIST, .view = &PERSON_VIEW),
	VIEW_AS(struct attendance_page, guests, "guests", VIEW_LIST, .view = &GUEST_VIEW),
	VIEW_AS(struct attendance_page, candidates, "candidates", VIEW_LIST,
	        .view = &WEIGH_OPTION_VIEW),
	VIEW_AS(struct attendance_page, under_way, "underWay", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct attendance_page, has_people, "hasPeople", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct attendance_page, has_guests, "hasGuests", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct attendance_page, has_candidates, "hasCandidates", VIEW_BOOL,
	        .page_only = true),
};
static const struct view ATTENDANCE_VIEW = VIEW_OF(struct attendance_page, ATTENDANCE_PAGE_FIELDS);

/* What the secretary typed wins over what is stored. */
static struct array presence_options(struct request *rq, size_t index, int now)
{
	const char *typed =
	    input_text(rq->body, arena_printf(rq->arena, "people[%zu].presence", index));
	struct weigh_option *o = ARENA_ARRAY(rq->arena, struct weigh_option, 5);
	size_t count = 0;

	o[count++] = (struct weigh_option){ "", "Kies", false };
	for (int i = 0; PRESENCES[i].name != NULL; i++)
		o[count++] =
		    (struct weigh_option){ PRESENCES[i].name, PRESENCES[i].label,
			                   typed != NULL ? strcmp(typed, PRESENCES[i].name) == 0
			                                 : PRESENCES[i].value == now };
	return (struct array){ o, count };
}

static bool speaks_for(struct array speakers, int64_t appointment, int64_t organ)
{
	const struct attendee *s = speakers.items;
	for (size_t i = 0; i < speakers.count; i++)
		if (s[i].appointment_id == appointment && s[i].organ_id == organ)
			return true;
	return false;
}

struct hall { /* everything around one meeting's door */
	struct array people, speakers, organs, guests, candidates;
};

static enum status load_hall(struct request *rq, const struct meeting *m, struct hall *h,
                             struct error *reterr)
{
	enum status st = attendee_list(rq->db, m->id, rq->arena, &h->people, reterr);
	if (st == OK)
		st = speaker_list(rq->db, m->id, rq->arena, &h->speakers, reterr);
	if (st == OK)
		st = meeting_organs(rq->db, m->id, rq->arena, &h->organs, reterr);
	if (st == OK)
		st =
		    guest_list(rq->db, plein_of(rq)->keyring, m->id, rq->arena, &h->guests, reterr);
	if (st == OK)
		st = candidate_list(rq->db, local_day(rq->now_ms), rq->now_ms, rq->arena,
		                    &h->candidates, reterr);
	return st;
}

/* Further organs of the participant; *index runs on over all persons. */
static struct array voice_rows(struct request *rq, const struct hall *h, const struct attendee *who,
                               int64_t *index)
{
	const struct meeting_organ *o = h->organs.items;
	struct voice_row *rows = ARENA_ARRAY(rq->arena, struct voice_row, h->organs.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < h->organs.count; i++) {
		if (o[i].participant_id != who->participant_id || o[i].id == who->organ_id)
			continue;
		rows[count++] =
		    (struct voice_row){ (*index)++, who->appointment_id, o[i].id, o[i].on_behalf,
			                speaks_for(h->speakers, who->appointment_id, o[i].id) };
	}
	return (struct array){ rows, count };
}

static struct array person_rows(struct request *rq, const struct meeting *m, const struct hall *h)
{
	const struct attendee *p = h->people.items;
	struct person_row *rows = ARENA_ARRAY(rq->arena, struct person_row, h->people.count + 1);
	int64_t voices = 0;

	for (size_t i = 0; i < h->people.count; i++)
		rows[i] = (struct person_row){
			.index = (int64_t)i,
			.id = p[i].appointment_id,
			.arrived_at = p[i].arrived_at > 0 ? p[i].arrived_at : INT64_MIN,
			.left_at = p[i].left_at > 0 ? p[i].left_at : INT64_MIN,
			.person = p[i].person,
			.on_behalf = p[i].on_behalf,
			.presence = presence_label(p[i].presence),
			.options = presence_options(rq, i, p[i].presence),
			.voices = voice_rows(rq, h, &p[i], &voices),
			.gone = attendee_is_gone(&p[i], rq->now_ms),
			.may_uninvite = m->state == MEETING_PLANNED,
		};
	return (struct array){ rows, h->people.count };
}

static struct array candidate_options(struct request *rq, const struct hall *h)
{
	const struct attendee *c = h->candidates.items, *p = h->people.items;
	struct weigh_option *o =
	    ARENA_ARRAY(rq->arena, struct weigh_option, h->candidates.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < h->candidates.count; i++) {
		bool invited = false;
		for (size_t j = 0; j < h->people.count; j++)
			invited |= p[j].appointment_id == c[i].appointment_id;
		if (!invited)
			o[count++] = (struct weigh_option){
				arena_printf(rq->arena, "%lld", (long long)c[i].appointment_id),
				arena_printf(rq->arena, "%s, %s", c[i].person, c[i].on_behalf),
				false
			};
	}
	return (struct array){ o, count };
}

static enum status show_attendance(struct request *rq, struct response *rs, struct error *reterr)
{
	struct hall h = { 0 };
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK)
		st = load_hall(rq, &m, &h, reterr);
	if (st != OK)
		return st;
	struct attendance_page record = {
		.version = m.version,
		.starts_at = m.starts_at,
		.reference = m.reference,
		.place = m.place,
		.href = meeting_path(rq->arena, &m, "/_attendance"),
		.invite_href = meeting_path(rq->arena, &m, "/_invite"),
		.uninvite_href = meeting_path(rq->arena, &m, "/_uninvite"),
		.add_guest_href = meeting_path(rq->arena, &m, "/_add-guest"),
		.remove_guest_href = meeting_path(rq->arena, &m, "/_remove-guest"),
		.back_href = meeting_path(rq->arena, &m, ""),
		.state = m.state,
		.people = person_rows(rq, &m, &h),
		.guests = h.guests,
		.candidates = candidate_options(rq, &h),
		.under_way = meeting_is_under_way(m.state),
	};
	record.has_people = record.people.count > 0;
	record.has_guests = record.guests.count > 0;
	record.has_candidates = record.candidates.count > 0 && !meeting_is_over(m.state);
	rq->touched.count = (int32_t)h.people.count;
	const struct page page = { .title = "Wie is er",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &m),
		                   .confidential = true,
		                   .template_name = "weighing/attendance" };
	return page_respond(rq, rs, &page, &ATTENDANCE_VIEW, &record, reterr);
}

/* ---- attendance ------------------------------------------------------------------------------ */

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
	  .codes = PRESENCES },
};
static const struct form PRESENCE_FORM = { PRESENCE_FIELDS, 2, sizeof(struct presence_input) };

struct voice_input {
	int64_t appointment, organ;
	bool speaks;
};
static const struct field VOICE_INPUT_FIELDS[] = {
	{ .path = "appointment",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct voice_input, appointment),
	  .label = "Wie" },
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct voice_input, organ),
	  .label = "Namens wie" },
	{ .path = "speaks",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct voice_input, speaks),
	  .label = "Spreekt ook namens" },
};
static const struct form VOICE_FORM = { VOICE_INPUT_FIELDS, 3, sizeof(struct voice_input) };

struct attendance_input {
	int64_t version;
	struct array people, voices;
};
static const struct field ATTENDANCE_FIELDS[] = {
	FIELD_VERSION(struct attendance_input),
	{ .path = "people",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct attendance_input, people),
	  .label = "Mensen",
	  .max_chars = ATTENDEES_MAX,
	  .element = &PRESENCE_FORM },
	{ .path = "voices",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct attendance_input, voices),
	  .label = "Spreekt ook namens",
	  .max_chars = ATTENDEES_MAX,
	  .element = &VOICE_FORM },
};
static const struct form ATTENDANCE_FORM = { ATTENDANCE_FIELDS, 3,
	                                     sizeof(struct attendance_input) };
struct attendance_change {
	struct attendance_input in;
	struct meeting meeting;
};

static const struct attendee *find_attendee(struct array people, int64_t appointment)
{
	const struct attendee *p = people.items;
	for (size_t i = 0; i < people.count; i++)
		if (p[i].appointment_id == appointment)
			return &p[i];
	return NULL;
}

static void check_presence(struct request *rq, struct array people, size_t index,
                           const struct presence_input *in)
{
	const struct attendee *who = find_attendee(people, in->id);
	const char *path = arena_printf(rq->arena, "people[%zu].presence", index);

	if (in->presence == PRESENCE_UNSAID)
		return;
	if (who == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             "Deze persoon is niet uitgenodigd. Nodig hem eerst uit.");
	else if (attendee_is_gone(who, rq->now_ms) && in->presence != PRESENCE_ABSENT)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             arena_printf(rq->arena,
		                          "%s werkt niet meer voor deze deelnemer. Kies Afwezig, "
		                          "of nodig een vervanger uit.",
		                          who->person));
}

static enum status prepare_attendance(struct request *rq, void **ret_input, struct error *reterr)
{
	struct attendance_change *c = ARENA_NEW(rq->arena, struct attendance_change);
	struct array people = { 0 };

	*ret_input = c;
	enum status st = on_meeting(rq, &c->meeting, reterr);
	if (st == OK)
		st = attendee_list(rq->db, c->meeting.id, rq->arena, &people, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &ATTENDANCE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (!meeting_is_under_way(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "De vergadering is niet bezig. Open hem eerst, dan legt u vast wie er "
		            "is.");
	const struct presence_input *p = c->in.people.items;
	for (size_t i = 0; i < c->in.people.count; i++)
		check_presence(rq, people, i, &p[i]);
	return OK;
}

static enum status put_presences(struct db_tx *tx, const struct attendance_change *c,
                                 int64_t now_ms, struct error *reterr)
{
	const struct presence_input *p = c->in.people.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->in.people.count; i++)
		if (p[i].presence != PRESENCE_UNSAID)
			st = meeting_set_presence(tx, c->meeting.id, p[i].id, p[i].presence, now_ms,
			                          reterr);
	return st;
}

static enum status put_voices(struct db_tx *tx, const struct change *change, struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct attendance_change *c = change->input;
	const struct voice_input *v = c->in.voices.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->in.voices.count; i++) {
		const struct voice voice = { c->meeting.id, v[i].appointment, v[i].organ };
		st = meeting_set_voice(tx, &voice, v[i].speaks, rq->viewer->appointment_id,
		                       rq->now_ms, reterr);
	}
	return st;
}

static enum status apply_attendance(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct attendance_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = put_presences(tx, c, change->rq->now_ms, reterr);
	if (st == OK)
		st = put_voices(tx, change, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "");
	change->note = "Vastgelegd wie er is.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

/* ---- inviting after planning, and taking an invitation back ------------------------------------- */

struct who_change {
	struct who_input in;
	struct meeting meeting;
};

static enum status prepare_who(struct request *rq, void **ret_input, struct error *reterr)
{
	struct who_change *c = ARENA_NEW(rq->arena, struct who_change);
	const enum status st = on_meeting(rq, &c->meeting, reterr);

	*ret_input = c;
	input_read(rq->body, &WHO_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (st == OK && meeting_is_over(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Dit overleg is voorbij.");
	return st;
}

static enum status apply_invite(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct who_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = meeting_invite(tx, c->meeting.id, c->in.id, rq->now_ms, reterr);
	if (st == OK)
		st = ask_to_prepare(tx, rq, &c->meeting, c->in.id, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "Uitgenodigd. Deze persoon leest nu de signalen op de agenda.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

static enum status prepare_uninvite(struct request *rq, void **ret_input, struct error *reterr)
{
	const enum status st = prepare_who(rq, ret_input, reterr);
	const struct who_change *c = *ret_input;

	if (st == OK && c->meeting.state != MEETING_PLANNED)
		return FAIL(reterr, ERR_CONFLICT,
		            "De vergadering is al begonnen. Zet deze persoon op afwezig.");
	return st;
}

static enum status apply_uninvite(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct who_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = meeting_uninvite(tx, c->meeting.id, c->in.id, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "De uitnodiging is ingetrokken. Deze persoon leest de stukken niet meer.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

/* ---- guests -------------------------------------------------------------------------------------- */

struct guest_input {
	int64_t version;
	const char *name, *organisation;
	bool remote;
};
static const struct field GUEST_INPUT_FIELDS[] = {
	FIELD_VERSION(struct guest_input),
	GUEST_INPUT(struct guest_input),
};
static const struct form GUEST_FORM = { GUEST_INPUT_FIELDS, 4, sizeof(struct guest_input) };
struct guest_change {
	struct guest_input in;
	struct meeting meeting;
	struct guest_new guest;
};

static enum status prepare_guest(struct request *rq, void **ret_input, struct error *reterr)
{
	struct guest_change *c = ARENA_NEW(rq->arena, struct guest_change);
	struct array guests = { 0 };

	*ret_input = c;
	enum status st = on_meeting(rq, &c->meeting, reterr);
	if (st == OK)
		st = guest_list(rq->db, NULL, c->meeting.id, rq->arena, &guests, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &GUEST_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (meeting_is_over(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Dit overleg is voorbij.");
	if (guests.count >= GUESTS_MAX)
		return FAIL(reterr, ERR_CONFLICT, "Er staan al %d gasten op de lijst.", GUESTS_MAX);
	if (rq->problems->error_count > 0)
		return OK;
	c->guest = (struct guest_new){ .meeting_id = c->meeting.id,
		                       .appointment_id = rq->viewer->appointment_id,
		                       .now_ms = rq->now_ms,
		                       .organisation = c->in.organisation,
		                       .remote = c->in.remote };
	guest_seal(plein_of(rq)->keyring, c->in.name, rq->arena, &c->guest);
	return OK;
}

static enum status apply_guest(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct guest_change *c = change->input;
	int64_t id = 0;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = guest_put(tx, &c->guest, &id, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "De gast staat op de lijst. De naam komt alleen in de bijlage.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

static enum status apply_remove_guest(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct who_change *c = change->input;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = guest_remove(tx, c->meeting.id, c->in.id, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "De gast staat niet meer op de lijst.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

/* clang-format off */
#define HALL_ROUTE(path_, prepare_, apply_, form_, summary_)                                       \
	{ .method = "POST", .path = "/meetings/{ref}" path_, .permission = PERM_MEETING_RUN,       \
	  .action = AUDIT_MEETING_CHANGE, .prepare = (prepare_), .apply = (apply_),                \
	  .redraw = show_attendance, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route attendance_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/attendance",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_attendance,
	  .view = &ATTENDANCE_VIEW,
	  .summary = "Wie er bij een overleg zijn, namens wie, en welke gasten" },
	HALL_ROUTE("/_attendance", prepare_attendance, apply_attendance, &ATTENDANCE_FORM,
	           "Vastleggen wie er is en namens wie"),
	HALL_ROUTE("/_invite", prepare_who, apply_invite, &WHO_FORM, "Nog iemand uitnodigen"),
	HALL_ROUTE("/_uninvite", prepare_uninvite, apply_uninvite, &WHO_FORM,
	           "Een uitnodiging intrekken"),
	HALL_ROUTE("/_add-guest", prepare_guest, apply_guest, &GUEST_FORM,
	           "Een gast op de lijst zetten"),
	HALL_ROUTE("/_remove-guest", prepare_who, apply_remove_guest, &WHO_FORM,
	           "Een gast van de lijst halen"),
	{ 0 },
};

const struct page_template attendance_templates[] = {
	{ .name = "weighing/attendance", .view = &ATTENDANCE_VIEW, .whole = true },
	{ 0 },
};
