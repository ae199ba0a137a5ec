/* One advice, loaded for one viewer: its parts as far as he may see them. */
#include "advice/advice_page.h"

#include <string.h>

#include "access/access.h"
#include "advice/advice_seal.h"
#include "audit/action.h"
#include "plein/plein.h"

enum status on_this_advice(struct request *rq, const struct advice *d, struct on_advice *ret,
                           struct error *reterr)
{
	const enum role role = rq->viewer->role;
	enum status st = OK;

	*ret = (struct on_advice){ .advice = *d };
	rq->touched = (struct touched){ .kind = OBJECT_ADVICE,
		                        .id = d->id,
		                        .owner_id = d->casefile_id,
		                        .owner_kind = OBJECT_CASEFILE };
	if (!d->casefile_reader)
		return OK;
	st = casefile_load(rq->db, rq->viewer, d->casefile, rq->arena, &ret->casefile, reterr);
	ret->has_casefile = st == OK;
	ret->max_phase = st == OK ? casefile_reads_phase(role, ret->casefile.named_heavy) : 0;
	ret->at_bureau = role == ROLE_ANALYST || role == ROLE_INFO_COORDINATOR ||
	                 role == ROLE_RIEC_HEAD || role == ROLE_COORD_DPO;
	ret->writes = st == OK && advice_is_open(d->state) &&
	              advice_awaited(d->casefile_state, d->casefile_variant) &&
	              access_permits(role, PERM_ADVICE_WRITE) &&
	              casefile_writable(rq->viewer, &ret->casefile);
	return st;
}

enum status on_advice(struct request *rq, struct on_advice *ret, struct error *reterr)
{
	struct advice d = { 0 };
	enum status st = advice_load(rq->db, rq->viewer, rq->params[0], rq->arena, &d, reterr);

	return st == OK ? on_this_advice(rq, &d, ret, reterr) : st;
}

enum status advice_writable(struct request *rq, struct on_advice *ret, struct error *reterr)
{
	const enum status st = on_advice(rq, ret, reterr);

	if (st == OK && ret->advice.reach != REACH_WHOLE)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK && !ret->writes)
		return FAIL(reterr, ERR_CONFLICT,
		            "U kunt dit advies nu niet wijzigen. Bekijk hoe het staat.");
	return st;
}

const char *advice_path(struct arena *a, const struct advice *d, const char *rest)
{
	return arena_printf(a, "/advices/%s%s", d->reference, rest);
}

struct array advice_crumbs(struct arena *a, const struct on_advice *on)
{
	const struct advice *d = &on->advice;
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = on->has_casefile
	               ? (struct link){ d->casefile, arena_printf(a, "/casefiles/%s", d->casefile),
		                        -1, false }
	               : (struct link){ "Adviezen", "/advices", -1, false };
	links[1] = (struct link){ d->reference, advice_path(a, d, ""), -1, false };
	return (struct array){ links, 2 };
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

/* ---- proposals ----------------------------------------------------------------------------------- */

static const char *named_proposal(struct array all, int64_t number)
{
	const struct advice_proposal *p = all.items;

	for (size_t i = 0; i < all.count; i++)
		if (number != 0 && p[i].number == number)
			return instrument_label(p[i].instrument);
	return NULL;
}

static bool owns(const struct viewer *v, const struct advice_proposal *p)
{
	const struct co_owner *co = p->co_owners.items;

	if (v->organ_id == 0)
		return false;
	for (size_t i = 0; i < p->co_owners.count; i++)
		if (co[i].organ_id == v->organ_id)
			return true;
	return p->lead_organ_id == v->organ_id;
}

static struct array lines_of(struct arena *a, const struct advice_proposal *p)
{
	const struct co_owner *from = p->co_owners.items;
	struct advice_line *to = ARENA_ARRAY(a, struct advice_line, p->co_owners.count + 1);

