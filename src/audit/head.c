#include "audit/head.h"

#include <assert.h>

static const char DOMAIN[] = "plein-log-head-v1";

enum { MESSAGE_BYTES = sizeof DOMAIN + UUID_BYTES + 8 + 8 + DIGEST_BYTES, WORD_MAX_BYTES = 8320 };

struct message {
	uint8_t bytes[MESSAGE_BYTES];
};

static uint8_t *put_big(uint8_t *at, uint64_t value)
{
	for (int i = 7; i >= 0; i--)
		*at++ = (uint8_t)(value >> (8 * i));
	return at;
}

static struct message message_of(const struct audit_head *head)
{
	struct message m;
	uint8_t *at = m.bytes;

	memcpy(at, DOMAIN, sizeof DOMAIN);
	at += sizeof DOMAIN;
	memcpy(at, head->tree.bytes, UUID_BYTES);
	at = put_big(at + UUID_BYTES, head->size);
	at = put_big(at, (uint64_t)head->at_ms);
	memcpy(at, head->root.bytes, DIGEST_BYTES);
	assert(at + DIGEST_BYTES == m.bytes + sizeof m.bytes);
	return m;
}

void audit_head_sign(struct audit_head *head, const struct sign_secret *secret,
                     const struct sign_public *public)
{
	const struct message m = message_of(head);

	head->signer = *public;
	head->signature = sign(secret, m.bytes, sizeof m.bytes);
}

bool audit_head_holds(const struct audit_head *head)
{
	const struct message m = message_of(head);

	return signature_matches(&head->signer, &head->signature, m.bytes, sizeof m.bytes);
}

static bool head_fits(const struct audit_head *head, const struct uuid *tree, uint64_t size)
{
	return head->size == size && memcmp(head->tree.bytes, tree->bytes, UUID_BYTES) == 0 &&
	       audit_head_holds(head);
}

bool audit_proof_holds(const struct audit_proof *proof, const struct audit_head *older,
                       const struct audit_head *head)
{
	if (!head_fits(head, &proof->tree, proof->second))
		return false;
	if (proof->kind == PROOF_INCLUSION)
		return merkle_inclusion_holds(&proof->leaf, proof->first, proof->second,
		                              &head->root, &proof->path);
	return older != NULL && head_fits(older, &proof->tree, proof->first) &&
	       memcmp(older->signer.bytes, head->signer.bytes, SIGN_PUBLIC_BYTES) == 0 &&
	       merkle_consistency_holds(proof->first, &older->root, proof->second, &head->root,
	                                &proof->path);
}

/* ---- text ------------------------------------------------------------------------------------ */

void audit_head_text(const struct audit_head *head, char ret[AUDIT_HEAD_TEXT_BYTES])
{
	char tree[UUID_TEXT_BYTES], root[2 * DIGEST_BYTES + 1];
	char signer[2 * SIGN_PUBLIC_BYTES + 1], signature[2 * SIGNATURE_BYTES + 1];

	uuid_text(&head->tree, tree);
	hex_text(head->root.bytes, DIGEST_BYTES, root);
	hex_text(head->signer.bytes, SIGN_PUBLIC_BYTES, signer);
	hex_text(head->signature.bytes, SIGNATURE_BYTES, signature);
	const int len = snprintf(ret, AUDIT_HEAD_TEXT_BYTES, "head 1 %s %llu %lld %s %s %s", tree,
	                         (unsigned long long)head->size, (long long)head->at_ms, root,
	                         signer, signature);
	assert(len > 0 && len < AUDIT_HEAD_TEXT_BYTES);
}

static size_t put_path(const struct merkle_path *path, char *at)
{
	const char *const start = at;

	if (path->count == 0)
		*at++ = '-';
	for (size_t i = 0; i < path->count; i++) {
		if (i > 0)
			*at++ = ',';
		hex_text(path->digests[i].bytes, DIGEST_BYTES, at);
		at += 2 * DIGEST_BYTES;
	}
	*at = '\0';
	return (size_t)(at - start);
}

