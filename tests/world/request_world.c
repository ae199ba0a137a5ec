#include "request_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "subjects/presence.h"

/* ---- a casefile as it stands after an outcome ------------------------------------------------- */

static const struct db_stmt CASEFILE = {
	"test_casefile", "btii",
	"INSERT INTO casefile (uuid, reference, state, state_since, activity, variant, theme,"
	" crime_form, opened_by, opened_at) VALUES ($1, $2, 1, $3, 2, 1, 5, 4, $4, $3)"
	" RETURNING id"
};
static const struct db_stmt INVOLVE = {
	"test_involve", "iii",
	"INSERT INTO casefile_organ (casefile_id, organ_id, added_at) VALUES ($1, $2, $3)"
};
static const struct db_stmt OPEN_TO = {
	"test_open_to", "iii",
	"INSERT INTO casefile_audience (audience_id, at, id, state, theme, variant)"
	" VALUES ($1, $2, $3, 1, 5, 1)"
};
static const struct db_stmt INTO_CASEFILE = {
	"test_into_casefile", "i",
	"UPDATE presence SET casefile_id = $1, signal_id = NULL WHERE signal_id = 777"
};
static const struct db_stmt PRESENCE = {
	"test_presence", "ii", "SELECT id FROM presence WHERE casefile_id = $1 AND number = $2"
};
static const struct db_stmt OPEN_PHASE = {
	"test_open_phase", "biiiii",
	"INSERT INTO casefile_phase (uuid, casefile_id, presence_id, phase, state, key_id,"
	" necessity, proportionality, subsidiarity, proposed_by, proposed_at, decided_by, "
	"decided_at)"
	" VALUES ($1, $2, $3, $4, $6, 0, $1, $1, $1, $5, 1, $5, 1)"
};
static const struct db_stmt WORKS_FOR = {
	"test_works_for", "iii",
	"UPDATE appointment SET participant_id = $2, organ_id = $3 WHERE id = $1"
};

struct filing {
	struct bureau *b;
	struct sealed_subject subject[2];
	struct subject_source source;
	struct uuid uuid;
};

static void seal_subject(struct filing *f, int i, struct subject_input in)
{
	struct house *h = f->b->h;
	struct subject_fact facts[FACT_KIND_COUNT];
	struct problems ps;

	problems_init(&ps, &h->arena);
	const size_t count = subject_read(&in, local_day(HOUSE_NOW), &h->arena, facts, &ps);
	assert_int_equal(ps.error_count, 0);
	subject_seal(h->plein.keyring, h->plein.identifier_key, &in, facts, count, &f->source,
	             HOUSE_NOW, &h->arena, &f->subject[i]);
}

static enum status find_presence(struct db_tx *tx, int64_t casefile, int64_t number, int64_t *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &PRESENCE,
	                          DB_ARGS(DB_INT(casefile), DB_INT(number)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

static enum status file_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct filing *f = args;
	struct bureau *b = f->b;
	const audience readers[] = { audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		                     audience_of(AUDIENCE_ROLE, ROLE_ANALYST),
		                     audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD),
		                     audience_of(AUDIENCE_ROLE, ROLE_COORD_DPO) };

	enum status st = db_insert(tx, &CASEFILE,
	                           DB_ARGS(DB_BYTES(f->uuid.bytes, UUID_BYTES), DB_TEXT(b->ref),
	                                   DB_INT(HOUSE_NOW), DB_INT(b->cor->appointment_id)),
	                           &b->casefile, reterr);
	for (int i = 0; st == OK && i < 4; i++)
		st = db_exec(tx, &OPEN_TO,
		             DB_ARGS(DB_INT(readers[i]), DB_INT(HOUSE_NOW), DB_INT(b->casefile)),
		             NULL, reterr);
	const int64_t organs[] = { b->h->police_organ, b->tax_organ };
	for (int i = 0; st == OK && i < 2; i++)
		st = db_exec(tx, &INVOLVE,
		             DB_ARGS(DB_INT(b->casefile), DB_INT(organs[i]), DB_INT(HOUSE_NOW)),
		             NULL, reterr);
	for (int i = 0; st == OK && i < 2; i++)
		st = subject_add(tx, 777, &f->subject[i], &f->source, HOUSE_NOW, reterr);
	if (st == OK)
		st = db_exec(tx, &INTO_CASEFILE, DB_ARGS(DB_INT(b->casefile)), NULL, reterr);
	for (int i = 0; st == OK && i < 2; i++)
		st = find_presence(tx, b->casefile, i + 1, &b->presence[i], reterr);
	return st;
}

static enum status put_tax(struct db_tx *tx, void *args, struct error *reterr)
{
	struct bureau *b = args;
	const struct sorted_name name = { "Belastingdienst", (const uint8_t *)"b", 1 };
	const struct participant p = { .code = "bd",
		                       .short_name = "Belastingdienst",
		                       .valid_from = 1 };

	enum status st = participant_put(tx, &p, &name, &b->tax, reterr);
	const struct organ o = { .participant_id = b->tax,
		                 .letter = 'b',
		                 .name = "Belastingdienst",
		                 .on_behalf = "de Belastingdienst" };
	return st == OK ? organ_put(tx, &o, &b->tax_organ, reterr) : st;
}

struct employing {
	int64_t appointment, participant, organ;
};
static enum status employ_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct employing *e = args;
	return db_exec(tx, &WORKS_FOR,
	               DB_ARGS(DB_INT(e->appointment), DB_INT(e->participant), DB_INT(e->organ)),
	               NULL, reterr);
}

