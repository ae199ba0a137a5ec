/* Every move of an account: confirm, screen, train, activate, suspend, hand over and revoke. */
#include "people/account_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/appointing.h"
#include "people/first_password.h"
#include "people/people.h"
#include "people/people_http.h"
#include "people/session.h"
#include "platform/core/calendar.h"
#include "work/work.h"

enum { DUE_WORKING_DAYS = 5 };

static const struct code MANNERS[] = {
	{ SCREENING_VOG, "vog", "Verklaring omtrent het gedrag (VOG)" },
	{ SCREENING_PARTICIPANT, "participant", "Screening volgens de regels van de organisatie" },
	{ 0 },
};

struct move_input {
	int64_t version, day, successor;
	int manner;
	const char *note;
};
static const struct field MOVE_FIELDS[] = {
	FIELD_VERSION(struct move_input),
	{ .path = "manner",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct move_input, manner),
	  .label = "Hoe is er gescreend?",
	  .codes = MANNERS },
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct move_input, day),
	  .label = "Op welke dag?" },
	{ .path = "successor",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct move_input, successor),
	  .label = "Wie neemt het werk over?" },
	{ .path = "note",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct move_input, note),
	  .label = "Toelichting",
	  .max_chars = 500 },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 5, sizeof(struct move_input) };

struct move_page {
	int64_t id, version;
	const char *name, *title, *consequence, *action, *back_href;
	bool asks_screening, asks_training, asks_successor, danger;
	struct array successors;
	int manner;
	int64_t day;
	const char *note;
};
static const struct view_field MOVE_PAGE_FIELDS[] = {
	VIEW_F(struct move_page, id, VIEW_INT),
	VIEW_F(struct move_page, version, VIEW_INT),
	VIEW_F(struct move_page, name, VIEW_TEXT),
	VIEW_F(struct move_page, title, VIEW_TEXT),
	VIEW_F(struct move_page, consequence, VIEW_TEXT),
	VIEW_F(struct move_page, action, VIEW_TEXT),
	VIEW_AS(struct move_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct move_page, asks_screening, "asksScreening", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct move_page, asks_training, "asksTraining", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct move_page, asks_successor, "asksSuccessor", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct move_page, danger, "danger", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct move_page, successors, "successors", VIEW_LIST, .view = &PEOPLE_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct move_page, manner, "manner", VIEW_CODE, .codes = MANNERS),
	VIEW_F(struct move_page, day, VIEW_DAY),
	VIEW_F(struct move_page, note, VIEW_TEXT),
};
static const struct view MOVE_VIEW = VIEW_OF(struct move_page, MOVE_PAGE_FIELDS);

static const char *consequence_of(uint8_t action)
{
	static const char *const TEXTS[] = {
		[ACCOUNT_CONFIRM] =
		    "U bevestigt dat deze persoon bij uw organisatie werkt en Plein "
		    "nodig heeft. Daarna volgen screening en training.",
		[ACCOUNT_CHECK_SCREENING] = "U legt vast hoe en wanneer deze persoon is gescreend.",
		[ACCOUNT_RECORD_TRAINING] = "U legt vast wanneer deze persoon de training volgde. "
					    "Daarna tekent het hoofd van het RIEC.",
		[ACCOUNT_ACTIVATE] =
		    "Vanaf nu kan deze persoon inloggen en werken in de rollen die "
		    "gelden.",
		[ACCOUNT_SUSPEND] = "Deze persoon kan meteen niet meer inloggen. Lopende sessies "
				    "stoppen.",
		[ACCOUNT_RESUME] = "Deze persoon kan weer inloggen.",
		[ACCOUNT_REVOKE] =
		    "De toegang eindigt meteen en komt niet terug. Alle rollen, sessies "
		    "en toegangssleutels vervallen.",
	};
	return action < sizeof TEXTS / sizeof TEXTS[0] ? TEXTS[action] : NULL;
}

/* Who may take over: colleagues of the same participant with a role in force. */
static enum status successor_options(struct request *rq, const struct person *p, struct array *ret,
                                     struct error *reterr)
{
	struct array list = { 0 };
	enum status st =
	    appointment_colleagues(rq->db, p->participant_id, p->id, rq->arena, &list, reterr);
	const struct appointment *from = list.items;
	struct option *to = ARENA_ARRAY(rq->arena, struct option, list.count + 1);

