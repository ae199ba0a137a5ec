#include "requests/request_audience.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "search/search_feed.h"

static const struct db_stmt CLOSE_AUDIENCES = { "request_close_audiences", "i",
	                                        "DELETE FROM request_audience WHERE id = $1" };
static const struct db_stmt OPEN_AUDIENCE = {
	"request_open_audience", "iiiii",
	"INSERT INTO request_audience (audience_id, id, casefile_id, place, state)"
	" VALUES ($1, $2, $3, $4, $5)"
	" ON CONFLICT (audience_id, id) DO NOTHING"
};
const struct db_stmt *const request_audience_statements[] = { &CLOSE_AUDIENCES, &OPEN_AUDIENCE,
	                                                      NULL };

/* What waits comes first, by its last day; then what needs a look; what is done last. */
static int64_t place_of(const struct information_request *q)
{
	enum { DONE = 1000000, ANSWERED = 500000, NEVER = 2000000 };
	const int64_t since = local_day(q->state_since);

	if (q->state == REQUEST_DRAFT)
		return 0;
	if (request_waits_for_answer(q->state))
		return q->due_day;
	if (q->state == REQUEST_HIT || q->state == REQUEST_ANSWERED || q->state == REQUEST_PARTLY)
		return ANSWERED + since;
	return DONE + NEVER - since;
}

/* Only the coordinators' row and nobody else's holds the state of a refusal. */
static uint8_t state_for(const struct information_request *q, audience who)
{
	const bool coordinators = who == audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR);
	return request_shown(q->state, q->empty, coordinators);
}

enum status request_open_audiences(struct db_tx *tx, const struct information_request *q,
                                   struct error *reterr)
{
	struct thing t;
	enum status st = db_exec(tx, &CLOSE_AUDIENCES, DB_ARGS(DB_INT(q->id)), NULL, reterr);

	request_thing(q, &t);
	for (uint8_t i = 0; st == OK && i < t.reader_count; i++)
		st = db_exec(tx, &OPEN_AUDIENCE,
		             DB_ARGS(DB_INT(t.readers[i]), DB_INT(q->id), DB_INT(q->casefile_id),
		                     DB_INT(place_of(q)), DB_INT(state_for(q, t.readers[i]))),
		             NULL, reterr);
	return st == OK ? search_changed(tx, OBJECT_REQUEST, q->id, reterr) : st;
}
