/* Joint communication: a text that every partner says yes to before it goes out, and not during an embargo. */
#include "interventions/message.h"

#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention_page.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

/* ---- the page ------------------------------------------------------------------------------------ */

struct shown_yes {
	const char *participant;
	bool agreed;
};
static const struct view_field YES_FIELDS[] = {
	VIEW_F(struct shown_yes, participant, VIEW_TEXT),
	VIEW_F(struct shown_yes, agreed, VIEW_BOOL),
};
static const struct view YES_VIEW = VIEW_OF(struct shown_yes, YES_FIELDS);

struct record {
	const char *reference, *heading, *text, *write_href, *yes_href, *release_href, *blocked;
	int64_t version, embargo_at, embargo_day, released_at;
	struct array partners;
};
static const struct view_field RECORD_FIELDS[] = {
	VIEW_F(struct record, reference, VIEW_REF),
	VIEW_AS(struct record, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_F(struct record, text, VIEW_TEXT),
	VIEW_F(struct record, version, VIEW_INT),
	VIEW_AS(struct record, embargo_at, "embargoUntil", VIEW_MOMENT),
	VIEW_AS(struct record, embargo_day, "embargoDay", VIEW_DAY, .page_only = true),
	VIEW_AS(struct record, released_at, "releasedAt", VIEW_MOMENT),
	VIEW_AS(struct record, partners, "partners", VIEW_LIST, .view = &YES_VIEW),
	VIEW_AS(struct record, write_href, "writeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, yes_href, "yesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, release_href, "releaseHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct record, blocked, VIEW_TEXT),
};
static const struct view RECORD_VIEW = VIEW_OF(struct record, RECORD_FIELDS);

struct message_input {
	int64_t version;
	const char *text;
	int64_t embargo_day;
};
static const struct field FIELDS[] = {
	FIELD_VERSION(struct message_input),
	{ .path = "text",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct message_input, text),
	  .label = "Het bericht",
	  .required = true,
	  .missing = "Schrijf het bericht.",
	  .max_chars = 6000 },
	{ .path = "embargoDay",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct message_input, embargo_day),
	  .label = "Embargo tot en met" },
};
static const struct form FORM = { FIELDS, 3, sizeof(struct message_input) };

struct message_change {
	struct on_intervention on;
	struct message_input in;
	struct intervention_words text;
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

static enum status show_message(struct request *rq, struct response *rs, struct error *reterr)
{
	struct message_change *c = ARENA_NEW(rq->arena, struct message_change);
	enum status st = load(rq, c, reterr);

	if (st != OK)
		return st;
	const struct intervention *i = &c->on.intervention;
	const struct message *m = &c->message;
	const struct message_partner *from = m->partners.items;
	struct shown_yes *to = ARENA_ARRAY(rq->arena, struct shown_yes, m->partners.count + 1);
	bool asked = false;
	for (size_t n = 0; n < m->partners.count; n++) {
		to[n] = (struct shown_yes){ from[n].participant, from[n].said_at != 0 };
		asked = asked || (from[n].organ_id == rq->viewer->organ_id && from[n].said_at == 0);
	}
	const struct verdict v = message_may_release(m, rq->now_ms);
	const bool leads = rq->viewer->role == ROLE_INTERVENTION_LEAD && c->on.concerned;
	const struct record record = {
		.reference = i->reference,
		.heading = intervention_title(i),
		.text = m->text[0] != '\0' ? m->text : NULL,
		.version = i->version,
		.embargo_at = m->embargo_at != 0 ? m->embargo_at : INT64_MIN,
		.embargo_day = m->embargo_at != 0 ? local_day(m->embargo_at) - 1 : INT64_MIN,
		.released_at = m->released_at != 0 ? m->released_at : INT64_MIN,
		.partners = { to, m->partners.count },
		.write_href = may_write(rq, c) ? intervention_path(rq->arena, i, "/message") : NULL,
		.yes_href = asked && m->text[0] != '\0' && m->released_at == 0 &&
		                    access_permits(rq->viewer->role, PERM_INTERVENTION_AGREE)
		                ? intervention_path(rq->arena, i, "/message/_agree")
		                : NULL,
		.release_href = leads && verdict_allows(v)
		                    ? intervention_path(rq->arena, i, "/message/_release")
		                    : NULL,
		.blocked = m->released_at == 0 && !verdict_allows(v) ? v.sentence : NULL,
	};
	const struct page page = { .title = "Gezamenlijk bericht",
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, i),
		                   .confidential = true,
		                   .template_name = "interventions/message",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &RECORD_VIEW, &record, reterr);
}

/* ---- writing, saying yes, releasing --------------------------------------------------------------- */

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
		.embargo_at = c->in.embargo_day != FIELD_NO_DAY
		                  ? ms_at_day_start((int32_t)c->in.embargo_day + 1)
		                  : 0,
		.viewer = rq->viewer,
		.now_ms = rq->now_ms,
	};

	enum status st = db_claim(tx, &INTERVENTION_ROOT, i->id, c->in.version, reterr);
	if (st == OK)
		st = message_write(tx, &n, reterr);
	change->location = intervention_path(db_tx_arena(tx), i, "/message");
	change->note = "Bewaard. Elke partner leest het en zegt ja.";
	return st;
}

static enum status prepare_act(struct request *rq, void **ret_input, struct error *reterr)
{
	struct message_change *c = ARENA_NEW(rq->arena, struct message_change);

	*ret_input = c;
	return load(rq, c, reterr);
}

static enum status apply_yes(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct message_change *c = change->input;

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "/message");
	change->note = "Uw organisatie zegt ja tegen deze tekst.";
	return message_say_yes(tx, &c->on.intervention, c->message.written_at, change->rq->viewer,
	                       change->rq->now_ms, reterr);
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
	  .summary = "Een gezamenlijk bericht: de tekst, wie ja zei, en het embargo" },
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
	  .prepare = prepare_act,
	  .apply = apply_yes,
	  .redraw = show_message,
	  .summary = "Ja zeggen tegen de tekst van een gezamenlijk bericht" },
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
	{ .name = "interventions/message", .view = &RECORD_VIEW, .form = &FORM, .whole = true },
	{ 0 },
};
