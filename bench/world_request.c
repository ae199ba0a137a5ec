/* Requests of a casefile: asked, taken on, answered with two facts or with nothing, checked, closed. */
#include "world.h"

#include "law/categories.h"
#include "platform/core/calendar.h"
#include "requests/request_store.h"
#include "subjects/casefile_subject.h"

enum { NOTHING_IN_HUNDRED = 30, ITEMS = 2, PARTS_MAX = 4, SUBJECTS_ASKED = 2 };

struct asking {
	struct world *w;
	struct db_tx *tx;
	const struct told_case *c;
	struct information_request q;
	const struct worker *desk;
	struct request_part parts[PARTS_MAX];
	size_t part_count;
	int64_t numbers[PARTS_MAX]; /* of the subjects of the parts */
	int64_t at_ms;
};

/* ---- writing and moving ----------------------------------------------------------------------------- */

static size_t choose_parts(struct asking *a, const struct array *subjects)
{
	const uint64_t may = request_categories((enum law_letter)a->desk->viewer.letter, PHASE_1,
	                                        ACTIVITY_CASE_CONSULTATION);
	const struct subject *s = subjects->items;
	int categories = 0;

	for (int k = 1; k < 18 && categories < 2; k++) {
		if ((may >> k & 1) == 0)
			continue;
		categories++;
		for (size_t i = 0; i < subjects->count && i < SUBJECTS_ASKED; i++) {
			a->numbers[a->part_count] = s[i].number;
			a->parts[a->part_count++] =
			    (struct request_part){ .presence_id = s[i].id,
				                   .category = (enum law_category)k };
		}
	}
	return a->part_count;
}

static enum status write_it(struct asking *a, struct error *reterr)
{
	struct arena *arena = db_tx_arena(a->tx);
	const struct request_texts texts = { .question = world_words(a->w, arena, 15),
		                             .necessity = world_words(a->w, arena, 20),
		                             .settled = "" };
	struct request_new n = { .uuid = uuid_at(a->at_ms),
		                 .reference_key = a->w->plein->reference_key,
		                 .casefile_id = a->c->id,
		                 .participant_id = a->desk->viewer.participant_id,
		                 .organ_id = a->desk->viewer.organ_id,
		                 .appointment_id = a->c->coordinator->viewer.appointment_id,
		                 .now_ms = a->at_ms,
		                 .kind = REQUEST_CONTENT,
		                 .parts = a->parts,
		                 .part_count = a->part_count };

	request_seal_texts(a->w->plein->keyring, &n.uuid, &texts, arena, &n.texts);
	a->q = (struct information_request){ .uuid = n.uuid,
		                             .casefile_id = n.casefile_id,
		                             .participant_id = n.participant_id,
		                             .organ_id = n.organ_id,
		                             .kind = n.kind,
		                             .phase = PHASE_1,
		                             .state = REQUEST_DRAFT,
		                             .state_since = n.now_ms,
		                             .written_by = n.appointment_id };
	return request_insert(a->tx, &n, &a->q.id, &a->q.reference, reterr);
}

static enum status move(struct asking *a, enum request_action action, const struct worker *who,
                        struct error *reterr)
{
	const struct move *mv = machine_move(&REQUEST_MACHINE, a->q.state, (uint8_t)action);
	struct request_moving m = { .request = &a->q,
		                    .move = mv,
		                    .viewer = &who->viewer,
		                    .now_ms = a->at_ms,
		                    .wanted_day = -1 };

	if (mv == NULL)
		return FAIL(reterr, ERR_INTERNAL, "no step %d from %d", (int)action, a->q.state);
	if (action == REQUEST_ISSUE)
		m.due_day = request_due(REQUEST_CONTENT, false, local_day(a->at_ms), NULL);
	if (action == REQUEST_ACCEPT)
		m.handler_id = who->viewer.appointment_id;
	enum status st = request_move(a->tx, &m, reterr);
	a->q.empty = mv->to == REQUEST_NO_HIT || (mv->to == REQUEST_CLOSED && a->q.empty);
	a->q.state = mv->to;
	a->q.state_since = a->at_ms;
	a->q.due_day = m.due_day != 0 ? m.due_day : a->q.due_day;
	return st;
}

/* ---- an answer ---------------------------------------------------------------------------------------- */

static const struct law_kind *kind_of(enum law_category category)
{
	size_t count = 0;
	const struct law_kind *kinds = law_kinds(&count);

	for (size_t i = 0; i < count; i++)
		if (kinds[i].of == KIND_FACT && kinds[i].category == category && !kinds[i].refused)
			return &kinds[i];
	return NULL;
}

static struct answer_item item_of(struct asking *a, size_t part, const struct law_kind *kind)
{
	const enum law_letter letter = (enum law_letter)a->desk->viewer.letter;

	return (struct answer_item){ .subject = a->numbers[part],
		                     .kind = kind->code,
		                     .category = kind->category,
		                     .text = world_words(a->w, db_tx_arena(a->tx), 12),
		                     .day = INT64_MIN,
		                     .cents = INT64_MIN,
		                     .source_grade = 'A',
		                     .information_grade = '1',
		                     .task = law_first_task(letter) };
}

