/* Holds on destruction: who sets and signs, what they stop, what they don't, how they end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attachments/attachment.h"
#include "attachments/media.h"
#include "audit/action.h"
#include "case_world.h"
#include "client.h"
#include "platform/core/calendar.h"
#include "retention/hold.h"
#include "retention/hold_due.h"
#include "retention/person_terms.h"

static const int64_t DAY = INT64_C(86400000);
#define WHY "Dagvaarding+bij+de+rechtbank+van+Deltaland"

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

struct keepers {
	struct house_person *dpo, *mia, *noor;
};
static struct keepers keepers_of(struct casus *c)
{
	return (struct keepers){ house_hire(c->h, "fg@riec.example", ROLE_COORD_DPO, 0),
		                 house_hire(c->h, "mia@riec.example", ROLE_RECORDS_MANAGER, 0),
		                 house_hire(c->h, "noor@riec.example", ROLE_RECORDS_MANAGER, 0) };
}

static const char *day_in(struct casus *c, int days)
{
	const struct civil d = civil_from_day(local_day(c->h->clock.fixed_ms) + days);
	return arena_printf(&c->h->arena, "%d-%d-%d", d.day, d.month, d.year);
}

/* By the page; more: "&subject=1". Returns where it is. */
static const char *set(struct casus *c, const struct house_person *dpo, const char *reference,
                       const char *more, int days)
{
	struct visitor *v = signed_in(c->h, dpo);

	send_from(v, "/retention/holds/new", "/retention/holds",
	          arena_printf(&c->h->arena,
	                       "reference=%s%s&ground=LEGAL_CLAIM&until=%s&reason=" WHY, reference,
	                       more, day_in(c, days)));
	assert_page_says(v, "houdt vernietigen nu al tegen");
	const char *path = arena_strdup(&c->h->arena, v->path);
	visitor_free(v);
	return path;
}

static void step(struct casus *c, const struct house_person *who, const char *path,
                 const char *action, const char *says)
{
	struct visitor *v = signed_in(c->h, who);

	send_from(v, path, arena_printf(&c->h->arena, "%s/move/%s", path, action), "x=1");
	assert_page_says(v, says);
	visitor_free(v);
}

/* Set on the casefile, and signed. */
static const char *held(struct casus *c, const struct house_person *dpo, const char *more, int days)
{
	const char *hold = set(c, dpo, c->ref, more, days);

	step(c, c->head, hold, "confirm", "Er wordt niets vernietigd");
	return hold;
}

static void stop(struct casus *c)
{
	send_from(c->v_cor, casus_at(c, "/move/stop"), casus_at(c, "/move/stop"),
	          "reason=NO_INDICATION");
	assert_page_says(c->v_cor, "De casus is gestopt");
}

static struct holds_done keep_holds(struct casus *c)
{
	struct holds_done done;
	struct error e = { 0 };

	assert_int_equal(
	    holds_keep(c->h->plein.db, c->h->plein.keyring, c->h->clock.fixed_ms, &done, &e), OK);
	return done;
}

static int64_t gone_now(struct casus *c)
{
	struct person_terms_done done;
	struct error e = { 0 };

	assert_int_equal(
	    person_terms_keep(c->h->plein.db, c->h->plein.keyring, c->h->clock.fixed_ms, &done, &e),
	    OK);
	return done.gone;
}

/* "": nothing was due. */
static const char *make_list(struct casus *c, const struct house_person *mia)
{
	struct visitor *v = signed_in(c->h, mia);

	visit(v, "/retention");
	visitor_send(v, "/retention/lists", "x=1");
	const char *path = strstr(v->path, "/lists/") != NULL ? v->path : "";
	path = arena_strdup(&c->h->arena, path);
	visitor_free(v);
	return path;
}

static void sign_list(struct casus *c, const struct house_person *noor, const char *list)
{
	struct visitor *v = signed_in(c->h, noor);

	visit(v, list);
	visitor_send(v, arena_printf(&c->h->arena, "%s/sign", list), "x=1");
	assert_page_says(v, "Getekend");
	visitor_free(v);
}

static int code_of(struct casus *c, const struct house_person *who, const char *path)
{
	struct visitor *v = signed_in(c->h, who);

	visit(v, path);
	const int code = v->code;
	visitor_free(v);
	return code;
}

