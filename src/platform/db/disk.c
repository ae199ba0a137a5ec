#include "platform/db/house.h"

#include "platform/core/clock.h"

/* How long a full disk is believed to be full before the next change may try. */
enum { FULL_AGAIN_MS = 1000 };

void disk_is_full(struct db *db)
{
	atomic_store(&db->full_since_ms, clock_monotonic_ms());
	atomic_store(&db->read_only, true);
	if (db->folder != NULL)
		(void)data_folder_release_ballast(db->folder);
}

bool disk_takes_changes(struct db *db)
{
	if (!atomic_load(&db->read_only))
		return true;
	int64_t now = clock_monotonic_ms();
	if (now - atomic_load(&db->full_since_ms) < FULL_AGAIN_MS)
		return false;
	atomic_store(&db->full_since_ms, now);
	if (db->folder != NULL && !data_folder_restore_ballast(db->folder))
		return false;
	atomic_store(&db->read_only, false);
	return true;
}
