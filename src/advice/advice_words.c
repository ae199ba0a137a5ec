#include "advice/advice_words.h"

#include <string.h>
#include <strings.h>

#include "law/read_prose.h"
#include "law/topics.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "subjects/casefile_subject.h"

enum status advice_names(struct request *rq, int64_t casefile_id, struct array *ret,
                         struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st = casefile_subject_list(rq->db, plein_of(rq)->keyring, casefile_id, PHASE_1,
	                                       rq->arena, &subjects, reterr);
	const struct casefile_subject *s = subjects.items;
	const char **names = ARENA_ARRAY(rq->arena, const char *, subjects.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < subjects.count; i++)
		if (s[i].kind == SUBJECT_PERSON && strchr(s[i].name, ' ') != NULL)
			names[count++] = s[i].name;
	*ret = (struct array){ names, count };
	return st;
}

static bool holds(const char *text, const char *name)
{
	const size_t len = strlen(name);

	for (; *text != '\0'; text++)
		if (strncasecmp(text, name, len) == 0)
			return true;
	return false;
}

static void refuse(struct request *rq, const char *path, const char *rule, const char *article,
                   const char *sentence)
{
	problems_add_verdict(rq->problems, path, verdict_no(rule, article, sentence, NULL));
}

static void check_topics(struct request *rq, const char *path, const char *text)
{
	struct law_topic_hit hit;
	const struct law_topic_row *row = NULL;

	if (law_topics_find(text, strlen(text), &hit, 1) > 0)
		row = law_topic(hit.topic);
	if (row != NULL)
		refuse(rq, path, row->rule, row->article, row->sentence);
}

void advice_words_check(struct request *rq, struct array names, const char *path, const char *text)
{
	const char *const *known = names.items;
	const struct arena_mark mark = arena_mark(rq->arena);
	const struct law_finds finds =
	    law_prose_read(rq->arena, text, strlen(text), local_day(rq->now_ms));
	bool bsn = false, name = false;

	for (size_t i = 0; i < finds.count; i++) {
		bsn |= finds.item[i].kind == FIND_BSN;
		name |= finds.item[i].kind == FIND_NAME;
	}
	arena_rewind(rq->arena, mark);
	for (size_t i = 0; i < names.count; i++)
		name |= holds(text, known[i]);
	check_topics(rq, path, text);
	if (bsn)
		refuse(rq, path, "R-6", "WGS, artikel 2.21, eerste lid",
		       "Haal het BSN uit de tekst. Een advies noemt geen nummers van personen.");
	if (name)
		refuse(rq, path, "X-20", "WGS, artikel 2.22, eerste lid",
		       "Haal de naam uit de tekst. Wie dit leest, leest de feiten niet. Schrijf: "
		       "betrokkene 1.");
}
