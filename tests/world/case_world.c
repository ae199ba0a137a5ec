#include "case_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "signals/signals.h"
#include "subjects/tie.h"

/* ---- the signal and its casefile -------------------------------------------------------------- */

struct signal_job {
	struct viewer clerk;
	struct signal_new signal;
	struct subject_source source;
	struct sealed_subject person, car;
	int64_t id;
};

static enum status signal_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct signal_job *j = args;
	const char *reference = NULL;

	enum status st = signal_create(tx, &j->signal, &j->id, &reference, reterr);
	if (st == OK)
		st = subject_add(tx, j->id, &j->person, &j->source, j->signal.now_ms, reterr);
	return st == OK ? subject_add(tx, j->id, &j->car, &j->source, j->signal.now_ms, reterr)
	                : st;
}

static void seal_subject(struct casus *b, struct signal_job *j, struct subject_input in,
                         struct sealed_subject *ret)
{
	struct house *h = b->h;
	struct subject_fact facts[FACT_KIND_COUNT];
	struct problems problems;

	problems_init(&problems, &h->arena);
	in.role = ROLE_MAIN;
	const size_t count =
	    subject_read(&in, local_day(h->clock.fixed_ms), &h->arena, facts, &problems);
	assert_int_equal(problems.error_count, 0);
	subject_seal(h->plein.keyring, h->plein.identifier_key, &in, facts, count, &j->source,
	             h->clock.fixed_ms, &h->arena, ret);
	seal_key_wipe(&ret->key.key);
}

/* A signal about Milan Zandwijk and his car. */
static void write_signal(struct casus *b)
{
	struct house *h = b->h;
	struct signal_job j = { .clerk = { .person_id = b->clerk->person_id,
		                           .appointment_id = b->clerk->appointment_id,
		                           .participant_id = h->duinwaard,
		                           .organ_id = h->executive,
		                           .role = ROLE_SUBMITTER },
		                .source = { h->duinwaard, h->executive, b->clerk->appointment_id,
		                            901 } };

	j.signal = (struct signal_new){ .uuid = uuid_random(),
		                        .reference_key = h->plein.reference_key,
		                        .viewer = &j.clerk,
		                        .municipality_id = h->municipality,
		                        .now_ms = h->clock.fixed_ms };
	seal_subject(b, &j,
	             (struct subject_input){ .kind = SUBJECT_PERSON,
	                                     .family_name = "Zandwijk",
	                                     .given_names = "Milan",
	                                     .birth_date = "12-3-1984" },
	             &j.person);
	seal_subject(b, &j, (struct subject_input){ .kind = SUBJECT_VEHICLE, .plate = "12-ZZZ-3" },
	             &j.car);
	store_world_run(h->store, signal_run, &j);
	b->signal_id = j.id;
}

static const struct db_stmt ADOPT = { "test_adopt", "i",
	                              "UPDATE signal SET state = 6 WHERE id = $1" };

struct open_job {
	struct viewer coordinator;
	struct casefile_new casefile;
	int64_t organs[2], id;
	char reference[32];
};

static enum status open_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct open_job *o = args;
	const char *reference = NULL;

	enum status st = casefile_open(tx, &o->casefile, &o->id, &reference, reterr);
	if (st == OK)
		(void)snprintf(o->reference, sizeof o->reference, "%s", reference);
	return st == OK ? db_exec(tx, &ADOPT, DB_ARGS(DB_INT(o->casefile.signal_id)), NULL, reterr)
	                : st;
}