	for (size_t i = 0; i < p->co_owners.count; i++)
		to[i].text = from[i].on_behalf;
	return (struct array){ to, p->co_owners.count };
}

static void add_hrefs(struct request *rq, const struct on_advice *on,
                      const struct advice_proposal *p, struct shown_proposal *ret)
{
	const char *const base =
	    advice_path(rq->arena, &on->advice,
	                arena_printf(rq->arena, "/proposals/%lld", (long long)p->number));

	if (on->writes) {
		ret->edit_href = arena_printf(rq->arena, "%s/edit", base);
		ret->remove_href = arena_printf(rq->arena, "%s/_remove", base);
		if (ret->ordinal > 1)
			ret->up_href = arena_printf(rq->arena, "%s/_up", base);
	}
	if (p->feasible == FEASIBLE_ASKED && advice_is_open(on->advice.state) &&
	    access_permits(rq->viewer->role, PERM_ADVICE_ANSWER) &&
	    p->lead_organ_id == rq->viewer->organ_id)
		ret->answer_href = arena_printf(rq->arena, "%s/_answer", base);
}

static struct shown_proposal shown(struct arena *a, struct array all, size_t i)
{
	const struct advice_proposal *p = (const struct advice_proposal *)all.items + i;

	return (struct shown_proposal){
		.number = p->number,
		.version = p->version,
		.ordinal = (int64_t)i + 1,
		.kind = p->kind,
		.weight = p->weight,
		.barrier = p->barrier,
		.feasible = (int)p->feasible,
		.named = (int)p->named,
		.instrument = instrument_label(p->instrument),
		.learning_href = arena_printf(a, "/learning?instrument=%d", p->instrument),
		.lead = p->lead,
		.lead_organ = p->lead_organ_id,
		.basis = or_null(p->texts.basis),
		.approach = or_null(p->texts.approach),
		.effect = or_null(p->texts.effect),
		.indicator = or_null(p->texts.indicator),
		.waits_for = named_proposal(all, p->waits_for),
		.waits_for_number = p->waits_for,
		.alternative_to = named_proposal(all, p->alternative_to),
		.alternative_to_number = p->alternative_to,
		.answer = or_null(p->answer),
		.answered_by = or_null(p->answered_by),
		.answered_at = p->answered_at != 0 ? p->answered_at : INT64_MIN,
		.co_owners = lines_of(a, p),
		.has_co_owners = p->co_owners.count > 0,
		.hours = p->hours,
		.feasible_hours = p->feasible_hours,
		.wanted_day = p->wanted_day != 0 ? p->wanted_day : INT64_MIN,
		.due_day = p->feasible == FEASIBLE_ASKED ? p->due_day : INT64_MIN,
		.whole = proposal_is_whole(p),
		.is_asked = p->feasible == FEASIBLE_ASKED,
		.is_feasible = p->feasible == FEASIBLE_YES || p->feasible == FEASIBLE_OTHER_HOURS,
		.is_infeasible = p->feasible == FEASIBLE_NO,
	};
}

static void fill_proposals(struct request *rq, const struct on_advice *on, struct array all,
                           struct advice_record *ret)
{
	const struct advice_proposal *from = all.items;
	const bool whole = on->advice.reach == REACH_WHOLE;
	struct shown_proposal *to = ARENA_ARRAY(rq->arena, struct shown_proposal, all.count + 1);
	struct advice_line *outline = ARENA_ARRAY(rq->arena, struct advice_line, all.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		outline[i].text = arena_printf(rq->arena, "%s, door %s",
		                               instrument_label(from[i].instrument), from[i].lead);
		if (!whole &&
		    (!owns(rq->viewer, &from[i]) || from[i].feasible == FEASIBLE_NOT_ASKED))
			continue;
		to[count] = shown(rq->arena, all, i);
		add_hrefs(rq, on, &from[i], &to[count++]);
	}
	ret->proposals = (struct array){ to, count };
	ret->proposal_count = (int64_t)count;
	if (!whole)
		ret->outline = (struct array){ outline, all.count };
	ret->has_outline = ret->outline.count > 0 && ret->asked != NULL;
}

/* ---- sources -------------------------------------------------------------------------------------------- */

static struct shown_source shown_source(struct request *rq, const struct on_advice *on,
                                        const struct advice_source *s)
{
	struct shown_source ret = {
		.id = s->id,
		.version = s->version,
		.on_behalf = s->on_behalf,
		.state = (int)s->state,
		.named = (int)s->named,
		.due_day = s->state == SOURCE_ASKED ? s->due_day : INT64_MIN,
		.answered_at = s->answered_at != 0 ? s->answered_at : INT64_MIN,
		.handled_at = s->handled_at != 0 ? s->handled_at : INT64_MIN,
		.handled_how = s->handled_how,
		.answered_by = or_null(s->answered_by),
		.handled_by = or_null(s->handled_by),
		.handling = or_null(s->handling),
	};

	/* The reason is the participant's own: the coordinator sees that there is an objection. */
	if (rq->viewer->role != ROLE_INFO_COORDINATOR)
		ret.reason = or_null(s->reason);
	if (s->state == SOURCE_OBJECTS && on->writes && rq->viewer->role == ROLE_ANALYST)
		ret.handle_href =
		    advice_path(rq->arena, &on->advice,
		                arena_printf(rq->arena, "/sources/%lld/_handle", (long long)s->id));
	return ret;
}

struct naming_said {
	const char *name;
	enum naming named;
};

/* Who says no to one of its questions isn't named by another. */
static void note(struct naming_said *list, size_t *count, const char *name, enum naming named)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(list[i].name, name) == 0) {
			if (list[i].named != NAMED_NO && named != NAMED_NOT_SAID)
				list[i].named = named;
			return;
		}
	list[(*count)++] = (struct naming_said){ name, named };
}

