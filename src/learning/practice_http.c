/* A good practice: written, read by a second person, published to every municipality. */
#include "access/access.h"
#include "advice/advice.h"
#include "audit/action.h"
#include "interventions/person_free.h"
#include "learning/learning.h"
#include "learning/learning_http.h"
#include "learning/like_choices.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "signals/theme.h"

enum { TITLE_MAX = 120, WORDS_MAX = 3000 };

/* ---- what people send ------------------------------------------------------------------------------ */

struct practice_input {
	const char *title, *situation, *approach, *result;
	int theme, barrier;
	int64_t instrument, version;
};
#define WORDS(member, label_, missing_)                                                            \
	{                                                                                          \
		.path = #member, .kind = FIELD_PROSE,                                              \
		.offset = offsetof(struct practice_input, member), .label = (label_),              \
		.required = true, .missing = (missing_), .max_chars = WORDS_MAX                    \
	}
static const struct field FIELDS[] = {
	{ .path = "title",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct practice_input, title),
	  .label = "Waar gaat de aanpak over?",
	  .required = true,
	  .missing = "Schrijf in één regel waar het over gaat.",
	  .max_chars = TITLE_MAX },
	{ .path = "theme",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct practice_input, theme),
	  .label = "Thema",
	  .required = true,
	  .missing = "Kies het thema.",
	  .codes = SIGNAL_THEMES },
	{ .path = "instrument",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct practice_input, instrument),
	  .label = "Instrument" },
	{ .path = "barrier",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct practice_input, barrier),
	  .label = "Wat wordt moeilijker?",
	  .codes = ADVICE_BARRIERS },
	WORDS(situation, "Wat was er aan de hand?", "Beschrijf de situatie."),
	WORDS(approach, "Wat deed u?", "Beschrijf stap voor stap wat u deed."),
	WORDS(result, "Wat leverde het op?", "Beschrijf wat het opleverde."),
	{ .path = "_version",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct practice_input, version),
	  .label = "Versie" },
};
static const struct form FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                          sizeof(struct practice_input) };

struct step_input {
	bool nothing_personal;
	const char *remark;
	int64_t version;
};
static const struct field STEP_FIELDS[] = {
	{ .path = "nothingPersonal",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct step_input, nothing_personal),
	  .label =
	      "Ik heb alles gelezen. Er staat niets in dat naar een persoon of bedrijf wijst." },
	{ .path = "remark",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct step_input, remark),
	  .label = "Wat moet anders?",
	  .max_chars = 1000 },
	{ .path = "_version",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct step_input, version),
	  .label = "Versie",
	  .required = true },
};
static const struct form STEP_FORM = { STEP_FIELDS, 3, sizeof(struct step_input) };

/* ---- writing ------------------------------------------------------------------------------------------ */

struct write_page {
	const char *title, *situation, *approach, *result, *action_href, *remark;
	int64_t version;
	struct array themes, instruments, barriers;
	bool again;
};
#define CHOICES(member)                                                                            \
	VIEW_AS(struct write_page, member, #member, VIEW_LIST, .view = &CHOICE_VIEW,               \
	        .page_only = true)
static const struct view_field WRITE_FIELDS[] = {
	VIEW_F(struct write_page, title, VIEW_TEXT),
	VIEW_F(struct write_page, situation, VIEW_TEXT),
	VIEW_F(struct write_page, approach, VIEW_TEXT),
	VIEW_F(struct write_page, result, VIEW_TEXT),
	VIEW_F(struct write_page, remark, VIEW_TEXT),
	VIEW_F(struct write_page, version, VIEW_INT),
	VIEW_AS(struct write_page, action_href, "actionHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct write_page, again, "again", VIEW_BOOL, .page_only = true),
	CHOICES(themes),
	CHOICES(instruments),
	CHOICES(barriers),
};
static const struct view WRITE_VIEW = VIEW_OF(struct write_page, WRITE_FIELDS);

static struct array crumbs(struct arena *a)
{
	struct link *links = ARENA_ARRAY(a, struct link, 1);
	links[0] = (struct link){ "Wat werkte eerder?", "/learning", -1, false };
	return (struct array){ links, 1 };
}

/* What was typed wins over what stands. */
static struct alike typed_like(struct request *rq, struct alike stands)
{
	struct problems none;
	struct practice_input in;

	if (rq->body == NULL)
		return stands;
	problems_init(&none, rq->arena);
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &in, &none);
	return (struct alike){ in.theme, (int)in.instrument, in.barrier };
}

