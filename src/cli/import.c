/*
 * plein import signals FILE: the same room as the page *Signalen inlezen*, with its progress on the
 * terminal. The file travels to a running server as an open file, so that it may lie where only the
 * person can read it. Each word below is one short piece of work: begin, step, faults.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "access/access.h"
#include "audit/action.h"
#include "audit/record.h"
#include "cli/cli.h"
#include "imports/import_file.h"
#include "imports/import_run.h"
#include "server/open.h"

static const char HELP[] =
    "plein import - signalen inlezen uit een bestand\n"
    "\n"
    "  plein import signals BESTAND --person E-MAIL [--mapping NAAM] [--dry-run] [--data MAP]\n"
    "      leest een rekenblad (XLSX, of CSV UTF-8) in als concepten van deze indiener;\n"
    "      zegt per regel wat niet klopt; de andere regels komen wel binnen\n"
    "  plein import undo NUMMER --person E-MAIL [--data MAP]\n"
    "      haalt alles weer weg wat uit dit bestand kwam en nog een concept is\n"
    "\n"
    "  --mapping NAAM  de indeling van de kolommen die op het scherm zo is bewaard\n"
    "  --dry-run       kijk alles na, en lees niets in\n";

struct import_words {
	const char *person, *file, *mapping, *name;
	int64_t id;
};

enum { FILE_ARENA_BYTES = 256 << 20, FILE_BYTES_MAX = ATTACHMENT_BYTES_MAX, STEP_MS = 1000 };

/* ---- the file ----------------------------------------------------------------------------------- */

/* A path; or "fd:N", an open file that came through the socket. */
static int open_file(const char *word)
{
	if (strncmp(word, CLI_OPEN_FILE, strlen(CLI_OPEN_FILE)) == 0)
		return fcntl((int)strtol(word + strlen(CLI_OPEN_FILE), NULL, 10), F_DUPFD_CLOEXEC,
		             0);
	return open(word, O_RDONLY | O_CLOEXEC);
}

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

enum status cli_read_file(const char *word, struct arena *a, struct input_value *ret,
                          struct error *reterr)
{
	AUTO(close_fd) int fd = open_file(word);
	struct stat st;
	int64_t at = 0, n = 0;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return FAIL(reterr, ERR_INVALID, "Dit bestand kunnen wij niet openen.");
	if (st.st_size > FILE_BYTES_MAX)
		return FAIL(reterr, ERR_LIMIT, "Dit bestand is groter dan 20 MB. Splits het.");
	unsigned char *bytes = arena_alloc(a, (size_t)st.st_size + 1);
	while (at < st.st_size && (n = pread(fd, bytes + at, (size_t)(st.st_size - at), at)) > 0)
		at += n;
	if (at != st.st_size)
		return FAIL(reterr, ERR_UNAVAILABLE, "Dit bestand kunnen wij niet lezen.");
	ret->file = source_bytes(bytes, (size_t)at);
	return OK;
}

/* ---- who ---------------------------------------------------------------------------------------- */

static enum status writer(struct plein *p, struct arena *a, const char *email, struct viewer *ret,
                          struct error *reterr)
{
	struct db_read *r = NULL;
	int64_t appointment = 0;

	if (email == NULL)
		return FAIL(reterr, ERR_INVALID, "Zeg met --person wie dit inleest.");
	enum status st = cli_capacity(p, a, email, "SUBMITTER", &appointment, reterr);
	if (st == OK)
		st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = import_sender_of(r, appointment, ret, reterr);
	db_read_end(r);
	return st;
}

static struct audit_event told(const struct viewer *v, int64_t id, int64_t now_ms)
{
	return (struct audit_event){ .at_ms = now_ms,
		                     .action = AUDIT_SIGNAL_IMPORT,
		                     .actor_id = v->person_id,
		                     .appointment_id = v->appointment_id,
		                     .role = (uint8_t)v->role,
		                     .participant_id = v->participant_id,
		                     .organ_id = v->organ_id,
		                     .object_type = OBJECT_IMPORT,
		                     .object_id = id,
		                     .owner_type = OBJECT_IMPORT,
		                     .owner_id = id };
}

/* ---- begin: the file becomes a round that is being judged --------------------------------------- */

struct beginning {
	struct import_sender who;
	struct import_offer offer;
	int64_t id;
};

static enum status apply_begin(struct db_tx *tx, void *args, struct error *reterr)
{
	struct beginning *b = args;

