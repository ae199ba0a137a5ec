#include "casework/advice_news.h"

#include "audit/action.h"
#include "work/work.h"

/* The one that two persons signed and nobody withdrew (advice/advice.h, state FINAL). */
static const struct db_stmt FINAL = { "casefile_final_advice", "i",
	                              "SELECT id, reference FROM advice WHERE casefile_id = $1"
	                              " AND state = 3" };
const struct db_stmt *const advice_news_statements[] = { &FINAL, NULL };

static enum status find(struct db_tx *tx, int64_t casefile_id, struct work_news *ret,
                        bool *ret_found, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &FINAL, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st != OK)
		return st;
	*ret_found = db_next(&row);
	if (*ret_found) {
		ret->object_kind = OBJECT_ADVICE;
		ret->object_id = db_int(&row, 0);
		ret->reference = db_text(&row, 1, db_tx_arena(tx));
	}
	return db_rows_end(&row, reterr);
}

static enum status tell_organs(struct db_tx *tx, int64_t casefile_id, bool desks,
                               const struct work_news *news, struct error *reterr)
{
	static const enum audience_kind AT_THEIRS[] = { AUDIENCE_STEERING, AUDIENCE_ORGAN_DESK,
		                                        AUDIENCE_DECIDERS };
	const size_t kinds = desks ? sizeof AT_THEIRS / sizeof AT_THEIRS[0] : 1;
	struct array organs = { 0 };
	enum status st =
	    casefile_organs(db_tx_read(tx), casefile_id, db_tx_arena(tx), &organs, reterr);
	const struct casefile_organ *o = organs.items;

	for (size_t i = 0; st == OK && i < organs.count; i++)
		for (size_t k = 0; st == OK && k < kinds; k++)
			st = work_tell(tx, audience_of(AT_THEIRS[k], o[i].organ_id), news, reterr);
	return st;
}

enum status casefile_tell_advice(struct db_tx *tx, const struct casefile_writer *w,
                                 const struct move *mv, struct error *reterr)
{
	const bool provided = mv->action == CASEFILE_PROVIDE;
	struct work_news news = { .at = w->now_ms,
		                  .kind = provided ? NEWS_ADVICE_PROVIDED : NEWS_ADVICE_SUBMITTED };
	bool found = false;

	if (!provided && mv->action != CASEFILE_TO_STEERING)
		return OK;
	enum status st = find(tx, w->casefile_id, &news, &found, reterr);
	if (st != OK || !found)
		return st;
	st = work_tell(tx, audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY), &news, reterr);
	return st == OK ? tell_organs(tx, w->casefile_id, provided, &news, reterr) : st;
}
