/*
 * stage.h - the people of the demo world at work: every act is a request to Plein's own API
 *
 * Nothing is written past the rules. A player asks a route with an API token of his appointment,
 * on the day that the stage's clock shows; what Plein refuses, fails the whole play with the
 * refusal as cause. Where it is too busy he waits and asks again, half a minute long. One thread.
 */
#ifndef DEMO_STAGE_H
#define DEMO_STAGE_H

#include "access/access.h"
#include "platform/http/http.h"
#include "plein/plein.h"

struct player {
	int64_t appointment_id, person_id, participant_id, organ_id, municipality_id;
	enum role role;
	char letter;              /* of the organ; 0: bureau */
	const char *participant;  /* code: "POLICE", "GM9901" */
	const char *municipality; /* its name; NULL: none */
	const char *bearer;       /* NULL until he first acts */
};

struct stage {
	struct plein *plein; /* http is open (http_start without address) */
	struct clock *clock; /* plein's own; the stage moves it */
	struct arena *arena; /* lives as long as the play: players and their tokens */
	struct arena turn;   /* emptied by stage_clear: replies and texts of one scene */
	uint64_t seed;
	struct player *players;
	size_t player_count;
	int64_t acts;
};

MUST_CHECK enum status stage_open(struct stage *s, struct error *reterr);
void stage_close(struct stage *s);
void stage_clear(struct stage *s);

/* The nth (from 0, round and round) of this role at this participant; NULL participant: anybody;
 * NULL: there is none. letter 0: whichever organ. */
struct player *stage_player(struct stage *s, enum role role, const char *participant, char letter,
                            size_t nth);

/* JSON by fields: "title", "Winkel" ...; ends with NULL. Values are texts. In the turn's arena. */
const char *stage_json(struct stage *s, const char *name, ...) __attribute__((sentinel));

/* Asks /api/v1 + path. A code from 300 on is a failure, with what was said as its cause. */
MUST_CHECK enum status stage_get(struct stage *s, struct player *who, const char *path,
                                 const char **ret_body, struct error *reterr);
/* ret_location may be NULL. json: an object, or NULL for an empty one. */
MUST_CHECK enum status stage_post(struct stage *s, struct player *who, const char *path,
                                  const char *json, const char **ret_location,
                                  struct error *reterr);
/* The same for a form that carries a version: page is asked first, and its version goes along. */
MUST_CHECK enum status stage_edit(struct stage *s, struct player *who, const char *page,
                                  const char *path, const char *json, struct error *reterr);

/* The version of what a reply shows, as text; "" if it has none. */
const char *stage_version(struct stage *s, const char *body);

/* The first text called `field` after the list or object `part` of a reply, in `a`; NULL: none. */
const char *stage_text(struct arena *a, const char *body, const char *part, const char *field);

/* Does the list `part` of a reply offer this value? A list of choices, nothing nested. */
bool stage_offers(struct stage *s, const char *body, const char *part, const char *value);

/* A number below `below`, always the same for this seed, purpose and key. */
uint32_t stage_draw(const struct stage *s, const char *purpose, int64_t key, uint32_t below);

#endif
