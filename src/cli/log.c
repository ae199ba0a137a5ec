#include "cli/log.h"

#include <stdlib.h>

#include "audit/export.h"
#include "audit/prove.h"
#include "audit/verify.h"

const char LOG_HELP[] =
    "plein log - het logboek controleren en bewijzen\n"
    "\n"
    "  plein log verify                         klopt elk voorval met wat ondertekend is?\n"
    "  plein log head                           de nieuwste ondertekende stand, op een regel\n"
    "  plein log proof event BOOM NUMMER        bewijs dat een voorval in het logboek staat\n"
    "  plein log proof growth BOOM EERST LATER  bewijs dat er alleen is bijgeschreven\n"
    "  plein log export BOOM VANAF              hoogstens 500 voorvallen als JSON, een per regel\n"
    "\n"
    "BOOM is de naam (uuid) die `plein log head` noemt. Een bewijs is te controleren met alleen\n"
    "de openbare sleutel, die in elke stand staat.\n";

static void tell_finding(void *context, const struct audit_finding *f)
{
	char tree[UUID_TEXT_BYTES];

	uuid_text(&f->tree, tree);
	out_fmt(context, "%s at %lld in tree %s\n", audit_fault_text(f->fault), (long long)f->at,
	        tree);
}

static enum status verify(struct audit_log *log, struct out *o, struct error *reterr)
{
	const struct audit_verify_options options = {
		.signers = log->cfg.public, .signer_count = 1, .found = tell_finding, .context = o
	};
	struct audit_verdict v;
	const enum status st = audit_verify(log, &options, &v, reterr);

	if (st != OK)
		return st;
	out_fmt(o,
	        "%lld voorvallen, %lld standen, %lld bomen (%lld vernietigd), %lld wachten nog\n",
	        (long long)v.events, (long long)v.heads, (long long)v.trees, (long long)v.destroyed,
	        (long long)v.waiting);
	if (v.findings > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Het logboek klopt niet op %lld plaatsen. Meld dit als incident.",
		            (long long)v.findings);
	OUT_LIT(o, "Het logboek klopt.\n");
	return OK;
}

static enum status head(struct audit_log *log, struct out *o, struct error *reterr)
{
	struct audit_head h;
	char text[AUDIT_HEAD_TEXT_BYTES];
	const enum status st = audit_newest_head(log, &h, reterr);

	if (st != OK)
		return st;
	audit_head_text(&h, text);
	out_fmt(o, "%s\n", text);
	return OK;
}

static enum status unclear(struct error *reterr)
{
	return FAIL(reterr, ERR_INVALID, "Zo kent plein log dit niet. Zie: plein log --help");
}

/* A whole number of 0 or more; false otherwise. */
static bool read_number(const char *text, int64_t *ret)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	*ret = strtoll(text, &end, 10);
	return *end == '\0' && *ret < INT64_MAX;
}

static void tell_proof(const struct audit_proof *p, struct arena *a, struct out *o)
{
	char *text = arena_alloc(a, AUDIT_PROOF_TEXT_BYTES);

	audit_proof_text(p, text);
	out_fmt(o, "%s\n", text);
}

static enum status proof(struct audit_log *log, struct arena *a, char **words, int count,
                         struct out *o, struct error *reterr)
{
	struct audit_proof *p = ARENA_NEW(a, struct audit_proof);
	struct audit_head h;
	struct uuid tree;
	int64_t first, second;
	char text[AUDIT_HEAD_TEXT_BYTES];

	if (count < 4 || !uuid_parse(words[2], &tree) || !read_number(words[3], &first))
		return unclear(reterr);
	if (strcmp(words[1], "event") == 0 && count == 4) {
		const enum status st = audit_prove_event(log, &tree, first, p, &h, reterr);
		if (st != OK)
			return st;
		audit_head_text(&h, text);
		out_fmt(o, "%s\n", text);
		tell_proof(p, a, o);
		return OK;
	}
	if (strcmp(words[1], "growth") != 0 || count != 5 || !read_number(words[4], &second))
		return unclear(reterr);
	const enum status st =
	    audit_prove_growth(log, &tree, (uint64_t)first, (uint64_t)second, p, reterr);
	if (st == OK)
		tell_proof(p, a, o);
	return st;
}

static enum status export(struct audit_log *log, struct arena *a, char **words, int count,
                          struct out *o, struct error *reterr) {
	struct uuid tree; int64_t from;

	if (count != 3 || !uuid_parse(words[1], &tree) ||
	    !read_number(words[2], &from)) return unclear(reterr);
	return audit_export(log, &tree, from, a, o, reterr);
}

enum status log_command(struct audit_log *log, struct arena *a, char **words, int word_count,
                        struct out *o, struct error *reterr)
{
	if (word_count < 1)
		return unclear(reterr);
	const enum status st = audit_log_seal_now(log, reterr);
	if (st != OK)
		return st;
	if (strcmp(words[0], "verify") == 0 && word_count == 1)
		return verify(log, o, reterr);
	if (strcmp(words[0], "head") == 0 && word_count == 1)
		return head(log, o, reterr);
	if (strcmp(words[0], "proof") == 0)
		return proof(log, a, words, word_count, o, reterr);
	if (strcmp(words[0], "export") == 0)
		return export(log, a, words, word_count, o, reterr);
	return unclear(reterr);
}