void audit_proof_text(const struct audit_proof *proof, char ret[AUDIT_PROOF_TEXT_BYTES])
{
	char tree[UUID_TEXT_BYTES], leaf[2 * DIGEST_BYTES + 2] = "";

	uuid_text(&proof->tree, tree);
	if (proof->kind == PROOF_INCLUSION) {
		hex_text(proof->leaf.bytes, DIGEST_BYTES, leaf);
		leaf[2 * DIGEST_BYTES] = ' ';
		leaf[2 * DIGEST_BYTES + 1] = '\0';
	}
	const int len =
	    snprintf(ret, AUDIT_PROOF_TEXT_BYTES, "%s 1 %s %llu %llu %s",
	             proof->kind == PROOF_INCLUSION ? "inclusion" : "consistency", tree,
	             (unsigned long long)proof->first, (unsigned long long)proof->second, leaf);
	assert(len > 0 && len < 256 && proof->path.count <= MERKLE_PATH_MAX);
	(void)put_path(&proof->path, ret + len);
}

/* Words parted by single spaces; the last one runs to the end. */
struct words {
	const char *at;
	char word[WORD_MAX_BYTES];
};

static bool next_word(struct words *w)
{
	const size_t len = strcspn(w->at, " ");

	if (len == 0 || len >= sizeof w->word)
		return false;
	memcpy(w->word, w->at, len);
	w->word[len] = '\0';
	w->at += len;
	if (*w->at == ' ')
		w->at++;
	return true;
}

static bool word_is(struct words *w, const char *want)
{
	return next_word(w) && strcmp(w->word, want) == 0;
}

static bool number_word(struct words *w, uint64_t *ret)
{
	uint64_t value = 0;

	if (!next_word(w) || (w->word[0] == '0' && w->word[1] != '\0'))
		return false;
	for (const char *c = w->word; *c != '\0'; c++) {
		if (*c < '0' || *c > '9' || value > (INT64_MAX - 9) / 10)
			return false;
		value = value * 10 + (uint64_t)(*c - '0');
	}
	*ret = value;
	return true;
}

static bool hex_word(struct words *w, void *ret, size_t len)
{
	return next_word(w) && hex_parse(w->word, ret, len);
}

static bool tree_word(struct words *w, struct uuid *ret)
{
	char text[UUID_TEXT_BYTES];

	if (!next_word(w) || !uuid_parse(w->word, ret))
		return false;
	uuid_text(ret, text);
	return strcmp(text, w->word) == 0; /* lower case only */
}

static bool at_end(const struct words *w)
{
	return *w->at == '\0' && w->at[-1] != ' ';
}

bool audit_head_parse(const char *text, struct audit_head *ret)
{
	struct words w = { .at = text };
	struct audit_head h;
	uint64_t at_ms;

	if (!word_is(&w, "head") || !word_is(&w, "1") || !tree_word(&w, &h.tree) ||
	    !number_word(&w, &h.size) || !number_word(&w, &at_ms) ||
	    !hex_word(&w, h.root.bytes, DIGEST_BYTES) ||
	    !hex_word(&w, h.signer.bytes, SIGN_PUBLIC_BYTES) ||
	    !hex_word(&w, h.signature.bytes, SIGNATURE_BYTES) || !at_end(&w))
		return false;
	h.at_ms = (int64_t)at_ms;
	*ret = h;
	return true;
}

static bool path_word(struct words *w, struct merkle_path *ret)
{
	enum { HEX = 2 * DIGEST_BYTES };
	char hex[HEX + 1];

	ret->count = 0;
	if (!next_word(w))
		return false;
	if (strcmp(w->word, "-") == 0)
		return true;
	for (const char *c = w->word;; c += HEX + 1) {
		if (strlen(c) < HEX || ret->count == MERKLE_PATH_MAX)
			return false;
		memcpy(hex, c, HEX);
		hex[HEX] = '\0';
		if (!hex_parse(hex, ret->digests[ret->count++].bytes, DIGEST_BYTES))
			return false;
		if (c[HEX] == '\0')
			return true;
		if (c[HEX] != ',')
			return false;
	}
}

bool audit_proof_parse(const char *text, struct audit_proof *ret)
{
	struct words w = { .at = text };

	memset(ret, 0, sizeof *ret);
	if (!next_word(&w))
		return false;
	if (strcmp(w.word, "inclusion") == 0)
		ret->kind = PROOF_INCLUSION;
	else if (strcmp(w.word, "consistency") == 0)
		ret->kind = PROOF_CONSISTENCY;
	else
		return false;
	if (!word_is(&w, "1") || !tree_word(&w, &ret->tree) || !number_word(&w, &ret->first) ||
	    !number_word(&w, &ret->second))
		return false;
	if (ret->kind == PROOF_INCLUSION && !hex_word(&w, ret->leaf.bytes, DIGEST_BYTES))
		return false;
	return path_word(&w, &ret->path) && at_end(&w);
}
