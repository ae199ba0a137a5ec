/* pack.h - one copy of a pack, read and composed for its member; inside steering/ only */
#ifndef STEERING_PACK_H
#define STEERING_PACK_H

#include "platform/pdf/pdf.h"
#include "steering/meeting_paper.h"
#include "steering/pack_store.h"

struct pack {
	struct gathering meeting;
	struct handed handed;
	struct array parts;        /* struct handed_part */
	struct array points;       /* struct steering_point: what he sees of the meeting now */
	struct digest mark;        /* of all that decides what is in it */
	struct paper paper;        /* once composed */
	struct pdf_progress *told; /* per point while composing; NULL: nobody asks */
	int64_t composed;
};

/* The copy of params[1] of the meeting of params[0], the viewer's own; rq->touched is set. */
MUST_CHECK enum status pack_load(struct request *rq, struct pack *ret, struct error *reterr);

/* Its words, in the arena. */
MUST_CHECK enum status pack_compose(struct request *rq, struct pack *p, struct error *reterr);

#endif
