#include "steering_table.h"

#include "advice/advice_write.h"
#include "advice/advices.h"
#include "platform/core/calendar.h"

static const struct db_stmt SET_STATE = { "test_casefile_state", "ii",
	                                  "UPDATE casefile SET state = $2 WHERE id = $1" };
static const struct db_stmt BLOCK = {
	"test_block", "iii",
	"INSERT INTO casefile_block (casefile_id, person_id, kind, set_by, set_at)"
	" VALUES ($1, $2, 1, $3, 1)"
};

enum status set_state(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *s = args;
	return db_exec(tx, &SET_STATE, DB_ARGS(DB_INT(s->id), DB_INT(s->value)), NULL, reterr);
}
enum status block(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *s = args;
	return db_exec(tx, &BLOCK, DB_ARGS(DB_INT(s->id), DB_INT(s->value), DB_INT(s->by)), NULL,
	               reterr);
}

struct steering *gather(struct house *h)
{
	struct steering *s = arena_alloc(&h->arena, sizeof *s);

	s->b = open_bureau(h);
	s->h = h;
	s->sec = house_hire(h, "sec@riec.example", ROLE_STEERING_SECRETARY, 0);
	s->police = house_hire(h, "chef@politie.example", ROLE_STEERING_MEMBER, h->police_organ);
	s->tax = house_hire(h, "chef@bd.example", ROLE_STEERING_MEMBER, h->police_organ);
	s->duin = house_hire(h, "wethouder@duinwaard.example", ROLE_STEERING_MEMBER, 0);
	s->lead = house_hire(h, "regie@politie.example", ROLE_INTERVENTION_LEAD, h->police_organ);
	works_for(s->b, s->tax, s->b->tax, s->b->tax_organ);
	struct setting at_steering = { s->b->casefile, 5, 0 };
	store_world_run(h->store, set_state, &at_steering);
	s->v_sec = signed_in(h, s->sec);
	s->v_tax = signed_in(h, s->tax);
	s->v_police = signed_in(h, s->police);
	s->v_duin = signed_in(h, s->duin);
	return s;
}

/* ---- an advice as two persons signed it --------------------------------------------------------- */

static const struct db_stmt ADVICE_STATE = {
	"test_advice_state", "ii",
	"UPDATE advice SET state = $2 WHERE casefile_id = $1 AND state <> 4"
};

struct advising {
	struct steering *s;
	struct advice_new made;
	struct proposal_new proposals[2];
	struct sealed_advice_texts texts;
	struct viewer analyst;
};

static uint16_t instrument_of(char letter)
{
	size_t count = 0;
	const struct law_instrument *all = law_instruments(&count);

	for (size_t i = 0; i < count; i++)
		if (verdict_allows(advice_may_own(all[i].code, letter)))
			return all[i].code;
	fail_msg("no instrument for %c", letter);
	return 0;
}

static enum status advise_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct advising *v = args;
	const char *reference = NULL;
	int64_t id = 0, number = 0;
	struct advice advice = { 0 };

	enum status st = advice_insert(tx, &v->made, &id, &reference, reterr);
	if (st == OK)
		st = advice_of_casefile(db_tx_read(tx), v->made.casefile_id, db_tx_arena(tx),
		                        &advice, reterr);
	const struct advice_writer w = { &advice, &v->analyst, HOUSE_NOW };
	if (st == OK)
		st = advice_texts_put(tx, &w, &v->texts, reterr);
	for (int i = 0; st == OK && i < 2; i++)
		st = advice_proposal_put(tx, &w, &v->proposals[i], &number, reterr);
	return st == OK ? db_exec(tx, &ADVICE_STATE,
	                          DB_ARGS(DB_INT(v->made.casefile_id), DB_INT(ADVICE_FINAL)), NULL,
	                          reterr)
	                : st;
}

/* Two proposals: of the police, 40 hours; of the tax administration after it, 120 hours. */
void advise(struct steering *s)
{
	struct house *h = s->h;
	struct advising v = { .s = s,
		              .analyst = { .person_id = s->b->ana->person_id,
		                           .appointment_id = s->b->ana->appointment_id,
		                           .participant_id = h->bureau,
		                           .role = ROLE_ANALYST } };
	const int64_t organs[] = { h->police_organ, s->b->tax_organ };
	const int64_t hours[] = { 40, 120 };

	v.made = (struct advice_new){ uuid_random(), h->plein.reference_key, &v.analyst,
		                      s->b->casefile, HOUSE_NOW };
	advice_seal_texts(h->plein.keyring, &v.made.uuid, "Waarom dit advies",
	                  "De opslag moet dicht", &h->arena, &v.texts);
	for (int i = 0; i < 2; i++) {
		const uint16_t code = instrument_of(i == 0 ? 'a' : 'b');
		v.proposals[i] = (struct proposal_new){
			.uuid = uuid_random(),
			.instrument = code,
			.kind = (int)law_instrument(code)->kind,
			.weight = i == 0 ? WEIGHT_LIGHT : WEIGHT_HEAVY,
			.lead_organ_id = organs[i],
			.hours = hours[i],
			.wanted_day = local_day(HOUSE_NOW) + 30,
			.waits_for = i,
		};
		advice_seal_proposal(h->plein.keyring, &v.proposals[i].uuid,
		                     &(struct proposal_texts){ "Artikel 1", "Controle van de loods",
		                                               "Minder overlast",
		                                               "Meldingen per maand" },
		                     &h->arena, &v.proposals[i].texts);
	}
	store_world_run(h->store, advise_run, &v);
}

