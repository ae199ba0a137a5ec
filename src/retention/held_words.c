#include "retention/held_words.h"

#include "retention/forgetters.h"
#include "signals/signal_text.h"
#include "subjects/kept.h"
#include "subjects/subject.h"
#include "subjects/tie.h"

struct reading {
	struct db_read *read;
	struct keyring *keyring;
	struct arena *arena;
	struct array *lines;
};

/* ---- in a casefile ------------------------------------------------------------------------------ */

static void add_facts(const struct reading *rd, const struct casefile_subject *s)
{
	const struct known_fact *f = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		kept_add(rd->lines, &(struct kept_line){ f[i].phase, f[i].label, f[i].value,
		                                         f[i].source, f[i].received_at });
}

static const char *name_of(const struct array *subjects, int64_t number)
{
	const struct casefile_subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++)
		if (s[i].number == number)
			return s[i].name;
	return "";
}

static enum status add_ties(const struct reading *rd, const struct kept_subject *of,
                            struct error *reterr)
{
	struct array ties = { 0 };
	const enum status st = casefile_tie_list(rd->read, rd->keyring, of->casefile_id, PHASE_3,
	                                         rd->arena, &ties, reterr);

	const struct known_tie *t = ties.items;
	for (size_t i = 0; st == OK && i < ties.count; i++)
		if (of->number == t[i].from || of->number == t[i].to)
			kept_add(rd->lines, &(struct kept_line){
						t[i].phase, tie_label(t[i].kind),
						arena_printf(rd->arena, "%s, %s. %s",
			                                     name_of(of->all, t[i].from),
			                                     name_of(of->all, t[i].to), t[i].note),
						t[i].source, t[i].received_at });
	return st;
}

static enum status add_subject(const struct reading *rd, const struct kept_subject *of,
                               struct error *reterr)
{
	struct casefile_subject *s = of->all->items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < of->all->count; i++) {
		if (s[i].number != of->number)
			continue;
		st = casefile_subject_fill(rd->read, rd->keyring, of->casefile_id, PHASE_3,
		                           rd->arena, &s[i], reterr);
		if (st == OK)
			add_facts(rd, &s[i]);
	}
	return st == OK ? add_ties(rd, of, reterr) : st;
}

/* What is known of persons stands in copies of their own; what rooms wrote stands here. */
static enum status read_in_casefile(const struct reading *rd, int64_t presence_id,
                                    const struct held_place *p, struct error *reterr)
{
	struct array subjects = { 0 };
	const struct kept_subject of = { presence_id, p->casefile_id, p->number, &subjects };

	enum status st = casefile_subject_outline(rd->read, rd->keyring, p->casefile_id, PHASE_3,
	                                          rd->arena, &subjects, reterr);
	if (st == OK && presence_id != 0)
		st = add_subject(rd, &of, reterr);
	for (const struct forgetter *f = FORGETTERS; st == OK && f->casefile != NULL; f++)
		st = f->keep == NULL
		         ? OK
		         : f->keep(rd->read, rd->keyring, &of, rd->arena, rd->lines, reterr);
	return st;
}

/* ---- in a signal -------------------------------------------------------------------------------- */

static enum status add_texts(const struct reading *rd, const struct held_place *p,
                             struct error *reterr)
{
	struct signal_texts texts = { 0 };
	const enum status st = signal_texts_load(rd->read, rd->keyring, p->signal_id, &p->uuid,
	                                         rd->arena, &texts, reterr);

	for (int i = 0; st == OK && i < SIGNAL_PART_COUNT; i++)
		if (texts.part[i] != NULL && texts.part[i][0] != '\0')
			kept_add(rd->lines, &(struct kept_line){ PHASE_1, "Tekst van het signaal",
			                                         texts.part[i], "", INT64_MIN });
	return st;
}

static enum status read_in_signal(const struct reading *rd, const struct held_place *p,
                                  struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st =
	    subject_list(rd->read, rd->keyring, p->signal_id, rd->arena, &subjects, reterr);
	const struct subject *s = subjects.items;

	if (st == OK && p->number == 0)
		st = add_texts(rd, p, reterr);
	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		const struct subject_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++)
			if (p->number == 0 || s[i].number == p->number)
				kept_add(rd->lines,
				         &(struct kept_line){ PHASE_1, fact_label((int)f[j].kind),
				                              f[j].value, "", INT64_MIN });
	}
	return st;
}

enum status held_words(struct db_read *r, struct keyring *k, int64_t presence_id,
                       const struct held_place *p, struct arena *a, struct array *lines,
                       struct error *reterr)
{
	const struct reading rd = { r, k, a, lines };

	return p->casefile_id != 0 ? read_in_casefile(&rd, presence_id, p, reterr)
	                           : read_in_signal(&rd, p, reterr);
}
