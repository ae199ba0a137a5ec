/* What somebody wrote for a paragraph, judged before it is sealed. */
#include <string.h>

#include "analysis/analysis_page.h"
#include "law/law.h"
#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

static const struct field CITED_FIELDS[] = {
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct cited_input, id),
	  .label = "Gegeven" },
};
const struct form CITED_FORM = { CITED_FIELDS, 1, sizeof(struct cited_input) };

/* What may stand nowhere, a BSN outside its own field, a person outside the casefile. */
static void check_prose(struct request *rq, const struct words_input *in)
{
	const struct arena_mark mark = arena_mark(rq->arena);
	const struct law_finds finds =
	    law_prose_read(rq->arena, in->text, strlen(in->text), local_day(rq->now_ms));
	const struct law_topic_row *topic = NULL;
	bool bsn = false, name = false;

	for (size_t i = 0; i < finds.count; i++) {
		if (finds.item[i].kind == FIND_TOPIC && topic == NULL)
			topic = law_topic(finds.item[i].topic);
		bsn |= finds.item[i].kind == FIND_BSN;
		name |= finds.item[i].kind == FIND_NAME;
	}
	arena_rewind(rq->arena, mark);
	if (topic != NULL)
		problems_add_verdict(
		    rq->problems, "text",
		    verdict_no(topic->rule, topic->article, topic->sentence, NULL));
	if (bsn)
		problems_add_verdict(
		    rq->problems, "text",
		    verdict_no("R-6", "WGS, artikel 2.21, eerste lid",
		               "Haal het BSN uit de tekst. Dat hoort alleen in het eigen vak.",
		               NULL));
	if (name && !in->other_name && !bsn && topic == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "text",
		             "Hier staat een naam. Noem met @ wie in de casus staat. Anderen noemt "
		             "u niet bij naam.");
}

static void check_mentions(struct request *rq, const struct words_input *in,
                           const struct mention_text *t)
{
	if (t->unknown != 0)
		problems_add(rq->problems, PROBLEM_ERROR, "text",
		             arena_printf(rq->arena,
		                          "In de casus staat niemand met nummer %lld. Kies een "
		                          "nummer uit de lijst.",
		                          (long long)t->unknown));
	if (t->too_many)
		problems_add(rq->problems, PROBLEM_ERROR, "text",
		             "Noem hooguit 60 verschillende personen en zaken. Maak er twee "
		             "alinea's van.");
	if (t->plain != NULL && !in->other_name)
		problems_add(rq->problems, PROBLEM_ERROR, "text",
		             arena_printf(rq->arena,
		                          "De naam van nummer %lld staat er als gewone tekst. "
		                          "Schrijf @%lld. Of kruis aan dat u iemand anders "
		                          "bedoelt.",
		                          (long long)t->plain->number,
		                          (long long)t->plain->number));
}

static const struct citable *citable_with(struct array facts, int64_t id)
{
	const struct citable *f = facts.items;

	for (size_t i = 0; i < facts.count; i++)
		if (f[i].id == id)
			return &f[i];
	return NULL;
}

/* Only what this writer sees; each once. */
static void read_citations(struct request *rq, const struct words_input *in, struct array facts,
                           struct paragraph_words *ret)
{
	const struct cited_input *ids = in->facts.items;
	struct citable *to = ARENA_ARRAY(rq->arena, struct citable, in->facts.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < in->facts.count; i++) {
		const struct citable *f = citable_with(facts, ids[i].id);
		bool there = false;
		if (ids[i].id == 0)
			continue; /* a box that wasn't ticked */
		if (f == NULL) {
			problems_add(rq->problems, PROBLEM_ERROR, "facts",
			             "Eén gegeven is er niet (meer). Kies opnieuw.");
			return;
		}
		for (size_t j = 0; j < count; j++)
			there |= to[j].id == f->id;
		if (!there)
			to[count++] = *f;
		if (f->phase > ret->phase)
			ret->phase = f->phase;
	}
	if (count > ANALYSIS_CITATIONS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "facts",
		             "Kies hooguit 60 gegevens. Maak er twee alinea's van.");
	ret->citations = to;
	ret->citation_count = count;
}

enum status words_read(struct request *rq, const struct on_analysis *on,
                       const struct words_input *in, struct paragraph_words *ret,
                       struct error *reterr)
{
	struct mention_text *text = ARENA_NEW(rq->arena, struct mention_text);
	struct array facts = { 0 };
	struct known_world world;

	*ret = (struct paragraph_words){ .phase = 1 };
	enum status st = known_world_load(rq->db, plein_of(rq)->keyring, on->casefile.id, on->level,
	                                  rq->arena, &world, reterr);
	if (st == OK)
		st = citable_facts(rq->db, on->casefile.id, on->level, rq->arena, &facts, reterr);
	if (st != OK)
		return st;
	mention_read(rq->arena, in->text, world.known, world.count, text);
	check_mentions(rq, in, text);
	if (text->plain == NULL)
		check_prose(rq, in);
	read_citations(rq, in, facts, ret);
	ret->stored = text->stored;
	ret->mentions = text->mentions;
	ret->mention_count = text->mention_count;
	return OK;
}
