/* Who may be the same as whom: proposed by the index, within rights; judged by people, undone by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include "matches/live_parts.h"
#include "match_play.h"
#include "matches/seen.h"
#include "request_world.h"
#include "signal_play.h"
#include "subjects/presence.h"

#define SOMEONE "kind=PERSON&role=MAIN&familyName=Boer&givenNames=Anna&birthDate=01-02-1991"

static int set_up(void **state)
{
	return house_set_up(state);
}

/* As at a new start: the memory is gone, the file isn't. */
static void start_anew(struct house *h)
{
	live_free(h->plein.live);
	h->plein.live = live_new();
}

static void keep_the_index(struct house *h, char path[64])
{
	(void)snprintf(path, 64, "/tmp/plein-live-%d", (int)getpid());
	(void)unlink(path);
	h->plein.live_file = path;
}

/* How many presences the file holds, and since when; -1: it can't be opened. */
static int64_t kept_since(struct house *h, int64_t *ret_built_at)
{
	struct live_set kept;
	struct error e;

	if (live_file_take(&h->plein, &kept, ret_built_at, &e) != OK)
		return -1;
	const int64_t count = (int64_t)(kept.rows.bytes / sizeof(struct live_row));
	live_set_free(&kept);
	return count;
}

static int64_t kept_count(struct house *h)
{
	int64_t built_at = 0;

	return kept_since(h, &built_at);
}

static int64_t number_of(struct house *h, const char *sql)
{
	return store_world_number(h->store, sql);
}

/* A draft about these. */
static struct played draft_about(struct visitor *writer, const char *one, const char *other)
{
	struct played p = play_begin(writer);

	play_fill(&p, "/edit/subjects", one);
	if (other != NULL)
		play_fill(&p, "/edit/subjects", other);
	return p;
}

/* ---- known already --------------------------------------------------------------------------- */

static void a_name_with_a_slip_is_known_already_and_the_page_says_why(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const struct played first = draft_about(anna, MEHMET, NULL);
	struct played p = draft_about(anna, SOMEONE, NULL);

	index_all(h);
	visit(anna, play_at(&p, "/edit/subjects"));
	visitor_send(anna, play_at(&p, "/known/ask"), MEHMED);
	assert_page_says(anna, first.ref);
	assert_page_says(anna, "zelfde geboortedatum");
	assert_page_says(anna, "u beslist");
	assert_false(page_says(anna, "Niets om te tonen"));
	/* asking kept nothing */
	assert_int_equal(number_of(h, "SELECT count(*) FROM presence"), 2);
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement"), 0);
	visitor_free(anna);
}

