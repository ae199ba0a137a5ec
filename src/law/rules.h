/*
 * rules.h - R-1 to, each a pure function of the facts it needs
 *
 * A room fills a small struct with what it knows and gets a verdict. Zero means "not
 * there". A no carries the sentence for the screen and the lawful way instead; an
 * only-if lists its conditions where the function takes `ret_conditions`. Sentences
 * are static strings. Rules answer VERDICT_ONLY_IF where a person
 * can still settle it.
 */
#ifndef LAW_RULES_H
#define LAW_RULES_H

#include "law/admission.h"
#include "law/categories.h"
#include "platform/core/verdict.h"

/* ---- conditions of an only-if ---- */

enum law_condition_state { CONDITION_OPEN = 0, CONDITION_MET = 1, CONDITION_BROKEN = 2 };

struct law_condition {
	const char *text; /* "Fase 2 is voor deze persoon open" */
	enum law_condition_state state;
	const char *todo; /* what to do while it is open: "Vraag de toets aan", or NULL */
};

enum { LAW_CONDITIONS_MAX = 8 };

struct law_conditions {
	struct law_condition item[LAW_CONDITIONS_MAX];
	size_t count;
};

/* Every rule, for the page "De regels" and for tests that count. */
struct law_rule {
	const char *id;      /* "R-1", "X-21" */
	const char *text;    /* what it says, one plain sentence */
	const char *level;   /* "ERROR" or "WARNING" */
	const char *article; /* or NULL: a house rule */
	struct law_validity validity;
};

const struct law_rule *law_rules(size_t *ret_count);
const struct law_rule *law_rule(const char *id); /* NULL: none */

/* ---- one item of data, X-21 ---- */

struct law_item {
	enum law_category category;
	enum law_letter source;
	enum law_unit source_unit;
	enum law_phase phase; /* under which it is stored; PHASE_UNKNOWN: not said */
	uint16_t task;        /* of law_tasks(): where the source has it from; 0: not said */
	int32_t received_day; /* DAY_NONE: not said */

	bool about_subject, about_place, about_phenomenon;
	bool in_signal, in_casefile;

	enum law_phase opened_phase; /* highest open phase for this subject in this casefile */
	enum law_activity activity;
	enum law_crime_form crime_form;
	bool exploitation;          /* recorded sub-type: illegal prostitution or exploitation */
	bool criminal_data_present; /* on this subject in this casefile */
	bool marked_minimum;        /* "only what the signal needs", ticked by the source */

	bool is_judgement;
	bool has_author;                      /* of a judgement: person or unit */
	bool has_origin;                      /* of a fact: how the source knows */
	char source_grade, information_grade; /* 4x4; 0: not evaluated */
	bool is_bibob_advice;
	uint16_t kind; /* of law_kinds(); 0: not said */
	int32_t on_day;
};

/* May it be stored? The first rule that says no, in the order ... */
struct verdict law_item_may(const struct law_item *item);

struct verdict law_r1_complete(const struct law_item *item);
struct verdict law_r3_source(const struct law_item *item);
struct verdict law_x1_traceable(const struct law_item *item);
struct verdict law_x2_phase_open(const struct law_item *item);
struct verdict law_x3_source_category(const struct law_item *item);
struct verdict law_x4_no_heavy_on_scan(const struct law_item *item);
struct verdict law_x5_sexual_conduct(const struct law_item *item);
struct verdict law_x8_fact_or_judgement(const struct law_item *item);
struct verdict law_x21_no_bibob_advice(const struct law_item *item);

/* May this item stand in a signal that is not adopted (phase 0)? Part of law_item_may(). */
struct verdict law_phase_0(const struct law_item *item);

/* Nationality: only to tell who someone is, with a reason. */
struct verdict law_r4_nationality(bool to_identify, bool has_reason);

/* A field for a forbidden topic: always no. topic as in law/topics.h. */
struct verdict law_r5_topic(int topic);

/* A BSN: in its own field, on a subject, by the submitter's organisation or once adopted. */
struct verdict law_r6_bsn(bool in_own_field, bool on_person, bool adopted_or_own_draft);

