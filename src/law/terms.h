/*
 * terms.h - how long data stay, and every figure that a setting may change
 *
 * A retention row is the law; a parameter is a figure with a default and bounds that
 * no setting can pass. What the law fixes has equal bounds.
 */
#ifndef LAW_TERMS_H
#define LAW_TERMS_H

#include "law/statute.h"

struct law_retention {
	const char *trigger; /* "Het signaal wordt niet in behandeling genomen" */
	const char *duty;    /* "Vernietigen of anonimiseren, uiterlijk na 30 dagen" */
	const char *article;
	bool assumption; /* the term is ours; the duty is the law's */
};

const struct law_retention *law_retentions(size_t *ret_count);

enum law_parameter_id {
	PARAM_REJECTED_DESTROY_DAYS = 1,
	PARAM_RETURNED_MAX_DAYS,
	PARAM_DRAFT_MAX_DAYS,
	PARAM_UNDECIDED_HEAD_DAYS,
	PARAM_UNDECIDED_END_DAYS,
	PARAM_DEFERRED_MAX_TIMES,
	PARAM_REQUEST_HIT_WORKING_DAYS,
	PARAM_REQUEST_CONTENT_WORKING_DAYS,
	PARAM_REQUEST_URGENT_WORKING_DAYS,
	PARAM_REQUEST_ESCALATE_WORKING_DAYS,
	PARAM_OBJECTION_WORKING_DAYS,
	PARAM_STATUS_INTERVAL_MONTHS,
	PARAM_RETENTION_YEARS,
	PARAM_CLOSED_DESTROY_MONTHS,
	PARAM_IDLE_SUSPEND_DAYS,
	PARAM_RECERTIFY_MONTHS,
	PARAM_SCREENING_WARN_MONTHS,
	PARAM_SCREENING_BLOCK_MONTHS,
	PARAM_BACKUP_MAX_DAYS,
	PARAM_LOG_YEARS,
	PARAM_MIN_CELL_COUNT,
	PARAM_AUDIT_INTERVAL_YEARS,
	PARAM_REAUDIT_YEARS,
	PARAM_FEEDBACK_MONTHS,
	PARAM_QUORUM_PARTICIPANTS,
	PARAM_REVIEW_WORKING_DAYS
};

struct law_parameter {
	enum law_parameter_id id;
	const char *key;            /* as in the settings: "signal.rejected.destroy_after_days" */
	const char *label;          /* Dutch */
	int32_t value, least, most; /* default and bounds */
	const char *article;        /* or NULL: a house rule */
};

const struct law_parameter *law_parameters(size_t *ret_count);
const struct law_parameter *law_parameter(enum law_parameter_id id);

/* The setting, held within its bounds. */
int32_t law_parameter_held(enum law_parameter_id id, int32_t wanted);

/* Days before destruction on which people are warned, longest first. */
const int32_t *law_retention_warn_days(size_t *ret_count);

/* The last day on which data first processed on `first` may be there, with `years` of 5 or less. */
int32_t law_destroy_before(int32_t first, int32_t years);

#endif
