#include "requests/request_table.h"

#include <assert.h>

#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"

enum { CELL_CHARS_MAX = 40 /* of a cell that only says which row is meant */ };

/* ---- what is kept, and what is not ------------------------------------------------------------ */

/* Would a reason of the writer let it stay? Then the row says where to write that. */
static void tell_of_reason(struct arena *a, const struct table_row *row,
                           const struct answer_asked *asked, struct problem *wrong)
{
	struct answer_item settled = row->item;
	struct problems left;

	settled.settled = "Een reden die lang genoeg is.";
	problems_init(&left, a);
	if (answer_item_check(asked, &settled, "", a, &left))
		wrong->message = arena_printf(
		    a, "%s Lezen wij het verkeerd? Leg dat bij die regel uit in een kolom Uitleg.",
		    wrong->message);
}

/* Everything at once; a cell that can't be read says only that. */
static struct problems row_problems(struct arena *a, const struct table_row *row,
                                    const struct answer_asked *asked)
{
	struct problems ret, law;

	problems_init(&ret, a);
	problems_init(&law, a);
	for (const struct problem *p = row->unread.first; p != NULL; p = p->next)
		problems_add_again(&ret, p->path, p);
	if (!row->parted || answer_item_check(asked, &row->item, "", a, &law))
		return ret;
	if (row->readable)
		tell_of_reason(a, row, asked, law.first);
	for (const struct problem *p = law.first; p != NULL; p = p->next)
		if (problems_at(&row->unread, p->path) == NULL)
			problems_add_again(&ret, p->path, p);
	return ret;
}

struct taking {
	const struct request *rq;
	const struct on_request *on;
	struct answer_asked asked;
};

static void take_row(const struct taking *by, const struct table_row *row, struct taken_table *t)
{
	const struct request *rq = by->rq;
	const struct asked_subject *s = request_subject_numbered(by->on, row->item.subject);
	struct problems wrong = row_problems(rq->arena, row, &by->asked);

	if (wrong.error_count == 0 && t->count == ANSWER_ITEMS_MAX)
		problems_add(&wrong, PROBLEM_ERROR, "",
		             "Er passen hooguit 500 gegevens in één antwoord.");
	if (wrong.error_count > 0) {
		t->refused[t->refused_count++] = (struct refused_row){ row->row, row, wrong };
		return;
	}
	assert(s != NULL); /* the check refuses whom the question doesn't name */
	request_seal_item(plein_of(rq)->keyring, &row->item, s->presence_id,
	                  by->on->request.participant_id, rq->now_ms, rq->arena,
	                  &t->items[t->count++]);
}

static void refuse_rest(struct arena *a, struct taken_table *t)
{
	struct refused_row *rest = &t->refused[t->refused_count++];

	*rest = (struct refused_row){ .row = t->table.rest_row };
	problems_init(&rest->wrong, a);
	problems_add(&rest->wrong, PROBLEM_ERROR, "",
	             "Vanaf hier is niets gelezen: er passen hooguit 2.000 regels in één tabel. "
	             "Stuur de rest apart.");
}

struct taken_table request_table_take(const struct request *rq, const struct on_request *on,
                                      const char *text, uint16_t task)
{
	const struct taking by = { rq, on, request_asked(on, rq->arena, local_day(rq->now_ms)) };
	struct taken_table ret = { .table = answer_table_read(rq->arena, text, &by.asked, task) };
	const struct table_row *rows = ret.table.rows.items;

	ret.items = ARENA_ARRAY(rq->arena, struct sealed_item, ANSWER_ITEMS_MAX);
	ret.refused = ARENA_ARRAY(rq->arena, struct refused_row, ret.table.rows.count + 1);
	for (size_t i = 0; i < ret.table.rows.count; i++)
		take_row(&by, &rows[i], &ret);
	if (ret.table.rest_row > 0)
		refuse_rest(rq->arena, &ret);
	return ret;
}

/* ---- in words -------------------------------------------------------------------------------- */

/* At most CELL_CHARS_MAX characters, and no new line. */
static const char *cell_told(struct arena *a, const char *cell)
{
	size_t chars = 0, len = 0;

	for (; cell[len] != '\0' && cell[len] != '\n'; len++) {
		const bool begins = ((unsigned char)cell[len] & 0xc0u) != 0x80u;
		if (begins && chars++ == CELL_CHARS_MAX)
			return arena_printf(a, "%.*s…", (int)len, cell);
	}
	return arena_strndup(a, cell, len);
}

