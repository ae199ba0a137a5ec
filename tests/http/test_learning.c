/* What the region learns: instruments with what they did, good practices read by two, nobody named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "learning/learning.h"
#include "request_world.h"

/* ---- rows that earlier work left --------------------------------------------------------------------- */

static const struct db_stmt ADD_USE = {
	"test_learning_use", "ii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report) VALUES (20261, NULL, $1, $2, 1, 1, 2, NULL, 'a', 9, 4, 0, 0,"
	" 0, 0, 0, 0, 0, 0, 0, -1, 0, 0)"
};
static const struct db_stmt ADD_EFFECT = {
	"test_learning_effect", "biiiit",
	"INSERT INTO effect_assessment (uuid, intervention_id, months, instrument, kind, weight,"
	" barrier, theme, effect, seen, lessons, displaced, place, assessed_at)"
	" VALUES ($1, $2, $3, $4, 1, 1, 2, 3, $5, 'Aan de Havenweg is het leeg', $6, 0, '', 1000)"
};

struct use {
	int64_t theme, instrument;
	int times;
};
static enum status use_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct use *u = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < u->times; i++)
		st = db_exec(tx, &ADD_USE, DB_ARGS(DB_INT(u->theme), DB_INT(u->instrument)), NULL,
		             reterr);
	return st;
}

struct effect {
	int64_t intervention, months, instrument, effect;
	const char *lessons;
};
static enum status effect_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct effect *e = args;
	const struct uuid uuid = uuid_random();

	return db_exec(tx, &ADD_EFFECT,
	               DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(e->intervention),
	                       DB_INT(e->months), DB_INT(e->instrument), DB_INT(e->effect),
	                       DB_TEXT(e->lessons)),
	               NULL, reterr);
}

static void earlier_work(struct house *h)
{
	struct effect effects[] = {
		{ 901, 3, 301, 0, "" },
		{ 901, 6, 301, 2, "Begin een maand eerder" },
		{ 902, 3, 301, 1, "" },
	};

	store_world_run(h->store, use_run, &(struct use){ 3, 301, 7 });
	store_world_run(h->store, use_run, &(struct use){ 3, 302, 2 });
	store_world_run(h->store, use_run, &(struct use){ 5, 301, 1 });
	for (size_t i = 0; i < sizeof effects / sizeof effects[0]; i++)
		store_world_run(h->store, effect_run, &effects[i]);
}

static struct visitor *of_role(struct house *h, const char *email, enum role role)
{
	return signed_in(h, house_hire(h, email, role, 0));
}

#define PRACTICE                                                                                   \
	"title=Loodsen%20op%20een%20dag&theme=DRUGS&instrument=301&barrier="                       \
	"&situation=Lege%20loodsen%20worden%20gebruikt&approach=Samen%20op%20een%20dag%20langs"    \
	"&result=De%20loodsen%20zijn%20leeg"

static const char *offered(struct visitor *writer)
{
	send_from(writer, "/learning/practices/new", "/learning/practices", PRACTICE);
	assert_page_says(writer, "Aangeboden. Een tweede persoon leest het na.");
	return arena_strdup(&writer->house->arena, writer->path);
}

static const char *under(struct house *h, const char *path, const char *rest)
{
	return arena_printf(&h->arena, "%s%s", path, rest);
}

/* ---- what it promises ---------------------------------------------------------------------------------- */

static void an_instrument_says_how_often_it_was_used_and_helped(void **state)
{
	struct house *h = *state;
	struct visitor *head = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);
	struct visitor *clerk = of_role(h, "s.duinker@duinwaard.example", ROLE_SUBMITTER);

	earlier_work(h);
	visit(head, "/api/v1/learning?theme=DRUGS&instrument=301");
	assert_int_equal(head->code, 200);
	visit(head, "/api/v1/learning?instrument=301");
	assert_page_says(head, "\"uses\":\"8\",\"assessed\":\"2\",\"helped\":\"1 van 2\"");
	assert_page_says(head, "Begin een maand eerder");
	assert_false(page_says(head, "Havenweg")); /* the place stays with its region's own pages */
	visit(clerk, "/api/v1/learning");
	assert_page_says(clerk, "\"uses\":\"8\",\"assessed\":\"minder dan 5\"");
	assert_page_says(clerk, "te weinig om te zeggen");
	visit(clerk, "/learning?instrument=9999");
	assert_int_equal(clerk->code, 400);
	visitor_free(head);
	visitor_free(clerk);
}

