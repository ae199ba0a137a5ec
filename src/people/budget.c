/* The rules of budgets and what is counted in memory. */
#include "people/budget.h"

#include <pthread.h>
#include <string.h>

#include "audit/action.h"
#include "people/budget_memory.h"

const struct code BUDGET_KINDS[] = {
	{ BUDGET_READ, "READ", "geopend" },
	{ BUDGET_SEARCH, "SEARCH", "gezocht" },
	{ BUDGET_EXPORT, "EXPORT", "meegenomen" },
	{ 0 },
};
const struct code BUDGET_LEVELS[] = {
	{ BUDGET_ALARM, "ALARM", "meer dan gewoonlijk" },
	{ BUDGET_STOP, "STOP", "gestopt tot het volgende uur" },
	{ 0 },
};

static const struct {
	uint16_t action;
	uint8_t kind;
} ACTS[] = {
	{ AUDIT_SEARCH, BUDGET_SEARCH },
	{ AUDIT_KNOWN_ALREADY, BUDGET_SEARCH },
	{ AUDIT_MATCH_LOOK, BUDGET_SEARCH },
	{ AUDIT_SIGNAL_VIEW, BUDGET_READ },
	{ AUDIT_SIGNAL_LIST, BUDGET_READ },
	{ AUDIT_IDENTIFIER_SHOW, BUDGET_READ },
	{ AUDIT_ATTACHMENT_READ, BUDGET_READ },
	{ AUDIT_MEETING_VIEW, BUDGET_READ },
	{ AUDIT_STEERING_VIEW, BUDGET_READ },
	{ AUDIT_CASEFILE_VIEW, BUDGET_READ },
	{ AUDIT_CASEFILE_LIST, BUDGET_READ },
	{ AUDIT_SUBJECT_VIEW, BUDGET_READ },
	{ AUDIT_REQUEST_VIEW, BUDGET_READ },
	{ AUDIT_REQUEST_LIST, BUDGET_READ },
	{ AUDIT_INTERVENTION_VIEW, BUDGET_READ },
	{ AUDIT_INTERVENTION_LIST, BUDGET_READ },
	{ AUDIT_ADVICE_VIEW, BUDGET_READ },
	{ AUDIT_ADVICE_LIST, BUDGET_READ },
	{ AUDIT_ANALYSIS_VIEW, BUDGET_READ },
	{ AUDIT_ANALYSIS_PREVIEW, BUDGET_READ },
	{ AUDIT_COPIES, BUDGET_READ },
	{ AUDIT_SIGNAL_EXPORT, BUDGET_EXPORT },
	{ AUDIT_REQUEST_COPY, BUDGET_EXPORT },
	{ AUDIT_ADVICE_PRINT, BUDGET_EXPORT },
	{ AUDIT_ANALYSIS_COPY, BUDGET_EXPORT },
	{ AUDIT_STEERING_COPY, BUDGET_EXPORT },
	{ AUDIT_LOG_EXPORT, BUDGET_EXPORT },
};

int budget_kind_of(int audit_action, bool as_file)
{
	for (size_t i = 0; i < sizeof ACTS / sizeof ACTS[0]; i++)
		if (ACTS[i].action == audit_action)
			return as_file ? BUDGET_EXPORT : ACTS[i].kind;
	return 0;
}

enum budget_level budget_level_of(const struct budget_limits *l, int kind, int64_t count,
                                  int64_t most)
{
	if (most > 0)
		return count > most ? BUDGET_STOP : BUDGET_USUAL;
	if (l->stop[kind] > 0 && count > l->stop[kind])
		return BUDGET_STOP;
	return l->alarm[kind] > 0 && count > l->alarm[kind] ? BUDGET_ALARM : BUDGET_USUAL;
}

int64_t budget_hour(int64_t now_ms)
{
	enum { HOUR_MS = 3600 * 1000 };
	return now_ms / HOUR_MS;
}

/* ---- in memory ---------------------------------------------------------------------------------- */

enum { PLACES = 8192, PROBES = 32 };

/* One person in one hour. */
struct place {
	int64_t person_id; /* 0: nobody */
	int64_t hour;
	int64_t total[BUDGET_KIND_COUNT]; /* of all processes, as far as is known */
	int64_t fresh[BUDGET_KIND_COUNT]; /* of those: not in the database yet */
	bool stopped[BUDGET_KIND_COUNT];  /* somebody was sent away: to be told */
};

struct budgets {
	pthread_mutex_t lock;
	struct budget_limits limits;
	struct budget_allowed allowed[BUDGET_ALLOWED_MAX];
	size_t allowed_count;
	bool took_over;
	struct place places[PLACES];
};

struct budgets *budgets_open(struct arena *a, const struct budget_limits *limits)
{
	struct budgets *b = ARENA_NEW(a, struct budgets);

