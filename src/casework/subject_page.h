/* subject_page.h - what the pages of a casefile's subjects share; inside casework/ */
#ifndef CASEWORK_SUBJECT_PAGE_H
#define CASEWORK_SUBJECT_PAGE_H

#include "casework/casework.h"
#include "platform/http/http.h"
#include "platform/view/view.h"
#include "subjects/casefile_subject.h"

/* All subjects with the facts that this viewer may see; says in rq->touched how high they went. */
MUST_CHECK enum status casefile_subjects_seen(struct request *rq, const struct casefile *c,
                                              struct array *ret, struct error *reterr);

/* The same with those facts alone that tell who or what each is; the others are counted. */
MUST_CHECK enum status casefile_subjects_named(struct request *rq, const struct casefile *c,
                                               struct array *ret, struct error *reterr);

/* The one with the number of the path; NULL: none. */
const struct casefile_subject *subject_numbered(struct array subjects, const char *number);

/* "Betrokkene", "Directe kring". */
const char *casefile_role_label(int role);

/* On what ground it stands here: category, phase, activity, and the power of the source's task.
 * "Toezicht en handhaving (BGS 2.15), fase 1; Toezicht op horeca: Alcoholwet, artikel 41". */
const char *fact_ground(struct arena *a, const struct casefile *c, const struct known_fact *f);

/* The fact with the number of the path, and whose it is; NULL: none that this viewer sees. */
const struct known_fact *subject_fact(struct array subjects, const char *number,
                                      const struct casefile_subject **ret_subject);

/* May this viewer say that a fact is wrong: a member of the source itself, or a coordinator. */
bool fact_may_correct(const struct viewer *viewer, const struct casefile *c,
                      const struct known_fact *f);

/* Younger than 18, as far as is known. */
bool subject_is_minor(const struct casefile_subject *s, int64_t now_ms);

/* What may stand nowhere, and a BSN outside its own field: problems at path. */
void casefile_check_words(struct request *rq, const char *path, const char *text);

/* "/casefiles/C-2026-.../subjects/3" */
const char *subject_href(struct arena *a, const struct casefile *c, int64_t number);

/* ---- judged the same (subjects/joined.h) ---------------------------------------------------- */

struct subject_same {
	struct array joins;  /* who is the same as this one, with SAME_VIEW */
	struct array others; /* of the same kind, to be judged by this viewer, with OTHER_VIEW */
	struct array facts;  /* of struct known_fact: its own, and those of the joined */
	const char *const *from; /* beside facts: the name of the one it is about; NULL: its own */
	bool has_joins, has_others;
};
extern const struct view SAME_VIEW, OTHER_VIEW;
MUST_CHECK enum status subject_same_load(struct request *rq, const struct casefile *c,
                                         struct array subjects, const struct casefile_subject *s,
                                         struct subject_same *ret, struct error *reterr);

struct array subject_crumbs(struct arena *a, const struct casefile *c);

#endif