	to[0] = (struct option){ "", "Kies een collega", true };
	for (size_t i = 0; i < list.count; i++)
		to[i + 1] = (struct option){ arena_printf(rq->arena, "%lld", (long long)from[i].id),
			                     arena_printf(rq->arena, "%s, %s", from[i].person,
			                                  access_role(from[i].role)->label),
			                     false };
	*ret = (struct array){ to, list.count + 1 };
	return st;
}

static enum status load_move(struct request *rq, struct person *ret_person,
                             const struct move **ret_move, struct account_picture *ret_picture,
                             struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	const struct actor actor = people_actor(rq);
	const struct action *action = machine_action_named(&ACCOUNT_MACHINE, rq->params[1]);
	int64_t id;

	if (action == NULL)
		return FAIL_NOT_FOUND(reterr);
	enum status st = people_path_id(rq, &id, reterr);
	if (st == OK)
		st = person_load(rq->db, &scope, id, rq->arena, ret_person, reterr);
	if (st == OK)
		st = account_picture_load(rq->db, id, &actor, local_day(rq->now_ms), ret_picture,
		                          reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = id };
	*ret_move = machine_move(&ACCOUNT_MACHINE, ret_person->state, action->code);
	if (*ret_move == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	return OK;
}

static enum status show_move(struct request *rq, struct response *rs, struct error *reterr)
{
	struct account_picture picture;
	const struct move *mv = NULL;
	struct person p;

	enum status st = load_move(rq, &p, &mv, &picture, reterr);
	if (st != OK)
		return st;
	const struct action *action = machine_action(&ACCOUNT_MACHINE, mv->action);
	struct move_page record = {
		.id = p.id,
		.version = p.version,
		.name = p.full_name,
		.title = action->label,
		.consequence = consequence_of(mv->action),
		.action =
		    arena_printf(rq->arena, "/people/%lld/move/%s", (long long)p.id, action->name),
		.back_href = arena_printf(rq->arena, "/people/%lld", (long long)p.id),
		.asks_screening = mv->action == ACCOUNT_CHECK_SCREENING,
		.asks_training = mv->action == ACCOUNT_RECORD_TRAINING,
		.asks_successor = mv->action == ACCOUNT_REVOKE && picture.open_work > 0,
		.danger = mv->action == ACCOUNT_REVOKE,
		.day = INT64_MIN,
	};
	if (record.asks_successor)
		st = successor_options(rq, &p, &record.successors, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = action->label,
		                   .place = "/people",
		                   .template_name = "people/move",
		                   .form = &MOVE_FORM };
	return page_respond(rq, rs, &page, &MOVE_VIEW, &record, reterr);
}

struct move_change {
	struct move_input in;
	struct person person;
	const struct move *move;
	struct actor actor;
	int64_t today;
	struct first_password first; /* with ACCOUNT_ACTIVATE */
};

static void check_day(struct request *rq, const struct move *mv, const struct move_input *in,
                      int64_t today)
{
	const bool screening = mv->action == ACCOUNT_CHECK_SCREENING;

	if (!screening && mv->action != ACCOUNT_RECORD_TRAINING)
		return;
	if (in->day == FIELD_NO_DAY)
		problems_add(rq->problems, PROBLEM_ERROR, "day", "Vul de dag in.");
	else if (in->day > today)
		problems_add(rq->problems, PROBLEM_ERROR, "day",
		             "Deze datum moet nog komen. Vul in wanneer het was.");
	if (screening && in->manner == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "manner",
		             "Kies hoe deze persoon is gescreend.");
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *change = ARENA_NEW(rq->arena, struct move_change);
	struct account_picture picture;

	enum status st = load_move(rq, &change->person, &change->move, &picture, reterr);
	if (st != OK)
		return st;
	change->actor = people_actor(rq);
	change->today = local_day(rq->now_ms);
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &change->in, rq->problems);
	if (rq->problems->error_count == 0)
		check_day(rq, change->move, &change->in, change->today);
	*ret_input = change;
	if (rq->problems->error_count > 0 || change->move->action != ACCOUNT_ACTIVATE)
		return OK;
	return first_password_new(rq, change->person.id, &change->first, reterr);
}

