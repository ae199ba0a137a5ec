/* One signal: the record, its questions, what is known already. */
#include "signals/signal_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signal_page.h"
#include "signals/theme.h"

static enum status respond(struct request *rq, struct response *rs, struct signal_page *record,
                           const char *title, const char *template_name, const struct form *form,
                           struct error *reterr)
{
	const struct page page = { .title = title,
		                   .place = "/signals",
		                   .confidential = true,
		                   .template_name = template_name,
		                   .form = form };
	return page_respond(rq, rs, &page, &SIGNAL_VIEW, record, reterr);
}

static enum status show_signal(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);
	enum status st = signal_page_load(rq, record, reterr);

	if (st != OK)
		return st;
	record->next_href = arena_printf(rq->arena, "%s/edit/facts", record->href);
	return respond(rq, rs, record, "Signaal", "signals/show", NULL, reterr);
}

/* ---- changes of a version and little else -------------------------------------------------------- */

struct version_change {
	struct version_input in;
	struct signal_page *page;
};

static enum status prepare_version(struct request *rq, void **ret_input, struct error *reterr)
{
	struct version_change *c = ARENA_NEW(rq->arena, struct version_change);

	c->page = ARENA_NEW(rq->arena, struct signal_page);
	enum status st = signal_page_load(rq, c->page, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	*ret_input = c;
	return OK;
}

/* ---- known already? -------------------------------------------------------------------------------- */

/* Who does the intake compares with all that he may see; everybody else with what his own
 * organisation brought in (decisions 6.3). */
static struct known_question known_question_of(const struct request *rq,
                                               const struct signal_page *page)
{
	return (struct known_question){
		.viewer = rq->viewer,
		.keyring = plein_of(rq)->keyring,
		.signal_id = page->signal.id,
		.participant_id = page->coordinates ? 0 : page->signal.participant_id,
	};
}

static enum status show_known(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);
	struct array rows = { 0 };
	size_t count = 0;

	enum status st = signal_page_load(rq, record, reterr);
	if (st == OK && !record->coordinates && !record->writes)
		st = FAIL_NOT_FOUND(reterr);
	if (st == OK) {
		const struct known_question q = known_question_of(rq, record);
		struct array subjects = { 0 };
		st = signal_known_already(rq->db, &q, rq->arena, &rows, reterr);
		if (st == OK)
			st = subject_list(rq->db, plein_of(rq)->keyring, record->signal.id,
			                  rq->arena, &subjects, reterr);
		if (st == OK)
			st = signal_page_alike(rq, record, &subjects, q.participant_id, reterr);
	}
	if (st != OK)
		return st;
	signal_page_known(rq, record, &rows);
	count = rows.count + record->alike.count;
	rq->touched.count = (int32_t)count;
	record->action_path = arena_printf(rq->arena, "%s/known", record->href);
	return respond(rq, rs, record, "Al bekend?", "signals/known", &VERSION_FORM, reterr);
}

static enum status prepare_looked(struct request *rq, void **ret_input, struct error *reterr)
{
	enum status st = prepare_version(rq, ret_input, reterr);
	const struct version_change *c = *ret_input;

	if (st == OK && !c->page->coordinates)
		return FAIL(reterr, ERR_CONFLICT, "De informatiecoördinator legt dit vast.");
	return st;
}

static enum status apply_looked(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct version_change *c = change->input;
	const int64_t id = c->page->signal.id;

	enum status st = db_claim(tx, &SIGNAL_ROOT, id, c->in.version, reterr);
	if (st == OK)
		st = signal_set_matched(tx, id, change->rq->now_ms, reterr);
	change->location = arena_printf(db_tx_arena(tx), "%s", c->page->href);
	change->note = "Vastgelegd dat u keek.";
	return st;
}

static enum status apply_reviewed(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct version_change *c = change->input;
	const struct signal_writer who = { c->page->signal.id, change->rq->viewer->appointment_id,
		                           change->rq->now_ms };

	enum status st = db_claim(tx, &SIGNAL_ROOT, who.signal_id, c->in.version, reterr);
	if (st == OK)
		st = signal_hits_review(tx, &who, reterr);
	change->location = arena_printf(db_tx_arena(tx), "%s", c->page->href);
	change->note = "Vastgelegd dat u de woorden nakeek.";
	return st;
}

/* ---- questions and answers -------------------------------------------------------------------------- */

