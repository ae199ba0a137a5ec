/* frame.h - fills the frame of a page for the gate; inside people/ */
#ifndef PEOPLE_FRAME_H
#define PEOPLE_FRAME_H

#include "people/gate.h"

/* A stranger's frame: region and demo strip, no name, no menu. */
struct frame *frame_new(struct request *rq);

/* Whose session this was before it ran out; 0: nobody's. */
void frame_expired(struct request *rq, int64_t person_id);
int64_t frame_expired_person(const struct request *rq);

/* Ties the CSRF tokens of this page to the session. */
void frame_secure(struct request *rq);
bool frame_csrf_matches(const struct request *rq, const char *token);

/* Name, capacity and menu of the viewer. News and choices come when a page is drawn. */
MUST_CHECK enum status frame_fill(struct request *rq, const struct place *places,
                                  struct error *reterr);

#endif
