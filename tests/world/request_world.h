/*
 * request_world.h - the house with one casefile about two subjects, and people who ask and answer
 *
 * The casefile stands as after an outcome: involved are the police and the tax administration,
 * phase 1 is open. Subject 1 is a person, subject 2 a company.
 */
#ifndef TESTS_WORLD_REQUEST_WORLD_H
#define TESTS_WORLD_REQUEST_WORLD_H

#include "house_world.h"
#include "platform/crypto/reference.h"

struct bureau { /* the house with one casefile about two subjects */
	struct house *h;
	struct house_person *cor, *ana, *head, *dpo, *desk, *desk2, *dec;
	struct visitor *v_cor, *v_ana, *v_head, *v_desk, *v_dec;
	int64_t tax, tax_organ, presence[2], casefile;
	char ref[REFERENCE_TEXT_BYTES];
};

struct bureau *open_bureau(struct house *h);
void close_bureau(struct bureau *b);
struct visitor *signed_in(struct house *h, const struct house_person *p);
void open_phase(struct bureau *b, int subject, int64_t phase);
/* Police or OM agreed, but no second person signed. */
void agree_phase(struct bureau *b, int subject, int64_t phase);
/* Works for another organ than the one he was hired at. */
void works_for(struct bureau *b, const struct house_person *p, int64_t participant, int64_t organ);

/* ---- asking ---- */

const char *at(struct bureau *b, const char *request, const char *rest);
void send_from(struct visitor *v, const char *page, const char *to, const char *fields);
void move(struct bureau *b, struct visitor *v, const char *request, const char *action);
/* A draft; NULL when it was refused. */
const char *draft(struct bureau *b, int64_t organ, const char *fields);
/* Written and issued. */
const char *asked(struct bureau *b, int64_t organ, const char *fields);
void write_item(struct bureau *b, const char *request, const char *fields);
int64_t count(struct bureau *b, const char *sql);

#define ASK_BOTH    "&subjects%5B0%5D.number=1&subjects%5B1%5D.number=2"
#define SUPERVISION "kind=CONTENT&categories=SUPERVISION&question=Welke%20controles%20waren%20er"
#define CONTROL     "subject=1&part=11&kind=418&task=101&nature=FACT&text=Controle%20op%201%20mei"

#endif
