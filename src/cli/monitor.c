/* plein monitor: the region's person-free figures as a file, and files of other regions. */
#include <stdlib.h>
#include <string.h>

#include "audit/action.h"
#include "audit/event.h"
#include "cli/cli.h"
#include "monitor/kpi.h"
#include "monitor/region_figures.h"
#include "platform/core/calendar.h"
#include "platform/crypto/keyring.h"
#include "platform/http/input.h"
#include "server/open.h"

static const char HELP[] =
    "plein monitor - cijfers zonder personen\n"
    "\n"
    "  plein monitor export [--year JAAR] [--data MAP] > BESTAND\n"
    "      de cijfers van de eigen regio over een jaar, getekend; zonder --year: dit jaar\n"
    "  plein monitor read --file BESTAND [--new-key] [--data MAP]\n"
    "      cijfers van een andere regio inlezen; nieuwere vervangen oudere\n"
    "      --new-key: die regio heeft een nieuwe sleutel, en dat is daar nagevraagd\n";

struct taking {
	struct region_taking take;
	bool changed;
};

static enum status take_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct taking *t = args;
	return region_figures_take(tx, &t->take, &t->changed, reterr);
}

static enum status told(struct plein *p, uint16_t action, int64_t now_ms, db_job_fn *run,
                        void *args, struct error *reterr)
{
	struct audit_event event = { .at_ms = now_ms, .action = action };
	struct db_job job = { .run = run, .args = args, .event = &event, .lane = LANE_BULK };
	return db_run(p->db, &job, reterr);
}

static enum status nothing_run(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)tx, (void)args, (void)reterr;
	return OK; /* the event alone */
}

static enum status export_year(struct plein *p, struct arena *a, const char *year, struct out *o,
                               struct error *reterr)
{
	const int64_t now = clock_now_ms(p->clock);
	const int this_year = civil_from_day(local_day(now)).year;
	const struct own_figures wish = { year != NULL ? (int)strtol(year, NULL, 10) : this_year,
		                          now, p->region != NULL ? p->region : "opdrachtregel" };
	const struct region_signer signer = { keyring_signer(p->keyring),
		                              keyring_public(p->keyring) };
	struct region_figures figures;
	struct db_read *r = NULL;

	if (wish.year < civil_from_day(kpi_first_day()).year || wish.year > this_year)
		return FAIL(reterr, ERR_INVALID, "Kies --year van %d tot en met %d.",
		            civil_from_day(kpi_first_day()).year, this_year);
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = region_figures_own(r, &wish, a, &figures, reterr);
	db_read_end(r);
	if (st == OK)
		st = told(p, AUDIT_FIGURES_SEND, now, nothing_run, NULL, reterr);
	if (st == OK)
		region_figures_write(a, &figures, &signer, o);
	return st;
}

static enum status read_in(struct plein *p, struct arena *a, const char *path, bool new_key,
                           struct out *o, struct error *reterr)
{
	const int64_t now = clock_now_ms(p->clock);
	struct input_value bytes = { 0 };
	struct region_file file;
	struct taking t = { .take = { .file = &file, .now_ms = now, .new_key = new_key } };

	if (path == NULL)
		return FAIL(reterr, ERR_INVALID, "Schrijf: plein monitor read --file BESTAND.");
	enum status st = cli_read_file(path, a, &bytes, reterr);
	if (st == OK)
		st = region_file_read(a, (const char *)bytes.file.bytes, bytes.file.len, &file,
		                      reterr);
	if (st == OK)
		st = told(p, AUDIT_FIGURES_TAKE, now, take_run, &t, reterr);
	if (st == OK)
		out_fmt(o,
		        t.changed ? "Ingelezen: %s over %d.\n"
		                  : "De cijfers van %s over %d stonden er al.\n",
		        file.figures.region, file.figures.year);
	return st;
}

static enum status run(struct plein *p, struct arena *a, char **words, int word_count,
                       struct out *o, struct error *reterr)
{
	const char *year = cli_option(words, &word_count, "year");
	const char *path = cli_option(words, &word_count, CLI_FILE_OPTION);
	const bool new_key = cli_flag(words, &word_count, "new-key");

	if (word_count == 1 && strcmp(words[0], "export") == 0)
		return export_year(p, a, year, o, reterr);
	if (word_count == 1 && strcmp(words[0], "read") == 0)
		return read_in(p, a, path, new_key, o, reterr);
	return FAIL(reterr, ERR_INVALID, "Schrijf export of read. Kijk bij plein monitor --help.");
}

const struct cli_task MONITOR_TASK = { "monitor", run, .creates = false };

int cli_monitor(int argc, char **argv)
{
	return cli_do(argc, argv, HELP, &MONITOR_TASK);
}