static enum status store_day(struct db_tx *tx, const struct move_change *c, struct error *reterr)
{
	if (c->move->action == ACCOUNT_CHECK_SCREENING)
		return person_set_screening(tx, c->person.id, c->in.manner, c->in.day, reterr);
	if (c->move->action == ACCOUNT_RECORD_TRAINING)
		return person_set_training(tx, c->person.id, c->in.day, reterr);
	return OK;
}

static enum status end_access(struct db_tx *tx, const struct move_change *c, int64_t now_ms,
                              struct error *reterr)
{
	int64_t moved;
	enum status st = OK;

	if (c->move->action == ACCOUNT_SUSPEND)
		return session_end_others(tx, c->person.id, 0, now_ms, reterr);
	if (c->move->action != ACCOUNT_REVOKE)
		return OK;
	if (c->in.successor > 0)
		st = people_hand_over_all(tx, c->person.id, c->in.successor,
		                          c->person.participant_id, &moved, reterr);
	return st == OK ? person_end_access(tx, c->person.id, now_ms, reterr) : st;
}

/* Where the person goes next: who activates reads the one-time password there. */
static enum status open_account(struct db_tx *tx, struct change *change,
                                const struct move_change *c, struct error *reterr)
{
	const struct request *rq = change->rq;

	change->location =
	    arena_printf(db_tx_arena(tx), "/people/%lld%s", (long long)c->person.id,
	                 c->move->action == ACCOUNT_ACTIVATE ? "/first-password" : "");
	if (c->move->action != ACCOUNT_ACTIVATE)
		return OK;
	return first_password_set(tx, c->person.id, &c->first, rq->viewer->person_id, rq->now_ms,
	                          reterr);
}

/* The next step waits for the employer's managers, the last one for the head. */
static enum status next_task(struct db_tx *tx, const struct change *change,
                             const struct move_change *c, struct error *reterr)
{
	static const int NEXT[] = {
		[ACCOUNT_EMPLOYER_CONFIRMED] = WORK_ACCOUNT_SCREEN,
		[ACCOUNT_SCREENING_CHECKED] = WORK_ACCOUNT_TRAIN,
		[ACCOUNT_TRAINED] = WORK_ACCOUNT_ACTIVATE,
		[ACCOUNT_REVOKED] = 0,
	};
	const struct request *rq = change->rq;
	const int kind = NEXT[c->move->to];

	enum status st = work_done(tx, 0, OBJECT_PERSON, c->person.id, rq->viewer->person_id,
	                           rq->now_ms, reterr);
	if (st != OK || kind == 0)
		return st;
	const struct work_task task = {
		.owner = kind == WORK_ACCOUNT_ACTIVATE
		             ? audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD)
		             : employer_audience(c->person.participant_id, c->person.bureau),
		.kind = kind,
		.object_kind = OBJECT_PERSON,
		.object_id = c->person.id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)c->person.id),
		.due_day = working_days_add((int32_t)c->today, DUE_WORKING_DAYS, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	struct account_picture picture;

	enum status st = db_claim(tx, &PERSON_ROOT, c->person.id, c->in.version, reterr);
	if (st == OK)
		st = store_day(tx, c, reterr);
	if (st == OK)
		st = account_picture_load(db_tx_read(tx), c->person.id, &c->actor, c->today,
		                          &picture, reterr);
	if (st != OK)
		return st;
	picture.successor_named = c->in.successor > 0;
	struct verdict v = move_verdict(c->move, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	const struct people_move m = { c->person.id,    0,
		                       c->move->from,   c->move->to,
		                       c->move->action, rq->viewer->person_id,
		                       rq->now_ms,      c->in.note };
	st = people_move(tx, &m, reterr);
	if (st == OK)
		st = end_access(tx, c, rq->now_ms, reterr);
	if (st == OK)
		st = next_task(tx, change, c, reterr);
	if (st == OK)
		st = open_account(tx, change, c, reterr);
	change->note = "Vastgelegd.";
	return st;
}

const struct route account_routes[] = {
	{ .method = "GET",
	  .path = "/people/{id}/move/{action}",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_PEOPLE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_move,
	  .summary = "De pagina om een account verder te brengen" },
	{ .method = "POST",
	  .path = "/people/{id}/move/{action}",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_ACCOUNT_CHANGE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_move,
	  .form = &MOVE_FORM,
	  .summary = "Een account verder brengen" },
	{ 0 },
};

const struct page_template account_templates[] = {
	{ .name = "people/move", .view = &MOVE_VIEW, .form = &MOVE_FORM, .whole = true },
	{ 0 },
};
