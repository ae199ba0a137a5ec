/* rooms.h - all rooms of the house in one list: routes, statements, templates, machines, menu */
#ifndef SERVER_ROOMS_H
#define SERVER_ROOMS_H

#include "people/gate.h"
#include "platform/core/machine.h"
#include "platform/crypto/key_export.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/view/page.h"
#include "search/search_feed.h"
#include "search/search_http.h"

/* Each list ends in NULL. */
extern const struct route *const ALL_ROUTES[];
extern const struct db_stmt *const *const ALL_STATEMENTS[];
extern const struct page_template *const ALL_TEMPLATES[];
extern const struct machine *const ALL_MACHINES[];
extern const struct place PLACES[];
extern const struct search_namer SEARCH_NAMERS[]; /* ends in a row without titles */
extern const struct search_feed SEARCH_FEEDS[];   /* ends in a row without read */

/* What a restore must not bring back (key_export.h). */
extern const struct carried *const ALL_CARRIED[];

/* May this viewer hear when the topic moves? Asks the room whose topic it is. */
bool rooms_may_hear(const struct request *rq, const char *topic);

/* Prepares every statement of every room on the engine in use. */
MUST_CHECK enum status rooms_prepare(struct db *db, struct arena *a, struct error *reterr);

/* openapi.json of all rooms. The version is the API's own: it changes when the API does. */
#define API_VERSION "1.0.0"
void rooms_openapi(struct out *o);

#endif
