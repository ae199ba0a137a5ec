/*
 * advice_room.h - the house with a casefile in analysis, and who writes, answers and signs its advice
 *
 * The police are owner and source. Every function fails the test where a step doesn't go as told.
 */
#ifndef TESTS_HTTP_ADVICE_ROOM_H
#define TESTS_HTTP_ADVICE_ROOM_H

#include "client.h"
#include "request_world.h"

struct room { /* the bureau with a casefile in analysis, and who answers */
	struct bureau *b;
	struct visitor *v_head;
	const char *ref; /* of the advice; NULL: not begun */
};

extern const struct db_stmt ADVICE_SET_STATE, ADVICE_SET_VARIANT, ADVICE_SET_PHASE, ADVICE_SPOIL;

enum { OPEN = 1, ANALYSIS = 2, FAST_TRACK = 2, WASSTRAAT = 3 };

#define WORDS                                                                                      \
	"introduction=In%20de%20straat%20staan%20panden%20leeg"                                    \
	"&conclusion=Pak%20de%20opslag%20samen%20aan"
#define INQUIRY                                                                                    \
	"instrument=301&weight=MEDIUM&barrier=STORAGE&approach=Onderzoek%20naar%20de%20opslag"     \
	"&effect=Geen%20opslag%20meer%20in%20de%20straat&indicator=Meldingen%20per%20kwartaal"     \
	"&hours=120&wantedDay=1-3-2027"

void set(struct room *r, const struct db_stmt *what, int64_t one, int64_t other);
struct room *open_room(void **state);
int64_t number(struct room *r, const char *sql);
const char *page_of(struct room *r, const char *rest);
const char *tab(struct room *r);
void begin(struct room *r, struct visitor *v);
void post(struct room *r, struct visitor *v, const char *rest, const char *fields);
void advice_move_by(struct room *r, struct visitor *v, const char *action, const char *more);
int asked_of_api(struct room *r, const struct house_person *p, const char *action, const char *more,
                 const char *says);
void propose(struct room *r, const char *fields, int64_t lead);
const char *again(struct room *r);
void write_words(struct room *r);
struct room *asked_room(void **state);
void ask_room(struct room *r); /* of open_room() */
void everybody_agrees(struct room *r);
struct room *final_room(void **state);
void finish_room(struct room *r); /* of asked_room() */
void close_room(struct room *r);

#endif
