/* The life of a signal after writing: terms, a helper, links, the inbox, hearing back, forgetting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "retention/signal_terms.h"
#include "signal_play.h"

static const int64_t DAY = INT64_C(86400000);

struct desk {
	struct house *house;
	struct visitor *anna, *cor;
	struct house_person *clerk, *coordinator;
};

static struct desk open_desk(struct house *h)
{
	struct desk d = { .house = h,
		          .clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0),
		          .coordinator =
		              house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0),
		          .anna = visitor_new(h),
		          .cor = visitor_new(h) };

	visitor_sign_in(d.anna, d.clerk);
	visitor_sign_in(d.cor, d.coordinator);
	return d;
}

static void close_desk(struct desk *d)
{
	visitor_free(d->anna);
	visitor_free(d->cor);
}

/* A night's work, so many days later. */
static struct terms_done after_days(struct desk *d, int64_t days)
{
	struct terms_done done;
	struct error e = { 0 };

	d->house->clock.fixed_ms += days * DAY;
	if (signal_terms_keep(d->house->plein.db, d->house->clock.fixed_ms, &done, &e) != OK)
		fail_msg("%s (%s; %s:%d)", e.message, e.cause, e.file, e.line);
	return done;
}

static struct visitor *anew(struct desk *d, const struct house_person *p)
{
	struct visitor *v = visitor_new(d->house);

	visitor_sign_in(v, p);
	return v;
}

static int64_t number(struct desk *d, const char *sql)
{
	return store_world_number(d->house->store, sql);
}

static void return_with_question(struct desk *d, const struct played *p)
{
	visit(d->cor, play_at(p, "/move/return"));
	visitor_send(d->cor, play_at(p, "/move/return"), "question1=Welke+dagen+waren+dat%3F");
	assert_page_says(d->cor, "Teruggelegd met vragen");
}

/* ---- terms ---------------------------------------------------------------------------------------- */

static void a_draft_is_warned_of_twice_and_gone_90_days_after_its_last_edit(void **state)
{
	struct desk d = open_desk(*state);
	struct played p = play_write(d.anna, "Winkel", "Leeg");

	assert_int_equal(after_days(&d, 59).warned, 0);
	assert_int_equal(after_days(&d, 1).warned, 1);
	assert_int_equal(after_days(&d, 1).warned, 0);
	assert_int_equal(after_days(&d, 22).warned, 1);
	assert_int_equal(after_days(&d, 6).ended, 0);
	struct visitor *anna = anew(&d, d.clerk);
	visit(anna, "/news");
	assert_page_says(anna, "Dit concept verdwijnt binnenkort");
	assert_int_equal(after_days(&d, 1).ended, 1);
	assert_int_equal(number(&d, "SELECT count(*) FROM signal_text"), 0);
	assert_int_equal(number(&d, "SELECT count(*) FROM sealed_key"), 0);
	assert_int_equal(number(&d, "SELECT count(*) FROM signal_audience"), 0);
	assert_int_equal(number(&d, "SELECT count(*) FROM signal_warning"), 0);
	visitor_free(anna);
	anna = anew(&d, d.clerk);
	visit(anna, p.base);
	assert_int_equal(anna->code, 404);
	visit(anna, "/news");
	assert_page_says(anna, "90 dagen niet gewijzigd");
	visitor_free(anna);
	close_desk(&d);
}

static void an_edit_begins_the_term_of_a_draft_anew(void **state)
{
	struct desk d = open_desk(*state);
	struct played p = play_write(d.anna, "Winkel", "Leeg");

	assert_int_equal(after_days(&d, 89).warned, 1);
	struct visitor *anna = anew(&d, d.clerk);
	p.writer = anna;
	play_fill(&p, "/edit/facts", "title=Winkel&facts=Nog+steeds+leeg");
	assert_int_equal(after_days(&d, 59).ended, 0);
	assert_int_equal(after_days(&d, 1).warned, 1);
	visitor_free(anna);
	close_desk(&d);
}

