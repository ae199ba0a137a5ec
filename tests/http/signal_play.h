/*
 * signal_play.h - a signal played by visitors: written, submitted, taken in; for house tests
 *
 * Whatever goes wrong here fails the test.
 */
#ifndef TESTS_HTTP_SIGNAL_PLAY_H
#define TESTS_HTTP_SIGNAL_PLAY_H

#include "client.h"
#include "house_world.h"

struct played {
	struct visitor *writer;
	char ref[32], base[64]; /* "S-2026-7K3QF", "/signals/S-2026-7K3QF" */
};

/* Somebody hired for this role and signed in. organ 0: the executive, or the bureau. */
struct visitor *play_person(struct house *h, const char *email, enum role role, int64_t organ);

/* An empty draft of a submitter. */
struct played play_begin(struct visitor *writer);
/* A step of its form; rest as in "/edit/facts". */
void play_fill(struct played *p, const char *rest, const char *fields);
/* A draft with all that submitting asks; the title and facts as given, percent-encoded. The task
 * is one of the executive's. */
struct played play_write(struct visitor *writer, const char *title, const char *facts);
void play_submit(struct played *p);
/* Looked, accepted: the coordinator's part. */
void play_accept(struct visitor *coordinator, const struct played *p);

/* The signal's address with this behind it. */
const char *play_at(const struct played *p, const char *rest);

/* The answer to a GET with this visitor's cookies. */
struct reply play_raw(struct visitor *v, const char *path);

/* What the feeder does every second, until nothing waits. */
void play_index(struct house *h);

#endif
