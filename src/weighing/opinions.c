/* Who thought what: notes beside scores, and who thought otherwise. */
#include "weighing/weighing_page.h"

#include "plein/plein.h"

static const struct view_field REMARK_FIELDS[] = {
	VIEW_F(struct remark, organ, VIEW_TEXT),
	VIEW_F(struct remark, about, VIEW_TEXT),
	VIEW_F(struct remark, text, VIEW_TEXT),
};
const struct view REMARK_VIEW = VIEW_OF(struct remark, REMARK_FIELDS);

const char *organ_name(struct array speakers, int64_t organ_id)
{
	const struct attendee *p = speakers.items;
	for (size_t i = 0; i < speakers.count; i++)
		if (p[i].organ_id == organ_id)
			return p[i].on_behalf;
	return "een andere deelnemer";
}

static const char *about(struct arena *a, int64_t criterion)
{
	return criterion == 0 ? "het besluit"
	                      : arena_printf(a, "criterium %c", (char)('a' + criterion - 1));
}

enum status dissent_remarks(struct request *rq, int64_t item_id, struct array speakers,
                            struct array *ret, struct error *reterr)
{
	struct array list = { 0 };
	enum status st = dissent_list(rq->db, item_id, rq->arena, &list, reterr);
	const struct dissent *d = list.items;
	struct remark *rows = ARENA_ARRAY(rq->arena, struct remark, list.count + 1);

	for (size_t i = 0; st == OK && i < list.count; i++) {
		rows[i] = (struct remark){ organ_name(speakers, d[i].organ_id),
			                   about(rq->arena, d[i].criterion), NULL };
		st = agenda_text_load(rq->db, plein_of(rq)->keyring, item_id, TEXT_DISSENT,
		                      d[i].organ_id, rq->arena, &rows[i].text, reterr);
	}
	*ret = (struct array){ rows, list.count };
	return st;
}

enum status score_remarks(struct request *rq, const struct agenda_item *item, struct array speakers,
                          struct array scorers, struct array *ret, struct error *reterr)
{
	const struct scorer *s = scorers.items;
	struct remark *rows = ARENA_ARRAY(rq->arena, struct remark, scorers.count + 1);
	const bool hidden = item->state != ITEM_REVEALED && item->state != ITEM_DECIDED;
	enum status st = OK;
	size_t count = 0;

	for (size_t i = 0; st == OK && !hidden && i < scorers.count; i++) {
		const char *text = "";
		st = agenda_text_load(rq->db, plein_of(rq)->keyring, item->id, TEXT_SCORE_NOTE,
		                      s[i].organ_id, rq->arena, &text, reterr);
		if (st == OK && text[0] != '\0')
			rows[count++] =
			    (struct remark){ organ_name(speakers, s[i].organ_id), NULL, text };
	}
	*ret = (struct array){ rows, count };
	return st;
}