void disperse(struct steering *s)
{
	struct visitor *all[] = { s->v_sec, s->v_tax, s->v_police, s->v_duin };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		visitor_free(all[i]);
	close_bureau(s->b);
}

const char *there(struct steering *s, const char *rest)
{
	return arena_printf(&s->h->arena, "/steering/%s%s", s->meeting, rest);
}

const char *of_case(struct steering *s, const char *rest)
{
	return there(s, arena_printf(&s->h->arena, "/points/%s%s", s->b->ref, rest));
}

/* Planned with everybody; the police chairs. */
void plan(struct steering *s)
{
	send_from(s->v_sec, "/steering/new", "/steering",
	          arena_printf(&s->h->arena,
	                       "day=26-11-2026&time=9.30&place=Zaal%%202&chair=%lld"
	                       "&invited%%5B0%%5D.id=%lld&invited%%5B1%%5D.id=%lld",
	                       (long long)s->police->appointment_id,
	                       (long long)s->tax->appointment_id,
	                       (long long)s->duin->appointment_id));
	assert_page_says(s->v_sec, "De vergadering staat gepland");
	const char *at = strstr(s->v_sec->path, "/steering/SP-");
	assert_non_null(at);
	(void)snprintf(s->meeting, sizeof s->meeting, "%s", at + strlen("/steering/"));
}

void compose(struct steering *s)
{
	send_from(s->v_sec, there(s, ""), there(s, "/_compose"), "x=1");
	assert_page_says(s->v_sec, "De agenda is samengesteld");
}

/* ---- deciding ------------------------------------------------------------------------------ */

void open_meeting(struct steering *s)
{
	send_from(s->v_sec, there(s, ""), there(s, "/move/open"), "x=1");
	assert_page_says(s->v_sec, "De vergadering is open");
	send_from(
	    s->v_sec, there(s, "/attendance"), there(s, "/_attendance"),
	    arena_printf(&s->h->arena,
	                 "chair=%lld&people%%5B0%%5D.id=%lld&people%%5B0%%5D.presence=room"
	                 "&people%%5B1%%5D.id=%lld&people%%5B1%%5D.presence=remote"
	                 "&people%%5B2%%5D.id=%lld&people%%5B2%%5D.presence=absent",
	                 (long long)s->police->appointment_id, (long long)s->police->appointment_id,
	                 (long long)s->tax->appointment_id, (long long)s->duin->appointment_id));
	assert_page_says(s->v_sec, "Vastgelegd wie er is");
}

void convene(struct steering *s)
{
	advise(s);
	plan(s);
	compose(s);
	open_meeting(s);
}

const char *ruling(struct steering *s, int number)
{
	return of_case(s, arena_printf(&s->h->arena, "/rulings/%d", number));
}

/* What approving asks beside the ruling itself. */
const char *with_lead(struct steering *s, const char *more)
{
	return arena_printf(&s->h->arena, "owner=AGREED&lead=%lld&%s",
	                    (long long)s->lead->appointment_id, more);
}

void rule(struct steering *s, int number, const char *fields)
{
	send_from(s->v_sec, ruling(s, number), ruling(s, number), fields);
}

void rule_both(struct steering *s)
{
	rule(s, 1,
	     with_lead(s, arena_printf(&s->h->arena,
	                               "ruling=APPROVE&pledges%%5B0%%5D.participant=%lld"
	                               "&pledges%%5B0%%5D.hours=40",
	                               (long long)s->h->police)));
	assert_page_says(s->v_sec, "Vastgelegd als concept");
	rule(s, 2, with_lead(s, "ruling=AMEND&hours=80&reason=Minder&conditions=Na%20mei"));
	assert_page_says(s->v_sec, "Vastgelegd als concept");
}

void point_move(struct steering *s, struct visitor *v, const char *action)
{
	send_from(v, of_case(s, ""), of_case(s, arena_printf(&s->h->arena, "/move/%s", action)),
	          "x=1");
}

int api(struct steering *s, const struct house_person *who, const char *path, const char *json)
{
	struct reply r =
	    client_request(s->h->port, "POST", arena_printf(&s->h->arena, "/api/v1%s", path),
	                   house_bearer(s->h, who), json);
	const int code = r.code;

	(void)snprintf(s->said, sizeof s->said, "%s", r.all);
	reply_free(&r);
	return code;
}

int64_t case_state(struct steering *s)
{
	return count(s->b, "SELECT state FROM casefile");
}

static const struct db_stmt END = { "test_end", "ii",
	                            "UPDATE appointment SET ended_at = $2 WHERE id = $1" };
enum status end_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *e = args;
	return db_exec(tx, &END, DB_ARGS(DB_INT(e->id), DB_INT(e->value)), NULL, reterr);
}
enum status withdraw_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *e = args;
	return db_exec(tx, &ADVICE_STATE, DB_ARGS(DB_INT(e->id), DB_INT(ADVICE_WITHDRAWN)), NULL,
	               reterr);
}
