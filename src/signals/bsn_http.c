/* A BSN that stands in a text of a draft goes to its own field: out of the text, and onto a person
 * of the signal, one for each number that isn't there yet (decisions 1.6, R-6). */
#include "signals/bsn_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/signal_page.h"
#include "subjects/presence.h"

enum { NUMBERS_MAX = 10 };

struct bsn_input {
	int64_t version, part;
};
static const struct field FIELDS[] = {
	FIELD_VERSION(struct bsn_input),
	{ .path = "part",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct bsn_input, part),
	  .label = "Deel van de tekst",
	  .required = true },
};
static const struct form BSN_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                              sizeof(struct bsn_input) };

struct bsn_change {
	struct bsn_input in;
	struct signal signal;
	struct subject_source source;
	struct sealed_part part;
	struct sealed_subject persons[NUMBERS_MAX];
	size_t count;
};

static bool is_there(const struct array *subjects, const char *bsn)
{
	const struct subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++) {
		const struct subject_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++)
			if (f[j].kind == FACT_BSN && strcmp(f[j].value, bsn) == 0)
				return true;
	}
	return false;
}

static bool is_said_before(const struct law_finds *finds, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (finds->item[j].kind == FIND_BSN &&
		    strcmp(finds->item[j].value, finds->item[i].value) == 0)
			return true;
	return false;
}

static void seal_person(struct request *rq, struct bsn_change *c, const char *bsn)
{
	struct subject_input in = { .kind = SUBJECT_PERSON, .role = ROLE_MAIN };
	struct subject_fact facts[FACT_KIND_COUNT];
	struct sealed_subject *person = &c->persons[c->count++];

	for (int kind = 1; kind < FACT_KIND_COUNT; kind++)
		*subject_field(&in, (enum fact_kind)kind) = "";
	in.bsn = bsn;
	const size_t count =
	    subject_read(&in, local_day(rq->now_ms), rq->arena, facts, rq->problems);
	subject_seal(plein_of(rq)->keyring, plein_of(rq)->identifier_key, &in, facts, count,
	             &c->source, rq->now_ms, rq->arena, person);
	seal_key_wipe(&person->key.key);
}

static enum status move_numbers(struct request *rq, struct bsn_change *c, const char *text,
                                struct error *reterr)
{
	const struct law_finds finds =
	    law_prose_read(rq->arena, text, strlen(text), local_day(rq->now_ms));
	struct array subjects = { 0 };

	enum status st =
	    subject_list(rq->db, plein_of(rq)->keyring, c->signal.id, rq->arena, &subjects, reterr);
	for (size_t i = 0; st == OK && i < finds.count && c->count < NUMBERS_MAX; i++) {
		const struct law_find *f = &finds.item[i];
		if (f->kind == FIND_BSN && f->level != CHECK_ERROR && !is_said_before(&finds, i) &&
		    !is_there(&subjects, f->value))
			seal_person(rq, c, arena_strdup(rq->arena, f->value));
	}
	signal_seal_part(plein_of(rq)->keyring, &c->signal.uuid, c->in.version + 1,
	                 (enum signal_part)c->in.part,
	                 signal_text_without_bsns(rq->arena, text, &finds), rq->arena, &c->part);
	return st;
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct bsn_change *c = ARENA_NEW(rq->arena, struct bsn_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	c->source = (struct subject_source){ c->signal.participant_id, c->signal.organ_id,
		                             rq->viewer->appointment_id, c->signal.task };
	input_read(rq->body, &BSN_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.part < PART_TITLE || c->in.part > PART_CRITERION_E)
		return FAIL_NOT_FOUND(reterr);
	*ret_input = c;
	return rq->problems->error_count > 0
	           ? OK
	           : move_numbers(rq, c, page->texts.part[c->in.part], reterr);
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct bsn_change *c = change->input;
	const struct signal_writer who = { c->signal.id, rq->viewer->appointment_id, rq->now_ms };

	enum status st = db_claim(tx, &SIGNAL_ROOT, c->signal.id, c->in.version, reterr);
	if (st == OK && c->in.version != c->signal.version)
		st = FAIL(reterr, ERR_CONFLICT, "Een collega was eerder. Bekijk hoe het nu staat.");
	if (st == OK)
		st = signal_text_put(tx, &who, &c->part, reterr);
	for (size_t i = 0; st == OK && i < c->count; i++)
		st = subject_add(tx, c->signal.id, &c->persons[i], &c->source, rq->now_ms, reterr);
	if (st == OK)
		st =
		    signal_set_codes(tx, c->signal.id, &SIGNAL_CODES_UNCHANGED, rq->now_ms, reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/signals/%s/edit/subjects", c->signal.reference);
	change->note = "Het BSN is uit de tekst en staat nu bij een persoon. Vul de naam aan.";
	change->json =
	    arena_printf(db_tx_arena(tx), "{\"version\":%lld}", (long long)c->in.version + 1);
	return st;
}

const struct route bsn_routes[] = {
	{ .method = "POST",
	  .path = "/signals/{ref}/bsn",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .form = &BSN_FORM,
	  .summary = "Een BSN uit de tekst naar het eigen vak zetten" },
	{ 0 },
};