/* Which one it is, also for who changed the order or sends the rest again. */
static const char *row_told(struct arena *a, const struct refused_row *r)
{
	if (r->of == NULL || (r->of->who[0] == '\0' && r->of->what[0] == '\0'))
		return arena_printf(a, "Regel %lld:", (long long)r->row);
	return arena_printf(a, "Regel %lld (%s%s%s):", (long long)r->row, cell_told(a, r->of->who),
	                    r->of->who[0] != '\0' && r->of->what[0] != '\0' ? ", " : "",
	                    cell_told(a, r->of->what));
}

/* In a list of what is refused, a no says nothing. */
static const char *without_no(const char *message)
{
	static const char NO[] = "Nee. ";
	return strncmp(message, NO, sizeof NO - 1) == 0 ? message + sizeof NO - 1 : message;
}

const char *table_refusal_told(struct arena *a, const struct refused_row *r)
{
	const char *told = row_told(a, r);

	for (const struct problem *p = r->wrong.first; p != NULL; p = p->next)
		told = arena_printf(a, "%s %s", told, without_no(p->message));
	return told;
}

static const char *kept_told(struct arena *a, const struct taken_table *t)
{
	return arena_printf(a, "%s %s bewaard",
	                    dutch_count(a, (int64_t)t->count, "gegeven", "gegevens"),
	                    t->count == 1 ? "is" : "zijn");
}

const char *table_verdict(struct arena *a, const struct taken_table *t)
{
	const char *kept = kept_told(a, t);

	if (t->refused_count == 0)
		return arena_printf(a, "%s.", kept);
	return arena_printf(a, "%s, %s niet.", kept,
	                    dutch_count(a, (int64_t)t->refused_count, "regel", "regels"));
}

size_t table_named(const struct taken_table *t)
{
	return t->refused_count < TABLE_NAMED_MAX ? t->refused_count : TABLE_NAMED_MAX;
}

const char *table_more_told(struct arena *a, const struct taken_table *t)
{
	const size_t more = t->refused_count - table_named(t);

	return more == 0 ? NULL
	                 : arena_printf(a, "En nog %s.",
	                                dutch_count(a, (int64_t)more, "regel", "regels"));
}

/* ---- in its field -------------------------------------------------------------------------------- */

static size_t characters(struct table_text text)
{
	size_t ret = 0;

	for (size_t i = 0; i < text.len; i++)
		ret += ((unsigned char)text.from[i] & 0xc0u) != 0x80u;
	return ret;
}

static struct table_text text_of(const struct taken_table *t, const struct refused_row *r)
{
	return r->of != NULL ? r->of->sent : t->table.rest;
}

/* How many of the refused fit in the field below the head: all, of what was pasted. */
static size_t fitting(const struct taken_table *t, size_t *ret_bytes)
{
	size_t chars = characters(t->table.head);

	*ret_bytes = t->table.head.len + 1;
	for (size_t i = 0; i < t->refused_count; i++) {
		const struct table_text line = text_of(t, &t->refused[i]);
		chars += characters(line) + 1;
		if (chars > TABLE_CHARS_MAX)
			return i;
		*ret_bytes += line.len + 1;
	}
	return t->refused_count;
}

/* The head and the first refused rows, as they were sent. */
static const char *left_text(struct arena *a, const struct taken_table *t, size_t *ret_count)
{
	size_t bytes = 0;

	*ret_count = fitting(t, &bytes);
	char *const text = arena_alloc(a, bytes);
	char *at = mempcpy(text, t->table.head.from, t->table.head.len);
	for (size_t i = 0; i < *ret_count; i++) {
		const struct table_text line = text_of(t, &t->refused[i]);
		*at++ = '\n';
		at = mempcpy(at, line.from, line.len);
	}
	*at = '\0';
	return text;
}

void table_fill_left(struct arena *a, const struct taken_table *t, struct table_left *ret)
{
	struct refused_told *rows = ARENA_ARRAY(a, struct refused_told, TABLE_NAMED_MAX);
	size_t fit = 0;

	for (size_t i = 0; i < table_named(t); i++)
		rows[i].sentence = table_refusal_told(a, &t->refused[i]);
	ret->rows = (struct array){ rows, table_named(t) };
	ret->text = left_text(a, t, &fit);
	ret->verdict = table_verdict(a, t);
	ret->more = table_more_told(a, t);
	if (fit < t->refused_count)
		ret->more =
		    arena_printf(a,
		                 "%s%sHet veld is vol: regel %lld en wat daarna komt staat "
		                 "alleen nog in wat u stuurde.",
		                 ret->more != NULL ? ret->more : "", ret->more != NULL ? " " : "",
		                 (long long)t->refused[fit].row);
}
