/* Joint communication: a text that every partner says yes to before it goes out, and not during an embargo. */
#include "interventions/message.h"

#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention_page.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

/* ---- the page ------------------------------------------------------------------------------------ */

struct shown_partner {
	const char *participant, *reason; /* reason: of its no, to whichever text */
	int64_t refused_edition;          /* INT64_MIN: said no to none */
	bool agreed, refused;             /* this text */
};
static const struct view_field PARTNER_FIELDS[] = {
	VIEW_F(struct shown_partner, participant, VIEW_TEXT),
	VIEW_F(struct shown_partner, agreed, VIEW_BOOL),
	VIEW_F(struct shown_partner, refused, VIEW_BOOL),
	VIEW_F(struct shown_partner, reason, VIEW_TEXT),
	VIEW_AS(struct shown_partner, refused_edition, "refusedEdition", VIEW_INT),
};
static const struct view PARTNER_VIEW = VIEW_OF(struct shown_partner, PARTNER_FIELDS);

struct record {
	const char *reference, *heading, *text, *write_href, *yes_href, *no_href, *release_href,
	    *blocked;
	int64_t version, edition, embargo_at, embargo_day, released_at;
	struct array partners;
};
static const struct view_field RECORD_FIELDS[] = {
	VIEW_F(struct record, reference, VIEW_REF),
	VIEW_AS(struct record, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_F(struct record, text, VIEW_TEXT),
	VIEW_F(struct record, version, VIEW_INT),
	VIEW_F(struct record, edition, VIEW_INT),
	VIEW_AS(struct record, embargo_at, "embargoUntil", VIEW_MOMENT),
	VIEW_AS(struct record, embargo_day, "embargoDay", VIEW_DAY, .page_only = true),
	VIEW_AS(struct record, released_at, "releasedAt", VIEW_MOMENT),
	VIEW_AS(struct record, partners, "partners", VIEW_LIST, .view = &PARTNER_VIEW),
	VIEW_AS(struct record, write_href, "writeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, yes_href, "yesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, no_href, "noHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, release_href, "releaseHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct record, blocked, VIEW_TEXT),
};
static const struct view RECORD_VIEW = VIEW_OF(struct record, RECORD_FIELDS);

struct message_input {
	int64_t version;
	const char *text;
	int64_t embargo_day;
};
struct answer_input {
	int64_t edition;
	const char *reason;
};
#define TEXT_FIELD(record)                                                                         \
	{                                                                                          \
		.path = "text", .kind = FIELD_PROSE, .offset = offsetof(record, text),             \
		.label = "Het bericht", .required = true, .missing = "Schrijf het bericht.",       \
		.max_chars = 6000                                                                  \
	}
#define EMBARGO_FIELD(record)                                                                      \
	{                                                                                          \
		.path = "embargoDay", .kind = FIELD_DAY, .to_come = true,                          \
		.offset = offsetof(record, embargo_day), .label = "Embargo tot en met"             \
	}
#define EDITION_FIELD(record)                                                                      \
	{                                                                                          \
		.path = "edition", .kind = FIELD_INT, .offset = offsetof(record, edition),         \
		.label = "De hoeveelste tekst", .required = true,                                  \
		.missing = "Zeg op welke tekst u antwoordt."                                       \
	}
#define REASON_FIELD(record)                                                                       \
	{                                                                                          \
		.path = "reason", .kind = FIELD_PROSE, .offset = offsetof(record, reason),         \
		.label = "Waarom niet", .required = true,                                          \
		.missing = "Schrijf wat er anders moet.", .max_chars = 1000                        \
	}
static const struct field FIELDS[] = { FIELD_VERSION(struct message_input),
	                               TEXT_FIELD(struct message_input),
	                               EMBARGO_FIELD(struct message_input) };
static const struct form FORM = { FIELDS, 3, sizeof(struct message_input) };

static const struct field ANSWER_FIELDS[] = { EDITION_FIELD(struct answer_input),
	                                      REASON_FIELD(struct answer_input) };
static const struct form YES_FORM = { ANSWER_FIELDS, 1, sizeof(struct answer_input) };
static const struct form NO_FORM = { ANSWER_FIELDS, 2, sizeof(struct answer_input) };

/* What the page draws: both together. */
struct page_input {
	const char *text, *reason;
	int64_t embargo_day;
};
static const struct field PAGE_FIELDS[] = { TEXT_FIELD(struct page_input),
	                                    EMBARGO_FIELD(struct page_input),
	                                    REASON_FIELD(struct page_input) };
static const struct form PAGE_FORM = { PAGE_FIELDS, 3, sizeof(struct page_input) };

struct message_change {
	struct on_intervention on;
	struct message_input in;
	struct answer_input answer;
	struct intervention_words text; /* or the reason of a no */
	struct message message;
};

static enum status load(struct request *rq, struct message_change *c, struct error *reterr)
{
	enum status st = on_intervention(rq, &c->on, reterr);

	if (st == OK && c->on.intervention.kind != INTERVENTION_COMM)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? message_load(rq->db, plein_of(rq)->keyring, &c->on.intervention,
	                               rq->arena, &c->message, reterr)
	                : st;
}

/* The regievoerder, or who carries it out. */
static bool may_write(const struct request *rq, const struct message_change *c)
{
	const enum role role = rq->viewer->role;
	return c->on.concerned &&
	       (role == ROLE_INTERVENTION_LEAD || role == ROLE_EXECUTOR ||
	        role == ROLE_PARTNER_DESK) &&
	       intervention_runs(c->on.intervention.state) && c->message.released_at == 0;
}

/* His organ is asked, and it isn't out. */
static bool may_answer(const struct request *rq, const struct message *m)
{
	const struct message_partner *p = m->partners.items;

	if (m->written_at == 0 || m->released_at != 0 ||
	    !access_permits(rq->viewer->role, PERM_INTERVENTION_AGREE))
		return false;
	for (size_t n = 0; n < m->partners.count; n++)
		if (p[n].organ_id == rq->viewer->organ_id)
			return true;
	return false;
}

static struct array show_partners(struct request *rq, const struct message *m, bool *ret_agreed,
                                  bool *ret_refused)
{
	const struct message_partner *from = m->partners.items;
	struct shown_partner *to =
	    ARENA_ARRAY(rq->arena, struct shown_partner, m->partners.count + 1);

	*ret_agreed = *ret_refused = false;
	for (size_t n = 0; n < m->partners.count; n++) {
		const bool mine = from[n].organ_id == rq->viewer->organ_id;
		const bool said_no = from[n].refused_edition != 0;
		to[n] = (struct shown_partner){
			.participant = from[n].participant,
			.agreed = from[n].said_at != 0,
			.refused = message_refused(m, &from[n]),
			.reason = said_no && from[n].reason[0] != '\0' ? from[n].reason : NULL,
			.refused_edition = said_no ? from[n].refused_edition : INT64_MIN,
		};
		*ret_agreed = *ret_agreed || (mine && to[n].agreed);
		*ret_refused = *ret_refused || (mine && to[n].refused);
	}
	return (struct array){ to, m->partners.count };
}

static enum status show_message(struct request *rq, struct response *rs, struct error *reterr)
{
	struct message_change *c = ARENA_NEW(rq->arena, struct message_change);
	enum status st = load(rq, c, reterr);

	if (st != OK)
		return st;
	const struct intervention *i = &c->on.intervention;
	const struct message *m = &c->message;
	const struct verdict v = message_may_release(m, rq->now_ms);
	const bool leads = rq->viewer->role == ROLE_INTERVENTION_LEAD && c->on.concerned;
	bool agreed, refused;
	struct record record = {
		.reference = i->reference,
		.heading = intervention_title(i),
		.text = m->text[0] != '\0' ? m->text : NULL,
		.version = i->version,
		.edition = m->edition != 0 ? m->edition : INT64_MIN,
		.embargo_at = m->embargo_at != 0 ? m->embargo_at : INT64_MIN,
		.embargo_day = m->embargo_at != 0 ? local_day(m->embargo_at) - 1 : INT64_MIN,
		.released_at = m->released_at != 0 ? m->released_at : INT64_MIN,
		.partners = show_partners(rq, m, &agreed, &refused),
		.write_href = may_write(rq, c) ? intervention_path(rq->arena, i, "/message") : NULL,
		.release_href = leads && verdict_allows(v)
		                    ? intervention_path(rq->arena, i, "/message/_release")
		                    : NULL,
		.blocked = m->released_at == 0 && !verdict_allows(v) ? v.sentence : NULL,
	};
	if (may_answer(rq, m) && !agreed)
		record.yes_href = intervention_path(rq->arena, i, "/message/_agree");
	if (may_answer(rq, m) && !refused)
		record.no_href = intervention_path(rq->arena, i, "/message/_refuse");
	const struct page page = { .title = "Gezamenlijk bericht",
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, i),
		                   .confidential = true,
		                   .template_name = "interventions/message",
		                   .form = &PAGE_FORM };
	return page_respond(rq, rs, &page, &RECORD_VIEW, &record, reterr);
}

