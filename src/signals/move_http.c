/* Submitting, returning with questions, accepting, withdrawing: a page that says what follows. */
#include "signals/signal_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signal_page.h"

struct move_input {
	int64_t version;
	bool declared;
	const char *question1, *question2, *question3;
};
static const struct field MOVE_FIELDS[] = {
	FIELD_VERSION(struct move_input),
	{ .path = "declared",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct move_input, declared),
	  .label = "Mijn organisatie mag deze gegevens voor dit doel gebruiken, en ze kloppen" },
	{ .path = "question1",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct move_input, question1),
	  .label = "Uw vraag",
	  .max_chars = 2000 },
	{ .path = "question2",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct move_input, question2),
	  .label = "Nog een vraag",
	  .max_chars = 2000 },
	{ .path = "question3",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct move_input, question3),
	  .label = "En nog een vraag",
	  .max_chars = 2000 },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 5, sizeof(struct move_input) };

enum { MOVE_QUESTIONS = 3 };

struct move_change {
	struct move_input in;
	struct signal_page *page;
	enum signal_action action;
	const char *note;
	struct sealed_question questions[MOVE_QUESTIONS];
	size_t question_count;
};

/* The moves of this room; the weighing room makes the others. */
static const struct move_words {
	enum signal_action action;
	const char *consequence, *note;
	bool danger;
} WORDS[] = {
	{ SIGNAL_SUBMIT,
	  "U dient dit signaal in. Daarna lezen de informatiecoördinator, de analisten, het hoofd "
	  "en "
	  "de privacyfunctionaris van het RIEC mee. De bewaartermijn begint vandaag.",
	  "Ingediend. U hoort van het RIEC.", false },
	{ SIGNAL_RESUBMIT,
	  "U dient dit signaal opnieuw in. De informatiecoördinator leest uw antwoorden en gaat "
	  "verder met de intake.",
	  "Opnieuw ingediend.", false },
	{ SIGNAL_RETURN,
	  "De indiener krijgt uw vragen en kan de tekst weer wijzigen. Na 30 dagen zonder antwoord "
	  "wordt het weer een concept van de indiener.",
	  "Teruggelegd. De indiener krijgt bericht.", false },
	{ SIGNAL_ACCEPT,
	  "Het signaal is compleet. Daarna zet u het op de agenda van een overleg. De indiener "
	  "krijgt bericht.",
	  "Intake akkoord.", false },
	{ SIGNAL_WITHDRAW,
	  "Het signaal gaat uit alle lijsten. Binnen 30 dagen wordt het vernietigd, met alles wat "
	  "erin staat.",
	  "Ingetrokken.", true },
};

static const struct move_words *words_of(int action)
{
	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if ((int)WORDS[i].action == action)
			return &WORDS[i];
	return NULL;
}

/* /signals/{ref}/submit, or /signals/{ref}/move/{action}. */
static enum status load_move(struct request *rq, struct signal_page *page,
                             const struct move_words **ret, struct error *reterr)
{
	enum status st = signal_page_load(rq, page, reterr);
	if (st != OK)
		return st;
	int code = page->state == SIGNAL_RETURNED ? SIGNAL_RESUBMIT : SIGNAL_SUBMIT;
	if (strcmp(rq->route->path, "/signals/{ref}/submit") != 0) {
		const struct action *action = machine_action_named(&SIGNAL_MACHINE, rq->params[1]);
		code = action != NULL ? action->code : 0;
	}
	*ret = words_of(code);
	if (*ret == NULL)
		return FAIL_NOT_FOUND(reterr);
	const struct move *mv = machine_move(&SIGNAL_MACHINE, page->state, (uint8_t)code);
	if (mv == NULL || (mv->who & ROLE_BIT(rq->viewer->role)) == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	page->action_label = machine_action(&SIGNAL_MACHINE, (uint8_t)code)->label;
	return OK;
}

static enum status show_move(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);
	const struct move_words *words = NULL;

	enum status st = load_move(rq, record, &words, reterr);
	if (st != OK)
		return st;
	const bool submits = words->action == SIGNAL_SUBMIT || words->action == SIGNAL_RESUBMIT;
	record->heading = submits ? "Controleren en indienen" : record->action_label;
	record->consequence = words->consequence;
	record->danger = words->danger;
	record->asks_questions = words->action == SIGNAL_RETURN;
	record->action_path = arena_printf(
	    rq->arena, submits ? "%s/submit" : "%s/move/%s", record->href,
	    submits ? "" : machine_action(&SIGNAL_MACHINE, (uint8_t)words->action)->name);
	record->back_href = record->href;
	signal_page_outline(rq, record, "submit");
	const struct page page = { .title = record->heading,
		                   .place = "/signals",
		                   .confidential = true,
		                   .template_name = submits ? "signals/submit" : "signals/move",
		                   .form = &MOVE_FORM };
	return page_respond(rq, rs, &page, &SIGNAL_VIEW, record, reterr);
}

