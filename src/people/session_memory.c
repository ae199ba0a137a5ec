#include "people/session_memory.h"

#include <pthread.h>
#include <string.h>

#include "platform/core/calendar.h"

enum { PLACES = 2048, TEXT_BYTES = 256 };

struct place {
	struct session session; /* its texts are offsets into text, made pointers on recall */
	int64_t loaded_ms;      /* 0: nobody */
	size_t email_at, on_behalf_at, used;
	char text[TEXT_BYTES];
};

struct session_memory {
	pthread_mutex_t lock;
	struct place places[PLACES];
};

struct session_memory *session_memory_open(struct arena *a)
{
	struct session_memory *m = ARENA_NEW(a, struct session_memory);

	(void)pthread_mutex_init(&m->lock, NULL);
	return m;
}

void session_memory_close(struct session_memory *m)
{
	if (m != NULL)
		(void)pthread_mutex_destroy(&m->lock);
}

/* A digest is as good as random: its first bytes spread it. */
static struct place *place_of(struct session_memory *m, const struct digest *token)
{
	uint64_t first;

	memcpy(&first, token->bytes, sizeof first);
	return &m->places[first % PLACES];
}

static bool is_of(const struct place *p, const struct digest *token)
{
	return p->loaded_ms != 0 &&
	       memcmp(p->session.digest.bytes, token->bytes, DIGEST_BYTES) == 0;
}

/* A clock that was set back makes nobody known. */
static bool is_fresh(const struct place *p, int64_t now_ms)
{
	return now_ms >= p->loaded_ms && now_ms - p->loaded_ms < SESSION_RECALL_MS &&
	       local_day(now_ms) == local_day(p->loaded_ms);
}

bool session_recall(struct session_memory *m, const struct digest *token, int64_t now_ms,
                    struct arena *a, struct session *ret)
{
	if (m == NULL)
		return false;
	(void)pthread_mutex_lock(&m->lock);
	const struct place *p = place_of(m, token);
	const bool known = is_of(p, token) && is_fresh(p, now_ms);
	if (known) {
		const char *text = arena_strndup(a, p->text, p->used);
		*ret = p->session;
		ret->full_name = text;
		ret->email = text + p->email_at;
		ret->on_behalf = text + p->on_behalf_at;
	}
	(void)pthread_mutex_unlock(&m->lock);
	return known;
}

static size_t put(struct place *p, const char *text)
{
	const size_t at = p->used, len = strlen(text) + 1;

	memcpy(p->text + at, text, len);
	p->used += len;
	return at;
}

void session_remember(struct session_memory *m, const struct session *s, int64_t now_ms)
{
	if (m == NULL ||
	    strlen(s->full_name) + strlen(s->email) + strlen(s->on_behalf) + 3 > TEXT_BYTES)
		return;
	(void)pthread_mutex_lock(&m->lock);
	struct place *p = place_of(m, &s->digest);
	p->session = *s;
	p->loaded_ms = now_ms;
	p->used = 0;
	(void)put(p, s->full_name);
	p->email_at = put(p, s->email);
	p->on_behalf_at = put(p, s->on_behalf);
	(void)pthread_mutex_unlock(&m->lock);
}

void session_remember_seen(struct session_memory *m, const struct session *s, int64_t now_ms)
{
	if (m == NULL)
		return;
	(void)pthread_mutex_lock(&m->lock);
	struct place *p = place_of(m, &s->digest);
	if (is_of(p, &s->digest) && p->session.times.seen_at < now_ms)
		p->session.times.seen_at = now_ms;
	(void)pthread_mutex_unlock(&m->lock);
}