/* ---- writing, answering, releasing --------------------------------------------------------------- */

static enum status prepare_text(struct request *rq, void **ret_input, struct error *reterr)
{
	struct message_change *c = ARENA_NEW(rq->arena, struct message_change);

	*ret_input = c;
	enum status st = load(rq, c, reterr);
	if (st != OK)
		return st;
	if (!may_write(rq, c))
		return FAIL(reterr, ERR_CONFLICT,
		            c->message.released_at != 0
		                ? "Dit bericht is al naar buiten."
		                : "De regievoerder of de uitvoerder schrijft "
		                  "het bericht.");
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	intervention_check_words(rq, c->in.text, "text");
	message_seal(plein_of(rq)->keyring, &c->on.intervention, c->in.text, rq->arena, &c->text);
	return OK;
}

static enum status apply_text(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct message_change *c = change->input;
	const struct intervention *i = &c->on.intervention;
	const struct message_new n = {
		.intervention = i,
		.text = &c->text,
		.embargo_day = c->in.embargo_day != FIELD_NO_DAY ? (int32_t)c->in.embargo_day : 0,
		.viewer = rq->viewer,
		.now_ms = rq->now_ms,
	};

	enum status st = db_claim(tx, &INTERVENTION_ROOT, i->id, c->in.version, reterr);
	if (st == OK)
		st = message_write(tx, &n, reterr);
	change->location = intervention_path(db_tx_arena(tx), i, "/message");
	change->note = "Bewaard. Elke partner leest het en zegt ja of nee.";
	return st;
}

