/*
 * house_prepare - sessions and a long list in a demo installation, for bench/house
 *
 *   house_prepare EMAIL ROWS [--data DIR] [--database CONNINFO]
 *
 * Opens a session for everybody who has an appointment, that of EMAIL first, and prints the
 * cookie header of each, and the header of an API token. Moves ROWS people to the employer of EMAIL.
 */
#include <stdio.h>
#include <stdlib.h>

#include "people/people.h"
#include "people/session.h"
#include "platform/crypto/token.h"
#include "server/open.h"

static const struct db_stmt SOMEBODY = {
	"bench_somebody", "t",
	"SELECT p.id, min(a.id), p.participant_id FROM person p"
	" JOIN appointment a ON a.person_id = p.id AND a.state = 2 WHERE p.email = $1"
	" GROUP BY p.id, p.participant_id"
};
static const struct db_stmt EVERYBODY = {
	"bench_everybody", "i",
	"SELECT a.person_id, min(a.id) FROM appointment a WHERE a.state = 2 AND a.person_id <> $1"
	" GROUP BY a.person_id ORDER BY a.person_id"
};
static const struct db_stmt MOVE = {
	"bench_move", "ii",
	"UPDATE person SET participant_id = $1 WHERE id IN (SELECT id FROM person"
	" WHERE participant_id <> $1 ORDER BY id DESC LIMIT $2)"
};

struct preparing {
	struct plein *plein;
	const char *email;
	int64_t person_id, appointment_id, participant_id, rows;
};

static enum status make_token(struct db_tx *tx, struct plein *p, int64_t appointment_id,
                              struct error *reterr)
{
	const struct token t = token_new();
	const int64_t now_ms = clock_now_ms(p->clock);
	const struct api_token_new token = { .digest = token_digest(p->token_key, "api", t.text),
		                             .appointment_id = appointment_id,
		                             .label = "bench",
		                             .now_ms = now_ms,
		                             .expires_at = now_ms + INT64_C(86400000) };
	int64_t id;
	enum status st = api_token_insert(tx, &token, &id, reterr);

	if (st == OK)
		printf("Authorization: Bearer %s\n", t.text);
	return st;
}

static enum status open_session(struct db_tx *tx, struct plein *p, int64_t person_id,
                                int64_t appointment_id, struct error *reterr)
{
	const struct token t = token_new();
	const struct session_start start = { .token = token_digest(p->token_key, "session", t.text),
		                             .person_id = person_id,
		                             .stage = STAGE_PASSWORD,
		                             .now_ms = clock_now_ms(p->clock),
		                             .device = "bench" };
	int64_t id;
	enum status st = session_insert(tx, &start, &id, reterr);

	if (st == OK)
		st = session_complete(tx, id, &start.token, appointment_id, start.now_ms, reterr);
	if (st == OK)
		printf("Cookie: plein=%s\n", t.text);
	return st == OK ? make_token(tx, p, appointment_id, reterr) : st;
}

static enum status somebody(struct db_tx *tx, struct preparing *pr, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &SOMEBODY, DB_ARGS(DB_TEXT(pr->email)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	pr->person_id = db_int(&row, 0);
	pr->appointment_id = db_int(&row, 1);
	pr->participant_id = db_int(&row, 2);
	return OK;
}

static enum status everybody(struct db_tx *tx, struct preparing *pr, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &EVERYBODY, DB_ARGS(DB_INT(pr->person_id)), &rows, reterr);
	struct {
		int64_t person_id, appointment_id;
	} all[1000];
	size_t count = 0;

	while (st == OK && count < 1000 && db_next(&rows)) {
		all[count].person_id = db_int(&rows, 0);
		all[count++].appointment_id = db_int(&rows, 1);
	}
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = open_session(tx, pr->plein, all[i].person_id, all[i].appointment_id, reterr);
	return st;
}

static enum status prepare(struct db_tx *tx, void *args, struct error *reterr)
{
	struct preparing *pr = args;
	enum status st = somebody(tx, pr, reterr);

	if (st == OK)
		st = open_session(tx, pr->plein, pr->person_id, pr->appointment_id, reterr);
	if (st == OK)
		st = everybody(tx, pr, reterr);
	if (st == OK)
		st = db_exec(tx, &MOVE, DB_ARGS(DB_INT(pr->participant_id), DB_INT(pr->rows)), NULL,
		             reterr);
	return st;
}

int main(int argc, char **argv)
{
	struct arena a;
	struct settings settings;
	struct error e = { 0 };
	struct plein *p = NULL;
	char **words;
	int count;

	arena_init(&a, 16 << 20);
	enum status st = settings_read(argc - 1, argv + 1, &a, &settings, &words, &count, &e);
	if (st == OK && count != 2)
		return 2;
	if (st == OK)
		st = plein_open(&(struct opening){ .settings = &settings }, &a, &p, &e);
	if (st == OK) {
		struct preparing pr = { .plein = p,
			                .email = words[0],
			                .rows = strtoll(words[1], NULL, 10) };
		struct db_job job = { .run = prepare, .args = &pr };
		st = db_run(p->db, &job, &e);
	}
	if (st != OK)
		(void)fprintf(stderr, "%s %s\n", e.message, e.cause);
	plein_close(p);
	arena_reset(&a);
	return st == OK ? 0 : 1;
}
