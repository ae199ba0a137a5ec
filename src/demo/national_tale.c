#include "demo/national_tale.h"

#include "audit/action.h"
#include "audit/event.h"
#include "monitor/chart.h"
#include "monitor/kpi.h"
#include "monitor/region_figures.h"
#include "partners/reference.h"
#include "platform/core/calendar.h"

/* The last one didn't send anything yet. */
enum { SENDERS = REFERENCE_REGION_COUNT - 1, YEARS = 2, TALE_BYTES = 1 << 20 };

/* About how much a region of a million people does in a year. */
static const struct {
	const char *figure;
	int64_t usual;
} USUAL[] = {
	{ "SIGNALS_SUBMITTED", 380 },
	{ "SIGNALS_ADOPTED", 210 },
	{ "SIGNALS_NOT_ADOPTED", 96 },
	{ "ANSWERS_IN_TIME", 640 },
	{ "ANSWERS_LATE", 88 },
	{ "CASEFILES_ANALYSED", 170 },
	{ "CASEFILES_ADVISED", 120 },
	{ "CASEFILES_DECIDED", 104 },
	{ "CASEFILES_CLOSED", 61 },
	{ "APPROVED_LIGHT", 130 },
	{ "APPROVED_MEDIUM", 64 },
	{ "APPROVED_HEAVY", 9 },
	{ "EXECUTED", 118 },
	{ "HOURS_PLEDGED", 5200 },
	{ "HOURS_DELIVERED", 4300 },
	{ "EFFECT_0", 12 },
	{ "EFFECT_1", 27 },
	{ "EFFECT_2", 31 },
	{ "EFFECT_3", 8 },
	{ "CALCULATED", 412000000 },
	{ "CLAIMED", 268000000 },
	{ "IMPOSED", 143000000 },
	{ "SEIZED", 190000000 },
	{ "COLLECTED", 74000000 },
	{ "SET_OFF", 11000000 },
	{ "PREVENTED", 52000000 },
};

/* splitmix64 */
static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* From half of it to one and a half, for the part of the year that has been. */
static int64_t around(uint64_t *state, int64_t usual, int days)
{
	const int64_t percent = 50 + (int64_t)(next(state) % 101);
	return usual * percent / 100 * days / 365;
}

static struct region_figures invented(const char *code, const char *name, int32_t first,
                                      int32_t last, uint64_t *state)
{
	struct region_figures f = { .region = code,
		                    .made_by = name,
		                    .year = civil_from_day(first).year,
		                    .from_day = first,
		                    .until_day = last,
		                    .made_at_ms = ms_at_day_start(last + 1) };

	size_t count = 0;
	const struct figure_row *rows = region_figure_rows(&count);
	for (size_t i = 0; i < REGION_FIGURES_MAX; i++)
		f.values[i] = FIGURE_ABSENT;
	for (size_t i = 0; i < sizeof USUAL / sizeof USUAL[0]; i++) {
		const size_t at = region_figure_place(USUAL[i].figure);
		const struct kpi *definition = kpi_on(rows[at].definition, last);
		const int64_t value = around(state, USUAL[i].usual, last - first + 1);
		f.values[at] = value > 0 && value < SMALL_CELL ? FIGURE_HIDDEN : value;
		f.versions[at] = definition != NULL ? definition->version : 1;
	}
	return f;
}

struct taking {
	struct region_taking take;
	bool changed;
};

static enum status take(struct db_tx *tx, void *args, struct error *reterr)
{
	struct taking *t = args;
	return region_figures_take(tx, &t->take, &t->changed, reterr);
}

/* Written as that region would, and read as any file. */
static enum status send(struct plein *p, struct arena *a, const struct region_figures *f,
                        const uint8_t seed[SIGN_SEED_BYTES], int64_t now_ms, struct error *reterr)
{
	struct sign_secret secret;
	struct sign_public public;
	struct region_file file;
	struct taking t = { .take = { .file = &file, .now_ms = now_ms } };
	struct audit_event event = { .at_ms = now_ms, .action = AUDIT_FIGURES_TAKE };
	struct db_job job = { .run = take, .args = &t, .event = &event, .lane = LANE_BULK };
	struct out o;

	sign_keys(seed, &secret, &public);
	out_init(&o, REGION_FILE_BYTES_MAX);
	region_figures_write(a, f, &(struct region_signer){ &secret, &public }, &o);
	enum status st = out_end(&o, reterr);
	if (st == OK)
		st = region_file_read(a, o.data, o.len, &file, reterr);
	if (st == OK)
		st = db_run(p->db, &job, reterr);
	out_free(&o);
	return st;
}

enum status national_tale(struct plein *p, uint64_t seed, int64_t now_ms, struct error *reterr)
{
	const int32_t today = local_day(now_ms);
	const int this_year = civil_from_day(today).year;
	uint64_t state = seed;
	enum status st = OK;
	struct arena a;

	arena_init(&a, TALE_BYTES);
	for (int year = this_year - YEARS + 1; st == OK && year <= this_year; year++)
		for (unsigned i = 0; st == OK && i < SENDERS; i++) {
			const struct arena_mark mark = arena_mark(&a);
			const struct reference_region *r = reference_region(i);
			const uint8_t key[SIGN_SEED_BYTES] = { (uint8_t)(i + 1), (uint8_t)seed };
			const int32_t first = day_from_civil((struct civil){ year, 1, 1 });
			const int32_t end = day_from_civil((struct civil){ year + 1, 1, 1 }) - 1;
			const int32_t until = year < this_year ? end : today - 1;
			if (until < first)
				continue;
			const struct region_figures f =
			    invented(r->code, r->name, first, until, &state);
			st = send(p, &a, &f, key, now_ms, reterr);
			arena_rewind(&a, mark);
		}
	arena_reset(&a);
	return st;
}
