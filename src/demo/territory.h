/* territory.h - Deltaland's region, municipalities and participants, written and looked up */
#ifndef DEMO_TERRITORY_H
#define DEMO_TERRITORY_H

#include "platform/core/arena.h"
#include "platform/db/db.h"
#include "platform/text/fold.h"

/* Marks the installation as a demo in the same job. */
MUST_CHECK enum status territory_write(struct db *db, struct folder *folder, struct arena *a,
                                       struct error *reterr);

/* A participant's ids as the people need them. */
struct territory_desk {
	const char *code;
	int64_t id;
};
struct territory_participant {
	int64_t id, municipality_id;
	int64_t mayor_id, organ_id; /* the executive or the one organ; 0: the bureau */
	const struct territory_desk *desks;
	size_t desk_count;
};
/* As many, and in the same order, as deltaland_participants(). */
MUST_CHECK enum status territory_read(struct db *db, struct arena *a,
                                      const struct territory_participant **ret,
                                      struct error *reterr);

#endif
