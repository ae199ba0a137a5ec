/* The store of signals: sealed words, audiences that follow the state, lists that equal rights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"
#include "platform/crypto/sealed_key.h"
#include "signals/signals.h"

static struct viewer viewer_of(const struct house *h, const struct house_person *p, int64_t organ,
                               int64_t participant)
{
	struct viewer v = { .person_id = p->person_id,
		            .appointment_id = p->appointment_id,
		            .participant_id = participant,
		            .organ_id = organ,
		            .role = p->role };
	(void)h;
	viewer_audiences(&v);
	return v;
}

struct making {
	struct house *h;
	struct signal_new made;
	int64_t id;
	char reference[32];
};

static enum status make_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct making *m = args;
	const char *reference = NULL;
	enum status st = signal_create(tx, &m->made, &m->id, &reference, reterr);

	if (st == OK)
		(void)snprintf(m->reference, sizeof m->reference, "%s", reference);
	return st;
}

static struct making make_signal(struct house *h, const struct viewer *viewer)
{
	struct making m = { .h = h,
		            .made = { .uuid = uuid_random(),
		                      .reference_key = h->plein.reference_key,
		                      .viewer = viewer,
		                      .now_ms = HOUSE_NOW } };
	store_world_run(h->store, make_run, &m);
	return m;
}

struct writing {
	struct signal_writer who;
	struct sealed_part part;
};

static enum status write_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct writing *w = args;
	enum status st = db_claim(tx, &SIGNAL_ROOT, w->who.signal_id, w->part.version - 1, reterr);
	return st == OK ? signal_text_put(tx, &w->who, &w->part, reterr) : st;
}

static void write_part(struct house *h, const struct making *m, int64_t version,
                       enum signal_part part, const char *text)
{
	struct writing w = { .who = { m->id, m->made.viewer->appointment_id, HOUSE_NOW } };
	signal_seal_part(h->plein.keyring, &m->made.uuid, version, part, text, &h->arena, &w.part);
	store_world_run(h->store, write_run, &w);
}

static enum status load(struct house *h, const struct viewer *v, const char *reference,
                        struct signal *ret)
{
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	enum status st = signal_load(r, v, reference, &h->arena, ret, &e);
	db_read_end(r);
	return st;
}

static struct signal_texts texts_of(struct house *h, const struct making *m)
{
	struct signal_texts texts;
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(
	    signal_texts_load(r, h->plein.keyring, m->id, &m->made.uuid, &h->arena, &texts, &e),
	    OK);
	db_read_end(r);
	return texts;
}

static void what_is_written_comes_back_and_each_version_forgets_the_one_before(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct viewer v = viewer_of(h, anna, h->executive, h->duinwaard);
	struct making m = make_signal(h, &v);

	write_part(h, &m, 2, PART_FACTS, "Veertien matrassen in een kas");
	assert_string_equal(texts_of(h, &m).part[PART_FACTS], "Veertien matrassen in een kas");
	write_part(h, &m, 3, PART_FACTS, "Vijftien matrassen");
	assert_string_equal(texts_of(h, &m).part[PART_FACTS], "Vijftien matrassen");
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_text"), 1);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM sealed_key"), 1);
	write_part(h, &m, 4, PART_FACTS, "");
	assert_string_equal(texts_of(h, &m).part[PART_FACTS], "");
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM sealed_key"), 0);
}

static void a_draft_is_its_organs_own_and_hidden_reads_as_absent(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct house_person *pol =
	    house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	struct viewer own = viewer_of(h, anna, h->executive, h->duinwaard);
	struct viewer coordinator = viewer_of(h, cor, 0, h->bureau);
	struct viewer police = viewer_of(h, pol, h->police_organ, h->police);
	struct viewer mayor = viewer_of(h, anna, h->mayor, h->duinwaard);
	struct making m = make_signal(h, &own);
	struct signal s;

	assert_int_equal(load(h, &own, m.reference, &s), OK);
	assert_int_equal(s.state, SIGNAL_DRAFT);
	assert_string_equal(s.on_behalf, "college van B en W Duinwaard");
	assert_int_equal(load(h, &coordinator, m.reference, &s), ERR_NOT_FOUND);
	assert_int_equal(load(h, &police, m.reference, &s), ERR_NOT_FOUND);
	assert_int_equal(load(h, &mayor, m.reference, &s), ERR_NOT_FOUND);
	assert_int_equal(load(h, &own, "S-2026-00000", &s), ERR_NOT_FOUND);
}

struct moving {
	struct signal_moving how;
	struct signal_picture picture;
};

/* Everything the guards could ask is given, so that only the table decides. */
static enum status move_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct moving *m = args;
	struct signal_picture *p = &m->picture;
	enum status st = signal_picture_load(db_tx_read(tx), m->how.viewer, m->how.id, p, reterr);

	p->has_title = p->has_facts = p->has_where = p->has_municipality = p->has_theme = true;
	p->has_line = p->has_task = p->criteria_explained = p->hits_settled = true;
	p->lawful_declared = p->matched = p->meeting_chosen = p->reason_given = true;
	m->how.picture = p;
	return st == OK ? signal_move(tx, &m->how, reterr) : st;
}

