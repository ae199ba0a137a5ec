#include "people/second_factor.h"

#include "people/sealed_totp.h"

static struct seal_place place_of(int64_t person_id, const char *column)
{
	return (struct seal_place){ .table = "credential", .column = column, .id = person_id };
}

const uint8_t *second_factor_seal(const struct plein *p, struct arena *a, int64_t person_id,
                                  const struct totp_secret *secret, size_t *ret_len)
{
	return totp_sealed(p->account_key, person_id, secret, a, ret_len);
}

const uint8_t *second_factor_new(const struct plein *p, struct arena *a, int64_t person_id,
                                 size_t *ret_len)
{
	struct totp_secret secret = totp_secret_new();
	const uint8_t *sealed = second_factor_seal(p, a, person_id, &secret, ret_len);
	secret_wipe(&secret, sizeof secret);
	return sealed;
}

enum status second_factor_open(const struct plein *p, struct arena *a, const struct credential *c,
                               struct totp_secret *ret, struct error *reterr)
{
	return totp_opened(p->account_key, c, a, ret, reterr);
}

bool second_factor_matches(const struct plein *p, struct arena *a, const struct credential *c,
                           const char *code, int64_t now_ms, int64_t *ret_step)
{
	struct totp_secret secret;
	struct error ignored = { 0 };

	if (c->totp_sealed == NULL || second_factor_open(p, a, c, &secret, &ignored) != OK)
		return false;
	bool right = totp_matches(&secret, now_ms / 1000, c->totp_step, code, ret_step);
	secret_wipe(&secret, sizeof secret);
	return right;
}

struct recovery_set *second_factor_recovery(const struct plein *p, struct arena *a,
                                            int64_t person_id)
{
	struct recovery_set *set = ARENA_NEW(a, struct recovery_set);
	struct recovery_code codes[RECOVERY_CODES];
	struct seal_place place = place_of(person_id, "recovery_pending");

	recovery_codes_new(codes);
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		set->digests[i] = recovery_digest(p->token_key, person_id, codes[i].text);
	set->sealed = seal_in(a, p->account_key, &place, codes, sizeof codes, &set->sealed_len);
	secret_wipe(codes, sizeof codes);
	return set;
}

const struct recovery_code *second_factor_shown(const struct plein *p, struct arena *a,
                                                const struct credential *c)
{
	struct seal_place place = place_of(c->person_id, "recovery_pending");
	struct error ignored = { 0 };
	const char *plain;
	size_t len;

	if (c->recovery_sealed == NULL ||
	    seal_open(p->account_key, &place, c->recovery_sealed, c->recovery_len, a, &plain, &len,
	              &ignored) != OK ||
	    len != sizeof(struct recovery_code) * RECOVERY_CODES)
		return NULL;
	struct recovery_code *codes = ARENA_ARRAY(a, struct recovery_code, RECOVERY_CODES + 1);
	memcpy(codes, plain, len);
	return codes;
}
