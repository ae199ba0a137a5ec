/* match_play.h - a house with its matching index, and signals about people who are alike */
#ifndef MATCH_PLAY_H
#define MATCH_PLAY_H

#include "signal_play.h"

#define MEHMET "kind=PERSON&role=MAIN&familyName=Y%C4%B1lmaz&givenNames=Mehmet&birthDate=12-03-1980"
#define MEHMED "kind=PERSON&role=MAIN&familyName=Yilmas&givenNames=Mehmet&birthDate=12-03-1980"
#define MILAN  "kind=PERSON&role=MAIN&familyName=Zandwijk&givenNames=Milaan&birthDate=12-03-1984"

/* Reads in all that is written, as the server does by itself. */
void index_all(struct house *h);

/* For house_tear_down() where index_all() was called. */
int live_tear_down(void **state);

/* A signal about one of them, or two (other NULL: one). */
struct played submitted_about(struct visitor *writer, const char *one, const char *other);

#endif
