/*
 * paper_index.h - papers of a result: who sees them, and them in the one search
 *
 * A paper of the first phase is for who works on the intervention or reads its casefile. A heavier
 * one is about a person or thing of the casefile for which that phase is open, and for nobody but
 * who reads facts of that phase there: like a fact (WGS 1.7(4), BGS 2.15).
 */
#ifndef INTERVENTIONS_PAPER_INDEX_H
#define INTERVENTIONS_PAPER_INDEX_H

#include "attachments/attachment.h"
#include "interventions/interventions.h"
#include "platform/http/http.h"
#include "search/search_feed.h"

/* How far this viewer reads the casefile of an intervention: 0, or a phase. */
MUST_CHECK enum status paper_reach(struct request *rq, const struct intervention *i, int *ret,
                                   struct error *reterr);
int paper_phase(const struct attachment *what);
bool paper_seen_by(const struct viewer *v, const struct intervention *i, int reach,
                   const struct attachment *what);

/* As those of signals/attachment_index.h, for the house; ERR_NOT_FOUND: it is no paper of a result. */
MUST_CHECK enum status paper_search_read(struct plein *p, struct db_read *r, int64_t id,
                                         struct arena *a, struct search_text *ret,
                                         struct error *reterr);
MUST_CHECK enum status paper_search_words(struct plein *p, int64_t id, struct arena *a,
                                          const char **ret, struct error *reterr);
extern const struct db_stmt PAPER_QUEUE_OF_CASEFILE;
/* Names those that are papers and this viewer's; leaves the titles of others as they are. */
MUST_CHECK enum status paper_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                           const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const paper_index_statements[];

#endif
