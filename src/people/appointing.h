/*
 * appointing.h - what every form that gives a role shares: choices, checks, and the change itself
 *
 * A role is asked for in two places: with the request for an account, and for somebody who is
 * already there. Both offer what fits the employer, and both end in appointing_apply().
 */
#ifndef PEOPLE_APPOINTING_H
#define PEOPLE_APPOINTING_H

#include "partners/partner.h"
#include "people/people.h"
#include "platform/http/http.h"

/* All roles, for forms and openapi.json. */
extern const struct code ROLE_CODES[];

/* Where somebody is appointed: loaded once for page and check alike. */
struct workplace {
	struct participant participant;
	struct array organs;     /* of struct organ */
	struct array desks;      /* of struct desk, in use on `today` */
	struct array colleagues; /* of struct appointment in force, not the person's own */
	int64_t today;
};
/* person_id 0: somebody who isn't there yet. */
MUST_CHECK enum status workplace_load(struct request *rq, int64_t participant_id, int64_t person_id,
                                      struct workplace *ret, struct error *reterr);

/* The form with only the roles that this employer can give; in the request's arena. */
const struct form *workplace_form(struct arena *a, const struct workplace *w,
                                  const struct form *form);

/* Choices of selects: arrays of struct option, `chosen` as typed (NULL: nothing yet). */
struct array workplace_organ_options(struct arena *a, const struct workplace *w,
                                     const char *chosen);
struct array workplace_desk_options(struct arena *a, const struct workplace *w, const char *chosen);
struct array workplace_deputy_options(struct arena *a, const struct workplace *w,
                                      const char *chosen);

/* As the forms fill it; days are FIELD_NO_DAY when left empty. */
struct appointing_input {
	int role;
	int64_t organ, desk, from, until, deputy_for;
	const char *reason;
};

/*
 * Checks the choices against the workplace and fills *ret (person_id and the four eyes aside).
 * What is wrong goes into rq->problems, at "role", "organ", "desk", "until", "deputyFor".
 */
void appointing_check(struct request *rq, const struct workplace *w,
                      const struct appointing_input *in, struct appointment_new *ret);

/*
 * Inside a job that holds the person's row: proposes the role, or grants it at once when it asks
 * no second signature; asks the machine's guard, writes the history, and leaves a task for who
 * may sign. ERR_CONFLICT: the guard's no.
 */
MUST_CHECK enum status appointing_apply(struct db_tx *tx, const struct request *rq,
                                        const struct appointment_new *n, int64_t *ret_id,
                                        struct error *reterr);

/* Who looks after the accounts of this employer: its managers, at the bureau the head. */
audience employer_audience(int64_t participant_id, bool bureau);

#endif