static void move(struct house *h, int64_t id, const struct viewer *v, enum signal_action action)
{
	struct moving m = { .how = { .id = id,
		                     .action = action,
		                     .viewer = v,
		                     .now_ms = HOUSE_NOW,
		                     .meeting_id = 7,
		                     .reason_class = 3 } };
	store_world_run(h->store, move_run, &m);
}

static size_t listed(struct house *h, const struct viewer *v)
{
	const struct signal_query q = { .viewer = v, .limit = 51 };
	struct array rows = { 0 };
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(signal_rows(r, &q, &h->arena, &rows, &e), OK);
	db_read_end(r);
	return rows.count;
}

static void every_move_takes_readers_lists_tasks_and_figures_along(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct house_person *sec = house_hire(h, "sec@riec.example", ROLE_SECRETARY, 0);
	struct viewer own = viewer_of(h, anna, h->executive, h->duinwaard);
	struct viewer coordinator = viewer_of(h, cor, 0, h->bureau);
	struct viewer secretary = viewer_of(h, sec, 0, h->bureau);
	struct making m = make_signal(h, &own);
	struct signal s;

	assert_int_equal(listed(h, &own), 1);
	assert_int_equal(listed(h, &coordinator), 0);
	move(h, m.id, &own, SIGNAL_SUBMIT);
	assert_int_equal(load(h, &coordinator, m.reference, &s), OK);
	assert_int_equal(listed(h, &coordinator), 1);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM task WHERE done_at = 0"
	                                              " AND kind = 20"),
	                 1);
	move(h, m.id, &coordinator, SIGNAL_ACCEPT);
	assert_int_equal(load(h, &secretary, m.reference, &s), ERR_NOT_FOUND);
	move(h, m.id, &coordinator, SIGNAL_PUT_ON_AGENDA);
	assert_int_equal(load(h, &secretary, m.reference, &s), OK);
	assert_int_equal(s.meeting_id, 7);
	move(h, m.id, &secretary, SIGNAL_NOT_ADOPT);
	assert_int_equal(load(h, &coordinator, m.reference, &s), ERR_NOT_FOUND);
	assert_int_equal(listed(h, &coordinator), 0);
	assert_int_equal(listed(h, &own), 0);
	assert_int_equal(load(h, &own, m.reference, &s), OK);
	assert_int_equal(s.reason_class, 3);
	assert_true(s.destroy_due > 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_statistic"), 4);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM task WHERE done_at = 0"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_is_written_comes_back_and_each_version_forgets_the_one_before,
		    house_set_up, house_tear_down),
		cmocka_unit_test_setup_teardown(
		    a_draft_is_its_organs_own_and_hidden_reads_as_absent, house_set_up,
		    house_tear_down),
		cmocka_unit_test_setup_teardown(
		    every_move_takes_readers_lists_tasks_and_figures_along, house_set_up,
		    house_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