	enum status st = import_begin(tx, &b->who, &b->offer, &b->id, reterr);
	if (st == OK)
		st = import_move(tx, &b->who, b->id, IMPORT_CHECK, reterr);
	struct audit_event event = told(b->who.viewer, b->id, b->who.now_ms);
	return st == OK ? audit_write(tx, &event, OK, reterr) : st;
}

static enum status first_problem(const struct problems *ps, struct error *reterr)
{
	for (const struct problem *p = ps->first; p != NULL; p = p->next)
		if (p->level == PROBLEM_ERROR)
			return FAIL(reterr, ERR_INVALID, "%s", p->message);
	return OK;
}

static enum status begin(struct plein *p, struct arena *a, const struct import_words *w,
                         struct out *o, struct error *reterr)
{
	struct viewer v;
	struct beginning b = { .who = { p, &v, clock_now_ms(p->clock) } };
	struct db_job job = { .run = apply_begin, .args = &b, .lane = LANE_BULK };
	struct input_value file = { .file_name = w->name };
	const struct import_wish wish = { &file, w->mapping };
	struct problems problems;
	struct db_read *r = NULL;

	problems_init(&problems, a);
	enum status st = writer(p, a, w->person, &v, reterr);
	if (st == OK)
		st = cli_read_file(w->file, a, &file, reterr);
	if (st == OK)
		st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = import_look(r, &b.who, &wish, a, &problems, &b.offer, reterr);
	db_read_end(r);
	if (st == OK)
		st = first_problem(&problems, reterr);
	if (st == OK)
		st = db_run(p->db, &job, reterr);
	if (st == OK)
		out_fmt(o, "%lld\n", (long long)b.id);
	return st;
}

/* ---- step, read, undo --------------------------------------------------------------------------- */

/* While a server runs its ticker goes on with the round; else we do. */
static enum status go_on(struct plein *p, struct error *reterr)
{
	const int64_t end = clock_monotonic_ms() + STEP_MS;
	bool more = p->http == NULL;
	enum status st = OK;

	while (st == OK && more && clock_monotonic_ms() < end)
		st = import_step(p, &more, reterr);
	return st;
}

static enum status step(struct plein *p, struct arena *a, const struct import_words *w,
                        struct out *o, struct error *reterr)
{
	struct import_standing s = { 0 };
	struct db_read *r = NULL;
	struct viewer v;

	enum status st = writer(p, a, w->person, &v, reterr);
	if (st == OK)
		st = go_on(p, reterr);
	if (st == OK)
		st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = import_standing(r, v.organ_id, w->id, &s, reterr);
	db_read_end(r);
	if (st == OK)
		out_fmt(o, "%d %lld %lld %lld %lld %lld\n", s.state, (long long)s.rows,
		        (long long)s.rows_done, (long long)s.wrong, (long long)s.stored,
		        (long long)s.kept);
	return st;
}

struct moving {
	struct import_sender who;
	int64_t id;
	enum import_action action;
};

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct moving *m = args;

	return import_move(tx, &m->who, m->id, m->action, reterr);
}

static enum status move_on(struct plein *p, struct arena *a, const struct import_words *w,
                           enum import_action action, struct error *reterr)
{
	struct viewer v;
	struct moving m = { { p, &v, clock_now_ms(p->clock) }, w->id, action };

	enum status st = writer(p, a, w->person, &v, reterr);
	if (st != OK)
		return st;
	struct audit_event event = told(&v, w->id, m.who.now_ms);
	struct db_job job = { .run = apply_move, .args = &m, .event = &event, .lane = LANE_BULK };
	return db_run(p->db, &job, reterr);
}

static enum status faults(struct plein *p, struct arena *a, const struct import_words *w,
                          struct out *o, struct error *reterr)
{
	struct import_standing s;
	struct array found = { 0 };
	struct db_read *r = NULL;
	struct viewer v;

	enum status st = writer(p, a, w->person, &v, reterr);
	if (st == OK)
		st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = import_standing(r, v.organ_id, w->id, &s, reterr);
	if (st == OK)
		st = import_faults(r, w->id, a, &found, reterr);
	db_read_end(r);
	const struct import_fault *f = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		out_fmt(o, "Regel %lld, %s: %s\n", (long long)f[i].line, f[i].place, f[i].sentence);
	return st;
}

