/*
 * paper_law.h - may this paper of a result come in? What the law asks of one (BGS 2.5, 2.15; X-1)
 */
#ifndef INTERVENTIONS_PAPER_LAW_H
#define INTERVENTIONS_PAPER_LAW_H

#include "casework/casework.h"
#include "law/law.h"
#include "platform/http/http.h"

/* A paper as its owner puts it forward. */
struct paper_claim {
	const struct casefile *casefile; /* id 0: the viewer doesn't read it */
	int kind;                        /* of ATTACHMENT_KINDS */
	int64_t task;                    /* as typed: any number */
	int64_t presence_id;             /* of whom it is about; 0: the place or phenomenon */
	enum law_phase opened;           /* for whom it is about */
	bool tells;                      /* he brings facts into that casefile */
};

/* Adds to rq->problems what stands in its way, at the fields `kind` and `subject`. */
void paper_check_law(struct request *rq, const struct paper_claim *c);

#endif