static void a_returned_signal_is_its_writers_own_again_after_30_days(void **state)
{
	struct desk d = open_desk(*state);
	struct played p = play_write(d.anna, "Winkel", "Leeg");
	struct played other = play_write(d.anna, "Loods", "Vol");

	play_submit(&p);
	play_submit(&other);
	visit(d.cor, play_at(&p, "/links"));
	visitor_send(d.cor, play_at(&p, "/links"),
	             arena_printf(&d.house->arena, "other=%s&kind=RELATED", other.ref));
	return_with_question(&d, &p);
	assert_int_equal(after_days(&d, 19).warned, 0);
	assert_int_equal(after_days(&d, 1).warned, 1);
	assert_int_equal(after_days(&d, 7).warned, 1);
	assert_int_equal(after_days(&d, 2).back_to_draft, 0);
	assert_int_equal(after_days(&d, 1).back_to_draft, 1);
	struct visitor *cor = anew(&d, d.coordinator), *anna = anew(&d, d.clerk);
	visit(cor, p.base);
	assert_int_equal(cor->code, 404);
	assert_int_equal(number(&d, "SELECT count(*) FROM signal_link"), 0);
	assert_int_equal(number(&d, "SELECT count(*) FROM signal WHERE state = 1"
	                            " AND submitted_at = 0 AND matched_at = 0"),
	                 1);
	visit(anna, p.base);
	assert_page_says(anna, "Concept");
	assert_page_says(anna, "Leeg");
	p.writer = anna;
	visit(anna, play_at(&p, "/questions"));
	assert_page_says(anna, "Welke dagen waren dat?");
	visitor_free(cor);
	visitor_free(anna);
	close_desk(&d);
}

static void undecided_comes_on_the_heads_list_and_is_not_adopted_after_180_days(void **state)
{
	struct desk d = open_desk(*state);
	struct house_person *head = house_hire(d.house, "hoofd@riec.example", ROLE_RIEC_HEAD, 0);
	struct played p = play_write(d.anna, "Winkel", "Leeg");

	play_submit(&p);
	assert_int_equal(after_days(&d, 89).to_head, 0);
	assert_int_equal(after_days(&d, 1).to_head, 1);
	struct visitor *hanna = anew(&d, head), *cor = anew(&d, d.coordinator);
	visit(hanna, "/");
	assert_page_says(hanna, "Laat een besluit nemen");
	play_accept(cor, &p);
	visit(hanna, "/");
	assert_page_says(hanna, "Laat een besluit nemen");
	assert_int_equal(after_days(&d, 89).not_adopted, 0);
	assert_int_equal(after_days(&d, 1).not_adopted, 1);
	struct visitor *anna = anew(&d, d.clerk);
	visit(anna, p.base);
	assert_page_says(anna, "Niet in behandeling");
	assert_page_says(anna, "Na 180 dagen nog geen besluit");
	assert_page_says(anna, "Weg uiterlijk op");
	assert_int_equal(number(&d, "SELECT count(*) FROM task WHERE done_at = 0"), 0);
	assert_int_equal(number(&d, "SELECT count(*) FROM signal WHERE told_at > 0"), 1);
	visitor_free(cor);
	visitor_free(hanna);
	visitor_free(anna);
	close_desk(&d);
}

/* ---- a helper ---------------------------------------------------------------------------------------- */

static enum status look_after(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt ADD = { "test_look_after", "ii",
		                            "INSERT INTO appointment_municipality"
		                            " (appointment_id, municipality_id) VALUES ($1, $2)" };
	const int64_t *ids = args;

	return db_exec(tx, &ADD, DB_ARGS(DB_INT(ids[0]), DB_INT(ids[1])), NULL, reterr);
}

