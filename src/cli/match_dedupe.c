/* plein match dedupe and link: one file against itself, or against another. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/match_commands.h"
#include "cli/match_pairs.h"
#include "cli/match_progress.h"
#include "matching/bigarray.h"
#include "matching/cluster.h"
#include "matching/compare.h"
#include "matching/dedupe.h"
#include "matching/model_write.h"
#include "matching/random_pairs.h"
#include "matching/threads.h"
#include "matching/truth.h"
#include "platform/core/clock.h"

/* A model that is to be kept stays nearer to what it was. */
static const double MODEL_ANCHOR = 0.5;

enum { RANDOM_PAIRS = 20000000 };

static double now_s(void)
{
	return (double)clock_monotonic_us() / 1e6;
}

static double peak_mib(void)
{
	struct rusage u;

	(void)getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024;
}

static void tell_quality(const struct quality_curve *c)
{
	(void)fprintf(stderr,
	              "Bij gewicht 0: juist %.4f, volledig %.4f, F1 %.4f (%llu paren gegeven).\n",
	              c->at_zero.precision, c->at_zero.recall, c->at_zero.f1,
	              (unsigned long long)c->at_zero.given);
	(void)fprintf(stderr, "Beste drempel %.1f: juist %.4f, volledig %.4f, F1 %.4f.\n",
	              c->best.weight, c->best.precision, c->best.recall, c->best.f1);
}

/* Records that hang together by pairs of at least the threshold: id and the cluster's lowest id. */
static enum status write_clusters(const struct match_options *o, const struct records *r,
                                  const struct dedupe_result *d, struct error *reterr)
{
	FILE *to = fopen(o->clusters, "w");
	struct pair *kept = block_alloc(d->pair_count, sizeof(*kept));
	uint32_t *cluster = block_alloc(r->count, sizeof(*cluster));
	char id[RECORD_ID_MAX_BYTES + 1], first[RECORD_ID_MAX_BYTES + 1];
	size_t count = 0;

	for (size_t i = 0; i < d->pair_count; i++) {
		struct pair p = ((const struct pair *)d->pairs.data)[i];
		if (weight_of(&d->weights, p.pattern) >= o->threshold)
			kept[count++] = p;
	}
	clusters_of(kept, count, r->count, cluster);
	bool failed = to == NULL || fputs("id,cluster\n", to) < 0;
	for (uint32_t i = 0; i < r->count && !failed; i++) {
		record_id(r, i, id);
		record_id(r, cluster[i], first);
		failed = fprintf(to, "%s,%s\n", id, first) < 0;
	}
	if (to != NULL)
		failed |= fclose(to) != 0;
	block_free(kept);
	block_free(cluster);
	return failed ? FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
	                     o->clusters)
	              : OK;
}

/* What too many records share for each pair to be compared: rule, number of records, one of them. */
static enum status write_crowds(const struct match_options *o, const struct records *r,
                                const struct dedupe_result *d, struct error *reterr)
{
	const struct crowd *crowds = d->crowds.data;
	const size_t count = d->crowds.bytes / sizeof(*crowds);
	FILE *to = fopen(o->crowds, "w");
	char id[RECORD_ID_MAX_BYTES + 1];

	bool failed = to == NULL || fputs("rule,records,example_id\n", to) < 0;
	for (size_t i = 0; i < count && !failed; i++) {
		record_id(r, crowds[i].example, id);
		failed = fprintf(to, "\"%s\",%u,%s\n", r->model.rules[crowds[i].rule].name,
		                 crowds[i].count, id) < 0;
	}
	if (to != NULL)
		failed |= fclose(to) != 0;
	return failed ? FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
	                     o->crowds)
	              : OK;
}

static void tell_crowds(const struct records *r, const struct dedupe_result *d)
{
	const struct crowd *largest = d->crowds.data;
	const size_t count = d->crowds.bytes / sizeof(*largest);
	char id[RECORD_ID_MAX_BYTES + 1];

	if (count == 0)
		return;
	record_id(r, largest->example, id);
	(void)fprintf(stderr,
	              "%zu keer delen te veel records hetzelfde om alle paren te vergelijken; het "
	              "meest %u records bij '%s', zoals %s. De lijst: --crowds BESTAND.\n",
	              count, largest->count, r->model.rules[largest->rule].name, id);
}

