/* What was asked, about somebody who goes or at all, and why, as a hold keeps it. */
#include "requests/request_end.h"

#include "requests/request_store.h"

static void add_words(struct arena *a, const struct information_request *q,
                      const struct request_texts *texts, struct array *lines)
{
	const struct kept_line question = { (int)q->phase,
		                            arena_printf(a, "Vraag %s", q->reference),
		                            texts->question, q->participant, q->created_at };
	const struct kept_line why = { (int)q->phase, arena_printf(a, "Waarom %s", q->reference),
		                       texts->necessity, q->participant, q->created_at };

	kept_add(lines, &question);
	if (texts->necessity[0] != '\0')
		kept_add(lines, &why);
}

enum status requests_keep(struct db_read *r, struct keyring *k, const struct kept_subject *of,
                          struct arena *a, struct array *lines, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = requests_about(r, of->casefile_id, of->presence_id, a, &found, reterr);
	const struct information_request *q = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct request_texts texts = { 0 };
		st = request_texts_open(r, k, &q[i], a, &texts, reterr);
		if (st == OK)
			add_words(a, &q[i], &texts, lines);
	}
	return st;
}