static void open_casefile(struct casus *b)
{
	struct house *h = b->h;
	struct open_job o = { .coordinator = { .person_id = b->cor->person_id,
		                               .appointment_id = b->cor->appointment_id,
		                               .participant_id = h->bureau,
		                               .role = ROLE_INFO_COORDINATOR },
		              .organs = { h->police_organ, h->executive } };
	struct db_read *r = NULL;
	struct error e = { 0 };

	o.casefile = (struct casefile_new){ .uuid = uuid_random(),
		                            .reference_key = h->plein.reference_key,
		                            .viewer = &o.coordinator,
		                            .now_ms = h->clock.fixed_ms,
		                            .signal_id = b->signal_id,
		                            .activity = ACTIVITY_CASE_CONSULTATION,
		                            .variant = VARIANT_USUAL,
		                            .has_purpose = true,
		                            .organs = o.organs,
		                            .organ_count = 2 };
	casefile_seal_part(h->plein.keyring, &o.casefile, CASEFILE_TITLE, "Loodsen", &h->arena);
	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(subjects_carry(r, h->plein.keyring, b->signal_id, h->clock.fixed_ms,
	                                &h->arena, &o.casefile.subjects, &e),
	                 OK);
	db_read_end(r);
	store_world_run(h->store, open_run, &o);
	b->id = o.id;
	(void)snprintf(b->ref, sizeof b->ref, "%s", o.reference);
}

/* ---- who works on it ---------------------------------------------------------------------------- */

const char *casus_at(const struct casus *c, const char *rest)
{
	return arena_printf(&c->h->arena, "/casefiles/%s%s", c->ref, rest);
}

void casus_name(struct casus *c, const struct house_person *who, const char *more)
{
	send_from(
	    c->v_cor, casus_at(c, "/members"), casus_at(c, "/members"),
	    arena_printf(&c->h->arena, "appointment=%lld%s", (long long)who->appointment_id, more));
	assert_page_says(c->v_cor, "Toegevoegd");
}

struct casus *casus_new(struct house *h)
{
	struct casus *c = arena_alloc(&h->arena, sizeof *c);

	*c = (struct casus){ .h = h };
	c->clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	c->cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	c->ana = house_hire(h, "ana@riec.example", ROLE_ANALYST, 0);
	c->head = house_hire(h, "hoofd@riec.example", ROLE_RIEC_HEAD, 0);
	c->wendy = house_hire(h, "wendy@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	c->wim = house_hire(h, "wim@duinwaard.example", ROLE_WORKING_GROUP, 0);
	write_signal(c);
	open_casefile(c);
	c->v_cor = signed_in(h, c->cor);
	c->v_ana = signed_in(h, c->ana);
	c->v_wendy = signed_in(h, c->wendy);
	c->v_wim = signed_in(h, c->wim);
	casus_name(c, c->wendy, "");
	casus_name(c, c->wim, "");
	return c;
}

void casus_free(struct casus *c)
{
	visitor_free(c->v_cor);
	visitor_free(c->v_ana);
	visitor_free(c->v_wendy);
	visitor_free(c->v_wim);
}

void casus_tell(struct casus *c, struct visitor *who, int subject, const char *fields)
{
	const char *page = casus_at(c, arena_printf(&c->h->arena, "/subjects/%d/facts", subject));
	const enum law_letter letter = who == c->v_wim ? LETTER_EXECUTIVE : LETTER_POLICE;

	send_from(who, page, page,
	          arena_printf(&c->h->arena, "%s&task=%d", fields, law_first_task(letter)));
}

/* ---- a fact of any phase, past the form ---------------------------------------------------------- */

struct fact_job {
	int64_t casefile_id, now_ms;
	struct sealed_known_fact sealed;
};

static enum status fact_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct fact_job *j = args;
	return casefile_fact_add(tx, j->casefile_id, &j->sealed, j->now_ms, reterr);
}

void casus_put_heavy(struct casus *b, const char *text)
{
	struct house *h = b->h;
	struct fact_job j = { .casefile_id = b->id, .now_ms = h->clock.fixed_ms };
	const struct fact_new fact = { .kind = 429,
		                       .category = CATEGORY_POLICE_9_10,
		                       .phase = PHASE_3,
		                       .text = text,
		                       .source_grade = 'A',
		                       .information_grade = '1',
		                       .task = law_first_task(LETTER_POLICE),
		                       .participant_id = h->police,
		                       .organ_id = h->police_organ,
		                       .appointment_id = b->wendy->appointment_id };
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(casefile_fact_seal(r, h->plein.keyring, b->id, 1, &fact, j.now_ms,
	                                    &h->arena, &j.sealed, &e),
	                 OK);
	db_read_end(r);
	store_world_run(h->store, fact_run, &j);
}

