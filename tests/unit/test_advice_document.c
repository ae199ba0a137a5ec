/* The bytes that two persons sign: the same for the same advice, others for any other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "advice/advice_document.h"

struct paper { /* a whole advice in memory */
	struct arena arena;
	struct advice advice;
	struct advice_proposal proposals[2];
	struct co_owner co_owner;
	struct advice_source source;
	struct cited_fact fact;
	struct advice_document doc;
};

static void write_paper(struct paper *p)
{
	arena_init(&p->arena, 1 << 20);
	p->advice = (struct advice){ .reference = "A-2026-7K3QF",
		                     .casefile = "C-2026-7K3QF",
		                     .edition = 1 };
	p->co_owner = (struct co_owner){ 9, "de Belastingdienst" };
	p->proposals[0] = (struct advice_proposal){ .number = 1,
		                                    .instrument = 101,
		                                    .kind = 1,
		                                    .weight = 2,
		                                    .lead_organ_id = 4,
		                                    .co_owners = { &p->co_owner, 1 },
		                                    .hours = 40,
		                                    .wanted_day = 20000,
		                                    .texts = { "wet", "doen", "rust", "meldingen" },
		                                    .answer = "" };
	p->proposals[1] = p->proposals[0];
	p->proposals[1].number = 2;
	p->source =
	    (struct advice_source){ .organ_id = 4, .state = SOURCE_AGREES, .named = NAMED_YES };
	p->fact = (struct cited_fact){ .proposal_number = 1, .usable = USABLE_YES };
	p->doc = (struct advice_document){ .advice = &p->advice,
		                           .texts = { "in", "uit", "" },
		                           .proposals = { p->proposals, 2 },
		                           .sources = { &p->source, 1 },
		                           .facts = { &p->fact, 1 } };
}

static struct digest digest_now(struct paper *p)
{
	struct advice_bytes bytes = { 0 };
	struct error e = { 0 };

	assert_int_equal(advice_canonical(&p->doc, &p->arena, &bytes, &e), OK);
	return bytes.digest;
}

static bool same(const struct digest *one, const struct digest *other)
{
	return memcmp(one->bytes, other->bytes, DIGEST_BYTES) == 0;
}

static void the_same_advice_gives_the_same_bytes(void **state)
{
	struct paper one, other;
	(void)state;

	write_paper(&one);
	write_paper(&other);
	const struct digest a = digest_now(&one), b = digest_now(&other);
	assert_true(same(&a, &b));
	arena_reset(&one.arena);
	arena_reset(&other.arena);
}

#define CHANGES(member, value)                                                                     \
	do {                                                                                       \
		struct paper p;                                                                    \
		write_paper(&p);                                                                   \
		const struct digest before = digest_now(&p);                                       \
		p.member = (value);                                                                \
		const struct digest after = digest_now(&p);                                        \
		assert_false(same(&before, &after));                                               \
		arena_reset(&p.arena);                                                             \
	} while (0)

static void whatever_it_says_is_in_the_bytes(void **state)
{
	(void)state;
	CHANGES(advice.reference, "A-2026-00000");
	CHANGES(advice.casefile, "C-2026-00000");
	CHANGES(advice.edition, 2);
	CHANGES(doc.texts.introduction, "anders");
	CHANGES(doc.texts.conclusion, "anders");
	CHANGES(doc.proposals.count, 1);
	CHANGES(doc.sources.count, 0);
	CHANGES(doc.facts.count, 0);
	CHANGES(proposals[0].instrument, 102);
	CHANGES(proposals[0].weight, 3);
	CHANGES(proposals[0].barrier, 7);
	CHANGES(proposals[0].lead_organ_id, 5);
	CHANGES(proposals[0].co_owners.count, 0);
	CHANGES(proposals[0].hours, 41);
	CHANGES(proposals[0].wanted_day, 20001);
	CHANGES(proposals[0].waits_for, 2);
	CHANGES(proposals[0].alternative_to, 2);
	CHANGES(proposals[0].texts.basis, "andere wet");
	CHANGES(proposals[0].texts.approach, "iets anders");
	CHANGES(proposals[0].texts.effect, "onrust");
	CHANGES(proposals[0].texts.indicator, "niets");
	CHANGES(proposals[0].feasible, FEASIBLE_YES);
	CHANGES(proposals[0].feasible_hours, 30);
	CHANGES(proposals[0].answer, "toch");
	CHANGES(proposals[0].named, NAMED_NO);
	CHANGES(source.state, SOURCE_HANDLED);
	CHANGES(source.named, NAMED_NO);
	CHANGES(source.handled_how, 2);
	CHANGES(fact.usable, USABLE_NO);
	CHANGES(fact.proposal_number, 2);
}

/* Words can't pretend to be structure: no two advices share their bytes. */
static void a_text_that_looks_like_another_field_stays_a_text(void **state)
{
	struct paper one, other;
	(void)state;

	write_paper(&one);
	write_paper(&other);
	one.doc.texts.introduction = "x\",\"conclusion\":\"y";
	one.doc.texts.conclusion = "z";
	other.doc.texts.introduction = "x";
	other.doc.texts.conclusion = "y";
	const struct digest a = digest_now(&one), b = digest_now(&other);
	assert_false(same(&a, &b));
	arena_reset(&one.arena);
	arena_reset(&other.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_advice_gives_the_same_bytes),
		cmocka_unit_test(whatever_it_says_is_in_the_bytes),
		cmocka_unit_test(a_text_that_looks_like_another_field_stays_a_text),
	};
	return cmocka_run_group_tests_name("advice document", tests, NULL, NULL);
}