static enum status draw_write(struct request *rq, struct response *rs, const struct practice *p,
                              struct error *reterr)
{
	const struct alike like = typed_like(rq, p != NULL ? p->like : (struct alike){ 0, 0, 0 });
	const struct write_page record = {
		.title = p != NULL ? p->title : NULL,
		.situation = p != NULL ? p->situation : NULL,
		.approach = p != NULL ? p->approach : NULL,
		.result = p != NULL ? p->result : NULL,
		.remark = p != NULL && p->remark[0] != '\0' ? p->remark : NULL,
		.version = p != NULL ? p->version : 0,
		.again = p != NULL,
		.action_href = p != NULL
		                   ? arena_printf(rq->arena, "/learning/practices/%s", p->reference)
		                   : "/learning/practices",
		.themes = theme_choices(rq->arena, &like, "Kies"),
		.instruments = instrument_choices(rq->arena, &like, "Geen in het bijzonder"),
		.barriers = barrier_choices(rq->arena, &like, "Niets in het bijzonder"),
	};
	const struct page page = { .title = "Goede aanpak schrijven",
		                   .place = "/learning",
		                   .crumbs = crumbs(rq->arena),
		                   .template_name = "learning/practice_write",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &WRITE_VIEW, &record, reterr);
}

static enum status show_new(struct request *rq, struct response *rs, struct error *reterr)
{
	return draw_write(rq, rs, NULL, reterr);
}

static void check_free(struct request *rq, const char *text, const char *path)
{
	const char *problem = person_free_problem(rq->arena, text, NULL, 0, local_day(rq->now_ms));
	if (problem != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path, problem);
}

static void read_practice(struct request *rq, struct practice_input *in, struct practice_new *n)
{
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, in, rq->problems);
	check_free(rq, in->title, "title");
	check_free(rq, in->situation, "situation");
	check_free(rq, in->approach, "approach");
	check_free(rq, in->result, "result");
	if (in->instrument != 0 && learnt_instrument(in->instrument) == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "instrument",
		             "Kies een instrument uit de lijst.");
	*n = (struct practice_new){ .uuid = uuid_at(rq->now_ms),
		                    .reference_key = plein_of(rq)->reference_key,
		                    .viewer = rq->viewer,
		                    .now_ms = rq->now_ms,
		                    .like = { in->theme, (int)in->instrument, in->barrier },
		                    .title = in->title,
		                    .situation = in->situation,
		                    .approach = in->approach,
		                    .result = in->result };
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct practice_new *n = ARENA_NEW(rq->arena, struct practice_new);
	struct practice_input in;

	(void)reterr;
	*ret_input = n;
	read_practice(rq, &in, n);
	return OK;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const char *reference = NULL;
	const enum status st = practice_add(tx, change->input, &reference, reterr);

	if (st != OK)
		return st;
	change->location = arena_printf(db_tx_arena(tx), "/learning/practices/%s", reference);
	change->json = arena_printf(db_tx_arena(tx), "{\"reference\":\"%s\"}", reference);
	change->note = "Aangeboden. Een tweede persoon leest het na.";
	change->created = true;
	return OK;
}

/* ---- one practice --------------------------------------------------------------------------------------- */

struct practice_page {
	const char *reference, *title, *situation, *approach, *result, *remark, *instrument;
	const char *organisation, *edit_href, *publish_href, *return_href, *withdraw_href;
	const char *not_yours, *like_href;
	int theme, barrier;
	int64_t version, checked_at;
	uint8_t state;
};
static const struct view_field SHOW_FIELDS[] = {
	VIEW_F(struct practice_page, reference, VIEW_REF),
	VIEW_F(struct practice_page, title, VIEW_TEXT),
	VIEW_F(struct practice_page, situation, VIEW_TEXT),
	VIEW_F(struct practice_page, approach, VIEW_TEXT),
	VIEW_F(struct practice_page, result, VIEW_TEXT),
	VIEW_F(struct practice_page, remark, VIEW_TEXT),
	VIEW_F(struct practice_page, instrument, VIEW_TEXT),
	VIEW_F(struct practice_page, organisation, VIEW_TEXT),
	VIEW_AS(struct practice_page, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_AS(struct practice_page, barrier, "barrier", VIEW_CODE, .codes = ADVICE_BARRIERS),
	VIEW_AS(struct practice_page, state, "state", VIEW_STATE, .machine = &PRACTICE_MACHINE),
	VIEW_F(struct practice_page, version, VIEW_INT),
	VIEW_AS(struct practice_page, checked_at, "publishedAt", VIEW_MOMENT),
	VIEW_AS(struct practice_page, edit_href, "editHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct practice_page, publish_href, "publishHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct practice_page, return_href, "returnHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct practice_page, withdraw_href, "withdrawHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct practice_page, not_yours, "notYours", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct practice_page, like_href, "likeHref", VIEW_TEXT, .page_only = true),
};
static const struct view SHOW_VIEW = VIEW_OF(struct practice_page, SHOW_FIELDS);

static enum status of_path(struct request *rq, struct practice *ret, struct error *reterr)
{
	const enum status st =
	    practice_load(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr);

	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_PRACTICE, .id = ret->id };
	return st;
}

