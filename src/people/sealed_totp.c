#include "people/sealed_totp.h"

#include <string.h>

static struct seal_place place_of(int64_t person_id)
{
	return (
	    struct seal_place){ .table = "credential", .column = "totp_secret", .id = person_id };
}

const uint8_t *totp_sealed(const struct seal_key *account_key, int64_t person_id,
                           const struct totp_secret *secret, struct arena *a, size_t *ret_len)
{
	const struct seal_place place = place_of(person_id);

	return seal_in(a, account_key, &place, secret->bytes, sizeof secret->bytes, ret_len);
}

enum status totp_opened(const struct seal_key *account_key, const struct credential *c,
                        struct arena *a, struct totp_secret *ret, struct error *reterr)
{
	const struct seal_place place = place_of(c->person_id);
	const char *plain;
	size_t len;
	const enum status st =
	    seal_open(account_key, &place, c->totp_sealed, c->totp_len, a, &plain, &len, reterr);

	if (st != OK)
		return st;
	if (len != sizeof ret->bytes)
		return FAIL_INTERNAL(reterr);
	memcpy(ret->bytes, plain, len);
	return OK;
}