static enum status prepare_act(struct request *rq, void **ret_input, struct error *reterr)
{
	struct message_change *c = ARENA_NEW(rq->arena, struct message_change);

	*ret_input = c;
	return load(rq, c, reterr);
}

static enum status prepare_yes(struct request *rq, void **ret_input, struct error *reterr)
{
	const enum status st = prepare_act(rq, ret_input, reterr);
	struct message_change *c = *ret_input;

	if (st == OK)
		input_read(rq->body, &YES_FORM, rq->wants_json, rq->arena, &c->answer,
		           rq->problems);
	return st;
}

static enum status prepare_no(struct request *rq, void **ret_input, struct error *reterr)
{
	const enum status st = prepare_act(rq, ret_input, reterr);
	struct message_change *c = *ret_input;

	if (st != OK)
		return st;
	input_read(rq->body, &NO_FORM, rq->wants_json, rq->arena, &c->answer, rq->problems);
	intervention_check_words(rq, c->answer.reason, "reason");
	message_seal_reason(plein_of(rq)->keyring, &c->on.intervention, rq->viewer->organ_id,
	                    c->answer.reason, rq->arena, &c->text);
	return OK;
}

static enum status answer(struct db_tx *tx, struct change *change,
                          const struct intervention_words *reason, struct error *reterr)
{
	const struct message_change *c = change->input;
	const struct message_answer n = { .intervention = &c->on.intervention,
		                          .edition = c->answer.edition,
		                          .viewer = change->rq->viewer,
		                          .reason = reason,
		                          .now_ms = change->rq->now_ms };

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "/message");
	return message_answer(tx, &n, reterr);
}

static enum status apply_yes(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->note = "Uw organisatie zegt ja tegen deze tekst.";
	return answer(tx, change, NULL, reterr);
}

static enum status apply_no(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct message_change *c = change->input;

	change->note = "Uw organisatie zegt nee. De regievoerder leest waarom.";
	return answer(tx, change, &c->text, reterr);
}

static enum status apply_release(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct message_change *c = change->input;

	if (rq->viewer->role != ROLE_INTERVENTION_LEAD || !c->on.concerned)
		return FAIL(reterr, ERR_CONFLICT, "De regievoerder geeft het bericht vrij.");
	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "/message");
	change->note = "Het bericht is vrijgegeven.";
	return message_release(tx, &c->on.intervention, rq->viewer, rq->now_ms, reterr);
}

const struct route message_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/message",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_INTERVENTION_MESSAGE,
	  .read = show_message,
	  .view = &RECORD_VIEW,
	  .summary = "Een gezamenlijk bericht: de tekst, wie ja of nee zei, en het embargo" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/message",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_MESSAGE,
	  .prepare = prepare_text,
	  .apply = apply_text,
	  .redraw = show_message,
	  .form = &FORM,
	  .summary = "Een gezamenlijk bericht schrijven: elke partner zegt opnieuw ja" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/message/_agree",
	  .permission = PERM_INTERVENTION_AGREE,
	  .action = AUDIT_INTERVENTION_MESSAGE,
	  .prepare = prepare_yes,
	  .apply = apply_yes,
	  .redraw = show_message,
	  .form = &YES_FORM,
	  .summary = "Ja zeggen tegen de tekst van een gezamenlijk bericht" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/message/_refuse",
	  .permission = PERM_INTERVENTION_AGREE,
	  .action = AUDIT_INTERVENTION_MESSAGE,
	  .prepare = prepare_no,
	  .apply = apply_no,
	  .redraw = show_message,
	  .form = &NO_FORM,
	  .summary = "Nee zeggen tegen de tekst van een gezamenlijk bericht, met de reden" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/message/_release",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_MESSAGE,
	  .prepare = prepare_act,
	  .apply = apply_release,
	  .redraw = show_message,
	  .summary = "Een gezamenlijk bericht vrijgeven" },
	{ 0 },
};

const struct page_template message_templates[] = {
	{ .name = "interventions/message",
	  .view = &RECORD_VIEW,
	  .form = &PAGE_FORM,
	  .whole = true },
	{ 0 },
};
