/*
 * case_world.h - the house with one casefile, opened from an adopted signal, and who works on it
 *
 * The signal is about Milan Zandwijk (1) and his car (2), by the executive of Duinwaard. Involved
 * are the police and the executive; Wendy (police) and Wim (Duinwaard) are named. The coordinator,
 * Wendy and Wim are signed in.
 */
#ifndef TESTS_WORLD_CASE_WORLD_H
#define TESTS_WORLD_CASE_WORLD_H

#include "casework/casework.h"
#include "request_world.h"

struct casus {
	struct house *h;
	struct house_person *clerk, *cor, *ana, *head, *wendy, *wim;
	struct visitor *v_cor, *v_ana, *v_wendy, *v_wim;
	int64_t id, signal_id;
	char ref[32];
};

struct casus *casus_new(struct house *h);
void casus_free(struct casus *c);

/* "/casefiles/C-2026-.../subjects/1", of "/subjects/1". */
const char *casus_at(const struct casus *c, const char *rest);
/* Named as member by the coordinator; more: "&heavy=1". */
void casus_name(struct casus *c, const struct house_person *who, const char *more);
/* A fact of one of the named, by the form: "kind=INSPECTION&nature=FACT&text=..."; the task is one
 * of his own organ. */
void casus_tell(struct casus *c, struct visitor *who, int subject, const char *fields);
/* A fact of the third phase about Milan, past the form. */
void casus_put_heavy(struct casus *c, const char *text);
/* What the API answers on this address of the casefile. */
const char *casus_answer(struct casus *c, struct visitor *v, const char *rest);
/* POST to the API as a machine of this person: the status; body in *ret when not NULL. */
int casus_post(struct casus *c, const struct house_person *who, const char *rest, const char *json,
               const char **ret);
/* GET of the API, wherever, as a machine of this person: the body of an answer with this code. */
const char *casus_get(struct casus *c, const struct house_person *who, const char *path, int code);
/* The change feed behind this cursor ("" from the start), once everything is settled. */
const char *casus_feed(struct casus *c, const struct house_person *who, const char *cursor);
/* The analyst begins the analysis and an advice, with words and one proposal of the police. */
void casus_advise(struct casus *c);
/* How often this stands in the files of the database (both stores), or in a dump of it. */
int found_on_disk(struct house *h, const char *what);

#endif