/* ---- setting ----------------------------------------------------------------------------------- */

static void a_hold_needs_a_ground_a_last_day_and_something_that_is_there(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);
	struct visitor *v = signed_in(c->h, k.dpo);

	send_from(
	    v, "/retention/holds/new", "/retention/holds",
	    arena_printf(&c->h->arena, "reference=%s&until=%s&reason=" WHY, c->ref, day_in(c, 60)));
	assert_page_says(v, "Langer bewaren mag alleen om een wettelijk voorschrift of een "
	                    "rechtsvordering.");
	send_from(v, "/retention/holds/new", "/retention/holds",
	          arena_printf(&c->h->arena, "reference=%s&ground=LEGAL_CLAIM&until=%s&reason=" WHY,
	                       c->ref, day_in(c, 0)));
	assert_page_says(v, "Tot wanneer moet dit blijven?");
	send_from(v, "/retention/holds/new", "/retention/holds",
	          arena_printf(&c->h->arena, "reference=%s&ground=LEGAL_CLAIM&until=%s&reason=" WHY,
	                       c->ref, day_in(c, 400)));
	assert_page_says(v, "ten hoogste een jaar");
	send_from(v, "/retention/holds/new", "/retention/holds",
	          arena_printf(&c->h->arena,
	                       "reference=C-2026-AAAAA&ground=LEGAL_CLAIM&until=%s&reason=" WHY,
	                       day_in(c, 60)));
	assert_page_says(v, "Dit nummer vinden wij niet.");
	send_from(v, "/retention/holds/new", "/retention/holds",
	          arena_printf(&c->h->arena,
	                       "reference=%s&subject=9&ground=LEGAL_CLAIM&until=%s&reason=" WHY,
	                       c->ref, day_in(c, 60)));
	assert_page_says(v, "Deze betrokkene staat niet in deze casus.");
	send_from(v, "/retention/holds/new", "/retention/holds",
	          arena_printf(&c->h->arena,
	                       "reference=%s&ground=LEGAL_CLAIM&until=%s&reason=Over%%20zijn%%20"
	                       "homoseksuele%%20relatie",
	                       c->ref, day_in(c, 60)));
	assert_page_says(v, "Haal het weg");
	assert_int_equal(number(c, "SELECT count(*) FROM destruction_hold"), 0);
	visitor_free(v);
	casus_free(c);
}

static void who_set_it_cannot_sign_and_the_head_can(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);
	const char *hold = set(c, k.dpo, c->ref, "", 60);
	const char *confirm = arena_printf(&c->h->arena, "/api/v1%s/move/confirm", hold);
	struct visitor *v = signed_in(c->h, k.dpo);

	visit(v, hold);
	assert_page_says(v, "Een ander moet tekenen");
	assert_false(page_says(v, "Teken de bewaarstop"));
	visitor_free(v);
	struct reply r = client_request(c->h->port, "POST", confirm, house_bearer(c->h, k.dpo),
	                                "{\"_version\":1}");
	assert_int_equal(r.code, 409);
	assert_true(reply_says(&r, "U stelde deze bewaarstop zelf in."));
	reply_free(&r);
	assert_int_equal(number(c, "SELECT state FROM destruction_hold"), HOLD_PROPOSED);
	assert_int_equal(number(c, "SELECT count(*) FROM task WHERE kind = 30 AND done_at = 0"), 1);
	step(c, c->head, hold, "confirm", "Er wordt niets vernietigd");
	assert_int_equal(number(c, "SELECT state FROM destruction_hold"), HOLD_ACTIVE);
	assert_int_equal(number(c, "SELECT count(*) FROM task WHERE kind = 30 AND done_at = 0"), 0);
	casus_free(c);
}

static void who_may_know_sees_it_on_the_record_and_nobody_else(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);
	const char *hold = set(c, k.dpo, c->ref, "", 60);
	struct visitor *mia = signed_in(c->h, k.mia), *head = signed_in(c->h, c->head);

	visit(head, casus_at(c, ""));
	assert_page_says(head, "Bewaarstop tot en met");
	visit(head, hold);
	assert_page_says(head, "Dagvaarding bij de rechtbank");
	visit(mia, "/retention");
	assert_page_says(mia, "Blijft langer door een bewaarstop");
	visit(mia, hold);
	assert_page_says(mia, c->ref);
	assert_false(page_says(mia, "Dagvaarding")); /* numbers and days, no content */
	visit(c->v_cor, casus_at(c, ""));
	assert_false(page_says(c->v_cor, "ewaarstop"));
	visit(c->v_wendy, casus_at(c, ""));
	assert_false(page_says(c->v_wendy, "ewaarstop"));
	assert_int_equal(code_of(c, c->cor, hold), 404);
	visitor_free(mia);
	visitor_free(head);
	casus_free(c);
}

