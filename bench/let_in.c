#include "let_in.h"

#include <stdio.h>

#include "people/people.h"
#include "people/session.h"
#include "platform/crypto/token.h"

static enum status make_token(struct db_tx *tx, struct plein *p, int64_t appointment_id,
                              struct error *reterr)
{
	const struct token t = token_new();
	const int64_t now_ms = clock_now_ms(p->clock);
	const struct api_token_new token = { .digest = token_digest(p->token_key, "api", t.text),
		                             .appointment_id = appointment_id,
		                             .label = "bench",
		                             .now_ms = now_ms,
		                             .expires_at = now_ms + INT64_C(86400000) };
	int64_t id;
	enum status st = api_token_insert(tx, &token, &id, reterr);

	if (st == OK)
		printf("Authorization: Bearer %s\n", t.text);
	return st;
}

enum status let_in(struct db_tx *tx, struct plein *p, int64_t person_id, int64_t appointment_id,
                   struct error *reterr)
{
	const struct token t = token_new();
	const struct session_start start = { .token = token_digest(p->token_key, "session", t.text),
		                             .person_id = person_id,
		                             .stage = STAGE_PASSWORD,
		                             .now_ms = clock_now_ms(p->clock),
		                             .device = "bench" };
	int64_t id;
	enum status st = session_insert(tx, &start, &id, reterr);

	if (st == OK)
		st = session_complete(tx, id, &start.token, appointment_id, start.now_ms, reterr);
	if (st == OK)
		printf("Cookie: plein=%s\n", t.text);
	return st == OK ? make_token(tx, p, appointment_id, reterr) : st;
}