/* Named where its owner agrees (decisions 4.3), to everybody who reads the whole; that there are
 * heavy data only to who is named for them. */
static void fill_named(struct request *rq, const struct on_advice *on, struct array sources,
                       struct array proposals, struct advice_record *ret)
{
	const int max_phase = on->max_phase > PHASE_2 ? on->max_phase : PHASE_2;
	const struct advice_source *s = sources.items;
	const struct advice_proposal *p = proposals.items;
	const size_t max = sources.count + proposals.count;
	struct naming_said *said = ARENA_ARRAY(rq->arena, struct naming_said, max + 1);
	struct advice_line *to = ARENA_ARRAY(rq->arena, struct advice_line, max + 1);
	size_t said_count = 0, count = 0;

	for (size_t i = 0; i < sources.count; i++)
		if (s[i].phase <= max_phase)
			note(said, &said_count, s[i].on_behalf, s[i].named);
	for (size_t i = 0; i < proposals.count; i++)
		note(said, &said_count, p[i].lead, p[i].named);
	for (size_t i = 0; i < said_count; i++)
		if (said[i].named == NAMED_YES)
			to[count++].text = said[i].name;
	ret->named_sources = (struct array){ to, count };
	ret->has_named = count > 0;
}

/* Asked as a source and as an owner, whoever said it once has said it. */
static enum naming naming_of(const struct advice_source *s, struct array proposals)
{
	const struct advice_proposal *p = proposals.items;
	enum naming named = s->named;

	for (size_t i = 0; i < proposals.count && named == NAMED_NOT_SAID; i++)
		if (strcmp(p[i].lead, s->on_behalf) == 0)
			named = p[i].named;
	return named;
}

static struct array sources_shown(struct request *rq, const struct on_advice *on,
                                  struct array sources, struct array proposals)
{
	const struct advice_source *from = sources.items;
	struct shown_source *to = ARENA_ARRAY(rq->arena, struct shown_source, sources.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < sources.count; i++)
		if (on->at_bureau && from[i].phase <= on->max_phase) {
			to[count] = shown_source(rq, on, &from[i]);
			to[count++].named = (int)naming_of(&from[i], proposals);
		}
	return (struct array){ to, count };
}

static void fill_sources(struct request *rq, const struct on_advice *on,
                         const struct advice_document *doc, struct advice_record *ret)
{
	ret->sources = sources_shown(rq, on, doc->sources, doc->proposals);
	ret->has_sources = ret->sources.count > 0;
	ret->earlier_sources = sources_shown(rq, on, doc->sources_before, (struct array){ 0 });
	ret->has_earlier_sources = ret->earlier_sources.count > 0;
}

static enum status fill_asked(struct request *rq, const struct on_advice *on,
                              const struct advice_document *doc, struct advice_record *ret,
                              struct error *reterr)
{
	const struct advice_source *s = doc->sources.items;
	struct asked_source *to = ARENA_NEW(rq->arena, struct asked_source);