static void block(struct casus *c, const struct house_person *who)
{
	send_from(
	    c->v_cor, casus_at(c, "/members"), casus_at(c, "/blocks"),
	    arena_printf(&c->h->arena, "person=%lld&kind=EMBARGO", (long long)who->person_id));
}

static void who_is_kept_from_a_casefile_learns_of_no_hold_on_it(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);
	const char *hold = set(c, k.dpo, c->ref, "&subject=1", 60);
	const char *confirm = arena_printf(&c->h->arena, "%s/move/confirm", hold);
	struct visitor *head = signed_in(c->h, c->head);

	visit(head, "/");
	assert_page_says(head, "Bewaarstop lezen en tekenen");
	block(c, c->head);
	block(c, k.mia);
	visit(head, "/");
	assert_false(page_says(head, "Bewaarstop lezen"));
	visit(head, "/retention/holds");
	assert_int_equal(head->code, 200);
	assert_false(page_says(head, c->ref));
	assert_int_equal(code_of(c, c->head, hold), 404);
	struct reply r =
	    client_request(c->h->port, "POST", arena_printf(&c->h->arena, "/api/v1%s", confirm),
	                   house_bearer(c->h, c->head), "{\"_version\":1}");
	assert_int_equal(r.code, 404);
	reply_free(&r);
	assert_int_equal(code_of(c, k.mia, hold), 404);
	assert_null(strstr(casus_get(c, k.mia, "/retention", 200), "betrokkene 1"));
	assert_int_equal(code_of(c, k.noor, hold), 200);
	const int64_t held = number(
	    c, arena_printf(&c->h->arena, "SELECT id FROM casefile_block WHERE person_id = %lld",
	                    (long long)c->head->person_id));
	send_from(c->v_cor, casus_at(c, "/members"),
	          casus_at(c, arena_printf(&c->h->arena, "/blocks/%lld/lift", (long long)held)),
	          "x=1");
	step(c, c->head, hold, "confirm", "Er wordt niets vernietigd");
	visitor_free(head);
	casus_free(c);
}

/* ---- what it stops ------------------------------------------------------------------------------- */

static void
a_held_casefile_stays_leaves_sight_on_its_day_and_goes_when_the_hold_is_over(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	(void)held(c, k.dpo, "", 60);
	stop(c);
	c->h->clock.fixed_ms += 25 * DAY;
	assert_string_equal(make_list(c, k.mia), "");
	assert_int_equal(code_of(c, c->head, casus_at(c, "")), 200);
	assert_int_equal(keep_holds(c).shielded, 0); /* its day is not yet */
	c->h->clock.fixed_ms += 5 * DAY;
	assert_int_equal(keep_holds(c).shielded, 1);
	assert_int_equal(keep_holds(c).shielded, 0);
	assert_int_equal(code_of(c, c->head, casus_at(c, "")), 404);
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_ARCHIVED);
	assert_int_equal(number(c, "SELECT count(*) FROM signal_audience"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM presence WHERE casefile_id > 0"), 2);
	c->h->clock.fixed_ms += 31 * DAY; /* the last day is behind us */
	assert_int_equal(keep_holds(c).ended, 1);
	const char *list = make_list(c, k.mia);
	assert_string_not_equal(list, "");
	sign_list(c, k.noor, list);
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_DESTROYED);
	assert_int_equal(number(c, "SELECT count(*) FROM presence"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM sealed_key"), 0); /* the hold's too */
	casus_free(c);
}

static void a_hold_that_came_after_the_list_was_made_takes_it_off_again(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	stop(c);
	c->h->clock.fixed_ms += 25 * DAY;
	const char *list = make_list(c, k.mia);
	assert_string_not_equal(list, "");
	const char *hold =
	    set(c, k.dpo, c->ref, "", 60); /* nobody signed it yet: it keeps already */
	sign_list(c, k.noor, list);
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_STOPPED);
	assert_int_equal(number(c, "SELECT count(*) FROM destruction_item WHERE destroyed_at = 0"),
	                 1);
	step(c, k.dpo, hold, "refuse", "Afgewezen");
	list = make_list(c, k.mia);
	assert_string_not_equal(list, "");
	sign_list(c, k.noor, list);
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_DESTROYED);
	casus_free(c);
}