struct answer_input {
	int64_t version;
	const char *answer;
};
static const struct field ANSWER_FIELDS[] = {
	FIELD_VERSION(struct answer_input),
	{ .path = "answer",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct answer_input, answer),
	  .label = "Uw antwoord",
	  .required = true,
	  .missing = "Schrijf eerst uw antwoord.",
	  .max_chars = 5000 },
};
static const struct form ANSWER_FORM = { ANSWER_FIELDS, 2, sizeof(struct answer_input) };

struct answer_change {
	struct answer_input in;
	struct signal_page *page;
	int64_t question;
	const uint8_t *sealed;
	size_t len;
};

static enum status show_questions(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);
	enum status st = signal_page_load(rq, record, reterr);

	if (st != OK)
		return st;
	record->may_answer = record->writes && record->state == SIGNAL_RETURNED;
	return respond(rq, rs, record, "Vragen en antwoorden", "signals/questions", &ANSWER_FORM,
	               reterr);
}

static enum status prepare_answer(struct request *rq, void **ret_input, struct error *reterr)
{
	struct answer_change *c = ARENA_NEW(rq->arena, struct answer_change);

	c->page = ARENA_NEW(rq->arena, struct signal_page);
	enum status st = signal_page_load(rq, c->page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, c->page, reterr);
	if (st != OK)
		return st;
	c->question = strtoll(rq->params[1], NULL, 10);
	input_read(rq->body, &ANSWER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	*ret_input = c;
	return signal_seal_answer(rq->db, plein_of(rq)->keyring, c->page->signal.id,
	                          &c->page->signal.uuid, c->question, c->in.answer, rq->arena,
	                          &c->sealed, &c->len, reterr);
}

static enum status apply_answer(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct answer_change *c = change->input;
	const struct signal_writer who = { c->page->signal.id, change->rq->viewer->appointment_id,
		                           change->rq->now_ms };

	enum status st = db_claim(tx, &SIGNAL_ROOT, who.signal_id, c->in.version, reterr);
	if (st == OK)
		st = signal_answer(tx, &who, c->question, c->sealed, c->len, reterr);
	change->location = arena_printf(db_tx_arena(tx), "%s/questions", c->page->href);
	change->note = "Uw antwoord is bewaard. Dien opnieuw in als alle vragen beantwoord zijn.";
	return st;
}

/* ---- routes ----------------------------------------------------------------------------------------- */

const struct route signal_routes[] = {
	{ .method = "GET",
	  .path = "/signals/{ref}",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show_signal,
	  .view = &SIGNAL_VIEW,
	  .summary = "Een signaal" },
	{ .method = "GET",
	  .path = "/signals/{ref}/known",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_KNOWN_ALREADY,
	  .read = show_known,
	  .view = &SIGNAL_VIEW,
	  .summary = "Signalen met hetzelfde nummer of dezelfde naam" },
	{ .method = "POST",
	  .path = "/signals/{ref}/known",
	  .permission = PERM_SIGNAL_INTAKE,
	  .action = AUDIT_KNOWN_ALREADY,
	  .prepare = prepare_looked,
	  .apply = apply_looked,
	  .redraw = show_known,
	  .form = &VERSION_FORM,
	  .summary = "Vastleggen dat in de eigen regio is gekeken" },
	{ .method = "POST",
	  .path = "/signals/{ref}/reviewed",
	  .permission = PERM_SIGNAL_INTAKE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_looked,
	  .apply = apply_reviewed,
	  .redraw = show_signal,
	  .form = &VERSION_FORM,
	  .summary = "Vastleggen dat de woorden zijn nagekeken" },
	{ .method = "GET",
	  .path = "/signals/{ref}/questions",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show_questions,
	  .view = &SIGNAL_VIEW,
	  .summary = "Vragen en antwoorden bij een signaal" },
	{ .method = "POST",
	  .path = "/signals/{ref}/questions/{question}/answer",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_answer,
	  .apply = apply_answer,
	  .redraw = show_questions,
	  .form = &ANSWER_FORM,
	  .summary = "Een vraag beantwoorden" },
	{ 0 },
};

const struct page_template signal_templates[] = {
	{ .name = "signals/show", .view = &SIGNAL_VIEW, .whole = true },
	{ .name = "signals/known", .view = &SIGNAL_VIEW, .form = &VERSION_FORM, .whole = true },
	{ .name = "signals/questions", .view = &SIGNAL_VIEW, .form = &ANSWER_FORM, .whole = true },
	{ 0 },
};
