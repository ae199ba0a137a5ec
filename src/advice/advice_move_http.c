/* What happens to an advice: asked, signed, signed again, withdrawn; by one route. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_page.h"
#include "advice/advice_write.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

struct move_input {
	int64_t version, revision;
	const char *reason;
};
static const struct field MOVE_FIELDS[] = {
	FIELD_VERSION(struct move_input),
	{ .path = "revision",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct move_input, revision),
	  .label = "Stand die u las" },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct move_input, reason),
	  .label = "Waarom trekt u het in?",
	  .max_chars = 1000 },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 3, sizeof(struct move_input) };

struct move_change {
	struct move_input in;
	struct on_advice on;
	const struct move *move;
	struct sealed_words reason;
};

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);
	const struct action *action = machine_action_named(&ADVICE_MACHINE, rq->params[1]);

	*ret_input = c;
	const enum status st = on_advice(rq, &c->on, reterr);
	if (st != OK)
		return st;
	if (action == NULL || action->code == ADVICE_WRITE)
		return FAIL_NOT_FOUND(reterr);
	c->move = machine_move(&ADVICE_MACHINE, c->on.advice.state, action->code);
	if (c->move == NULL || (c->move->who & ROLE_BIT(rq->viewer->role)) == 0 ||
	    !c->on.has_casefile)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->move->action == ADVICE_WITHDRAW)
		advice_seal_words(plein_of(rq)->keyring, WORDS_WITHDRAWAL, c->on.advice.id,
		                  c->in.reason, rq->arena, &c->reason);
	if (c->move->action == ADVICE_WITHDRAW && c->reason.sealed == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "reason",
		             "Schrijf waarom u het advies intrekt.");
	return OK;
}

/* ---- inside the job ------------------------------------------------------------------------- */

static enum status may_move(struct db_tx *tx, const struct request *rq, const struct move_change *c,
                            const struct advice *d, struct error *reterr)
{
	struct advice_picture picture = { 0 };

	const enum status st = advice_picture_now(db_tx_read(tx), rq->viewer, d, &picture, reterr);
	picture.reason_given = c->reason.sealed != NULL;
	if (st != OK)
		return st;
	const struct verdict v = move_verdict(c->move, ROLE_BIT(rq->viewer->role), &picture);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

/* The casefile goes along: it is finished with the second signature, and waits for an advice
 * again once that is withdrawn. One that goes straight to interventions stays where it is. */
static enum status move_casefile(struct db_tx *tx, const struct request *rq,
                                 const struct move_change *c, struct error *reterr)
{
	const struct casefile *file = &c->on.casefile;
	const bool confirms = c->move->action == ADVICE_CONFIRM;
	const int action = confirms ? CASEFILE_FINISH_ADVICE : CASEFILE_LOSE_ADVICE;
	struct casefile_picture picture = { 0 };

	if ((!confirms && c->move->action != ADVICE_WITHDRAW) ||
	    machine_move(&CASEFILE_MACHINE, file->state, (uint8_t)action) == NULL)
		return OK;
	enum status st = casefile_picture_load(db_tx_read(tx), file->id, &picture, reterr);
	picture.second_person = true; /* the advice's own guard asked for it */
	const struct casefile_moving m = { .who = { file->id, rq->viewer, rq->now_ms },
		                           .action = (enum casefile_action)action,
		                           .picture = &picture };
	return st == OK ? casefile_move(tx, &m, reterr) : st;
}

/* What is signed: the bytes as they are now, which nobody can change before the job ends. */
static enum status sign_now(struct db_tx *tx, const struct request *rq, const struct move_change *c,
                            struct advice_moving *m, struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	struct keyring *k = plein_of(rq)->keyring;
	struct sealed_words *frozen = ARENA_NEW(a, struct sealed_words);
	struct advice_bytes *bytes = ARENA_NEW(a, struct advice_bytes);
	struct advice_document doc = { 0 };

	if (c->in.revision != m->who.advice->revision)
		return FAIL(reterr, ERR_CONFLICT,
		            "Het advies is veranderd sinds u het las. Lees het opnieuw.");
	enum status st = advice_document_load(db_tx_read(tx), k, m->who.advice, a, &doc, reterr);
	if (st == OK)
		st = advice_canonical(&doc, a, bytes, reterr);
	if (st != OK)
		return st;
	advice_seal_words(k, WORDS_FROZEN, m->who.advice->id, bytes->text, a, frozen);
	m->digest = &bytes->digest;
	m->frozen = frozen;
	return OK;
}

static bool signs(const struct move *mv)
{
	return mv->action == ADVICE_SIGN || mv->action == ADVICE_CONFIRM;
}

static enum status make_move(struct db_tx *tx, const struct request *rq,
                             const struct move_change *c, const struct advice *now,
                             struct error *reterr)
{
	struct advice_moving m = { .who = { now, rq->viewer, rq->now_ms },
		                   .move = c->move,
		                   .reason = &c->reason };
	enum status st = OK;

	if (c->move->action == ADVICE_ASK) {
		st = advice_hold(tx, now->id, reterr);
		return st == OK ? advice_ask(tx, &m.who, reterr) : st;
	}
	if (signs(c->move))
		st = sign_now(tx, rq, c, &m, reterr);
	if (st == OK)
		st = advice_move(tx, &m, reterr);
	return st == OK ? move_casefile(tx, rq, c, reterr) : st;
}

static const char *note_of(uint8_t action)
{
	static const char *const NOTES[] = {
		[ADVICE_ASK] = "Gevraagd. Eigenaren en bronnen zien het in Mijn werk.",
		[ADVICE_SIGN] = "U tekende. Een ander leest het na en tekent als tweede.",
		[ADVICE_GIVE_BACK] = "Het advies is weer een concept.",
		[ADVICE_CONFIRM] = "Het advies is definitief. Niemand kan het nog wijzigen.",
		[ADVICE_WITHDRAW] = "Het advies is ingetrokken. U kunt een nieuw advies beginnen.",
	};
	return action < sizeof NOTES / sizeof NOTES[0] ? NOTES[action] : NULL;
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct casefile *file = &c->on.casefile;
	struct advice now = { 0 };
	int64_t silent = 0;

	enum status st = db_claim(tx, &CASEFILE_ROOT, file->id, file->version, reterr);
	if (st == OK)
		st = db_claim(tx, &ADVICE_ROOT, c->on.advice.id, c->in.version, reterr);
	if (st == OK)
		st = advice_silence(tx, c->on.advice.id, local_day(rq->now_ms), rq->now_ms, &silent,
		                    reterr);
	if (st == OK)
		st = advice_of_casefile(db_tx_read(tx), file->id, db_tx_arena(tx), &now, reterr);
	if (st == OK)
		st = may_move(tx, rq, c, &now, reterr);
	if (st == OK)
		st = make_move(tx, rq, c, &now, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = note_of(c->move->action);
	return st;
}

const struct route advice_move_routes[] = {
	{ .method = "POST",
	  .path = "/advices/{ref}/move/{action}",
	  .permission = PERM_ADVICE_SIGN,
	  .action = AUDIT_ADVICE_MOVE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_advice,
	  .form = &MOVE_FORM,
	  .summary = "Een stap met een advies: vragen, tekenen, als tweede tekenen, intrekken" },
	{ 0 },
};