/* ---- the API --------------------------------------------------------------------------------------- */

const char *casus_answer(struct casus *c, struct visitor *v, const char *rest)
{
	visit(v, arena_printf(&c->h->arena, "/api/v1%s", casus_at(c, rest)));
	assert_int_equal(v->code, 200);
	return arena_strdup(&c->h->arena, v->page);
}

int casus_post(struct casus *c, const struct house_person *who, const char *rest, const char *json,
               const char **ret)
{
	struct reply r = client_request(c->h->port, "POST",
	                                arena_printf(&c->h->arena, "/api/v1%s", casus_at(c, rest)),
	                                house_bearer(c->h, who), json);
	const int code = r.code;

	if (ret != NULL)
		*ret = arena_strdup(&c->h->arena, r.body != NULL ? r.body : "");
	reply_free(&r);
	return code;
}

const char *casus_get(struct casus *c, const struct house_person *who, const char *path, int code)
{
	struct reply r =
	    client_request(c->h->port, "GET", arena_printf(&c->h->arena, "/api/v1%s", path),
	                   house_bearer(c->h, who), NULL);
	const char *body = arena_strdup(&c->h->arena, r.body != NULL ? r.body : "");

	if (r.code != code)
		fail_msg("%s: %d\n%s", path, r.code, body);
	reply_free(&r);
	return body;
}

const char *casus_feed(struct casus *c, const struct house_person *who, const char *cursor)
{
	store_world_settle(c->h->store);
	return casus_get(c, who, arena_printf(&c->h->arena, "/changes?after=%s", cursor), 200);
}

/* ---- on disk ------------------------------------------------------------------------------------------ */

int found_on_disk(struct house *h, const char *what)
{
	static const char CHECKPOINT[] =
	    "import sqlite3,sys\n"
	    "for f in sys.argv[1:]: sqlite3.connect(f).execute(\"pragma "
	    "wal_checkpoint(truncate)\")\n";
	int count = -1;
	const char *dump =
	    store_engine() == DB_SQLITE
		? arena_printf(&h->arena,
	                       "python3 -c '%s' '%s/plein.db' '%s/search.db';"
	                       " cat '%s'/plein.db* '%s'/search.db*",
	                       CHECKPOINT, h->store->dir, h->store->dir, h->store->dir,
	                       h->store->dir)
		: arena_printf(&h->arena,
	                       "\"$(ls /usr/lib/postgresql/*/bin/pg_dump | tail -1)\" \"%s\"",
	                       h->store->cfg.conninfo);
	FILE *p =
	    popen(arena_printf(&h->arena, "{ %s; } 2>&1 | grep -a -c -e '%s'", dump, what), "r");

	assert_non_null(p);
	assert_int_equal(fscanf(p, "%d", &count), 1);
	(void)pclose(p);
	return count;
}

void casus_advise(struct casus *c)
{
	const char *tab = casus_at(c, "/advice");

	casus_name(c, c->ana, "");
	send_from(c->v_ana, casus_at(c, "/move/analyse"), casus_at(c, "/move/analyse"), "x=1");
	send_from(c->v_ana, tab, tab, "x=1");
	const char *found = strstr(c->v_ana->path, "/advices/A-");
	assert_non_null(found);
	const char *advice = arena_strdup(&c->h->arena, found);
	const char *text = arena_printf(&c->h->arena, "%s/text", advice);
	send_from(c->v_ana, text, text,
	          "introduction=In%20de%20straat%20staan%20panden%20leeg&conclusion=Ga%20samen");
	send_from(
	    c->v_ana, arena_printf(&c->h->arena, "%s/proposals/new", advice),
	    arena_printf(&c->h->arena, "%s/proposals", advice),
	    arena_printf(&c->h->arena,
	                 "instrument=301&weight=MEDIUM&approach=Onderzoek%%20naar%%20de%%20opslag"
	                 "&hours=120&wantedDay=1-3-2027&lead=%lld",
	                 (long long)c->h->police_organ));
	assert_page_says(c->v_ana, "Onderzoek naar de opslag");
}