static void seal_questions(struct request *rq, struct move_change *c)
{
	const char *const texts[MOVE_QUESTIONS] = { c->in.question1, c->in.question2,
		                                    c->in.question3 };

	for (int i = 0; i < MOVE_QUESTIONS; i++)
		if (texts[i][strspn(texts[i], " \t\n")] != '\0')
			signal_seal_question(plein_of(rq)->keyring, &c->page->signal.uuid, texts[i],
			                     rq->arena, &c->questions[c->question_count++]);
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);
	const struct move_words *words = NULL;

	c->page = ARENA_NEW(rq->arena, struct signal_page);
	enum status st = load_move(rq, c->page, &words, reterr);
	if (st != OK)
		return st;
	c->action = words->action;
	c->note = words->note;
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->action == SIGNAL_RETURN)
		seal_questions(rq, c);
	if (c->action == SIGNAL_RETURN && c->question_count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "question1",
		             "Stel minstens één vraag. Zo weet de indiener wat er mist.");
	*ret_input = c;
	return OK;
}

/* What only the words tell was judged in prepare; the claimed version says they are the same. */
static enum status load_picture(struct db_tx *tx, const struct move_change *c,
                                const struct viewer *viewer, struct signal_picture *ret,
                                struct error *reterr)
{
	enum status st =
	    signal_picture_load(db_tx_read(tx), viewer, c->page->signal.id, ret, reterr);

	ret->criteria_explained = ret->criteria_explained && c->page->picture.criteria_explained;
	ret->hits_settled = c->page->picture.hits_settled;
	return st;
}

static enum status before_move(struct db_tx *tx, const struct move_change *c,
                               const struct signal_writer *who, struct error *reterr)
{
	struct signal_codes codes = SIGNAL_CODES_UNCHANGED;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->question_count; i++)
		st = signal_ask(tx, who, &c->questions[i], reterr);
	if (st != OK || (c->action != SIGNAL_SUBMIT && c->action != SIGNAL_RESUBMIT))
		return st;
	codes.lawful_declared = c->in.declared;
	return signal_set_codes(tx, who->signal_id, &codes, who->now_ms, reterr);
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct signal_writer who = { c->page->signal.id, rq->viewer->appointment_id,
		                           rq->now_ms };
	struct signal_picture picture = { 0 };

	enum status st = db_claim(tx, &SIGNAL_ROOT, who.signal_id, c->in.version, reterr);
	if (st == OK && c->in.version != c->page->version)
		st = FAIL(reterr, ERR_CONFLICT, "Een collega was eerder. Bekijk hoe het nu staat.");
	if (st == OK)
		st = before_move(tx, c, &who, reterr);
	if (st == OK)
		st = load_picture(tx, c, rq->viewer, &picture, reterr);
	if (st != OK)
		return st;
	const struct signal_moving m = { .id = who.signal_id,
		                         .action = c->action,
		                         .viewer = rq->viewer,
		                         .picture = &picture,
		                         .now_ms = rq->now_ms };
	st = signal_move(tx, &m, reterr);
	change->location = arena_printf(db_tx_arena(tx), "%s", c->page->href);
	change->note = c->note;
	return st;
}

const struct route signal_move_routes[] = {
	{ .method = "GET",
	  .path = "/signals/{ref}/submit",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show_move,
	  .view = &SIGNAL_VIEW,
	  .summary = "Wat er volgt op indienen" },
	{ .method = "POST",
	  .path = "/signals/{ref}/submit",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_SUBMIT,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_move,
	  .form = &MOVE_FORM,
	  .summary = "Een signaal indienen, ook opnieuw na vragen" },
	{ .method = "GET",
	  .path = "/signals/{ref}/move/{action}",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_move,
	  .summary = "Wat er volgt op een stap" },
	{ .method = "POST",
	  .path = "/signals/{ref}/move/{action}",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_MOVE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_move,
	  .form = &MOVE_FORM,
	  .summary = "Een signaal verder brengen: return, accept of withdraw" },
	{ 0 },
};

const struct page_template signal_move_templates[] = {
	{ .name = "signals/submit", .view = &SIGNAL_VIEW, .form = &MOVE_FORM, .whole = true },
	{ .name = "signals/move", .view = &SIGNAL_VIEW, .form = &MOVE_FORM, .whole = true },
	{ 0 },
};
