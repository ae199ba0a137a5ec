/* message_parts.h - what writing, answering and reminding of a joint message share; inside interventions/
 * only */
#ifndef INTERVENTIONS_MESSAGE_PARTS_H
#define INTERVENTIONS_MESSAGE_PARTS_H

#include "interventions/intervention_parts.h"
#include "interventions/message.h"

/* Who is asked, and what each answered: an array of struct message_partner, without reasons. */
MUST_CHECK enum status message_partners(struct db_read *r, const struct intervention *i,
                                        struct arena *a, struct array *ret, struct error *reterr);

/* Who speaks for a partner: its deciders, and the mayor himself where it is his. Returns how many. */
size_t message_who_says(const struct message_partner *p, audience ret[2]);

#endif
