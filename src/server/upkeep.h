/* upkeep.h - what the server does by itself, and how often */
#ifndef SERVER_UPKEEP_H
#define SERVER_UPKEEP_H

#include "platform/jobs/schedule.h"
#include "platform/jobs/ticker.h"
#include "plein/plein.h"

/* Each leaves an event in the log. app is a struct plein. Ends in a row without name. */
extern const struct regular UPKEEP[];

/* The schedule of this program: steps over UPKEEP, tells failures on standard error. */
struct schedule_config upkeep_of(struct plein *p);

/* The words of what was saved go into the search store, within a second or two. */
struct ticker_config feeder_of(struct plein *p);

#endif