/* ---- the words ---------------------------------------------------------------------------------- */

static enum status do_word(struct plein *p, struct arena *a, const char *word,
                           const struct import_words *w, struct out *o, struct error *reterr)
{
	if (strcmp(word, "begin") == 0)
		return begin(p, a, w, o, reterr);
	if (strcmp(word, "step") == 0)
		return step(p, a, w, o, reterr);
	if (strcmp(word, "faults") == 0)
		return faults(p, a, w, o, reterr);
	if (strcmp(word, "read") == 0)
		return move_on(p, a, w, IMPORT_READ, reterr);
	if (strcmp(word, "undo") == 0)
		return move_on(p, a, w, IMPORT_UNDO, reterr);
	return FAIL(reterr, ERR_INVALID, "Plein import kent '%s' niet. Kijk bij --help.", word);
}

static enum status run(struct plein *p, struct arena *a, char **words, int word_count,
                       struct out *o, struct error *reterr)
{
	const char *id = cli_option(words, &word_count, "id");
	const char *name = cli_option(words, &word_count, "name");
	const struct import_words w = { .person = cli_option(words, &word_count, "person"),
		                        .file = cli_option(words, &word_count, CLI_FILE_OPTION),
		                        .mapping = cli_option(words, &word_count, "mapping"),
		                        .name = name != NULL ? name : "",
		                        .id = id != NULL ? strtoll(id, NULL, 10) : 0 };
	struct arena own;

	(void)a;
	if (word_count != 1)
		return FAIL(reterr, ERR_INVALID, "Schrijf: plein import signals BESTAND.");
	arena_init(&own, FILE_ARENA_BYTES);
	const enum status st = do_word(p, &own, words[0], &w, o, reterr);
	arena_reset(&own);
	return st;
}

const struct cli_task IMPORT_TASK = { "import", run, .creates = false };

/* ---- the terminal ------------------------------------------------------------------------------- */

struct terminal {
	int argc; /* what all words share: settings, --person */
	char **argv;
	struct arena *a;
	const char *id;
	struct error *reterr;
};

/* One word with its options, after those that all share. */
static enum status ask(struct terminal *t, const char *const *more, const char **ret)
{
	char **argv = ARENA_ARRAY(t->a, char *, (size_t)t->argc + 12);
	struct out o;
	int argc = 0;

	for (int i = 0; i < t->argc; i++)
		argv[argc++] = t->argv[i];
	for (; *more != NULL; more++)
		argv[argc++] = arena_strdup(t->a, *more);
	out_init(&o, 1 << 20);
	enum status st = cli_ask(argc, argv, &IMPORT_TASK, t->a, &o, t->reterr);
	if (st == OK)
		st = out_end(&o, t->reterr);
	*ret = st == OK && o.data != NULL ? arena_strndup(t->a, o.data, o.len) : "";
	out_free(&o);
	return st;
}

static void show(const struct import_standing *s, bool last)
{
	const char *what = s->state == IMPORT_CHECKING || s->state == IMPORT_CHECKED ? "Nagekeken"
	                   : s->state == IMPORT_UNDOING ? "Nog terug te draaien"
	                                                : "Ingelezen";
	const int64_t done = s->state == IMPORT_UNDOING  ? s->stored
	                     : last || s->rows_done == 0 ? (last ? s->rows : 0)
	                                                 : s->rows_done - 1;

	if (isatty(STDERR_FILENO))
		(void)fprintf(stderr, "\r%s: %lld van %lld regels%s", what, (long long)done,
		              (long long)s->rows, last ? "\n" : "  ");
}

static bool busy(const struct import_standing *s)
{
	return s->state == IMPORT_CHECKING || s->state == IMPORT_READING ||
	       s->state == IMPORT_UNDOING;
}

enum { NUMBERS = 6 };

/* "4 100 51 0 50 0": state, rows, rows done, wrong, stored, kept. */
static bool read_numbers(const char *said, int64_t ret[NUMBERS])
{
	for (size_t i = 0; i < NUMBERS; i++) {
		char *end;
		ret[i] = strtoll(said, &end, 10);
		if (end == said)
			return false;
		said = end;
	}
	return true;
}

/* Until the round stands still. */
static enum status follow(struct terminal *t, struct import_standing *ret)
{
	const char *const words[] = { "step", "--id", t->id, NULL };
	const struct timespec pause = { .tv_nsec = 300000000 };
	enum status st;

