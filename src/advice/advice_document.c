#include "advice/advice_document.h"

#include <string.h>

#include "advice/advice_seal.h"
#include "law/categories.h"
#include "platform/core/out.h"

enum { CANONICAL_BYTES_MAX = 4 << 20 };

enum status advice_document_load(struct db_read *r, struct keyring *k, const struct advice *d,
                                 struct arena *a, struct advice_document *ret, struct error *reterr)
{
	*ret = (struct advice_document){ .advice = d };
	enum status st = advice_texts_open(r, k, d, a, &ret->texts, reterr);

	if (st == OK)
		st = advice_proposals(r, k, d, a, &ret->proposals, reterr);
	if (st == OK)
		st = advice_sources(r, k, d, PHASE_3, a, &ret->sources, reterr);
	if (st == OK)
		st = advice_sources_before(r, k, d, PHASE_3, a, &ret->sources_before, reterr);
	if (st == OK)
		st = advice_cited_facts(r, d, PHASE_3, a, &ret->facts, reterr);
	if (st == OK)
		st = quick_actions(r, k, d->casefile_id, a, &ret->quick, reterr);
	ret->quick = quick_decided(ret->quick, a);
	return st == OK ? advice_signatures(r, d->id, a, &ret->signatures, reterr) : st;
}

/* ---- canonical bytes -------------------------------------------------------------------------- */

static void text(struct out *o, const char *name, const char *value)
{
	out_fmt(o, ",\"%s\":", name);
	out_json(o, value);
}

static void number(struct out *o, const char *name, int64_t value)
{
	out_fmt(o, ",\"%s\":%lld", name, (long long)value);
}

static void write_proposal(struct out *o, const struct advice_proposal *p)
{
	const struct co_owner *co = p->co_owners.items;

	out_fmt(o, "{\"number\":%lld", (long long)p->number);
	number(o, "instrument", p->instrument);
	number(o, "kind", p->kind);
	number(o, "weight", p->weight);
	number(o, "barrier", p->barrier);
	number(o, "lead", p->lead_organ_id);
	OUT_LIT(o, ",\"coOwners\":[");
	for (size_t i = 0; i < p->co_owners.count; i++)
		out_fmt(o, "%s%lld", i == 0 ? "" : ",", (long long)co[i].organ_id);
	OUT_LIT(o, "]");
	number(o, "hours", p->hours);
	number(o, "wantedDay", p->wanted_day);
	number(o, "waitsFor", p->waits_for);
	number(o, "alternativeTo", p->alternative_to);
	text(o, "basis", p->texts.basis);
	text(o, "approach", p->texts.approach);
	text(o, "effect", p->texts.effect);
	text(o, "indicator", p->texts.indicator);
	number(o, "feasible", p->feasible);
	number(o, "feasibleHours", p->feasible_hours);
	number(o, "answeredAt", p->answered_at);
	text(o, "answer", p->answer);
	number(o, "named", p->named);
	OUT_LIT(o, "}");
}

static void write_source(struct out *o, const struct advice_source *s)
{
	out_fmt(o, "{\"organ\":%lld", (long long)s->organ_id);
	number(o, "state", s->state);
	number(o, "named", s->named);
	number(o, "answeredAt", s->answered_at);
	number(o, "handledHow", s->handled_how);
	number(o, "handledAt", s->handled_at);
	OUT_LIT(o, "}");
}

static void write_fact(struct out *o, const struct cited_fact *f)
{
	char uuid[UUID_TEXT_BYTES];

	uuid_text(&f->fact, uuid);
	out_fmt(o, "{\"fact\":\"%s\"", uuid);
	number(o, "proposal", f->proposal_number);
	number(o, "usable", f->usable);
	OUT_LIT(o, "}");
}

static void write_quick(struct out *o, const struct quick_action *q)
{
	out_fmt(o, "{\"number\":%lld", (long long)q->number);
	number(o, "instrument", q->instrument);
	number(o, "owner", q->organ_id);
	number(o, "decidedAt", q->decided_at);
	text(o, "intervention", q->intervention);
	OUT_LIT(o, "}");
}

/* An advice without any has the bytes that it had before there were any. */
static void write_quick_actions(struct out *o, struct array quick)
{
	const struct quick_action *q = quick.items;

	if (quick.count == 0)
		return;
	OUT_LIT(o, ",\"quickActions\":[");
	for (size_t i = 0; i < quick.count; i++) {
		out_raw(o, ",", i > 0);
		write_quick(o, &q[i]);
	}
	OUT_LIT(o, "]");
}

static void write_document(struct out *o, const struct advice_document *d)
{
	const struct advice_proposal *p = d->proposals.items;
	const struct advice_source *s = d->sources.items;
	const struct cited_fact *f = d->facts.items;

	OUT_LIT(o, "{\"format\":\"plein-advice-1\"");
	text(o, "reference", d->advice->reference);
	text(o, "casefile", d->advice->casefile);
	number(o, "edition", d->advice->edition);
	text(o, "introduction", d->texts.introduction);
	text(o, "conclusion", d->texts.conclusion);
	OUT_LIT(o, ",\"proposals\":[");
	for (size_t i = 0; i < d->proposals.count; i++) {
		out_raw(o, ",", i > 0);
		write_proposal(o, &p[i]);
	}
	OUT_LIT(o, "],\"sources\":[");
	for (size_t i = 0; i < d->sources.count; i++) {
		out_raw(o, ",", i > 0);
		write_source(o, &s[i]);
	}
	OUT_LIT(o, "],\"facts\":[");
	for (size_t i = 0; i < d->facts.count; i++) {
		out_raw(o, ",", i > 0);
		write_fact(o, &f[i]);
	}
	OUT_LIT(o, "]");
	write_quick_actions(o, d->quick);
	OUT_LIT(o, "}");
}

static struct digest digest_of(const char *bytes)
{
	const struct span part = SPAN_TEXT(bytes);
	return sha256_parts(&part, 1);
}

enum status advice_canonical(const struct advice_document *d, struct arena *a,
                             struct advice_bytes *ret, struct error *reterr)
{
	struct out o;

	out_init(&o, CANONICAL_BYTES_MAX);
	write_document(&o, d);
	const enum status st = out_end(&o, reterr);
	if (st == OK) {
		ret->text = arena_strdup(a, o.data);
		ret->digest = digest_of(ret->text);
	}
	out_free(&o);
	return st;
}

static bool same(const struct digest *one, const struct digest *other)
{
	return memcmp(one->bytes, other->bytes, DIGEST_BYTES) == 0;
}

enum status advice_is_genuine(struct db_read *r, struct keyring *k, const struct advice_document *d,
                              struct arena *a, bool *ret, struct error *reterr)
{
	const struct advice *advice = d->advice;
	const struct advice_signature *s = d->signatures.items;
	struct advice_bytes now = { 0 };
	const char *frozen = "";

	enum status st = advice_canonical(d, a, &now, reterr);
	if (st == OK)
		st = advice_open_words(r, k, WORDS_FROZEN, advice->id, advice->frozen_key_id,
		                       advice->frozen, a, &frozen, reterr);
	if (st != OK)
		return st;
	const struct digest kept = digest_of(frozen);
	*ret = advice->has_digest && d->signatures.count == 2 &&
	       same(&now.digest, &advice->digest) && same(&kept, &advice->digest);
	for (size_t i = 0; i < d->signatures.count; i++)
		*ret = *ret && same(&s[i].digest, &advice->digest);
	return OK;
}