/* Where the viewer would do this, or NULL. What is still to be said counts as said. */
static const char *step_href(struct request *rq, const struct practice *p, int action)
{
	const struct practice_picture said = { .writer =
		                                   p->writer_person_id == rq->viewer->person_id,
		                               .nothing_personal = true,
		                               .remark_given = true };
	const struct move *mv = machine_move(&PRACTICE_MACHINE, p->state, (uint8_t)action);

	if (mv == NULL || !verdict_allows(move_verdict(mv, ROLE_BIT(rq->viewer->role), &said)))
		return NULL;
	return arena_printf(rq->arena, "/learning/practices/%s/move/%s", p->reference,
	                    machine_action(&PRACTICE_MACHINE, (uint8_t)action)->name);
}

static const char *theme_name(int theme)
{
	for (const struct code *t = SIGNAL_THEMES; t->name != NULL; t++)
		if (t->value == theme)
			return t->name;
	return "";
}

static enum status show_one(struct request *rq, struct response *rs, struct error *reterr)
{
	struct practice p;

	const enum status st = of_path(rq, &p, reterr);
	if (st != OK)
		return st;
	const bool writer = p.writer_person_id == rq->viewer->person_id;
	const struct practice_page record = {
		.reference = p.reference,
		.title = p.title,
		.situation = p.situation,
		.approach = p.approach,
		.result = p.result,
		.remark = p.remark[0] != '\0' ? p.remark : NULL,
		.instrument = learnt_instrument(p.like.instrument),
		.organisation = p.organisation,
		.theme = p.like.theme,
		.barrier = p.like.barrier,
		.state = p.state,
		.version = p.version,
		.checked_at = p.checked_at != 0 ? p.checked_at : INT64_MIN,
		.edit_href =
		    step_href(rq, &p, PRACTICE_OFFER_AGAIN) != NULL
			? arena_printf(rq->arena, "/learning/practices/%s/edit", p.reference)
			: NULL,
		.publish_href = step_href(rq, &p, PRACTICE_PUBLISH),
		.return_href = step_href(rq, &p, PRACTICE_RETURN),
		.withdraw_href = step_href(rq, &p, PRACTICE_WITHDRAW),
		.not_yours = writer && p.state == PRACTICE_OFFERED
		                 ? "Een ander leest het na. Tot dan ziet alleen het bureau het."
		                 : NULL,
		.like_href =
		    arena_printf(rq->arena, "/learning?theme=%s", theme_name(p.like.theme)),
	};
	const struct page page = { .title = "Goede aanpak",
		                   .place = "/learning",
		                   .crumbs = crumbs(rq->arena),
		                   .template_name = "learning/practice",
		                   .form = &STEP_FORM };
	return page_respond(rq, rs, &page, &SHOW_VIEW, &record, reterr);
}

/* ---- writing again ---------------------------------------------------------------------------------------- */

static enum status of_writer(struct request *rq, struct practice *p, struct error *reterr)
{
	const enum status st = of_path(rq, p, reterr);

	if (st != OK)
		return st;
	return step_href(rq, p, PRACTICE_OFFER_AGAIN) != NULL
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT, "De tekst is niet bij u terug.");
}

static enum status show_edit(struct request *rq, struct response *rs, struct error *reterr)
{
	struct practice *p = ARENA_NEW(rq->arena, struct practice);
	const enum status st = of_writer(rq, p, reterr);

	return st == OK ? draw_write(rq, rs, p, reterr) : st;
}

struct edit_change {
	struct practice practice;
	struct practice_input in;
	struct practice_new next;
};

static enum status prepare_edit(struct request *rq, void **ret_input, struct error *reterr)
{
	struct edit_change *c = ARENA_NEW(rq->arena, struct edit_change);
	const enum status st = of_writer(rq, &c->practice, reterr);

	*ret_input = c;
	if (st == OK)
		read_practice(rq, &c->in, &c->next);
	return st;
}