	do {
		int64_t n[NUMBERS];
		const char *said;
		st = ask(t, words, &said);
		if (st != OK)
			return st;
		if (!read_numbers(said, n))
			return FAIL_INTERNAL(t->reterr);
		*ret = (struct import_standing){ .state = (uint8_t)n[0],
			                         .rows = n[1],
			                         .rows_done = n[2],
			                         .wrong = n[3],
			                         .stored = n[4],
			                         .kept = n[5] };
		show(ret, !busy(ret));
		if (busy(ret))
			(void)nanosleep(&pause, NULL);
	} while (busy(ret));
	return OK;
}

static enum status say_faults(struct terminal *t, const struct import_standing *s)
{
	const char *const words[] = { "faults", "--id", t->id, NULL };
	const char *said = "";
	const enum status st = s->wrong > 0 ? ask(t, words, &said) : OK;

	(void)fputs(said, stdout);
	return st;
}

static enum status do_act(struct terminal *t, const char *act, struct import_standing *ret)
{
	const char *const words[] = { act, "--id", t->id, NULL };
	const char *said;
	const enum status st = ask(t, words, &said);

	return st == OK ? follow(t, ret) : st;
}

static enum status read_in(struct terminal *t, bool dry_run)
{
	struct import_standing s = { 0 };

	enum status st = follow(t, &s);
	if (st == OK)
		st = say_faults(t, &s);
	if (st != OK)
		return st;
	(void)printf("Regels die kloppen: %lld. Regels die niet kloppen: %lld.\n",
	             (long long)(s.rows - s.wrong), (long long)s.wrong);
	if (dry_run || s.rows == s.wrong) {
		st = do_act(t, "undo", &s);
		if (st == OK)
			(void)printf("Er is niets ingelezen.\n");
		return st;
	}
	st = do_act(t, "read", &s);
	if (st == OK)
		(void)printf("Concepten die klaarstaan: %lld.\nTerugdraaien kan met: plein import "
		             "undo %s\n",
		             (long long)s.stored, t->id);
	return st;
}

static enum status undo(struct terminal *t)
{
	struct import_standing s = { 0 };
	const enum status st = do_act(t, "undo", &s);

	if (st == OK)
		(void)printf("Teruggedraaid. Bleef staan, want al ingediend: %lld.\n",
		             (long long)s.kept);
	return st;
}

static const char FILE_FLAG[] = "--" CLI_FILE_OPTION;

static enum status signals(struct terminal *t, const char *path, const char *mapping, bool dry_run)
{
	const char *slash = strrchr(path, '/');
	const char *const words[] = { "begin",
		                      FILE_FLAG,
		                      path,
		                      "--name",
		                      slash != NULL ? slash + 1 : path,
		                      mapping != NULL ? "--mapping" : NULL,
		                      mapping,
		                      NULL };
	const char *said;

	enum status st = ask(t, words, &said);
	if (st != OK)
		return st;
	t->id = arena_strndup(t->a, said, strcspn(said, "\n"));
	return read_in(t, dry_run);
}

int cli_import(int argc, char **argv)
{
	struct error e = { 0 };
	struct arena a;

	if (cli_wants_help(argc, argv)) {
		(void)fputs(HELP, stdout);
		return 0;
	}
	int rest_count = argc - 1;
	char **rest = argv + 1;
	const bool dry_run = cli_flag(rest, &rest_count, "dry-run");
	const char *mapping = cli_option(rest, &rest_count, "mapping");
	if (rest_count < 2 || rest[0][0] == '-' || rest[1][0] == '-') {
		(void)fputs(HELP, stderr);
		return 2;
	}
	const char *what = rest[0], *which = rest[1];
	rest[1] = argv[0]; /* what all words share begins with the command's name */
	arena_init(&a, FILE_ARENA_BYTES);
	struct terminal t = {
		.argc = rest_count - 1, .argv = rest + 1, .a = &a, .id = which, .reterr = &e
	};
	enum status st;
	if (strcmp(what, "signals") == 0)
		st = signals(&t, which, mapping, dry_run);
	else if (strcmp(what, "undo") == 0)
		st = undo(&t);
	else
		st = FAIL(&e, ERR_INVALID, "Plein import kent '%s' niet. Kijk bij --help.", what);
	arena_reset(&a);
	return st == OK ? 0 : cli_failed(&e);
}