/* The figures for programs to read. */
static enum status write_report(const char *path, const struct records *r,
                                const struct dedupe_result *d, const struct quality_curve *c,
                                double seconds, double rss, struct error *reterr)
{
	FILE *to = fopen(path, "w");

	if (to == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
		            path);
	(void)fprintf(to,
	              "{\"records\": %u, \"pairs\": %llu, \"seconds\": %.6f, \"rss_mib\": %.1f, "
	              "\"precision\": %.6f, \"recall\": %.6f, \"f1\": %.6f, \"model\": \"%s\", "
	              "\"version\": %d}\n",
	              r->count, (unsigned long long)d->candidates, seconds, rss,
	              c->at_zero.precision, c->at_zero.recall, c->at_zero.f1, d->model.name,
	              d->model.version);
	if (fclose(to) != 0)
		return FAIL(reterr, ERR_UNAVAILABLE, "Het schrijven lukt niet. Is de schijf vol?");
	return OK;
}

static enum status write_curve(const char *path, const struct quality_curve *c,
                               struct error *reterr)
{
	struct out o;
	FILE *to = fopen(path, "w");

	if (to == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
		            path);
	out_init(&o, 1 << 16);
	quality_curve_svg(c, &o);
	enum status st = out_end(&o, reterr);
	if (st == OK && fwrite(o.data, 1, o.len, to) != o.len)
		st = FAIL(reterr, ERR_UNAVAILABLE, "Het schrijven lukt niet. Is de schijf vol?");
	out_free(&o);
	(void)fclose(to);
	return st;
}

/* The model as estimated on this file, under the next version: frozen from here on. */
static enum status write_model(const struct match_options *o, const struct records *r,
                               const struct model *estimated, struct error *reterr)
{
	struct model whole;
	struct out text;
	enum status st = match_options_model(o, &whole, reterr);
	FILE *to = NULL;

	if (st != OK)
		return st;
	memcpy(whole.classes, estimated->classes, sizeof(whole.classes));
	random_pairs_estimate(&whole, r, RANDOM_PAIRS);
	whole.version++;
	out_init(&text, MODEL_JSON_MAX_BYTES);
	model_write(&whole, &text);
	st = out_end(&text, reterr);
	if (st == OK)
		to = o->output == NULL ? stdout : fopen(o->output, "w");
	if (st == OK && (to == NULL || fwrite(text.data, 1, text.len, to) != text.len))
		st = FAIL(reterr, ERR_UNAVAILABLE, "Het model kan niet geschreven worden.");
	if (to != NULL && to != stdout)
		(void)fclose(to);
	out_free(&text);
	return st;
}

/* What the run would cost, without making it. */
static enum status tell_plan(const struct match_options *o, const struct records *r)
{
	const struct block_options how = { .threads =
		                               o->threads > 0 ? o->threads : threads_available() };
	struct block_plan plan;

	plan_blocks(r, &how, &plan);
	for (int k = 0; k < r->model.rule_count; k++)
		(void)printf("%12llu paren  %s\n", (unsigned long long)plan.pairs[k],
		             r->model.rules[k].name);
	(void)printf("%12llu paren samen, dubbel geteld wat in twee regels past\n",
	             (unsigned long long)plan.total);
	return OK;
}

/* A register that was read, and what reading it left. */
struct read_register {
	struct records records;
	uint32_t boundary; /* dedupe.h */
	double seconds;
	struct bigarray_store spare;
	struct shown_progress shown;
};

enum { PAIRS_BYTES_MIN = 1 << 20 };

