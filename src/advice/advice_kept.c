/* What the advices of a casefile say, as a hold keeps them. They name nobody: of one person alone there
 * is nothing to keep. */
#include "advice/advice_end.h"

#include "advice/advice_document.h"
#include "law/categories.h"
#include "law/instruments.h"

enum { EDITIONS_MAX = 50 };

/* Oldest first, withdrawn ones too: what was advised before may be what the dispute is about. */
static const struct db_stmt EDITIONS = {
	"advice_kept_editions", "i",
	"SELECT id FROM advice WHERE casefile_id = $1 ORDER BY edition, id LIMIT 50"
};
const struct db_stmt *const advice_kept_statements[] = { &EDITIONS, NULL };

struct keeping {
	struct arena *arena;
	struct array *lines;
	const char *of; /* "Advies A-2026-7K3QF" */
};

static void keep(const struct keeping *k, const struct kept_line *line)
{
	struct kept_line l = *line;

	if (l.value == NULL || l.value[0] == '\0')
		return;
	l.label = arena_printf(k->arena, "%s, %s", k->of, line->label);
	kept_add(k->lines, &l);
}

static const char *part_of(const struct keeping *k, const struct advice_proposal *p,
                           const char *part)
{
	const struct law_instrument *i = law_instrument(p->instrument);

	return arena_printf(k->arena, "voorstel %lld (%s): %s", (long long)p->number,
	                    i != NULL ? i->label : "", part);
}

static void keep_proposal(const struct keeping *k, const struct advice_proposal *p)
{
	const struct {
		const char *part, *text;
	} parts[] = { { "grondslag", p->texts.basis },
		      { "aanpak", p->texts.approach },
		      { "bedoeld effect", p->texts.effect },
		      { "hoe dat gemeten wordt", p->texts.indicator },
		      { "antwoord van de eigenaar", p->answer } };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		keep(k, &(struct kept_line){ PHASE_1, part_of(k, p, parts[i].part), parts[i].text,
		                             p->lead, INT64_MIN });
}

static void keep_source(const struct keeping *k, const struct advice_source *s)
{
	keep(k, &(struct kept_line){ s->phase, "bezwaar van een bron", s->reason, s->on_behalf,
	                             s->answered_at });
	keep(k, &(struct kept_line){ s->phase, "hoe dat bezwaar is behandeld", s->handling,
	                             s->on_behalf, s->handled_at });
}

static void keep_sources(const struct keeping *k, struct array sources)
{
	const struct advice_source *s = sources.items;

	for (size_t i = 0; i < sources.count; i++)
		keep_source(k, &s[i]);
}

static void keep_words(const struct keeping *k, const struct advice_document *d)
{
	const int64_t at = d->advice->state_since;
	const struct advice_proposal *p = d->proposals.items;

	keep(k, &(struct kept_line){ PHASE_1, "inleiding", d->texts.introduction, "", at });
	for (size_t i = 0; i < d->proposals.count; i++)
		keep_proposal(k, &p[i]);
	keep(k, &(struct kept_line){ PHASE_1, "conclusie", d->texts.conclusion, "", at });
	keep(k,
	     &(struct kept_line){ PHASE_1, "waarom het is ingetrokken", d->texts.reason, "", at });
	keep_sources(k, d->sources_before);
	keep_sources(k, d->sources);
}

static void keep_quick(const struct keeping *k, const struct quick_action *q)
{
	const struct {
		const char *part, *text;
	} parts[] = { { "grondslag", q->texts.basis },
		      { "aanpak", q->texts.approach },
		      { "waarom nu", q->texts.urgency },
		      { "bedoeld effect", q->texts.effect },
		      { "hoe dat gemeten wordt", q->texts.indicator },
		      { "reden van het besluit", q->texts.reason } };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		keep(k, &(struct kept_line){ PHASE_1, parts[i].part, parts[i].text, q->on_behalf,
		                             q->asked_at });
}

static enum status keep_edition(struct db_read *r, struct keyring *keys, int64_t id,
                                struct keeping *k, struct error *reterr)
{
	struct advice_document d;
	struct advice advice;

	enum status st = advice_of_id(r, id, k->arena, &advice, reterr);
	if (st == OK)
		st = advice_document_load(r, keys, &advice, k->arena, &d, reterr);
	if (st != OK)
		return st;
	k->of = arena_printf(k->arena, "Advies %s", advice.reference);
	keep_words(k, &d);
	return OK;
}

static enum status keep_all_quick(struct db_read *r, struct keyring *keys, int64_t casefile_id,
                                  struct keeping *k, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = quick_actions(r, keys, casefile_id, k->arena, &found, reterr);
	const struct quick_action *q = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		k->of = arena_printf(k->arena, "Snelle actie %lld", (long long)q[i].number);
		keep_quick(k, &q[i]);
	}
	return st;
}

static enum status find_editions(struct db_read *r, int64_t casefile_id, int64_t ret[EDITIONS_MAX],
                                 size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &EDITIONS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < EDITIONS_MAX && db_next(&rows))
		ret[(*ret_count)++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

enum status advices_keep(struct db_read *r, struct keyring *keys, const struct kept_subject *of,
                         struct arena *a, struct array *lines, struct error *reterr)
{
	struct keeping k = { .arena = a, .lines = lines };
	int64_t ids[EDITIONS_MAX];
	size_t count = 0;

	if (of->presence_id != 0)
		return OK;
	enum status st = find_editions(r, of->casefile_id, ids, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = keep_edition(r, keys, ids[i], &k, reterr);
	return st == OK ? keep_all_quick(r, keys, of->casefile_id, &k, reterr) : st;
}