static enum status set_clocks(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt CLOCKS = { "test_clocks", "i",
		                               "UPDATE presence SET first_processed_at = $1" };
	return db_exec(tx, &CLOCKS, DB_ARGS(DB_INT(*(int64_t *)args)), NULL, reterr);
}

/* As if everybody was first processed so long ago that his five years end in so many days. */
static void five_years_end_in(struct casus *c, int days)
{
	int64_t first = ms_at_day_start(day_add_years(local_day(c->h->clock.fixed_ms) + days, -5));

	store_world_run(c->h->store, set_clocks, &first);
}

static void a_held_person_goes_on_his_day_and_a_copy_stays_for_the_dpo_alone(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	casus_tell(c, c->v_wendy, 1,
	           "kind=INSPECTION&nature=FACT&text=Controle%20bij%20de%20loods");
	casus_put_heavy(c, "Zwaar gegeven");
	five_years_end_in(c, 30);
	const char *hold = held(c, k.dpo, "&subject=1", 60);
	assert_int_equal(gone_now(c), 0);
	c->h->clock.fixed_ms += 30 * DAY;
	assert_int_equal(gone_now(c), 4); /* Milan and his car: out of casefile and signal, both */
	assert_int_equal(number(c, "SELECT count(*) FROM presence WHERE casefile_id IS NOT NULL"),
	                 0);
	/* of Milan alone, here and in the signal that he came from */
	assert_int_equal(number(c, "SELECT count(*) FROM held_copy"), 2);
	struct visitor *v = signed_in(c->h, k.dpo);
	visit(v, hold);
	assert_page_says(v, "Apart gezet");
	const char *copy = arena_printf(&c->h->arena, "%s/copies/%lld", hold,
	                                (long long)number(c, "SELECT id FROM held_copy WHERE"
	                                                     " reference LIKE 'C-%'"));
	visit(v, copy);
	assert_page_says(v, "Zandwijk");
	assert_page_says(v, "Controle bij de loods");
	assert_false(page_says(v, "Zwaar gegeven"));
	assert_page_says(v, "Ook bewaard, uit fase 3: 1.");
	visitor_free(v);
	assert_int_equal(code_of(c, c->head, copy), 404);
	assert_int_equal(found_on_disk(c->h, "Controle bij de loods"), 0); /* sealed */
	c->h->clock.fixed_ms += 31 * DAY;
	assert_int_equal(keep_holds(c).ended, 1);
	assert_int_equal(number(c, "SELECT count(*) FROM held_copy"), 0);
	assert_int_equal(code_of(c, k.dpo, copy), 404);
	casus_free(c);
}

static void a_hold_on_a_casefile_keeps_a_copy_of_everybody_in_it(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	five_years_end_in(c, 30);
	(void)set(c, k.dpo, c->ref, "", 60);
	c->h->clock.fixed_ms += 14 * DAY; /* still waits for a signature, which comes in time */
	step(c, c->head, "/retention/holds/1", "confirm", "Er wordt niets vernietigd");
	c->h->clock.fixed_ms += 16 * DAY;
	assert_int_equal(gone_now(c), 4);
	assert_int_equal(number(c, "SELECT count(*) FROM held_copy"), 4); /* of the signal's too */
	assert_int_equal(number(c, "SELECT count(*) FROM presence WHERE casefile_id IS NOT NULL"),
	                 0);
	casus_free(c);
}

/* ---- words and files -------------------------------------------------------------------------- */

#define PHOTO "\xff\xd8\xff\xe0 de loods aan de Kwartelkade"

struct filing {
	struct attachment_adding in;
};

static enum status file_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct filing *f = args;
	return attachment_add(tx, &f->in, reterr);
}