/* ---- opening a phase: R-2 ---- */

struct law_opening {
	enum law_phase phase; /* PHASE_2 or PHASE_3 */
	enum law_phase now;   /* open today */
	enum law_activity activity;
	size_t necessity_chars;
	size_t proportionality_chars, subsidiarity_chars; /* phase 3 */
	bool police_om_agreed;                            /* phase 3 */
	int64_t proposer_id, second_id;                   /* persons; 0: not yet */
};

struct verdict law_r2_open_phase(const struct law_opening *o);

/* ---- signal: X-6; subject: X-7, X-20 ---- */

struct law_criteria_state {
	size_t explained_chars[LAW_CRITERION_COUNT]; /* text of the submitter, in characters */
	bool registered_met[LAW_CRITERION_COUNT];    /* by the participants */
};

struct verdict law_x6_explained(const struct law_criteria_state *c);      /* before SUBMITTED */
struct verdict law_x6_registered_met(const struct law_criteria_state *c); /* before adoption */

struct law_subject_state {
	enum law_role role;
	bool by_name;
	bool has_tie_to_main, tie_has_kind, tie_has_source;
	bool only_tie_is_to_circle; /* a circle of the circle */
	bool exploited_victim, has_reason;
	bool adopted;       /* casefile, or adopted signal */
	bool supplementary; /* came in by a supplementary signal */
};

struct verdict law_x7_direct_circle(const struct law_subject_state *s);
struct verdict law_x20_role(const struct law_subject_state *s);

/* ---- request: X-9 ---- */

/* `addressee` among the participants named under WGS, artikel 2.23, vijfde lid? */
struct verdict law_x9_addressee(law_letters involved, enum law_letter addressee);

/* ---- provision, X-19 ---- */

enum law_consent {
	CONSENT_NOT_NEEDED = 0,
	CONSENT_MISSING = 1,
	CONSENT_GIVEN = 2,
	CONSENT_REFUSED = 3
};

struct law_provision {
	bool to_private;
	bool for_legitimate_interest; /* the ground of a private third party */
	bool task_compatible;         /* needed for a task or interest that fits the purpose */
	bool rac_tested;
	bool window_closed; /* the time to object is over */
	bool objected;      /* by any participant */
	bool contains_criminal_or_special;
	enum law_consent consent; /* of those who supplied that */
	bool contains_tax_data;   /* of the tax administration other than FIOD */
};

struct verdict law_x10_third_party(const struct law_provision *p,
                                   struct law_conditions *ret_conditions);
struct verdict law_x11_no_tax_to_private(const struct law_provision *p);
struct verdict law_x19_open_provision(bool due_for_destruction, bool open_provision);

/* A result to a participant: WGS, artikel 1.7, eerste lid. */
struct verdict law_result_to_participant(bool task_compatible, bool source_objected);

/* ---- people: X-12, X-16 ---- */

struct law_person_state {
	bool active;
	bool authorised_here;    /* for this casefile or signal */
	int32_t screening_until; /* DAY_NONE: no screening on record */
	int32_t today;
};

struct verdict law_x12_person(const struct law_person_state *p);
struct verdict law_x16_four_eyes(int64_t author_person_id, int64_t confirmer_person_id);

/* ---- prose: X-13 ---- */

struct verdict law_x13_prose(size_t topic_hits, size_t bsn_hits, size_t settled_hits);

/* ---- interventions: X-14, X-15 ---- */

struct law_intervention_state {
	bool has_lead, has_owner, has_target_date, has_legal_basis;
	bool has_result_text;
	bool has_amount, amount_has_column;
};

struct verdict law_x14_approvable(const struct law_intervention_state *i);
struct verdict law_x15_executable(const struct law_intervention_state *i);

/* ---- destruction and index: X-17, X-18 ---- */

struct verdict law_x17_hold(bool has_ground, bool ground_is_lawful, int32_t until, int32_t today);

struct law_index_record {
	bool has_content, has_theme, has_partner_names, has_clear_identifier;
};

struct verdict law_x18_index_record(const struct law_index_record *r);

#endif