struct visitor *signed_in(struct house *h, const struct house_person *p)
{
	struct visitor *v = visitor_new(h);
	visitor_sign_in(v, p);
	return v;
}

struct bureau *open_bureau(struct house *h)
{
	struct bureau *b = arena_alloc(&h->arena, sizeof *b);
	struct filing f = { .b = b, .uuid = uuid_at(HOUSE_NOW) };
	const struct reference ref = reference_of(h->plein.reference_key, "C", 2026, 0);

	b->h = h;
	reference_text(&ref, b->ref);
	store_world_run(h->store, put_tax, b);
	b->cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	b->ana = house_hire(h, "ana@riec.example", ROLE_ANALYST, 0);
	b->head = house_hire(h, "hoofd@riec.example", ROLE_RIEC_HEAD, 0);
	b->dpo = house_hire(h, "fg@riec.example", ROLE_COORD_DPO, 0);
	b->desk = house_hire(h, "loket@politie.example", ROLE_PARTNER_DESK, h->police_organ);
	b->desk2 = house_hire(h, "loket2@politie.example", ROLE_PARTNER_DESK, h->police_organ);
	b->dec = house_hire(h, "beslist@politie.example", ROLE_PARTNER_DECIDER, h->police_organ);
	f.source =
	    (struct subject_source){ h->police, h->police_organ, b->desk->appointment_id, 101 };
	seal_subject(&f, 0,
	             (struct subject_input){ .kind = SUBJECT_PERSON,
	                                     .role = ROLE_MAIN,
	                                     .family_name = "Zandwijk",
	                                     .given_names = "Milan",
	                                     .birth_date = "12-03-1984",
	                                     .bsn = "999990019" });
	seal_subject(&f, 1,
	             (struct subject_input){ .kind = SUBJECT_ORGANISATION,
	                                     .role = ROLE_MAIN,
	                                     .name = "Zandwijk Opslag B.V." });
	store_world_run(h->store, file_run, &f);
	b->v_cor = signed_in(h, b->cor);
	b->v_ana = signed_in(h, b->ana);
	b->v_desk = signed_in(h, b->desk);
	return b;
}

void close_bureau(struct bureau *b)
{
	struct visitor *all[] = { b->v_cor, b->v_ana, b->v_head, b->v_desk, b->v_dec };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i] != NULL)
			visitor_free(all[i]);
}

struct opening {
	struct bureau *b;
	int subject;
	int64_t phase, state;
};
static enum status open_phase_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct opening *o = args;
	const struct uuid uuid = uuid_at(HOUSE_NOW);

	return db_exec(tx, &OPEN_PHASE,
	               DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(o->b->casefile),
	                       DB_INT(o->b->presence[o->subject]), DB_INT(o->phase),
	                       DB_INT(o->b->cor->appointment_id), DB_INT(o->state)),
	               NULL, reterr);
}

void open_phase(struct bureau *b, int subject, int64_t phase)
{
	struct opening o = { b, subject, phase, 3 };
	store_world_run(b->h->store, open_phase_run, &o);
}

void agree_phase(struct bureau *b, int subject, int64_t phase)
{
	struct opening o = { b, subject, phase, 2 };
	store_world_run(b->h->store, open_phase_run, &o);
}

/* ---- asking -------------------------------------------------------------------------------------- */

const char *at(struct bureau *b, const char *request, const char *rest)
{
	return arena_printf(&b->h->arena, "/requests/%s%s", request, rest);
}

void send_from(struct visitor *v, const char *page, const char *to, const char *fields)
{
	visit(v, page);
	assert_int_equal(v->code, 200);
	visitor_send(v, to, fields);
}

void move(struct bureau *b, struct visitor *v, const char *request, const char *action)
{
	send_from(v, at(b, request, ""),
	          at(b, request, arena_printf(&b->h->arena, "/move/%s", action)), "x=1");
}

#define WHY "&necessity=Zonder%20deze%20gegevens%20weten%20wij%20niet%20of%20het%20klopt"

/* A draft; NULL when it was refused. */
const char *draft(struct bureau *b, int64_t organ, const char *fields)
{
	const char *page = arena_printf(&b->h->arena, "/requests/new?casefile=%s", b->ref);

	send_from(b->v_cor, page, "/requests",
	          arena_printf(&b->h->arena, "casefile=%s&organs%%5B0%%5D.organ=%lld&%s%s", b->ref,
	                       (long long)organ, fields, WHY));
	const char *found = strstr(b->v_cor->path, "/requests/V-");
	return b->v_cor->code == 200 && found != NULL
	           ? arena_strdup(&b->h->arena, found + strlen("/requests/"))
	           : NULL;
}

const char *asked(struct bureau *b, int64_t organ, const char *fields)
{
	const char *ref = draft(b, organ, fields);

	if (ref == NULL)
		fail_msg("not written (%d):\n%s", b->v_cor->code, b->v_cor->page);
	move(b, b->v_cor, ref, "issue");
	assert_page_says(b->v_cor, "De bevraging is uitgezet");
	return ref;
}

void write_item(struct bureau *b, const char *request, const char *fields)
{
	send_from(b->v_desk, at(b, request, ""), at(b, request, "/items"), fields);
}

int64_t count(struct bureau *b, const char *sql)
{
	return store_world_number(b->h->store, sql);
}

void works_for(struct bureau *b, const struct house_person *p, int64_t participant, int64_t organ)
{
	struct employing e = { p->appointment_id, participant, organ };
	store_world_run(b->h->store, employ_run, &e);
}
