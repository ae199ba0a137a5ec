/*
 * fuzz_audit_proof.c - a proof or head has one text, and no made-up proof holds
 *
 * The root checked against is that of a real tree of 13 leaves: an inclusion proof that holds
 * for it must name one of its leaves at its own place.
 */
#include <assert.h>
#include <string.h>

#include "audit/head.h"

enum { LEAVES = 13 };

static struct digest leaf_of(uint32_t i)
{
	return merkle_leaf("n", 1, &i, sizeof i);
}

static struct digest real_root(void)
{
	struct merkle_frontier f = { 0 };

	for (uint32_t i = 0; i < LEAVES; i++) {
		const struct digest leaf = leaf_of(i);
		(void)merkle_append(&f, &leaf, NULL);
	}
	return merkle_root(&f);
}

static void a_proof(const char *text, char *again)
{
	struct audit_proof p;
	const struct digest root = real_root();

	if (!audit_proof_parse(text, &p))
		return;
	audit_proof_text(&p, again);
	assert(strcmp(text, again) == 0);
	if (p.kind != PROOF_INCLUSION || p.second != LEAVES ||
	    !merkle_inclusion_holds(&p.leaf, p.first, p.second, &root, &p.path))
		return;
	const struct digest leaf = leaf_of((uint32_t)p.first);
	assert(p.first < LEAVES && memcmp(leaf.bytes, p.leaf.bytes, DIGEST_BYTES) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[AUDIT_PROOF_TEXT_BYTES], again[AUDIT_PROOF_TEXT_BYTES];
	struct audit_head h;
	const size_t len = size < sizeof text - 1 ? size : sizeof text - 1;

	memcpy(text, data, len);
	text[len] = '\0';
	a_proof(text, again);
	if (audit_head_parse(text, &h)) {
		audit_head_text(&h, again);
		assert(strcmp(text, again) == 0);
		(void)audit_head_holds(&h);
	}
	return 0;
}