static void an_account_manager_helps_when_asked_and_as_long_as_asked(void **state)
{
	struct desk d = open_desk(*state);
	struct house_person *manager =
	    house_hire(d.house, "mo@riec.example", ROLE_ACCOUNT_MANAGER, 0);
	int64_t ids[2] = { manager->appointment_id, d.house->municipality };
	struct visitor *mo = visitor_new(d.house);
	struct played p = play_write(d.anna, "Winkel", "Leeg");

	play_fill(&p, "/edit/subjects",
	          "kind=PERSON&role=MAIN&familyName=Zandstra&givenNames=Ilse");
	visitor_sign_in(mo, manager);
	visit(mo, p.base);
	assert_int_equal(mo->code, 404);
	visit(d.anna, play_at(&p, "/helper"));
	assert_page_says(d.anna, "Er is geen accountmanager voor uw gemeente");
	store_world_run(d.house->store, look_after, ids);
	assert_int_equal(number(&d, "SELECT count(*) FROM presence WHERE first_processed_at > 0"),
	                 0);
	visit(d.anna, play_at(&p, "/helper"));
	assert_page_says(d.anna, "De bewaartermijn van elke persoon hierin begint die dag");
	visitor_send(
	    d.anna, play_at(&p, "/helper"),
	    arena_printf(&d.house->arena, "helper=%lld", (long long)manager->appointment_id));
	assert_page_says(d.anna, "leest en schrijft mee");
	assert_int_equal(number(&d, "SELECT count(*) FROM presence WHERE first_processed_at > 0"),
	                 1);
	visit(mo, "/news");
	assert_page_says(mo, "Hulp gevraagd bij een concept");
	visit(d.anna, p.base);
	assert_page_says(d.anna, "wie helpt schrijven");
	visit(mo, play_at(&p, "/edit/facts"));
	assert_int_equal(mo->code, 200);
	visitor_send(mo, play_at(&p, "/edit/facts"), "title=Winkel+zonder+klanten&facts=Leeg");
	assert_int_equal(mo->code, 200);
	visit(mo, play_at(&p, "/edit/theme"));
	visitor_send(mo, play_at(&p, "/edit/theme"), "theme=DRUGS&line=LOCATION&task=901");
	assert_int_equal(mo->code, 200);
	/* every form asks by the organ whose signal it is, not by the helper's own */
	static const char *const FORMS[] = { "/edit/theme", "/edit/subjects", "/subjects/1",
		                             "/attachments" };
	for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
		visit(mo, play_at(&p, FORMS[i]));
		assert_page_says(mo, "<option value=\"901\"");
	}
	visit(d.anna, play_at(&p, "/edit/facts"));
	assert_page_says(d.anna, "Basisregistratie personen");
	visit(mo, play_at(&p, "/edit/facts"));
	assert_page_says(mo, "Basisregistratie personen");
	visit(mo, play_at(&p, "/helper"));
	assert_int_equal(mo->code, 404);
	visit(d.anna, play_at(&p, "/helper"));
	visitor_send(d.anna, play_at(&p, "/helper/end"), "x=1");
	visit(d.anna, p.base);
	assert_false(page_says(d.anna, "wie helpt schrijven"));
	visit(mo, p.base);
	assert_int_equal(mo->code, 404);
	house_seal(d.house);
	visitor_free(mo);
	close_desk(&d);
}

/* ---- known already -------------------------------------------------------------------------------- */

