#include "weighing_table.h"

#include <stdio.h>

#include "partners/partner.h"
#include "signals/signals.h"
#include "weighing/weighing_store.h"

/* ---- partners beside those of the house ------------------------------------------------------ */

enum status put_partner(struct db_tx *tx, void *args, struct error *reterr)
{
	struct partner_wish *w = args;
	const struct sorted_name name = { w->name, (const uint8_t *)w->name, strlen(w->name) };
	const struct participant p = { .code = w->code,
		                       .short_name = w->name,
		                       .valid_from = 10000 };

	enum status st = participant_put(tx, &p, &name, &w->participant, reterr);
	const struct organ o = { .participant_id = w->participant,
		                 .letter = w->letter,
		                 .name = w->name,
		                 .on_behalf = w->name };
	return st == OK ? organ_put(tx, &o, &w->organ, reterr) : st;
}

static const struct db_stmt WORKS_FOR = {
	"test_works_for", "iii",
	"UPDATE appointment SET participant_id = $2, organ_id = $3 WHERE id = $1"
};

enum status employ(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct employing *e = args;
	return db_exec(tx, &WORKS_FOR,
	               DB_ARGS(DB_INT(e->appointment), DB_INT(e->participant), DB_INT(e->organ)),
	               NULL, reterr);
}

static const struct db_stmt ENDS = { "test_ends", "ii",
	                             "UPDATE appointment SET ended_at = $2 WHERE id = $1" };

enum status end_appointment(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct ending *e = args;
	return db_exec(tx, &ENDS, DB_ARGS(DB_INT(e->appointment), DB_INT(e->at)), NULL, reterr);
}

static void seat_members(struct table *t)
{
	struct house *h = t->h;
	struct partner_wish more[] = { { "om", "Openbaar Ministerie", 'b', 0, 0 },
		                       { "bd", "Belastingdienst", 'c', 0, 0 },
		                       { "uwv", "UWV", 'e', 0, 0 } };

	for (int i = 0; i < 3; i++)
		store_world_run(h->store, put_partner, &more[i]);
	const int64_t organ[] = { h->executive,  h->mayor,      h->police_organ,
		                  more[0].organ, more[1].organ, more[2].organ };
	const int64_t participant[] = { h->duinwaard,        h->duinwaard,
		                        h->police,           more[0].participant,
		                        more[1].participant, more[2].participant };
	for (int i = 0; i < MEMBERS; i++) {
		t->member[i] = house_hire(h, arena_printf(&h->arena, "lid%d@overleg.example", i),
		                          ROLE_INFO_MEETING_MEMBER, 0);
		struct employing e = { t->member[i]->appointment_id, participant[i], organ[i] };
		store_world_run(h->store, employ, &e);
		t->organ[i] = organ[i];
		t->participant[i] = participant[i];
	}
}

/* ---- a signal that was accepted ---------------------------------------------------------------- */

struct making {
	const struct table *t;
	struct viewer clerk, coordinator;
	struct signal_new made;
	struct sealed_part title, facts;
	int64_t id;
	char reference[32];
};

static enum status move_to(struct db_tx *tx, const struct making *m, enum signal_action action,
                           const struct viewer *who, struct error *reterr)
{
	struct signal_picture p = { 0 };
	enum status st = signal_picture_load(db_tx_read(tx), who, m->id, &p, reterr);

	p.criteria_explained = p.has_title = p.has_facts = p.has_where = p.has_municipality = true;
	p.has_theme = p.has_line = p.has_task = p.lawful_declared = true;
	p.hits_settled = p.hits_reviewed = p.matched = true;
	const struct signal_moving moving = { .id = m->id,
		                              .action = action,
		                              .viewer = who,
		                              .picture = &p,
		                              .now_ms = m->made.now_ms };
	return st == OK ? signal_move(tx, &moving, reterr) : st;
}

static enum status make_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct making *m = args;
	const char *reference = NULL;

	enum status st = signal_create(tx, &m->made, &m->id, &reference, reterr);
	if (st != OK)
		return st;
	(void)snprintf(m->reference, sizeof m->reference, "%s", reference);
	const struct signal_writer w = { m->id, m->clerk.appointment_id, m->made.now_ms };
	st = db_claim(tx, &SIGNAL_ROOT, m->id, 1, reterr);
	if (st == OK)
		st = signal_text_put(tx, &w, &m->title, reterr);
	if (st == OK)
		st = signal_text_put(tx, &w, &m->facts, reterr);
	if (st == OK)
		st = move_to(tx, m, SIGNAL_SUBMIT, &m->clerk, reterr);
	return st == OK ? move_to(tx, m, SIGNAL_ACCEPT, &m->coordinator, reterr) : st;
}

