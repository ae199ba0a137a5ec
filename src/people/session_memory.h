/*
 * session_memory.h - who was signed in a moment ago
 *
 * Loading a session with rights, role and employer joins six tables. Whoever comes back within
 * seconds is remembered with the marks that the rows had (session.h); asking whether those moved
 * is one look by key, and it travels with the page's own question. Nothing is forgotten on a
 * change: the marks say it, whichever process made it.
 *
 * Safe from every thread. A place in it is lent to one token at a time; the newest wins.
 */
#ifndef PEOPLE_SESSION_MEMORY_H
#define PEOPLE_SESSION_MEMORY_H

#include "people/session.h"
#include "platform/core/arena.h"

struct session_memory;

/* Lives in a; session_memory_close before a goes. */
struct session_memory *session_memory_open(struct arena *a);
void session_memory_close(struct session_memory *m); /* takes NULL */

/* As it was loaded at most SESSION_RECALL_MS ago, on the same day. m NULL: nobody is known. */
enum { SESSION_RECALL_MS = 10000 };
bool session_recall(struct session_memory *m, const struct digest *token, int64_t now_ms,
                    struct arena *a, struct session *ret);
/* Loaded now. Takes copies; m may be NULL. */
void session_remember(struct session_memory *m, const struct session *s, int64_t now_ms);
/* Its row says that it was seen at this moment. */
void session_remember_seen(struct session_memory *m, const struct session *s, int64_t now_ms);

#endif