	for (size_t i = 0; i < doc->sources.count; i++) {
		if (rq->viewer->role != ROLE_PARTNER_DECIDER ||
		    s[i].organ_id != rq->viewer->organ_id)
			continue;
		*to = (struct asked_source){
			.version = s[i].version,
			.due_day = s[i].state == SOURCE_ASKED ? s[i].due_day : INT64_MIN,
			.state = (int)s[i].state,
			.named = (int)s[i].named,
			.reason = or_null(s[i].reason),
			.may_answer = advice_is_open(on->advice.state) &&
			              (s[i].state == SOURCE_ASKED || s[i].state == SOURCE_SILENT),
			.again = s[i].times_before > 0 && s[i].state == SOURCE_ASKED,
			.answer_href = advice_path(rq->arena, &on->advice, "/objection"),
		};
		ret->asked = to;
		struct facts_shown own;
		const enum status st = advice_facts_shown(rq, on, doc->proposals, s[i].organ_id,
		                                          PHASE_3, &own, reterr);
		to->facts = own.facts;
		to->has_facts = to->facts.count > 0;
		return st;
	}
	return OK;
}

/* ---- the rest --------------------------------------------------------------------------------------------- */

static const char *event_text(struct arena *a, const struct advice_event *e)
{
	static const char *const WORDS[] = {
		[ADVICE_WRITE] = "Advies begonnen",
		[ADVICE_ASK] = "Eigenaren en bronnen gevraagd",
		[ADVICE_SIGN] = "Eerste handtekening",
		[ADVICE_GIVE_BACK] = "Terug naar concept",
		[ADVICE_CONFIRM] = "Tweede handtekening: definitief",
		[ADVICE_WITHDRAW] = "Advies ingetrokken",
	};
	const char *what = e->action < sizeof WORDS / sizeof WORDS[0] ? WORDS[e->action] : NULL;

	return arena_printf(a, "%s%s%s", what != NULL ? what : "",
	                    e->organisation[0] != '\0' ? ", door " : "", e->organisation);
}

static enum status fill_history(struct request *rq, const struct on_advice *on,
                                struct advice_record *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = advice_history(rq->db, on->advice.id, rq->arena, &rows, reterr);
	const struct advice_event *from = rows.items;
	struct history_line *to = ARENA_ARRAY(rq->arena, struct history_line, rows.count + 1);

	for (size_t i = 0; st == OK && i < rows.count; i++)
		to[i] = (struct history_line){ from[i].at, event_text(rq->arena, &from[i]), NULL };
	ret->history = (struct array){ to, rows.count };
	return st;
}

static void fill_signatures(struct request *rq, const struct advice_document *doc,
                            struct advice_record *ret)
{
	static const char *const PLACES[] = { "Eerste handtekening", "Tweede handtekening" };
	const struct advice_signature *from = doc->signatures.items;
	struct shown_signature *to =
	    ARENA_ARRAY(rq->arena, struct shown_signature, doc->signatures.count + 1);

	for (size_t i = 0; i < doc->signatures.count; i++)
		to[i] = (struct shown_signature){ from[i].person, PLACES[i % 2], from[i].at };
	ret->signatures = (struct array){ to, doc->signatures.count };
	ret->has_signatures = doc->signatures.count > 0;
}

static void fill_quick(struct request *rq, const struct on_advice *on,
                       const struct advice_document *doc, struct advice_record *ret)
{
	const struct quick_action *q = doc->quick.items;
	struct shown_quick_action *to =
	    ARENA_ARRAY(rq->arena, struct shown_quick_action, doc->quick.count + 1);
	const bool opens =
	    on->has_casefile && access_permits(rq->viewer->role, PERM_INTERVENTION_READ);

	for (size_t i = 0; i < doc->quick.count; i++)
		to[i] = (struct shown_quick_action){
			.number = q[i].number,
			.decided_at = q[i].decided_at,
			.instrument = instrument_label(q[i].instrument),
			.owner = q[i].on_behalf,
			.intervention = or_null(q[i].intervention),
			.state = q[i].intervention_state,
			.href =
			    opens ? arena_printf(rq->arena, "/interventions/%s", q[i].intervention)
				  : NULL,
		};
	ret->quick_actions = (struct array){ to, doc->quick.count };
	ret->has_quick = doc->quick.count > 0;
	if (on->has_casefile)
		ret->quick_href =
		    arena_printf(rq->arena, "/casefiles/%s/quick-actions", on->advice.casefile);
}

static enum status fill_facts(struct request *rq, const struct on_advice *on,
                              const struct advice_document *doc, struct advice_record *ret,
                              struct error *reterr)
{
	struct facts_shown cited;
	const enum status st =
	    advice_facts_shown(rq, on, doc->proposals, 0, on->max_phase, &cited, reterr);