/* A file in the signal, about everybody in it or about Milan alone. */
static void put_file(struct casus *c, bool of_all)
{
	struct house *h = c->h;
	const struct input_value bytes = { .path = "file",
		                           .kind = INPUT_FILE,
		                           .file_name = "loods.jpg",
		                           .content_type = "image/jpeg",
		                           .file = source_bytes(PHOTO, sizeof PHOTO - 1) };
	const struct attachment_input in = { .kind = 301,
		                             .category = CATEGORY_SUPERVISION,
		                             .file = &bytes,
		                             .source_participant_id = h->duinwaard };
	struct sealed_attachment sealed;
	struct error e = { 0 };
	int64_t ids[2] = { number(c, "SELECT id FROM presence WHERE signal_id > 0 AND number = 1"),
		           number(c,
		                  "SELECT id FROM presence WHERE signal_id > 0 AND number = 2") };

	assert_int_equal(attachment_seal(h->plein.keyring, h->plein.files, &in, MEDIA_JPEG,
	                                 h->clock.fixed_ms, &h->arena, &sealed, &e),
	                 OK);
	struct filing f = { .in = { .owner = { OBJECT_SIGNAL, c->signal_id },
		                    .what = &sealed,
		                    .organ_id = h->executive,
		                    .appointment_id = c->clerk->appointment_id,
		                    .task = 901,
		                    .presence_ids = ids,
		                    .presence_count = of_all ? 2 : 1,
		                    .now_ms = h->clock.fixed_ms } };
	store_world_run(h->store, file_run, &f);
}

static void write_about_milan(struct casus *c)
{
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"),
	          "text=Wij%20belden%20%401%20over%20de%20loods");
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"),
	          "text=De%20auto%20is%20van%20%402");
	send_from(c->v_ana, casus_at(c, "/analysis/new?section=GAPS"),
	          casus_at(c, "/analysis/paragraphs"),
	          "section=GAPS&text=Wie%20betaalt%20de%20huur%20van%20%401");
	assert_int_equal(number(c, "SELECT count(*) FROM analysis_mention"), 1);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_note"), 2);
}

/* The page of the copy that came out of the casefile ("C-") or the signal ("S-"). */
static struct visitor *opened(struct casus *c, const struct house_person *who, const char *hold,
                              const char *of)
{
	struct visitor *v = signed_in(c->h, who);
	const int64_t id =
	    number(c, arena_printf(&c->h->arena,
	                           "SELECT min(id) FROM held_copy WHERE subject_number < 2"
	                           " AND reference LIKE '%s%%'",
	                           of));

	visit(v, arena_printf(&c->h->arena, "%s/copies/%lld", hold, (long long)id));
	assert_int_equal(v->code, 200);
	return v;
}

static void the_copy_has_what_was_written_about_him_and_his_files_are_kept(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	write_about_milan(c);
	put_file(c, true);
	five_years_end_in(c, 30);
	const char *hold = held(c, k.dpo, "&subject=1", 60);
	c->h->clock.fixed_ms += 30 * DAY;
	assert_int_equal(gone_now(c), 4);
	struct visitor *v = opened(c, k.dpo, hold, "C-");
	assert_page_says(v, "Wij belden @1 over de loods");
	assert_page_says(v, "Wie betaalt de huur van Milan Zandwijk");
	assert_false(page_says(v, "De auto is van"));
	visitor_free(v);
	v = opened(c, k.dpo, hold, "S-");
	assert_page_says(v, "loods.jpg");
	const char *file = arena_printf(&c->h->arena, "%s/files/1", v->path);
	visit(v, file);
	assert_int_equal(v->code, 200);
	visitor_free(v);
	assert_int_equal(code_of(c, c->head, file), 404);
	assert_int_equal(code_of(c, k.dpo, arena_printf(&c->h->arena, "%s2", file)), 404);
	assert_int_equal(number(c, "SELECT count(*) FROM attachment WHERE owner_kind = 10"), 0);
	c->h->clock.fixed_ms += 31 * DAY;
	assert_int_equal(keep_holds(c).ended, 1);
	assert_int_equal(number(c, "SELECT count(*) FROM attachment"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM held_file"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM sealed_key WHERE kind = 3"), 0);
	casus_free(c);
}