	(void)pthread_mutex_init(&b->lock, NULL);
	b->limits = *limits;
	return b;
}

void budgets_close(struct budgets *b)
{
	if (b != NULL)
		(void)pthread_mutex_destroy(&b->lock);
}

const struct budget_limits *budgets_limits(const struct budgets *b)
{
	return &b->limits;
}

static bool is_settled(const struct place *p)
{
	for (int k = 1; k < BUDGET_KIND_COUNT; k++)
		if (p->fresh[k] > 0 || p->stopped[k])
			return false;
	return true;
}

/* His place of this hour; one of an hour that is over and settled may be taken. NULL: all are in use. */
static struct place *place_of(struct budgets *b, int64_t person_id, int64_t hour)
{
	const uint64_t start = (uint64_t)person_id * UINT64_C(0x9E3779B97F4A7C15);
	struct place *free_place = NULL;

	for (uint64_t i = 0; i < PROBES; i++) {
		struct place *p = &b->places[((start >> 40) + i) % PLACES];
		if (p->person_id == person_id && p->hour == hour)
			return p;
		if (free_place == NULL && (p->person_id == 0 || (p->hour < hour && is_settled(p))))
			free_place = p;
	}
	if (free_place != NULL)
		*free_place = (struct place){ .person_id = person_id, .hour = hour };
	return free_place;
}

static int64_t most_of(const struct budgets *b, int64_t person_id, int kind)
{
	for (size_t i = 0; i < b->allowed_count; i++)
		if (b->allowed[i].person_id == person_id && b->allowed[i].kind == kind)
			return b->allowed[i].most;
	return 0;
}

bool budget_take(struct budgets *b, int64_t person_id, int kind, int64_t now_ms)
{
	bool goes = true;

	if (b == NULL || kind == 0)
		return true;
	(void)pthread_mutex_lock(&b->lock);
	struct place *p = place_of(b, person_id, budget_hour(now_ms));
	if (p != NULL) {
		const int64_t most = most_of(b, person_id, kind);
		goes = budget_level_of(&b->limits, kind, p->total[kind] + 1, most) != BUDGET_STOP;
		p->total[kind] += goes;
		p->fresh[kind] += goes;
		p->stopped[kind] = p->stopped[kind] || !goes;
	}
	(void)pthread_mutex_unlock(&b->lock);
	return goes;
}

size_t budgets_collect(struct budgets *b, struct budget_fresh ret[BUDGET_FRESH_MAX])
{
	size_t count = 0;

	(void)pthread_mutex_lock(&b->lock);
	for (size_t i = 0; i < PLACES; i++)
		for (int k = 1; k < BUDGET_KIND_COUNT && count < BUDGET_FRESH_MAX; k++)
			if (b->places[i].fresh[k] > 0 || b->places[i].stopped[k])
				ret[count++] = (struct budget_fresh){
					.place = i,
					.person_id = b->places[i].person_id,
					.hour = b->places[i].hour,
					.kind = k,
					.fresh = b->places[i].fresh[k],
					.most = most_of(b, b->places[i].person_id, k),
					.stopped = b->places[i].stopped[k],
				};
	(void)pthread_mutex_unlock(&b->lock);
	return count;
}

void budgets_written(struct budgets *b, const struct budget_fresh *list, size_t count)
{
	(void)pthread_mutex_lock(&b->lock);
	for (size_t i = 0; i < count; i++) {
		struct place *p = &b->places[list[i].place];
		p->fresh[list[i].kind] -= list[i].fresh;
		p->total[list[i].kind] = list[i].total + p->fresh[list[i].kind];
		p->stopped[list[i].kind] = false;
	}
	(void)pthread_mutex_unlock(&b->lock);
}

bool budgets_take_over(struct budgets *b, const struct budget_fresh *list, size_t count)
{
	(void)pthread_mutex_lock(&b->lock);
	const bool first = !b->took_over;
	b->took_over = true;
	for (size_t i = 0; first && i < count; i++) {
		struct place *p = place_of(b, list[i].person_id, list[i].hour);
		if (p != NULL)
			p->total[list[i].kind] = list[i].total + p->fresh[list[i].kind];
	}
	(void)pthread_mutex_unlock(&b->lock);
	return first;
}

bool budgets_took_over(struct budgets *b)
{
	(void)pthread_mutex_lock(&b->lock);
	const bool took_over = b->took_over;
	(void)pthread_mutex_unlock(&b->lock);
	return took_over;
}

void budgets_allow(struct budgets *b, const struct budget_allowed *list, size_t count)
{
	(void)pthread_mutex_lock(&b->lock);
	b->allowed_count = count < BUDGET_ALLOWED_MAX ? count : BUDGET_ALLOWED_MAX;
	memcpy(b->allowed, list, b->allowed_count * sizeof *list);
	(void)pthread_mutex_unlock(&b->lock);
}