/* Kept, and so a fact of the casefile. */
static enum status keep(struct asking *a, const struct answer_item *item, int64_t number,
                        struct error *reterr)
{
	const struct viewer *analyst = &a->c->analyst->viewer;
	const struct fact_new fact = { .kind = item->kind,
		                       .category = item->category,
		                       .phase = law_category(item->category)->phase,
		                       .text = item->text,
		                       .source_grade = item->source_grade,
		                       .information_grade = item->information_grade,
		                       .task = item->task,
		                       .participant_id = a->q.participant_id,
		                       .organ_id = a->q.organ_id,
		                       .appointment_id = analyst->appointment_id };
	struct sealed_known_fact sealed;
	enum status st = request_item_judge(a->tx, a->q.id, number, true, analyst->appointment_id,
	                                    a->at_ms, reterr);
	if (st == OK)
		st = casefile_fact_seal(db_tx_read(a->tx), a->w->plein->keyring, a->c->id,
		                        item->subject, &fact, a->at_ms, db_tx_arena(a->tx), &sealed,
		                        reterr);
	if (st == OK)
		st = casefile_fact_add(a->tx, a->c->id, &sealed, a->at_ms, reterr);
	return st == OK ? request_item_filed(a->tx, a->q.id, number, &sealed.uuid, reterr) : st;
}

struct written {
	struct answer_item items[ITEMS];
	size_t count;
};

static enum status write_items(struct asking *a, struct written *ret, struct error *reterr)
{
	const struct viewer *desk = &a->desk->viewer;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < a->part_count; i++) {
		const struct law_kind *kind = kind_of(a->parts[i].category);
		struct sealed_item sealed;
		if (kind == NULL || ret->count == ITEMS) {
			st = request_part_set(a->tx, a->q.id, a->parts[i].presence_id,
			                      a->parts[i].category, ANSWER_NOTHING, reterr);
			continue;
		}
		ret->items[ret->count] = item_of(a, i, kind);
		request_seal_item(a->w->plein->keyring, &ret->items[ret->count++],
		                  a->parts[i].presence_id, desk->participant_id, a->at_ms,
		                  db_tx_arena(a->tx), &sealed);
		st = request_item_add(a->tx, a->q.id, &sealed, desk->appointment_id, a->at_ms,
		                      reterr);
	}
	return st;
}

static enum status answer(struct asking *a, struct written *ret, struct error *reterr)
{
	enum status st = write_items(a, ret, reterr);

	if (st == OK && ret->count == 0)
		return FAIL(reterr, ERR_INTERNAL, "organ %c has nothing to answer",
		            a->desk->viewer.letter);
	if (st == OK)
		st = request_items_send(a->tx, &a->q, a->at_ms, reterr);
	return st == OK ? move(a, REQUEST_ANSWER, a->desk, reterr) : st;
}

static enum status check(struct asking *a, const struct written *items, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < items->count; i++)
		st = keep(a, &items->items[i], (int64_t)i + 1, reterr);
	return st == OK ? move(a, REQUEST_CHECK, a->c->analyst, reterr) : st;
}

/* ---- one request, as far as it came ------------------------------------------------------------------ */

static bool goes_on(struct asking *a, int64_t days)
{
	a->at_ms += days * DAY_MS;
	return a->at_ms < a->c->until_ms;
}

static enum status play(struct asking *a, struct error *reterr)
{
	const bool nothing = world_draw(a->w, 100) < NOTHING_IN_HUNDRED;
	struct written items = { .count = 0 };
	enum status st = write_it(a, reterr);

	if (st == OK && goes_on(a, 1))
		st = move(a, REQUEST_ISSUE, a->c->coordinator, reterr);
	if (st == OK && goes_on(a, 2))
		st = move(a, REQUEST_ACCEPT, a->desk, reterr);
	if (st != OK || !goes_on(a, 1 + world_draw(a->w, 20)))
		return st;
	st = nothing ? move(a, REQUEST_SAY_NOTHING, a->desk, reterr) : answer(a, &items, reterr);
	if (st == OK && !nothing && goes_on(a, 3))
		st = check(a, &items, reterr);
	const bool checked = a->q.state == REQUEST_CHECKED || a->q.state == REQUEST_NO_HIT;
	return st == OK && checked && goes_on(a, 1)
	           ? move(a, REQUEST_CLOSE, a->c->coordinator, reterr)
	           : st;
}

enum status world_requests(struct world *w, struct db_tx *tx, const struct told_case *c,
                           struct error *reterr)
{
	enum { FIRST_DAYS = 6 };
	struct array subjects = { 0 };
	enum status st = subject_list_in_casefile(db_tx_read(tx), w->plein->keyring, c->id,
	                                          db_tx_arena(tx), &subjects, reterr);

	for (int64_t i = 0; st == OK && i < w->size.requests; i++) {
		const int64_t organ = c->team[(size_t)i % c->team_count]->viewer.organ_id;
		struct asking a = { .w = w,
			            .tx = tx,
			            .c = c,
			            .desk = world_at(&w->desks, organ),
			            .at_ms = c->opened_ms + (FIRST_DAYS + i * 2) * DAY_MS };
		if (a.desk != NULL && a.at_ms < c->until_ms && choose_parts(&a, &subjects) > 0)
			st = play(&a, reterr);
	}
	return st;
}