static void a_file_about_somebody_goes_with_him_where_no_hold_keeps_it(void **state)
{
	struct casus *c = casus_new(*state);

	put_file(c, false);
	five_years_end_in(c, 30);
	c->h->clock.fixed_ms += 30 * DAY;
	assert_int_equal(gone_now(c), 4);
	assert_int_equal(number(c, "SELECT count(*) FROM attachment"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM sealed_key WHERE kind = 3"), 0);
	casus_free(c);
}

static void a_file_that_two_holds_keep_goes_with_the_last(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	put_file(c, false);
	five_years_end_in(c, 30);
	const char *one = held(c, k.dpo, "&subject=1", 60), *two = held(c, k.dpo, "", 60);
	c->h->clock.fixed_ms += 30 * DAY;
	assert_int_equal(gone_now(c), 4);
	step(c, k.dpo, one, "end", "is voorbij");
	assert_int_equal(number(c, "SELECT count(*) FROM attachment"), 1);
	step(c, k.dpo, two, "end", "is voorbij");
	assert_int_equal(number(c, "SELECT count(*) FROM attachment"), 0);
	casus_free(c);
}

/* Words and a file of it, a hold on all or on one ("&subject=1"), and the casefile stops. */
static const char *held_and_stopped(struct casus *c, const struct keepers *k, const char *on)
{
	write_about_milan(c);
	put_file(c, false);
	const char *hold = held(c, k->dpo, on, 60);
	stop(c);
	return hold;
}

static void of_a_held_person_everything_is_set_apart_before_his_casefile_goes(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	const char *hold = held_and_stopped(c, &k, "&subject=1");
	c->h->clock.fixed_ms += 25 * DAY;
	sign_list(c, k.noor, make_list(c, k.mia));
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_DESTROYED);
	assert_int_equal(number(c, "SELECT count(*) FROM presence"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM held_copy"), 2);
	struct visitor *v = opened(c, k.dpo, hold, "C-");
	assert_page_says(v, "Wij belden @1 over de loods");
	assert_page_says(v, "Wie betaalt de huur van Milan Zandwijk");
	visitor_free(v);
	v = opened(c, k.dpo, hold, "S-");
	assert_page_says(v, "loods.jpg");
	visitor_free(v);
	casus_free(c);
}

static void of_a_held_casefile_out_of_sight_the_dpo_reads_the_papers(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	casus_advise(c);
	const char *hold = held_and_stopped(c, &k, "");
	c->h->clock.fixed_ms += 30 * DAY;
	const struct holds_done done = keep_holds(c);
	assert_int_equal(done.shielded, 1);
	assert_int_equal(done.kept, 2); /* the casefile and its signal */
	assert_int_equal(keep_holds(c).kept, 0);
	struct visitor *v = opened(c, k.dpo, hold, "C-");
	assert_page_says(v, "Stukken van");
	assert_page_says(v, "Wie betaalt de huur van Milan Zandwijk");
	assert_page_says(v, "De auto is van @2");
	assert_page_says(v, "In de straat staan panden leeg");
	assert_page_says(v, "voorstel 1 (Opsporingsonderzoek): aanpak");
	assert_page_says(v, "Onderzoek naar de opslag");
	visitor_free(v);
	v = opened(c, k.dpo, hold, "S-");
	assert_page_says(v, "loods.jpg");
	visit(v, arena_printf(&c->h->arena, "%s/files/1", v->path));
	assert_int_equal(v->code, 200);
	visitor_free(v);
	step(c, k.dpo, hold, "end", "is voorbij");
	assert_int_equal(number(c, "SELECT count(*) FROM held_copy"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM attachment"),
	                 1); /* its list is not made */
	sign_list(c, k.noor, make_list(c, k.mia));
	assert_int_equal(number(c, "SELECT count(*) FROM attachment"), 0);
	casus_free(c);
}

/* ---- how it ends ------------------------------------------------------------------------------- */

static void nobody_signs_in_time_and_it_lapses_with_its_words(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	(void)set(c, k.dpo, c->ref, "", 60);
	c->h->clock.fixed_ms += 14 * DAY;
	assert_int_equal(keep_holds(c).lapsed, 0);
	c->h->clock.fixed_ms += DAY;
	assert_int_equal(keep_holds(c).lapsed, 1);
	assert_int_equal(number(c, "SELECT state FROM destruction_hold"), HOLD_LAPSED);
	assert_int_equal(
	    number(c, "SELECT count(*) FROM destruction_hold WHERE length(reason) > 0"), 0);
	assert_int_equal(number(c, "SELECT held FROM casefile"), 0);
	casus_free(c);
}

static void the_dpo_is_reminded_once_before_its_end_and_told_of_it(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);

	(void)held(c, k.dpo, "", 60);
	c->h->clock.fixed_ms += 45 * DAY;
	assert_int_equal(keep_holds(c).reminded, 0);
	c->h->clock.fixed_ms += DAY;
	assert_int_equal(keep_holds(c).reminded, 1);
	assert_int_equal(keep_holds(c).reminded, 0);
	assert_int_equal(number(c, "SELECT count(*) FROM task WHERE kind = 31 AND done_at = 0"), 1);
	c->h->clock.fixed_ms += 14 * DAY; /* its last day */
	assert_int_equal(keep_holds(c).ended, 0);
	c->h->clock.fixed_ms += DAY;
	assert_int_equal(keep_holds(c).ended, 1);
	assert_int_equal(number(c, "SELECT count(*) FROM task WHERE kind = 31 AND done_at = 0"), 0);
	assert_int_equal(number(c, "SELECT held FROM casefile"), 0);
	casus_free(c);
}

static void a_machine_sets_and_ends_it_with_the_fields_of_the_form(void **state)
{
	struct casus *c = casus_new(*state);
	const struct keepers k = keepers_of(c);
	const char *bearer = house_bearer(c->h, k.dpo);
	const struct civil d = civil_from_day(local_day(c->h->clock.fixed_ms) + 60);
	struct reply r = client_request(
	    c->h->port, "POST", "/api/v1/retention/holds", bearer,
	    arena_printf(&c->h->arena,
	                 "{\"reference\":\"%s\",\"ground\":\"STATUTORY_BAR\",\"until\":"
	                 "\"%04d-%02d-%02d\",\"reason\":\"Onderzoek van de toezichthouder\"}",
	                 c->ref, d.year, d.month, d.day));

	assert_int_equal(r.code, 201);
	reply_free(&r);
	step(c, c->head, "/retention/holds/1", "confirm", "Er wordt niets vernietigd");
	const char *body = casus_get(c, k.dpo, "/retention/holds/1", 200);
	assert_non_null(strstr(body, "\"state\":\"ACTIVE\""));
	assert_non_null(strstr(body, "\"ground\":\"STATUTORY_BAR\""));
	r = client_request(
	    c->h->port, "POST", "/api/v1/retention/holds/1/move/end", bearer,
	    arena_printf(&c->h->arena, "{\"_version\":%lld}",
	                 (long long)number(c, "SELECT version FROM destruction_hold")));
	assert_int_equal(r.code, 204);
	reply_free(&r);
	assert_int_equal(number(c, "SELECT state FROM destruction_hold"), HOLD_ENDED);
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_hold_needs_a_ground_a_last_day_and_something_that_is_there),
		PROMISE(who_set_it_cannot_sign_and_the_head_can),
		PROMISE(who_may_know_sees_it_on_the_record_and_nobody_else),
		PROMISE(who_is_kept_from_a_casefile_learns_of_no_hold_on_it),
		PROMISE(
		    a_held_casefile_stays_leaves_sight_on_its_day_and_goes_when_the_hold_is_over),
		PROMISE(a_hold_that_came_after_the_list_was_made_takes_it_off_again),
		PROMISE(a_held_person_goes_on_his_day_and_a_copy_stays_for_the_dpo_alone),
		PROMISE(a_hold_on_a_casefile_keeps_a_copy_of_everybody_in_it),
		PROMISE(the_copy_has_what_was_written_about_him_and_his_files_are_kept),
		PROMISE(a_file_about_somebody_goes_with_him_where_no_hold_keeps_it),
		PROMISE(a_file_that_two_holds_keep_goes_with_the_last),
		PROMISE(of_a_held_person_everything_is_set_apart_before_his_casefile_goes),
		PROMISE(of_a_held_casefile_out_of_sight_the_dpo_reads_the_papers),
		PROMISE(nobody_signs_in_time_and_it_lapses_with_its_words),
		PROMISE(the_dpo_is_reminded_once_before_its_end_and_told_of_it),
		PROMISE(a_machine_sets_and_ends_it_with_the_fields_of_the_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