static enum status apply_edit(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct edit_change *c = change->input;
	const struct practice_picture picture = { .writer = true };
	const struct practice_moving m = { .practice = &c->practice,
		                           .action = PRACTICE_OFFER_AGAIN,
		                           .viewer = change->rq->viewer,
		                           .picture = &picture,
		                           .now_ms = change->rq->now_ms };

	enum status st = db_claim(tx, &PRACTICE_ROOT, c->practice.id, c->in.version, reterr);
	if (st == OK)
		st = practice_rewrite(tx, c->practice.id, &c->next, reterr);
	if (st == OK)
		st = practice_move(tx, &m, reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/learning/practices/%s", c->practice.reference);
	change->note = "Opnieuw aangeboden.";
	return st;
}

/* ---- steps -------------------------------------------------------------------------------------------------- */

struct step_change {
	struct practice practice;
	struct step_input in;
	enum practice_action action;
};

static enum status prepare_step(struct request *rq, void **ret_input, struct error *reterr)
{
	struct step_change *c = ARENA_NEW(rq->arena, struct step_change);
	const struct action *action = machine_action_named(&PRACTICE_MACHINE, rq->params[1]);
	const enum status st = of_path(rq, &c->practice, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	if (action == NULL || action->code == PRACTICE_OFFER ||
	    action->code == PRACTICE_OFFER_AGAIN)
		return FAIL_NOT_FOUND(reterr);
	c->action = (enum practice_action)action->code;
	input_read(rq->body, &STEP_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->action == PRACTICE_RETURN && c->in.remark[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "remark", "Schrijf op wat anders moet.");
	if (c->action == PRACTICE_PUBLISH && !c->in.nothing_personal)
		problems_add(rq->problems, PROBLEM_ERROR, "nothingPersonal",
		             "Zet het vinkje als u alles hebt gelezen.");
	return OK;
}

static enum status apply_step(struct db_tx *tx, void *args, struct error *reterr)
{
	static const char *const NOTES[] = {
		[PRACTICE_PUBLISH] = "Gepubliceerd. Elke gemeente kan het lezen.",
		[PRACTICE_RETURN] = "Terug bij de schrijver.",
		[PRACTICE_WITHDRAW] = "Ingetrokken. Niemand anders leest het nog.",
	};
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct step_change *c = change->input;
	const struct practice *p = &c->practice;
	const struct practice_picture picture = { .writer =
		                                      p->writer_person_id == rq->viewer->person_id,
		                                  .nothing_personal = c->in.nothing_personal,
		                                  .remark_given = c->in.remark[0] != '\0' };
	const struct practice_moving m = { .practice = p,
		                           .action = c->action,
		                           .viewer = rq->viewer,
		                           .picture = &picture,
		                           .remark = c->in.remark,
		                           .now_ms = rq->now_ms };

	const enum status st = db_claim(tx, &PRACTICE_ROOT, p->id, c->in.version, reterr);
	change->location =
	    c->action == PRACTICE_WITHDRAW
		? "/learning"
		: arena_printf(db_tx_arena(tx), "/learning/practices/%s", p->reference);
	change->note = NOTES[c->action];
	return st == OK ? practice_move(tx, &m, reterr) : st;
}

#define ROUTE(method_, path_, permission_, action_, ...)                                           \
	{                                                                                          \
		.method = (method_), .path = "/learning/practices" path_,                          \
		.permission = (permission_), .action = (action_), __VA_ARGS__                      \
	}
const struct route practice_routes[] = {
	ROUTE("GET", "/new", PERM_PRACTICE_WRITE, AUDIT_LEARNING, .flags = ROUTE_PAGE_ONLY,
	      .read = show_new, .view = &WRITE_VIEW, .summary = "Een goede aanpak schrijven"),
	ROUTE("POST", "", PERM_PRACTICE_WRITE, AUDIT_PRACTICE_WRITE, .prepare = prepare_new,
	      .apply = apply_new, .redraw = show_new, .form = &FORM,
	      .summary = "Een goede aanpak aanbieden; een tweede persoon leest hem na"),
	ROUTE("GET", "/{ref}", PERM_LEARNING, AUDIT_LEARNING, .read = show_one, .view = &SHOW_VIEW,
	      .summary = "Een goede aanpak lezen"),
	ROUTE("GET", "/{ref}/edit", PERM_PRACTICE_WRITE, AUDIT_LEARNING, .flags = ROUTE_PAGE_ONLY,
	      .read = show_edit, .view = &WRITE_VIEW, .summary = "Een goede aanpak aanpassen"),
	ROUTE("POST", "/{ref}", PERM_PRACTICE_WRITE, AUDIT_PRACTICE_WRITE, .prepare = prepare_edit,
	      .apply = apply_edit, .redraw = show_edit, .form = &FORM,
	      .summary = "Een goede aanpak aanpassen en opnieuw aanbieden"),
	ROUTE("POST", "/{ref}/move/{action}", PERM_PRACTICE_WRITE, AUDIT_PRACTICE_WRITE,
	      .prepare = prepare_step, .apply = apply_step, .redraw = show_one, .form = &STEP_FORM,
	      .summary = "Publiceren na lezen, teruggeven of intrekken"),
	{ 0 },
};

const struct page_template practice_templates[] = {
	{ .name = "learning/practice", .view = &SHOW_VIEW, .form = &STEP_FORM, .whole = true },
	{ .name = "learning/practice_write", .view = &WRITE_VIEW, .form = &FORM, .whole = true },
	{ 0 },
};
