/* upkeep.h - what the server does by itself, and how often */
#ifndef SERVER_UPKEEP_H
#define SERVER_UPKEEP_H

#include "mail/mail.h"
#include "platform/jobs/schedule.h"
#include "platform/jobs/ticker.h"
#include "plein/plein.h"
#include "server/settings.h"

/* Each leaves an event in the log. app is a struct plein. Ends in a row without name. */
extern const struct regular UPKEEP[];

/* The schedule of this program: steps over UPKEEP, tells failures on standard error. */
struct schedule_config upkeep_of(struct plein *p);

struct mailer {
	struct plein *plein;
	struct mail_settings how;
};
/* What the settings say about mail; how.server.url NULL: nothing is mailed. ERR_INVALID: a server
 * without a sender. */
MUST_CHECK enum status mailer_read(const struct settings *s, struct plein *p, struct mailer *ret,
                                   struct error *reterr);
/* News by mail, twice each working day. m lives until stop. */
struct ticker_config postman_of(struct mailer *m);

/* The words of what was saved go into the search store, within a second or two. */
struct ticker_config feeder_of(struct plein *p);

/* Presences go into the matching index: all of them after the start, then what is new. */
struct ticker_config matcher_of(struct plein *p);

/* What was counted of each person is settled, alarms are raised, exceptions read. */
struct ticker_config counter_of(struct plein *p);

/* The files with signals are judged and read in, some rows at a time. */
struct ticker_config importer_of(struct plein *p);

/* The PDFs of packs that members of the Stuurploeg wait for. */
struct ticker_config packer_of(struct plein *p);

#endif