static void leaving_a_field_asks_whether_the_own_organisation_knows_it(void **state)
{
	struct desk d = open_desk(*state);
	struct visitor *pol =
	    play_person(d.house, "pol@politie.example", ROLE_SUBMITTER, d.house->police_organ);
	struct played first = play_write(d.anna, "Winkel", "Leeg");
	struct played theirs = play_begin(pol);
	struct played p = play_begin(d.anna);
	static const char ASK[] = "kind=VEHICLE&role=MAIN&plate=12zzz3";

	play_fill(&first, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	play_fill(&theirs, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	visit(d.anna, play_at(&p, "/edit/subjects"));
	visitor_send(d.anna, play_at(&p, "/known/ask"), ASK);
	assert_page_says(d.anna, first.ref);
	assert_false(page_says(d.anna, theirs.ref));
	visit(d.anna, play_at(&p, "/edit/subjects"));
	visitor_send(d.anna, play_at(&p, "/known/ask"), "kind=VEHICLE&role=MAIN&plate=12zz");
	assert_page_says(d.anna, "Niets om te tonen.");
	visit(pol, play_at(&theirs, "/edit/subjects"));
	visitor_send(pol, play_at(&theirs, "/known/ask"), ASK);
	assert_page_says(pol, "Niets om te tonen.");
	/* asking keeps nothing, and is a search in the log */
	assert_int_equal(number(&d, "SELECT count(*) FROM presence"), 2);
	play_fill(&p, "/edit/subjects",
	          "_go=known&kind=PERSON&role=MAIN&familyName=Zandstra&givenNames=Ilse");
	assert_string_equal(d.anna->path, play_at(&p, "/known"));
	visitor_free(pol);
	close_desk(&d);
}

/* ---- links -------------------------------------------------------------------------------------------- */

static void a_link_shows_only_to_who_may_read_both(void **state)
{
	struct desk d = open_desk(*state);
	struct visitor *pol =
	    play_person(d.house, "pol@politie.example", ROLE_SUBMITTER, d.house->police_organ);
	struct played p = play_write(d.anna, "Winkel", "Leeg");
	struct played mine = play_write(d.anna, "Loods", "Vol");
	struct played theirs = play_begin(pol);

	play_submit(&p);
	play_submit(&mine);
	visit(d.cor, play_at(&p, "/links"));
	visitor_send(d.cor, play_at(&p, "/links"),
	             arena_printf(&d.house->arena, "other=%s&kind=DOUBLE", mine.ref));
	assert_page_says(d.cor, "Dubbel: gaat over hetzelfde");
	visitor_send(d.cor, play_at(&p, "/links"),
	             arena_printf(&d.house->arena, "other=%s&kind=DOUBLE", theirs.ref));
	assert_page_says(d.cor, "Dit nummer vinden wij niet");
	visitor_send(d.cor, play_at(&p, "/links"), "other=S-2026-00000&kind=DOUBLE");
	assert_page_says(d.cor, "Dit nummer vinden wij niet");
	visitor_send(d.cor, play_at(&p, "/links"),
	             arena_printf(&d.house->arena, "other=%s&kind=DOUBLE", p.ref));
	assert_page_says(d.cor, "Dit is het signaal zelf");
	visit(d.anna, play_at(&mine, "/links"));
	assert_page_says(d.anna, "Winkel");
	visit(d.anna, play_at(&p, "/move/withdraw"));
	visitor_send(d.anna, play_at(&p, "/move/withdraw"), "x=1");
	visit(d.cor, play_at(&mine, "/links"));
	assert_page_says(d.cor, "Geen verbanden om te tonen.");
	visitor_free(pol);
	close_desk(&d);
}

static void a_link_is_taken_away_from_either_side(void **state)
{
	struct desk d = open_desk(*state);
	struct played p = play_write(d.anna, "Winkel", "Leeg");
	struct played other = play_write(d.anna, "Loods", "Vol");

	play_submit(&p);
	play_submit(&other);
	visit(d.cor, play_at(&p, "/links"));
	visitor_send(d.cor, play_at(&p, "/links"),
	             arena_printf(&d.house->arena, "other=%s&kind=RELATED", other.ref));
	visit(d.cor, play_at(&other, "/links"));
	assert_page_says(d.cor, "Samenhang");
	visitor_send(d.cor,
	             play_at(&other, arena_printf(&d.house->arena, "/links/%s/remove", p.ref)),
	             "x=1");
	assert_page_says(d.cor, "Geen verbanden om te tonen.");
	assert_int_equal(number(&d, "SELECT count(*) FROM signal_link"), 0);
	close_desk(&d);
}

/* ---- the inbox ------------------------------------------------------------------------------------------ */

static void the_inbox_tells_what_waits_how_long_and_what_is_missing(void **state)
{
	struct desk d = open_desk(*state);
	struct played p = play_write(d.anna, "Winkel", "Leeg");

	visit(d.cor, "/intake");
	assert_page_says(d.cor, "Niets wacht op u.");
	visit(d.anna, "/intake");
	assert_int_equal(d.anna->code, 404);
	play_submit(&p);
	d.house->clock.fixed_ms += 3 * DAY;
	struct visitor *cor = anew(&d, d.coordinator);
	visit(cor, "/intake");
	assert_page_says(cor, "Doe de intake");
	assert_page_says(cor, "Winkel");
	assert_page_says(cor, "kijk of dit al bekend is");
	assert_page_says(cor, "Ontbreekt: over wie of wat; wat er al is gedaan");
	assert_page_says(cor, "<span>3</span>");
	play_accept(cor, &p);
	visit(cor, "/intake");
	assert_page_says(cor, "Zet op een agenda");
	visitor_free(cor);
	close_desk(&d);
}

/* The writer says of every word that was found: no special data. */
static void settle_words(struct desk *d, const struct played *p)
{
	for (int i = 0; i < 5; i++) {
		int part = 0, topic = 0;
		visit(d->anna, play_at(p, "/edit/facts"));
		const char *form = strstr(d->anna->page, "name=\"part\" value=\"");
		if (form == NULL)
			return;
		assert_int_equal(sscanf(form, "name=\"part\" value=\"%d\"", &part), 1);
		form = strstr(form, "name=\"topic\" value=\"");
		assert_non_null(form);
		assert_int_equal(sscanf(form, "name=\"topic\" value=\"%d\"", &topic), 1);
		visitor_send(d->anna, play_at(p, "/hits"),
		             arena_printf(&d->house->arena, "part=%d&topic=%d", part, topic));
		assert_int_equal(d->anna->code, 200);
	}
	fail_msg("words stay unsettled");
}

static void a_word_that_stays_is_looked_at_within_two_working_days(void **state)
{
	struct desk d = open_desk(*state);
	struct played p = play_write(d.anna, "Winkel", "De+eigenaar+is+lid+van+een+vakbond");

	settle_words(&d, &p);
	play_submit(&p);
	visit(d.cor, "/intake");
	assert_page_says(d.cor, "kijk de woorden na");
	assert_false(page_says(d.cor, "(te laat)"));
	d.house->clock.fixed_ms += 3 * DAY;
	struct visitor *cor = anew(&d, d.coordinator);
	visit(cor, "/intake");
	assert_page_says(cor, "(te laat)");
	visit(cor, "/");
	assert_page_says(cor, "Tekst nakijken");
	visitor_free(cor);
	close_desk(&d);
}

/* ---- hearing back ----------------------------------------------------------------------------------------- */

static void the_share_of_outcomes_told_in_time_is_counted_per_partner(void **state)
{
	struct desk d = open_desk(*state);
	struct house_person *police =
	    house_hire(d.house, "pol@politie.example", ROLE_SUBMITTER, d.house->police_organ);
	struct played p = play_write(d.anna, "Winkel", "Leeg");

	play_submit(&p);
	(void)after_days(&d, 180);
	struct visitor *anna = anew(&d, d.clerk), *cor = anew(&d, d.coordinator),
		       *pol = anew(&d, police);
	visit(cor, "/signals/feedback");
	assert_page_says(cor, "Duinwaard");
	assert_page_says(cor, "100 %");
	visit(anna, "/signals/feedback");
	assert_page_says(anna, "100 %");
	visit(pol, "/signals/feedback");
	assert_page_says(pol, "Er is nog niets besloten");
	visit(anna, "/news");
	assert_page_says(anna, "Besluit over uw signaal");
	visitor_free(anna);
	visitor_free(cor);
	visitor_free(pol);
	close_desk(&d);
}

/* Whoever it is, who hears of a signal that he can't open is led nowhere. */
static void desk_hears(struct desk *d, const struct house_person *desk, const struct played *p,
                       const char *words, bool opens)
{
	struct visitor *v = anew(d, desk);

	visit(v, p->base);
	assert_int_equal(v->code == 200, opens);
	visit(v, "/news");
	assert_page_says(v, words);
	assert_int_equal(page_says(v, arena_printf(&d->house->arena, "href=\"%s", p->base)), opens);
	visitor_free(v);
}

static void the_desk_hears_that_a_signal_is_over_and_is_led_nowhere(void **state)
{
	struct desk d = open_desk(*state);
	const struct house_person *desk =
	    house_hire(d.house, "loket@duinwaard.example", ROLE_PARTNER_DESK, 0);
	struct played taken_back = play_write(d.anna, "Winkel", "Leeg");
	struct played late = play_write(d.anna, "Loods", "Vol");

	play_submit(&taken_back);
	play_submit(&late);
	desk_hears(&d, desk, &taken_back, "Signaal is ingediend", true);
	visit(d.anna, play_at(&taken_back, "/move/withdraw"));
	visitor_send(d.anna, play_at(&taken_back, "/move/withdraw"), "x=1");
	desk_hears(&d, desk, &taken_back, "Een signaal van uw organisatie is ingetrokken", false);
	play_accept(d.cor, &late);
	assert_int_equal(after_days(&d, 180).not_adopted, 1);
	desk_hears(&d, desk, &late, "besloot over een signaal van uw organisatie", false);
	desk_hears(&d, desk, &late, "de indiener kreeg bericht", false);
	close_desk(&d);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_draft_is_warned_of_twice_and_gone_90_days_after_its_last_edit),
		PROMISE(an_edit_begins_the_term_of_a_draft_anew),
		PROMISE(a_returned_signal_is_its_writers_own_again_after_30_days),
		PROMISE(undecided_comes_on_the_heads_list_and_is_not_adopted_after_180_days),
		PROMISE(an_account_manager_helps_when_asked_and_as_long_as_asked),
		PROMISE(leaving_a_field_asks_whether_the_own_organisation_knows_it),
		PROMISE(a_link_shows_only_to_who_may_read_both),
		PROMISE(a_link_is_taken_away_from_either_side),
		PROMISE(the_inbox_tells_what_waits_how_long_and_what_is_missing),
		PROMISE(a_word_that_stays_is_looked_at_within_two_working_days),
		PROMISE(the_share_of_outcomes_told_in_time_is_counted_per_partner),
		PROMISE(the_desk_hears_that_a_signal_is_over_and_is_led_nowhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
