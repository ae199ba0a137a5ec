/*
 * advice.h - the intervention advice of a casefile: its life, its proposals, who reads it; pure
 *
 * An advice says what partners are advised to do, on which law, by whom, at what cost and to what
 * effect (D 6.3, WGS 2.23(7)). Before it is final its owners said that they can, the participants
 * on whose data it rests had no objection or theirs was handled (WGS 1.7(1)), and two persons
 * signed the same bytes. After that it is never edited: it can be withdrawn until it is decided,
 * and a next edition be written.
 *
 * It has readers of its own (decisions 4.3): the Stuurploeg members of the participants involved
 * read the whole advice, not the facts under it. An owner or a source reads its own part.
 */
#ifndef ADVICE_ADVICE_H
#define ADVICE_ADVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "law/instruments.h"
#include "platform/core/machine.h"
#include "platform/http/input.h" /* struct code */

/* ---- life ------------------------------------------------------------------------------------ */

/* Stored; never reused. */
enum advice_state {
	ADVICE_NONE = 0,
	ADVICE_DRAFT = 1,
	ADVICE_SIGNED = 2, /* waits for the second person */
	ADVICE_FINAL = 3,
	ADVICE_WITHDRAWN = 4
};

enum advice_action {
	ADVICE_WRITE = 1,
	ADVICE_ASK = 2, /* owners: can you? sources: any objection? */
	ADVICE_SIGN = 3,
	ADVICE_GIVE_BACK = 4, /* the second person doesn't sign, or the first thinks again */
	ADVICE_CONFIRM = 5,
	ADVICE_WITHDRAW = 6
};

/* What guards ask; one statement loads it, the caller fills in who acts. */
struct advice_picture {
	bool casefile_waits; /* the casefile is where an advice is written */
	bool decided;        /* the Stuurploeg decided, or it was provided to partners */
	bool concluded;      /* there is a conclusion */
	bool reason_given;
	int64_t proposals;
	int64_t incomplete; /* without basis, effect, indicator, hours or day */
	int64_t unasked;    /* whose owner hasn't been asked whether it can */
	int64_t unchecked;  /* whose owner hasn't said so, asked or not */
	int64_t infeasible; /* whose owner said no */
	int64_t sources_unasked, sources_waiting;
	int64_t sources_stale; /* facts of theirs came or changed after they answered */
	int64_t objections;    /* not handled */
	int64_t actor_person_id, signer_person_id;
};
extern const struct machine ADVICE_MACHINE;

/* May its words and proposals change? */
bool advice_is_open(uint8_t state);
/* Is a casefile in this state and variant (casework/casefile.h) one whose advice is written now? */
bool advice_awaited(uint8_t casefile_state, int variant);

/* ---- proposals ----------------------------------------------------------------------------------- */

enum { ADVICE_PROPOSALS_MAX = 40, ADVICE_CO_OWNERS_MAX = 12, ADVICE_HOURS_MAX = 20000 };

/* Stored; never reused. */
enum feasibility {
	FEASIBLE_NOT_ASKED = 0,
	FEASIBLE_ASKED = 1,
	FEASIBLE_YES = 2,
	FEASIBLE_OTHER_HOURS = 3,
	FEASIBLE_NO = 4
};
extern const struct code FEASIBILITIES[];
/* What an owner can answer. */
extern const struct code FEASIBILITY_ANSWERS[];

extern const struct code ADVICE_KINDS[];   /* of law_intervention_kinds() */
extern const struct code ADVICE_WEIGHTS[]; /* of law_weights() */

/* Which step of the criminal process is made harder (D 3.5). Stored; never reused. */
extern const struct code ADVICE_BARRIERS[];

/* What may be named as source in the text: what its owner said. Stored; never reused. */
enum naming { NAMED_NOT_SAID = 0, NAMED_YES = 1, NAMED_NO = 2 };
extern const struct code NAMINGS[];

/* Has this organ the power for this instrument? A letter of WGS 2.19. */
struct verdict advice_may_own(uint16_t instrument, char letter);

/* ---- facts and sources ------------------------------------------------------------------------------ */

/* May its owner use this fact in a decision of its own? Stored; never reused. */
enum usable { USABLE_YES = 1, USABLE_AFTER_CONSENT = 2, USABLE_NO = 3 };
extern const struct code USABLES[];
/* Until the source says otherwise, from the handling code (index + 1 of law_handling_codes(), 0:
 * none). */
enum usable usable_at_first(int handling);

enum { ADVICE_FACTS_MAX = 400, ADVICE_SOURCES_MAX = 40, OBJECTION_WORKING_DAYS = 5 };

/* Stored; never reused. */
enum source_state {
	SOURCE_ASKED = 1,
	SOURCE_AGREES = 2,
	SOURCE_OBJECTS = 3,
	SOURCE_SILENT = 4, /* the term is over: no objection */
	SOURCE_HANDLED = 5
};
extern const struct code SOURCE_STATES[];
extern const struct code OBJECTION_ANSWERS[];
/* How an objection was handled; none of them passes over it. */
extern const struct code OBJECTION_HANDLINGS[];

/* ---- readers -------------------------------------------------------------------------------------------- */

enum advice_reach { REACH_OWN_PART = 1, REACH_WHOLE = 2 };

struct advice_reader {
	audience who;
	enum advice_reach reach;
	uint64_t casefile_states; /* bits of enum casefile_state in which it holds */
};

/* A participant or organ as far as readers depend on it. */
struct advice_party {
	int64_t organ_id;
	bool involved; /* in the casefile, this organ or another of its participant */
	bool owner;    /* of a proposal, leading or beside */
	bool source;   /* was asked for objections */
};
enum { ADVICE_READERS_MAX = 200 };
/*
 * Beside those to whom the casefile is open: who reads how much in which states of the casefile.
 * Owners and sources their part while they are asked and after; Stuurploeg members of the
 * participants involved the whole from AT_STEERING on; the desks and deciders involved the whole
 * once a WASSTRAAT advice was provided. Nobody once it is withdrawn. ret has room for
 * ADVICE_READERS_MAX; how many.
 */
size_t advice_readers(uint8_t state, int casefile_variant, const struct advice_party *parties,
                      size_t count, struct advice_reader *ret);

#endif
