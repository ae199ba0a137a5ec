#include "logbook/reference.h"

#include "audit/action.h"
#include "logbook/logbook.h"

static const struct db_stmt SIGNAL = { "log_reference_signal", "i",
	                               "SELECT reference FROM signal WHERE id = $1" };
static const struct db_stmt MEETING = { "log_reference_meeting", "i",
	                                "SELECT reference FROM meeting WHERE id = $1" };
static const struct db_stmt CASEFILE = { "log_reference_casefile", "i",
	                                 "SELECT reference FROM casefile WHERE id = $1" };
static const struct db_stmt REQUEST = { "log_reference_information_request", "i",
	                                "SELECT reference FROM information_request WHERE id = $1" };
static const struct db_stmt INTERVENTION = { "log_reference_intervention", "i",
	                                     "SELECT reference FROM intervention WHERE id = $1" };
static const struct db_stmt SEIZURE = { "log_reference_seizure", "i",
	                                "SELECT reference FROM seizure WHERE id = $1" };
static const struct db_stmt PRACTICE = { "log_reference_good_practice", "i",
	                                 "SELECT reference FROM good_practice WHERE id = $1" };
static const struct db_stmt ADVICE = { "log_reference_advice", "i",
	                               "SELECT reference FROM advice WHERE id = $1" };
static const struct db_stmt STEERING_DECISION = {
	"log_reference_steering_decision", "i",
	"SELECT reference FROM steering_decision WHERE id = $1"
};
static const struct db_stmt STEERING_ACTION = {
	"log_reference_steering_action", "i", "SELECT reference FROM steering_action WHERE id = $1"
};
static const struct db_stmt STEERING_COPY = { "log_reference_steering_copy", "i",
	                                      "SELECT reference FROM steering_copy WHERE id = $1" };
static const struct db_stmt CONSENT = { "log_reference_report_consent", "i",
	                                "SELECT reference FROM report_consent WHERE id = $1" };
/* Of a casefile there is one, begun or not: it goes by the number of the casefile, in the log too. */
static const struct db_stmt ANALYSIS = { "log_reference_analysis", "i",
	                                 "SELECT reference FROM casefile WHERE id = $1" };

static const struct {
	uint16_t type;
	const struct db_stmt *statement;
} CALLED[] = {
	{ OBJECT_SIGNAL, &SIGNAL },
	{ OBJECT_MEETING, &MEETING },
	{ OBJECT_CASEFILE, &CASEFILE },
	{ OBJECT_REQUEST, &REQUEST },
	{ OBJECT_INTERVENTION, &INTERVENTION },
	{ OBJECT_SEIZURE, &SEIZURE },
	{ OBJECT_PRACTICE, &PRACTICE },
	{ OBJECT_ADVICE, &ADVICE },
	{ OBJECT_STEERING_DECISION, &STEERING_DECISION },
	{ OBJECT_STEERING_ACTION, &STEERING_ACTION },
	{ OBJECT_STEERING_COPY, &STEERING_COPY },
	{ OBJECT_CONSENT, &CONSENT },
	{ OBJECT_ANALYSIS, &ANALYSIS },
};
enum { CALLED_COUNT = sizeof CALLED / sizeof CALLED[0] };

const struct db_stmt *const record_reference_statements[] = {
	&SIGNAL,   &MEETING, &CASEFILE,          &REQUEST,         &INTERVENTION,  &SEIZURE,
	&PRACTICE, &ADVICE,  &STEERING_DECISION, &STEERING_ACTION, &STEERING_COPY, &CONSENT,
	&ANALYSIS, NULL
};

bool record_is_numbered(uint16_t type)
{
	return type == OBJECT_IMPORT || type == OBJECT_DESTRUCTION_LIST;
}

enum status record_reference(struct db_read *r, struct record_place at, struct arena *a,
                             const char **ret, bool *ret_called, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	size_t i = 0;

	*ret = NULL;
	while (i < CALLED_COUNT && CALLED[i].type != at.type)
		i++;
	*ret_called = i < CALLED_COUNT;
	if (!*ret_called)
		return OK;
	const enum status st =
	    db_query(r, CALLED[i].statement, DB_ARGS(DB_INT(at.id)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = db_text(&row, 0, a);
	return db_rows_end(&row, reterr);
}
