/*
 * signal_page.h - one signal as all its pages and the API show it; inside signals/
 *
 * Every page of a signal (the record, each step of the form, submitting, a move, questions)
 * draws from this one struct, so that they can't tell different stories. What the viewer may
 * not see was never loaded.
 */
#ifndef SIGNALS_SIGNAL_PAGE_H
#define SIGNALS_SIGNAL_PAGE_H

#include "matches/alike.h"
#include "platform/http/http.h"
#include "platform/view/page.h"
#include "platform/view/view.h"
#include "signals/beside.h"
#include "signals/signals.h"
#include "signals/signal_text.h"
#include "subjects/held.h"
#include "subjects/subject.h"

struct signal_choice {
	const char *value, *label;
	bool selected;
};

struct criterion_card {
	const char *label, *explanation, *starter1, *starter2, *starter3, *good, *thin, *why_thin;
};

struct signal_page {
	/* the record */
	const char *reference, *href, *uuid;
	struct held_card held;
	const char *supplements, *supplements_href; /* NULL: no casefile, or not his to see */
	int64_t version;
	uint8_t state;
	const char *on_behalf, *participant;
	int64_t saved_at, submitted_at;
	const char *title, *facts, *judgement, *where, *tried, *effect;
	const char *message; /* to the submitter, once the coordinator released it; else "" */
	const char *criterion_a, *criterion_b, *criterion_c, *criterion_d, *criterion_e;
	int64_t seen_from, seen_until, municipality, task;
	const char *municipality_name, *task_name;
	int theme, crime_form, line, reliability, reason;
	struct array subjects, questions;

	/* what stands around it */
	const char *heading, *lead, *action_path, *action_label, *consequence, *next_href,
	    *back_href;
	struct array steps, outline, parts, hits, actions, blocked, tabs, history, seers, known,
	    alike;
	struct array municipality_options, task_options, kinds, proposals;
	struct array mays, sources, also_options;
	struct beside beside;   /* other municipalities and lines */
	const char *also_names; /* "Oosterhaven, Sluisdam", or NULL */
	struct array ties, tie_ends, main_ends, apart;
	struct subject_input subject; /* the one that is being changed, as it was typed */
	const struct verdict *may; /* may this kind stand in a signal, brought in by this organ? */
	int kind, role, tie_kind;
	bool apart_open, editing, has_bsn, has_ties, many_subjects, has_mains;
	const char *kind_name, *no_text; /* no_text: always NULL */
	const struct criterion_card *card_a, *card_b, *card_c, *card_d, *card_e;
	int64_t parts_done, parts_all, percent, subject_count, open_questions;
	bool may_submit, writes, may_answer, coordinates, has_known, has_alike, looked, has_hits,
	    to_review;
	bool gone_soon, asks_questions, danger, has_subjects, has_questions, declared;
	int64_t gone_on;
	const char *gone_ground, *gone_earlier;
	const char *history_href, *who_sees_href, *access_log_href;
	const char *pointer_when, *pointer_go, *pointer_why;

	/* for handlers, not drawn */
	struct signal signal;
	struct signal_texts texts;
	struct signal_picture picture;
};

extern const struct view SIGNAL_VIEW;

/* Fills the record and what stands around it, for the {ref} of the path. Sets rq->touched. */
MUST_CHECK enum status signal_page_load(struct request *rq, struct signal_page *ret,
                                        struct error *reterr);

/* ERR_CONFLICT: it may be read, but not be written now. */
MUST_CHECK enum status signal_page_writable(const struct request *rq,
                                            const struct signal_page *page, struct error *reterr);

/* The steps of the form, in order; ends in a row without name. */
struct signal_step {
	const char *name;  /* "facts", in the address */
	const char *label; /* "Wat is er gezien?" */
};
extern const struct signal_step SIGNAL_STEPS[];

/* Which step of the outline is this page; NULL: none. */
void signal_page_outline(struct request *rq, struct signal_page *page, const char *current);

/* Fills record->known from struct signal_row. */
void signal_page_known(struct request *rq, struct signal_page *page, const struct array *rows);

/* Fills record->alike: who is like these subjects, among what the viewer may see. participant_id not
 * 0: only among what this participant brought in. */
MUST_CHECK enum status signal_page_alike(struct request *rq, struct signal_page *page,
                                         const struct array *subjects, int64_t participant_id,
                                         struct error *reterr);

/* The tasks to choose from, with the one that was typed or stored. */
void signal_page_tasks(struct request *rq, struct signal_page *page);

/* Which kind of subject the form asks for, from body or query (PERSON if none); role, too. */
void signal_page_kind(struct request *rq, struct signal_page *page);
/* What the law says of that kind, here and from this organ. */
void signal_page_may(struct request *rq, struct signal_page *page);
/* The subjects, to choose the two of a tie from. */
void signal_page_tie_ends(struct request *rq, struct signal_page *page);
/* Fills record->beside. */
MUST_CHECK enum status signal_page_beside(struct request *rq, struct signal_page *page,
                                          struct error *reterr);
/* Fills record->ties; subjects: of struct subject. */
MUST_CHECK enum status signal_page_ties(struct request *rq, struct signal_page *page,
                                        const struct array *subjects, struct error *reterr);

#endif