/* What the register leaves of the bound; 0: there is none. */
static uint64_t left_for_pairs(const struct match_options *o, const struct records *r)
{
	const uint64_t bound = o->memory_mib << 20, held = records_bytes(r);

	if (bound == 0)
		return 0;
	return bound > held + PAIRS_BYTES_MIN ? bound - held : PAIRS_BYTES_MIN;
}

static enum status find_and_write(const struct match_options *o, struct read_register *in,
                                  const struct truth *truth, struct error *reterr)
{
	const struct records *r = &in->records;
	struct dedupe_options how = { .threads = o->threads,
		                      .weight_min = o->threshold,
		                      .truth = truth,
		                      .frozen = o->frozen,
		                      .boundary = in->boundary,
		                      .pairs_max = o->pairs_max,
		                      .memory_bytes = left_for_pairs(o, r),
		                      .spill_directory = o->spill,
		                      .checkpoint = o->checkpoint,
		                      .resume = o->resume,
		                      .anchor = o->estimate ? MODEL_ANCHOR : 0,
		                      .spare = &in->spare,
		                      .progress = &in->shown.progress };
	struct dedupe_result d;
	struct quality_curve curve = { .at_zero = { .f1 = 0 } };
	double start = now_s();

	if (o->resume && o->checkpoint == NULL)
		return FAIL(reterr, ERR_INVALID,
		            "Zeg met --checkpoint BESTAND waar de vorige keer bewaard is.");
	enum status st = dedupe(r, &how, &d, reterr);
	/* the time of the work: what it takes to hold it against a truth isn't part of it */
	double seconds = in->seconds + now_s() - start - d.times.judge_s, rss = peak_mib();
	shown_progress_end(&in->shown);

	if (st == OK && d.resumed && !o->quiet)
		(void)fputs("Verder gegaan met de paren van de vorige keer.\n", stderr);
	if (st == OK && !o->quiet)
		(void)fprintf(
		    stderr,
		    "%u records, %llu paren bekeken, %zu patronen. Lezen %.3f s, vergelijken "
		    "%.3f s, schatten %.3f s, wegen %.3f s; samen %.3f s. Geheugen %.0f MB.\n",
		    r->count, (unsigned long long)d.candidates, d.pattern_count, in->seconds,
		    d.times.plan_s + d.times.compare_s, d.times.estimate_s, d.times.weigh_s,
		    seconds, rss);
	if (st == OK && !o->quiet && o->crowds == NULL)
		tell_crowds(r, &d);
	if (st == OK && o->crowds != NULL)
		st = write_crowds(o, r, &d, reterr);
	if (st == OK && truth != NULL) {
		quality_measure(&d, truth, &curve);
		tell_quality(&curve);
	}
	if (st == OK && o->report != NULL)
		st = write_report(o->report, r, &d, &curve, seconds, rss, reterr);
	if (st == OK && o->curve != NULL && o->truth != NULL)
		st = write_curve(o->curve, &curve, reterr);
	if (st == OK && o->clusters != NULL)
		st = write_clusters(o, r, &d, reterr);
	if (st == OK && o->estimate)
		st = write_model(o, r, &d.model, reterr);
	else if (st == OK)
		st = match_pairs_write(o, r, &d, reterr);
	dedupe_result_free(&d);
	return st;
}

/* The truth is read before, so that a wrong one stops the work before it starts. */
static enum status find_and_judge(const struct match_options *o, struct read_register *in,
                                  struct error *reterr)
{
	struct truth t;

	if (o->truth == NULL)
		return find_and_write(o, in, NULL, reterr);
	enum status st = truth_read(o->truth, &in->records, &t, reterr);
	if (st == OK)
		st = find_and_write(o, in, &t, reterr);
	truth_free(&t);
	return st;
}

/* Whether some field reads the column, by --map or since it has its name; or was told not to. */
static bool is_read(const struct field_map *map, const struct model *m, const char *column)
{
	for (int i = 0; i < map->count; i++) {
		if (strcmp(map->column[i], column) == 0)
			return true;
		if (strcmp(map->field[i], column) == 0)
			return strcmp(map->column[i], "-") == 0;
	}
	return strcmp(column, "id") == 0 || model_field_index(m, column) >= 0;
}