	ret->facts = cited.facts;
	ret->facts_gone = cited.gone;
	ret->has_facts = cited.facts.count > 0;
	if (cited.gone > 0)
		ret->gone = arena_printf(rq->arena,
		                         "%s waar het op rust, %s vernietigd. De tekst van het "
		                         "advies is niet aangepast.",
		                         cited.gone == 1 ? "Een gegeven"
		                                         : arena_printf(rq->arena, "%lld gegevens",
		                                                        (long long)cited.gone),
		                         cited.gone == 1 ? "is" : "zijn");
	return st;
}

static enum status fill_whole(struct request *rq, const struct on_advice *on,
                              const struct advice_document *doc, struct advice_record *ret,
                              struct error *reterr)
{
	const struct advice *d = &on->advice;
	enum status st = OK;

	ret->introduction = or_null(doc->texts.introduction);
	ret->conclusion = or_null(doc->texts.conclusion);
	ret->reason = or_null(doc->texts.reason);
	fill_named(rq, on, doc->sources, doc->proposals, ret);
	fill_sources(rq, on, doc, ret);
	fill_signatures(rq, doc, ret);
	fill_quick(rq, on, doc, ret);
	if (d->has_digest) {
		char *hex = arena_alloc(rq->arena, 2 * DIGEST_BYTES + 1);
		hex_text(d->digest.bytes, DIGEST_BYTES, hex);
		ret->digest = hex;
		st = advice_is_genuine(rq->db, plein_of(rq)->keyring, doc, rq->arena, &ret->genuine,
		                       reterr);
		ret->tampered = st == OK && !ret->genuine;
	}
	if (st == OK && on->max_phase > 0)
		st = fill_facts(rq, on, doc, ret, reterr);
	return st == OK ? fill_history(rq, on, ret, reterr) : st;
}

static void fill_links(struct request *rq, const struct on_advice *on, struct advice_record *ret)
{
	const struct advice *d = &on->advice;

	ret->href = advice_path(rq->arena, d, "");
	ret->back_href = ret->href;
	if (on->has_casefile)
		ret->casefile_href = arena_printf(rq->arena, "/casefiles/%s", d->casefile);
	if (on->writes) {
		ret->text_href = advice_path(rq->arena, d, "/text");
		ret->new_proposal_href = advice_path(rq->arena, d, "/proposals/new");
		if (on->max_phase > 0)
			ret->facts_href = advice_path(rq->arena, d, "/facts");
	}
	if (!ret->whole)
		return;
	ret->print_href = advice_path(rq->arena, d, "/print");
	ret->odt_href = advice_path(rq->arena, d, "/odt");
	ret->pdf_href = advice_path(rq->arena, d, "/pdf");
	if (access_permits(rq->viewer->role, PERM_WHO_SEES))
		ret->who_sees_href = advice_path(rq->arena, d, "/who-sees");
	if (access_permits(rq->viewer->role, PERM_RECORD_LOG_READ))
		ret->access_log_href = advice_path(rq->arena, d, "/access-log");
}

enum status advice_record_load(struct request *rq, const struct on_advice *on,
                               struct advice_record *ret, struct error *reterr)
{
	const struct advice *d = &on->advice;
	struct advice_document doc = { 0 };

	*ret = (struct advice_record){
		.reference = d->reference,
		.casefile = d->casefile,
		.version = d->version,
		.revision = d->reach == REACH_WHOLE ? d->revision : 0,
		.edition = d->edition,
		.state = d->state,
		.state_since = d->state_since,
		.whole = d->reach == REACH_WHOLE,
		.is_final = d->state == ADVICE_FINAL,
		.casefile_reader = on->has_casefile,
	};
	enum status st =
	    advice_document_load(rq->db, plein_of(rq)->keyring, d, rq->arena, &doc, reterr);
	if (st == OK)
		st = fill_asked(rq, on, &doc, ret, reterr);
	if (st != OK)
		return st;
	fill_proposals(rq, on, doc.proposals, ret);
	fill_links(rq, on, ret);
	if (ret->whole)
		st = fill_whole(rq, on, &doc, ret, reterr);
	return st == OK ? advice_actions(rq, on, ret, reterr) : st;
}
