/* analysis_table.h - who write an analysis together, for its tests */
#ifndef TESTS_HTTP_ANALYSIS_TABLE_H
#define TESTS_HTTP_ANALYSIS_TABLE_H

#include "law/law.h"
#include "request_world.h"

struct table { /* around which they write */
	struct bureau *b;
	struct house_person *wendy, *tess; /* of the police; Tess is named for phase 3 */
	struct visitor *v_wendy, *v_tess, *v_head;
};

/* "/casefiles/C-.../analysis" and what follows. */
const char *path(const struct table *t, const char *rest);
void name_member(struct table *t, const struct house_person *who, const char *more);
struct table *set_table(struct house *h);
void leave(struct table *t);
int64_t put_fact(struct table *t, enum law_phase phase, const char *text);
enum status correct_run(struct db_tx *tx, void *args, struct error *reterr);
void write_words(struct table *t, struct visitor *v, const char *section, const char *fields);
const char *cites(struct table *t, const char *fields, int64_t fact);
const char *address_after(struct table *t, struct visitor *v, const char *mark);
const char *answer_of(struct table *t, struct visitor *v, const char *rest);

#endif
