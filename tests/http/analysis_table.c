#include "analysis_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "subjects/casefile_subject.h"

const char *path(const struct table *t, const char *rest)
{
	return arena_printf(&t->b->h->arena, "/casefiles/%s/analysis%s", t->b->ref, rest);
}

void name_member(struct table *t, const struct house_person *who, const char *more)
{
	struct arena *a = &t->b->h->arena;
	const char *members = arena_printf(a, "/casefiles/%s/members", t->b->ref);

	send_from(t->b->v_cor, members, members,
	          arena_printf(a, "appointment=%lld%s", (long long)who->appointment_id, more));
	assert_page_says(t->b->v_cor, "Toegevoegd");
}

struct table *set_table(struct house *h)
{
	struct table *t = arena_alloc(&h->arena, sizeof *t);

	t->b = open_bureau(h);
	t->wendy = house_hire(h, "wendy@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	t->tess = house_hire(h, "tess@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	name_member(t, t->wendy, "");
	name_member(t, t->tess, "&heavy=1");
	t->v_wendy = signed_in(h, t->wendy);
	t->v_tess = signed_in(h, t->tess);
	t->v_head = signed_in(h, t->b->head);
	return t;
}

void leave(struct table *t)
{
	visitor_free(t->v_wendy);
	visitor_free(t->v_tess);
	visitor_free(t->v_head);
	close_bureau(t->b);
}

/* ---- facts --------------------------------------------------------------------------------------- */

struct fact_job {
	int64_t casefile_id, now_ms;
	struct sealed_known_fact sealed;
};

static enum status fact_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct fact_job *j = args;
	return casefile_fact_add(tx, j->casefile_id, &j->sealed, j->now_ms, reterr);
}

/* A fact about the first subject; its id. */
int64_t put_fact(struct table *t, enum law_phase phase, const char *text)
{
	struct house *h = t->b->h;
	struct fact_job j = { .casefile_id = t->b->casefile, .now_ms = h->clock.fixed_ms };
	const struct fact_new fact = { .kind = phase == PHASE_3 ? 429 : 418,
		                       .category = phase == PHASE_3 ? CATEGORY_POLICE_9_10
		                                                    : CATEGORY_SUPERVISION,
		                       .phase = phase,
		                       .text = text,
		                       .task = 901,
		                       .participant_id = h->police,
		                       .organ_id = h->police_organ,
		                       .appointment_id = t->wendy->appointment_id };
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(casefile_fact_seal(r, h->plein.keyring, t->b->casefile, 1, &fact, j.now_ms,
	                                    &h->arena, &j.sealed, &e),
	                 OK);
	db_read_end(r);
	store_world_run(h->store, fact_run, &j);
	return count(t->b, "SELECT max(id) FROM fact");
}

static const struct db_stmt CORRECT = {
	"test_correct", "bi",
	"INSERT INTO fact_correction (uuid, casefile_id, fact_id, kind, reason, corrected_by,"
	" corrected_at) SELECT $1, p.casefile_id, f.id, 1, $1, f.recorded_by, 1 FROM fact f"
	" JOIN presence p ON p.id = f.presence_id WHERE f.id = $2"
};
enum status correct_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *fact = args;
	const struct uuid uuid = uuid_random();

	return db_exec(tx, &CORRECT, DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(*fact)), NULL,
	               reterr);
}

/* ---- writing -------------------------------------------------------------------------------------- */

void write_words(struct table *t, struct visitor *v, const char *section, const char *fields)
{
	send_from(v, path(t, arena_printf(&t->b->h->arena, "/new?section=%s", section)),
	          path(t, "/paragraphs"),
	          arena_printf(&t->b->h->arena, "section=%s&%s", section, fields));
}

const char *cites(struct table *t, const char *fields, int64_t fact)
{
	return arena_printf(&t->b->h->arena, "%s&facts%%5B0%%5D.id=%lld", fields, (long long)fact);
}

/* The address of the only or newest paragraph in the page after a mark. */
const char *address_after(struct table *t, struct visitor *v, const char *mark)
{
	visit(v, path(t, ""));
	const char *at = strstr(v->page, mark);
	assert_non_null(at);
	at = strstr(at, "/analysis/paragraphs/");
	assert_non_null(at);
	return path(t, arena_strndup(&t->b->h->arena, at + strlen("/analysis"),
	                             strlen("/paragraphs/") + 36));
}

const char *answer_of(struct table *t, struct visitor *v, const char *rest)
{
	visit(v, arena_printf(&t->b->h->arena, "/api/v1%s", path(t, rest)));
	char *id = strstr(v->page, "\"requestId\":\"");
	if (id != NULL)
		*id = '\0';
	return arena_printf(&t->b->h->arena, "%d %s", v->code, v->page);
}