static void a_good_practice_reaches_every_municipality_after_a_second_reader(void **state)
{
	struct house *h = *state;
	struct visitor *writer = of_role(h, "analist@riec.example", ROLE_ANALYST);
	struct visitor *reader = of_role(h, "coordinator@riec.example", ROLE_INFO_COORDINATOR);
	struct visitor *clerk = of_role(h, "s.duinker@duinwaard.example", ROLE_SUBMITTER);
	const char *path = offered(writer);

	visit(clerk, path);
	assert_int_equal(clerk->code, 404);
	visit(clerk, "/learning");
	assert_false(page_says(clerk, "Loodsen op een dag"));
	visit(reader, "/");
	assert_page_says(reader, "Lees een goede aanpak na");
	send_from(reader, path, under(h, path, "/move/publish"), "x=1");
	assert_page_says(reader, "Zet het vinkje als u alles hebt gelezen.");
	send_from(reader, path, under(h, path, "/move/publish"), "nothingPersonal=on");
	assert_page_says(reader, "Gepubliceerd. Elke gemeente kan het lezen.");
	visit(clerk, "/learning");
	assert_page_says(clerk, "Loodsen op een dag");
	visit(clerk, path);
	assert_page_says(clerk, "Samen op een dag langs");
	assert_false(page_says(clerk, "Trek deze aanpak in"));
	visit(reader, "/");
	assert_false(page_says(reader, "Lees een goede aanpak na"));
	visitor_free(writer);
	visitor_free(reader);
	visitor_free(clerk);
}

static void nobody_publishes_what_he_wrote_himself(void **state)
{
	struct house *h = *state;
	struct visitor *writer = of_role(h, "coordinator@riec.example", ROLE_INFO_COORDINATOR);
	const char *path = offered(writer);

	assert_page_says(writer, "Een ander leest het na.");
	assert_false(page_says(writer, "/move/publish"));
	visitor_send_from(writer, under(h, path, "/move/withdraw"), under(h, path, "/move/publish"),
	                  "nothingPersonal=on");
	assert_int_equal(writer->code, 409);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM good_practice WHERE state = 3"), 0);
	visitor_free(writer);
}

static void what_points_to_a_person_is_not_kept(void **state)
{
	struct house *h = *state;
	struct visitor *writer = of_role(h, "analist@riec.example", ROLE_ANALYST);

	send_from(writer, "/learning/practices/new", "/learning/practices",
	          "title=Loodsen&theme=DRUGS&instrument=301"
	          "&situation=De%20huurder%20met%20nummer%20999990019%20is%20weg"
	          "&approach=Bel%2006-12345678&result=Leeg");
	assert_int_equal(writer->code, 400);
	assert_page_says(writer, "Hier lijkt een persoon of een nummer van een persoon te staan.");
	assert_page_says(writer, "wijst naar een persoon");
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM good_practice"), 0);
	visitor_free(writer);
}

static void a_returned_text_comes_back_with_what_was_asked(void **state)
{
	struct house *h = *state;
	struct visitor *writer = of_role(h, "analist@riec.example", ROLE_ANALYST);
	struct visitor *reader = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);
	const char *path = offered(writer);

	send_from(reader, path, under(h, path, "/move/return"), "remark=Laat%20de%20straat%20weg");
	assert_page_says(reader, "Terug bij de schrijver.");
	visit(writer, "/");
	assert_page_says(writer, "Pas uw goede aanpak aan");
	visit(writer, under(h, path, "/edit"));
	assert_page_says(writer, "Laat de straat weg");
	assert_page_says(writer, "Lege loodsen worden gebruikt");
	visitor_send(writer, path, PRACTICE "%20gebleven");
	assert_page_says(writer, "Opnieuw aangeboden.");
	send_from(reader, path, under(h, path, "/move/publish"), "nothingPersonal=on");
	assert_page_says(reader, "zijn leeg gebleven");
	send_from(reader, path, under(h, path, "/move/withdraw"), "x=1");
	visit(writer, path);
	assert_page_says(writer, "Ingetrokken");
	visitor_free(writer);
	visitor_free(reader);
}

#define HOUSE(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE(an_instrument_says_how_often_it_was_used_and_helped),
		HOUSE(a_good_practice_reaches_every_municipality_after_a_second_reader),
		HOUSE(nobody_publishes_what_he_wrote_himself),
		HOUSE(what_points_to_a_person_is_not_kept),
		HOUSE(a_returned_text_comes_back_with_what_was_asked),
	};
	return cmocka_run_group_tests_name("learning", tests, NULL, NULL);
}