static void a_likeness_to_what_he_may_not_see_shows_nothing(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *pol =
	    play_person(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	const struct played hidden = submitted_about(anna, MEHMET, NULL);
	struct played p = draft_about(pol, SOMEONE, NULL);

	index_all(h);
	visit(pol, play_at(&p, "/edit/subjects"));
	visitor_send(pol, play_at(&p, "/known/ask"), MEHMED);
	assert_false(page_says(pol, hidden.ref));
	assert_page_says(pol, "Niets om te tonen.");
	visit(pol, "/matches");
	assert_int_equal(pol->code, 404);
	(void)cor;
	visitor_free(anna);
	visitor_free(pol);
	visitor_free(cor);
}

static void intake_sees_likenesses_among_all_signals_that_are_his(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *bert = play_person(h, "bert@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	const struct played theirs = submitted_about(bert, MEHMET, NULL);
	const struct played p = submitted_about(anna, MEHMED, NULL);

	index_all(h);
	visit(cor, play_at(&p, "/known"));
	assert_page_says(cor, theirs.ref);
	assert_page_says(cor, "zelfde geboortedatum");
	visitor_free(anna);
	visitor_free(bert);
	visitor_free(cor);
}

static void a_start_begins_with_the_kept_index_and_what_went_since_is_not_in_it(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played first = draft_about(anna, MEHMET, SOMEONE);
	struct played p = draft_about(anna, SOMEONE, NULL);
	char path[64];
	struct error e;
	bool more = false;

	keep_the_index(h, path);
	index_all(h);
	assert_int_equal(kept_count(h), 3);
	visit(anna, play_at(&first, "/edit/subjects"));
	visitor_send(anna, play_at(&first, "/subjects/2/remove"), "x=1");
	draft_about(anna, MILAN, NULL);
	start_anew(h);
	assert_false(live_ready(h->plein.live));
	assert_int_equal(live_step(&h->plein, &more, &e), OK);
	assert_true(live_ready(h->plein.live)); /* one step, whatever was kept */
	assert_int_equal(live_count(h->plein.live), 3);
	visit(anna, play_at(&p, "/edit/subjects"));
	visitor_send(anna, play_at(&p, "/known/ask"), MEHMED);
	assert_page_says(anna, first.ref);
	assert_page_says(anna, "zelfde geboortedatum");
	visitor_free(anna);
}

static void what_was_forgotten_leaves_the_file_within_a_day(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played first = draft_about(anna, MEHMET, SOMEONE);
	char path[64];

	keep_the_index(h, path);
	index_all(h);
	visit(anna, play_at(&first, "/edit/subjects"));
	visitor_send(anna, play_at(&first, "/subjects/1/remove"), "x=1");
	h->clock.fixed_ms += INT64_C(86400) * 1000;
	index_all(h);
	assert_int_equal(kept_count(h), 1);
	/* and a file that nobody built anew for a day isn't believed */
	h->clock.fixed_ms += INT64_C(86400) * 1000;
	int64_t built_at = 0;
	assert_int_equal(kept_since(h, &built_at), 1);
	assert_int_equal(built_at, h->clock.fixed_ms - INT64_C(86400) * 1000);
	start_anew(h);
	index_all(h);
	assert_int_equal(kept_since(h, &built_at), 1);
	assert_int_equal(built_at, h->clock.fixed_ms);
	visitor_free(anna);
}

static void a_kept_index_whose_period_is_gone_is_built_anew(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	char path[64];
	struct keys_rotation turned;
	struct error e;

	(void)draft_about(anna, MEHMET, NULL);
	keep_the_index(h, path);
	index_all(h);
	assert_int_equal(kept_count(h), 1);
	assert_int_equal(keys_rotate(h->plein.db, h->plein.keyring, h->clock.fixed_ms, &turned, &e),
	                 OK);
	assert_int_equal(kept_count(h), -1);
	start_anew(h);
	index_all(h);
	assert_int_equal(live_count(h->plein.live), 1);
	assert_int_equal(kept_count(h), 1);
	visitor_free(anna);
}

static void after_the_weeks_key_changed_the_next_step_seals_the_kept_index_anew(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const int64_t built = h->clock.fixed_ms;
	char path[64];
	struct keys_rotation turned;
	struct error e;
	bool more = false;
	int64_t built_at = 0;

	(void)draft_about(anna, MEHMET, NULL);
	keep_the_index(h, path);
	index_all(h);
	h->clock.fixed_ms += INT64_C(3600) * 1000;
	assert_int_equal(keys_rotate(h->plein.db, h->plein.keyring, h->clock.fixed_ms, &turned, &e),
	                 OK);
	assert_int_equal(kept_count(h), -1);
	assert_int_equal(live_step(&h->plein, &more, &e), OK);
	assert_int_equal(kept_since(h, &built_at), 1);
	assert_int_equal(built_at,
	                 built); /* it grows no younger: gone within a day of its making */
	start_anew(h);
	assert_int_equal(live_step(&h->plein, &more, &e), OK);
	assert_true(live_ready(h->plein.live));
	/* and once is enough */
	(void)unlink(path);
	assert_int_equal(live_step(&h->plein, &more, &e), OK);
	assert_int_equal(live_step(&h->plein, &more, &e), OK);
	assert_int_equal(kept_count(h), -1);
	visitor_free(anna);
}

static void the_index_follows_what_is_removed_and_what_is_changed(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played first = draft_about(anna, MEHMET, SOMEONE);

	index_all(h);
	assert_int_equal(live_count(h->plein.live), 2);
	visit(anna, play_at(&first, "/edit/subjects"));
	visitor_send(anna, play_at(&first, "/subjects/1/remove"), "x=1");
	assert_int_equal(number_of(h, "SELECT count(*) FROM presence"), 1);
	h->clock.fixed_ms += INT64_C(61) * 1000;
	index_all(h);
	index_all(h);
	assert_int_equal(live_count(h->plein.live), 1);
	visitor_free(anna);
}

/* ---- judging ----------------------------------------------------------------------------------- */

/* The path of the first pair of the list, in the house's arena. */
static const char *first_pair(struct visitor *v)
{
	visit(v, "/matches");
	const char *at = v->page != NULL ? strstr(v->page, "/matches/") : NULL;
	if (at == NULL)
		fail_msg("no pair on %s:\n%s", v->path, v->page != NULL ? v->page : "");
	return arena_strndup(&v->house->arena, at, strcspn(at, "\""));
}

static void judge(struct visitor *v, const char *pair, const char *fields)
{
	visit(v, pair);
	visitor_send(v, pair, fields);
}

static void two_in_signals_are_judged_side_by_side_by_one_person_and_undone(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	const int64_t facts = 6;

	(void)submitted_about(anna, MEHMET, NULL);
	(void)submitted_about(anna, MEHMED, NULL);
	index_all(h);
	const char *pair = first_pair(cor);
	visit(cor, pair);
	assert_page_says(cor, "Yilmas");
	assert_page_says(cor, "Anders");
	assert_page_says(cor, "Gelijk");
	assert_page_says(cor, "Van 100 paren als dit zijn er naar schatting");
	assert_page_says(cor, "model voor personen, versie 4");
	/* without a reason Enter sends nothing that stands */
	assert_page_says(cor, "1, 2 of 3, dan waarom, dan Enter");
	assert_false(page_says(cor, "persons"));
	judge(cor, pair, "judgement=SAME");
	assert_page_says(cor, "Schrijf kort op waarom");
	judge(cor, pair, "judgement=SAME&reason=Zelfde%20paspoort");
	assert_page_says(cor, "Uw oordeel staat vast");
	visit(cor, pair);
	assert_page_says(cor, "Oordeel: Dezelfde");
	assert_page_says(cor, "Zelfde paspoort");
	assert_page_says(cor, "Wat Plein toen zei");
	visit(cor, "/matches");
	assert_page_says(cor, "Geen paren om te beoordelen");
	/* nothing moved, nothing is readable in the row, and undoing leaves all as it was */
	assert_int_equal(number_of(h, "SELECT count(*) FROM fact"), facts);
	assert_int_equal(number_of(h, "SELECT count(DISTINCT subject_uuid) FROM presence"), 2);
	visit(cor, pair);
	visitor_send(cor, arena_printf(&h->arena, "%s/undo", pair), "x=1");
	assert_page_says(cor, "ongedaan gemaakt");
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement WHERE state <> 3"), 0);
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement"), 1);
	assert_int_equal(number_of(h, "SELECT count(*) FROM fact"), facts);
	(void)first_pair(cor);
	visitor_free(anna);
	visitor_free(cor);
}

/* Presences of whom nothing is known, as many as a part holds. */
static enum status add_nobodies(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt ADD = {
		"add_nobody", "bi",
		"INSERT INTO presence (uuid, subject_uuid, signal_id, casefile_id, number, kind,"
		" role, key_id, created_at) SELECT $1, $1, signal_id, casefile_id, $2, kind, role,"
		" key_id, created_at FROM presence WHERE id = (SELECT min(id) FROM presence)"
	};
	enum status st = OK;

	(void)args;
	for (int i = 0; st == OK && i < SEEN_NEWEST_MAX; i++) {
		const struct uuid uuid = uuid_random();
		st = db_exec(tx, &ADD, DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(i + 2)),
		             NULL, reterr);
	}
	return st;
}

static void older_ones_are_compared_too_and_every_pair_stands_in_one_part(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	(void)submitted_about(anna, MEHMET, NULL);
	store_world_run(h->store, add_nobodies, NULL);
	(void)submitted_about(anna, MEHMED, NULL);
	index_all(h);
	const char *pair = first_pair(cor); /* its older side is the oldest of 1,002 */
	assert_page_says(cor, "Vergelijk de oudere");
	const char *at = strstr(cor->page, "/matches?before=");
	assert_non_null(at);
	const char *older = arena_strndup(&h->arena, at, strcspn(at, "\""));
	visit(cor, older);
	assert_page_says(cor, "Geen paren om te beoordelen");
	assert_page_says(cor, "Naar de nieuwste");
	assert_false(page_says(cor, "Vergelijk de oudere"));
	judge(cor, pair, "judgement=SAME&reason=Zelfde%20paspoort");
	visit(cor, "/matches");
	assert_page_says(cor, "Geen paren om te beoordelen");
	assert_page_says(cor, "Al beoordeeld");
	visit(cor, "/matches?before=00000000-0000-4000-8000-000000000000");
	assert_int_equal(cor->code, 404);
	visitor_free(anna);
	visitor_free(cor);
}

/* What a crowd shares is put in the index alone: as many of these in signals would take an hour. */
static void make_a_crowd(struct house *h)
{
	struct match_index *persons = h->plein.live->now.index[0];
	const struct model *m = &h->plein.live->models[0];
	struct error e;

	for (int i = 0; i < INDEX_LIST_MAX + 30; i++) {
		struct index_record r = { .id = (uint64_t)(i + 2) };
		char name[32];
		(void)snprintf(name, sizeof name, "Naam%c%c", 'a' + i % 26, 'a' + i / 26);
		r.texts[model_field_index(m, "family_name")] = name;
		r.texts[model_field_index(m, "birth_date")] = "1980-03-12";
		assert_int_equal(index_change(persons, &r, &e), OK);
	}
}

static enum status hide_all(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt HIDE = { "hide_all", "",
		                             "UPDATE signal_audience SET state = 11" };

	(void)args;
	return db_exec(tx, &HIDE, NULL, NULL, reterr);
}

static void what_too_many_share_is_listed_and_named_only_to_who_may_see_one_of_them(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	const struct played first = submitted_about(anna, SOMEONE, NULL);
	store_world_run(h->store, add_nobodies, NULL);
	index_all(h);
	visit(cor, "/matches/crowds");
	assert_page_says(cor, "Niets wordt door te velen gedeeld");
	make_a_crowd(h);
	visit(cor, "/matches/crowds");
	assert_page_says(cor, "Zelfde geboortedatum");
	assert_page_says(cor, "400 of meer");
	assert_false(page_says(cor, "430 ") || page_says(cor, ">430<"));
	assert_page_says(cor, "Niet in wat u mag zien"); /* of the nobodies nothing is known */
	assert_false(page_says(cor, "12 maart 1980"));
	const struct played theirs = submitted_about(anna, MEHMET, NULL);
	index_all(h);
	visit(cor, "/matches/crowds");
	assert_page_says(cor, "12 maart 1980");
	assert_page_says(cor, theirs.ref);
	assert_false(page_says(cor, first.ref));
	assert_false(page_says(cor, "Mehmet")); /* not what they share */
	/* who may see none of them learns that there are many, and no more */
	store_world_run(h->store, hide_all, NULL);
	visit(cor, "/matches/crowds");
	assert_page_says(cor, "Zelfde geboortedatum");
	assert_page_says(cor, "Niet in wat u mag zien");
	assert_false(page_says(cor, "12 maart 1980"));
	assert_false(page_says(cor, theirs.ref));
	visit(anna, "/matches/crowds");
	assert_int_equal(anna->code, 404);
	visitor_free(anna);
	visitor_free(cor);
}

static void that_a_person_of_a_casefile_is_the_same_waits_for_a_second_person(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct visitor *anna = play_person(b->h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);

	(void)submitted_about(anna, MILAN, NULL);
	index_all(b->h);
	const char *pair = first_pair(b->v_cor);
	judge(b->v_cor, pair, "judgement=SAME&reason=Zelfde%20adres");
	assert_page_says(b->v_cor, "Een tweede persoon moet meekijken");
	assert_int_equal(number_of(b->h, "SELECT count(*) FROM judgement WHERE state = 1"), 1);
	/* the first is no second, and isn't asked again */
	visit(b->v_cor, "/matches");
	assert_page_says(b->v_cor, "Geen paren om te beoordelen");
	/* the second judges without the first one's reason */
	b->v_head = signed_in(b->h, b->head);
	visit(b->v_head, "/matches");
	assert_page_says(b->v_head, "Wacht op een tweede persoon");
	visit(b->v_head, pair);
	assert_false(page_says(b->v_head, "Zelfde adres"));
	judge(b->v_head, pair, "judgement=SAME&reason=Ik%20zie%20het%20ook");
	assert_page_says(b->v_head, "Het staat nu vast");
	assert_int_equal(number_of(b->h, "SELECT count(*) FROM judgement WHERE state = 2"
	                                 " AND second_by IS NOT NULL"),
	                 1);
	/* both said why, and neither is lost */
	visit(b->v_head, pair);
	assert_page_says(b->v_head, "Zelfde adres");
	assert_page_says(b->v_head, "Ik zie het ook");
	visitor_free(anna);
	close_bureau(b);
}

static void a_second_person_who_disagrees_sets_the_first_aside(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct visitor *anna = play_person(b->h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);

	(void)submitted_about(anna, MILAN, NULL);
	index_all(b->h);
	const char *pair = first_pair(b->v_cor);
	judge(b->v_cor, pair, "judgement=SAME&reason=Zelfde%20adres");
	b->v_head = signed_in(b->h, b->head);
	judge(b->v_head, pair, "judgement=DIFFERENT&reason=Neven");
	assert_page_says(b->v_head, "Uw oordeel staat vast");
	assert_int_equal(
	    number_of(b->h, "SELECT count(*) FROM judgement WHERE state = 3 AND kind = 1"), 1);
	assert_int_equal(
	    number_of(b->h, "SELECT count(*) FROM judgement WHERE state = 2 AND kind = 2"), 1);
	visitor_free(anna);
	close_bureau(b);
}

static void what_follows_from_judgements_is_shown_and_never_applied(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	(void)submitted_about(anna, MEHMET, NULL);
	(void)submitted_about(anna, MEHMED, NULL);
	(void)submitted_about(anna, MEHMET, NULL);
	index_all(h);
	for (int i = 0; i < 2; i++)
		judge(cor, first_pair(cor), "judgement=SAME&reason=Zelfde");
	visit(cor, first_pair(cor));
	assert_page_says(cor, "Uit eerdere oordelen volgt: dezelfde");
	assert_page_says(cor, "Dat wordt niet vanzelf vastgelegd");
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement"), 2);
	visitor_free(anna);
	visitor_free(cor);
}

static void who_sees_one_of_the_two_gets_no_pair(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct played draft;

	(void)submitted_about(anna, MEHMET, NULL);
	draft = draft_about(anna, MEHMED, NULL); /* the coordinator reads no drafts */
	index_all(h);
	visit(cor, play_at(&draft, ""));
	assert_int_equal(cor->code, 404);
	visit(cor, "/matches");
	assert_page_says(cor, "Geen paren om te beoordelen");
	const char *made_up =
	    "/matches/0190b6a4-7c1e-7c3a-9f00-0123456789ab/0190b6a4-7c1e-7c3a-9f00-0123456789ac";
	visit(cor, made_up);
	assert_int_equal(cor->code, 404);
	visit(cor, "/matches/one/other");
	assert_int_equal(cor->code, 404);
	visitor_free(anna);
	visitor_free(cor);
}

/* Everybody in the house, asked himself. */
static void who_stands_on_the_list_of_a_pair_can_put_them_side_by_side(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	int listed_count = 0;

	(void)submitted_about(anna, MEHMET, NULL);
	(void)submitted_about(anna, MEHMED, NULL);
	index_all(h);
	for (int role = 1; role < ROLE_COUNT; role++)
		(void)house_hire(h, arena_printf(&h->arena, "r%d@proef.example", role),
		                 (enum role)role, 0);
	const char *pair = first_pair(cor);
	visit(cor, pair);
	assert_page_says(cor, "Wie ziet dit?");
	struct reply list =
	    client_request(h->port, "GET", arena_printf(&h->arena, "/api/v1%s/who-sees", pair),
	                   house_bearer(h, &h->people[1]), NULL);
	assert_int_equal(list.code, 200);
	for (int i = 0; i < h->people_count; i++) {
		struct reply r =
		    client_request(h->port, "GET", arena_printf(&h->arena, "/api/v1%s", pair),
		                   house_bearer(h, &h->people[i]), NULL);
		const bool listed =
		    reply_says(&list, arena_printf(&h->arena, "\"appointmentId\":%lld,",
		                                   (long long)h->people[i].appointment_id));
		if (listed != (r.code == 200))
			fail_msg("%s gets %d and is %s the list",
			         access_role(h->people[i].role)->name, r.code,
			         listed ? "on" : "not on");
		listed_count += listed;
		reply_free(&r);
	}
	assert_true(listed_count >= 3);
	reply_free(&list);
	visitor_free(anna);
	visitor_free(cor);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	return subject_remove(tx, *(const int64_t *)args, 1, reterr);
}

static void forgetting_one_of_the_two_takes_the_judgement_along(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	(void)submitted_about(anna, MEHMET, NULL);
	(void)submitted_about(anna, MEHMED, NULL);
	index_all(h);
	judge(cor, first_pair(cor), "judgement=SAME&reason=Zelfde");
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement"), 1);
	int64_t signal = number_of(h, "SELECT max(id) FROM signal");
	store_world_run(h->store, forget_run, &signal);
	assert_int_equal(number_of(h, "SELECT count(*) FROM presence"), 1);
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement"), 0);
	visitor_free(anna);
	visitor_free(cor);
}

static void judging_works_by_the_api_as_on_the_page(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *who = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	const char *bearer = house_bearer(h, who);

	(void)submitted_about(anna, MEHMET, NULL);
	(void)submitted_about(anna, MEHMED, NULL);
	index_all(h);
	struct reply list = client_request(h->port, "GET", "/api/v1/matches", bearer, NULL);
	assert_int_equal(list.code, 200);
	const char *at = strstr(list.body, "\"path\":\"/matches/");
	assert_non_null(at);
	at += strlen("\"path\":\"");
	const char *path = arena_printf(&h->arena, "/api/v1%.*s", (int)strcspn(at, "\""), at);
	reply_free(&list);
	struct reply said =
	    client_request(h->port, "POST", path,
	                   arena_printf(&h->arena, "%sContent-Type: application/json\r\n", bearer),
	                   "{\"judgement\":\"UNSURE\",\"reason\":\"Te weinig\"}");
	assert_int_equal(said.code, 201);
	reply_free(&said);
	/* what holds is undone first, never overwritten */
	said =
	    client_request(h->port, "POST", path,
	                   arena_printf(&h->arena, "%sContent-Type: application/json\r\n", bearer),
	                   "{\"judgement\":\"SAME\",\"reason\":\"Toch wel\"}");
	assert_int_equal(said.code, 409);
	reply_free(&said);
	assert_int_equal(number_of(h, "SELECT count(*) FROM judgement WHERE kind = 3"), 1);
	visitor_free(anna);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, live_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_name_with_a_slip_is_known_already_and_the_page_says_why),
		T(a_likeness_to_what_he_may_not_see_shows_nothing),
		T(intake_sees_likenesses_among_all_signals_that_are_his),
		T(a_start_begins_with_the_kept_index_and_what_went_since_is_not_in_it),
		T(what_was_forgotten_leaves_the_file_within_a_day),
		T(a_kept_index_whose_period_is_gone_is_built_anew),
		T(after_the_weeks_key_changed_the_next_step_seals_the_kept_index_anew),
		T(the_index_follows_what_is_removed_and_what_is_changed),
		T(two_in_signals_are_judged_side_by_side_by_one_person_and_undone),
		T(older_ones_are_compared_too_and_every_pair_stands_in_one_part),
		T(what_too_many_share_is_listed_and_named_only_to_who_may_see_one_of_them),
		T(that_a_person_of_a_casefile_is_the_same_waits_for_a_second_person),
		T(a_second_person_who_disagrees_sets_the_first_aside),
		T(what_follows_from_judgements_is_shown_and_never_applied),
		T(who_sees_one_of_the_two_gets_no_pair),
		T(who_stands_on_the_list_of_a_pair_can_put_them_side_by_side),
		T(forgetting_one_of_the_two_takes_the_judgement_along),
		T(judging_works_by_the_api_as_on_the_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