void bring_in(struct table *t)
{
	struct house *h = t->h;
	struct making m = { .t = t,
		            .clerk = { .person_id = t->anna->person_id,
		                       .appointment_id = t->anna->appointment_id,
		                       .participant_id = h->duinwaard,
		                       .organ_id = h->executive,
		                       .role = ROLE_SUBMITTER },
		            .coordinator = { .person_id = t->cor->person_id,
		                             .appointment_id = t->cor->appointment_id,
		                             .participant_id = h->bureau,
		                             .role = ROLE_INFO_COORDINATOR } };
	m.made = (struct signal_new){ .uuid = uuid_random(),
		                      .reference_key = h->plein.reference_key,
		                      .viewer = &m.clerk,
		                      .municipality_id = h->municipality,
		                      .now_ms = h->clock.fixed_ms };
	signal_seal_part(h->plein.keyring, &m.made.uuid, 2, PART_TITLE, "Veel contant geld",
	                 &h->arena, &m.title);
	signal_seal_part(h->plein.keyring, &m.made.uuid, 2, PART_FACTS,
	                 "Zeventien envelopjes in de kas", &h->arena, &m.facts);
	store_world_run(h->store, make_run, &m);
	(void)snprintf(t->signal, sizeof t->signal, "%s", m.reference);
	t->signal_id = m.id;
}

/* ---- around the table ---------------------------------------------------------------------------- */

struct visitor *signed_in(struct house *h, const struct house_person *p)
{
	struct visitor *v = visitor_new(h);
	visitor_sign_in(v, p);
	return v;
}

const char *path(const struct table *t, const char *rest)
{
	return arena_printf(&t->h->arena, "/meetings/%s%s", t->meeting, rest);
}

void send_from(struct visitor *v, const char *page, const char *to, const char *fields)
{
	visit(v, page);
	assert_int_equal(v->code, 200);
	visitor_send(v, to, fields);
}

void plan(struct table *t, int invited)
{
	struct house *h = t->h;
	const char *fields = "day=26-11-2026&time=9.30&place=Zaal%202";

	for (int i = 0; i < invited; i++)
		fields = arena_printf(&h->arena, "%s&invited%%5B%d%%5D.id=%lld", fields, i,
		                      (long long)t->member[i]->appointment_id);
	send_from(t->v_cor, "/meetings/new", "/meetings", fields);
	assert_int_equal(t->v_cor->code, 200);
	const char *at = strstr(t->v_cor->path, "/meetings/IO-");
	assert_non_null(at);
	(void)snprintf(t->meeting, sizeof t->meeting, "%s", at + strlen("/meetings/"));
	send_from(t->v_cor, path(t, ""), path(t, "/_add"),
	          arena_printf(&h->arena, "signal=%s", t->signal));
	assert_page_says(t->v_cor, "Het signaal staat op de agenda");
}

void open_meeting(struct table *t, int invited, int present)
{
	const char *fields = "x=1";

	send_from(t->v_sec, path(t, ""), path(t, "/_open"), "x=1");
	assert_page_says(t->v_sec, "De vergadering is open");
	for (int i = 0; i < invited; i++)
		fields = arena_printf(&t->h->arena,
		                      "%s&people%%5B%d%%5D.id=%lld&people%%5B%d%%5D.presence=%s",
		                      fields, i, (long long)t->member[i]->appointment_id, i,
		                      i < present ? "room" : "absent");
	send_from(t->v_sec, path(t, "/attendance"), path(t, "/_attendance"), fields);
	assert_page_says(t->v_sec, "Vastgelegd wie er is");
}

struct table *set_table(struct house *h, int sign_in)
{
	struct table *t = arena_alloc(&h->arena, sizeof *t);

	t->h = h;
	t->anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	t->cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	t->sec = house_hire(h, "sec@riec.example", ROLE_SECRETARY, 0);
	seat_members(t);
	bring_in(t);
	t->v_cor = signed_in(h, t->cor);
	t->v_sec = signed_in(h, t->sec);
	for (int i = 0; i < sign_in; i++)
		t->at[i] = signed_in(h, t->member[i]);
	return t;
}

void leave(struct table *t)
{
	visitor_free(t->v_cor);
	visitor_free(t->v_sec);
	for (int i = 0; i < MEMBERS; i++)
		if (t->at[i] != NULL)
			visitor_free(t->at[i]);
}

const char GOOD[] =
    "agreedA=2&agreedB=1&agreedC=3&agreedD=0&criterionA=yes&criterionB=yes&criterionC=yes"
    "&criterionD=yes&criterionE=yes&outcome=adopt-case&assignment=Waar%20komt%20het%20vandaan"
    "&message=Wij%20gaan%20ermee%20verder";

const char *good(const struct table *t)
{
	return arena_printf(&t->h->arena, "%s&involved%%5B0%%5D.id=%lld", GOOD,
	                    (long long)t->organ[0]);
}

void ask_scores(struct table *t)
{
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_ask-scores"), "x=1");
	assert_int_equal(t->v_sec->code, 200);
}