/* Who gives a file of another kitchen sees what wasn't taken from it. */
static void tell_unread(const struct match_options *o, const struct model *m,
                        const struct csv_file *file)
{
	size_t unread = 0;

	for (size_t i = 0; i < file->column_count && !o->quiet; i++) {
		if (is_read(&o->map, m, file->column_names[i]))
			continue;
		(void)fprintf(stderr, "%s%.60s", unread++ == 0 ? "Niet gelezen kolommen: " : ", ",
		              file->column_names[i]);
	}
	if (unread > 0)
		(void)fputs(". Hoort er een bij een veld, zeg dat dan met --map veld=kolom.\n",
		            stderr);
}

static enum status check_rules(const struct read_register *in, struct error *reterr)
{
	if (in->records.model.rule_count > 0)
		return OK;
	return FAIL(
	    reterr, ERR_INVALID,
	    "Van deze kolommen alleen is niemand te herkennen. Zeg met --map veld=kolom welke "
	    "kolom een naam, geboortedatum, adres of telefoon is; de velden staan bij --help.");
}

static struct encode_options how_to_read(const struct match_options *o, struct read_register *in)
{
	return (struct encode_options){ .map = o->map,
		                        .threads = o->threads,
		                        .memory_bytes = o->memory_mib << 20,
		                        .progress = &in->shown.progress,
		                        .spare = &in->spare };
}

static void read_register_free(struct read_register *in)
{
	shown_progress_end(&in->shown);
	records_free(&in->records);
	bigarray_store_free(&in->spare);
}

enum status match_dedupe(const struct match_options *o, struct error *reterr)
{
	struct model model;
	struct csv_file file;
	struct read_register in = { .boundary = 0 };
	const struct encode_options how = how_to_read(o, &in);
	double start = now_s();

	if (o->file_count != 1)
		return FAIL(reterr, ERR_INVALID,
		            "Geef een CSV-bestand: plein match dedupe BESTAND.");
	enum status st = match_options_model(o, &model, reterr);
	if (st == OK)
		st = csv_open(&file, o->files[0], reterr);
	if (st != OK)
		return st;
	shown_progress_start(&in.shown, o->quiet || o->dry);
	st = encode_file(&file, &model, &how, &in.records, reterr);
	in.seconds = now_s() - start;
	tell_unread(o, &model, &file);
	if (st == OK)
		st = check_rules(&in, reterr);
	if (st == OK)
		st = o->dry ? tell_plan(o, &in.records) : find_and_judge(o, &in, reterr);
	read_register_free(&in);
	csv_close(&file);
	return st;
}

enum status match_link(const struct match_options *o, struct error *reterr)
{
	struct model model;
	struct csv_file files[2];
	struct read_register in = { .boundary = 0 };
	const struct encode_options how = how_to_read(o, &in);
	double start = now_s();

	if (o->file_count != 2)
		return FAIL(reterr, ERR_INVALID,
		            "Geef twee CSV-bestanden: plein match link BESTAND BESTAND.");
	enum status st = match_options_model(o, &model, reterr);
	if (st == OK)
		st = csv_open(&files[0], o->files[0], reterr);
	if (st != OK)
		return st;
	st = csv_open(&files[1], o->files[1], reterr);
	if (st == OK) {
		shown_progress_start(&in.shown, o->quiet);
		st = encode_two_files(&files[0], &files[1], &model, &how, &in.records, &in.boundary,
		                      reterr);
		in.seconds = now_s() - start;
		tell_unread(o, &model, &files[0]);
		if (st == OK)
			st = check_rules(&in, reterr);
		if (st == OK)
			st = find_and_judge(o, &in, reterr);
		read_register_free(&in);
		csv_close(&files[1]);
	}
	csv_close(&files[0]);
	return st;
}

enum status match_model(const struct match_options *o, struct error *reterr)
{
	struct match_options estimating = *o;

	estimating.estimate = true;
	return match_dedupe(&estimating, reterr);
}
