/*
 * wal.h - SQLite's journals go back into their files beside the writer; private to platform/db
 *
 * What is committed lies in the WAL. To bring it into plein.db and search.db waits for the disk,
 * twice; done by the writer, as SQLite does by itself, everybody's change and every page's event
 * waits too. Here a thread of its own does it, begun when there is first something to do.
 *
 * While the writer writes on without a breath, a WAL isn't emptied but grows; at WAL_PAGES_MAX the
 * writer brings the rest in itself.
 */
#ifndef PLATFORM_DB_WAL_H
#define PLATFORM_DB_WAL_H

#include <sqlite3.h>
#include <stdbool.h>

enum { WAL_PAGES_MAX = 16000 };

struct wal;

/* writer: with search.db attached; only the thread that writes uses what comes back. NULL: no memory. */
struct wal *wal_keep(sqlite3 *writer, const char *data_dir, bool unflushed);
/* Ends the thread; before its writer is closed. Takes NULL. */
void wal_end(struct wal *w);

#endif
