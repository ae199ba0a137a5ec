/* One point of the agenda: the advice, what is ruled about it, and the moves of the point. */
#include "steering/point.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/theme.h"
#include "steering/reports.h"
#include "work/work.h"

/* ---- the page ---------------------------------------------------------------------------------- */

struct point_page {
	int64_t version, live, number, prepared_at, signed_at;
	const char *reference, *title, *casefile, *municipality, *theme, *introduction, *conclusion;
	const char *advice, *preparer, *signer, *meeting_href, *whole_href, *whole_label;
	const char *topic, *href, *begin_href;
	int kind;
	uint8_t state, casefile_state;
	struct array lines;                   /* of a standing point: struct report_line */
	struct array proposals, whole, moves; /* whole: at most one struct ruling_view */
	bool has_proposals, has_advice, stale, without_advice, reports, has_lines, now;
};
static const struct view_field POINT_FIELDS[] = {
	VIEW_F(struct point_page, version, VIEW_INT),
	VIEW_F(struct point_page, number, VIEW_INT),
	VIEW_AS(struct point_page, prepared_at, "preparedAt", VIEW_MOMENT),
	VIEW_AS(struct point_page, signed_at, "signedAt", VIEW_MOMENT),
	VIEW_F(struct point_page, reference, VIEW_REF),
	VIEW_F(struct point_page, title, VIEW_TEXT),
	VIEW_F(struct point_page, casefile, VIEW_TEXT),
	VIEW_F(struct point_page, municipality, VIEW_TEXT),
	VIEW_F(struct point_page, theme, VIEW_TEXT),
	VIEW_F(struct point_page, introduction, VIEW_TEXT),
	VIEW_F(struct point_page, conclusion, VIEW_TEXT),
	VIEW_F(struct point_page, advice, VIEW_TEXT),
	VIEW_F(struct point_page, preparer, VIEW_TEXT),
	VIEW_F(struct point_page, signer, VIEW_TEXT),
	VIEW_AS(struct point_page, meeting_href, "meetingHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct point_page, whole_href, "wholeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct point_page, whole_label, "wholeLabel", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct point_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct point_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct point_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct point_page, begin_href, "beginHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct point_page, now, VIEW_BOOL),
	VIEW_AS(struct point_page, kind, "kind", VIEW_CODE, .codes = POINT_KINDS),
	VIEW_AS(struct point_page, state, "state", VIEW_STATE, .machine = &POINT_MACHINE),
	VIEW_AS(struct point_page, proposals, "proposals", VIEW_LIST, .view = &PROPOSAL_VIEW),
	VIEW_AS(struct point_page, whole, "whole", VIEW_LIST, .view = &RULING_VIEW),
	VIEW_AS(struct point_page, lines, "lines", VIEW_LIST, .view = &REPORT_LINE_VIEW),
	VIEW_AS(struct point_page, reports, "reports", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct point_page, has_lines, "hasLines", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct point_page, moves, "moves", VIEW_LIST, .view = &MOVE_BUTTON_VIEW),
	VIEW_AS(struct point_page, has_proposals, "hasProposals", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct point_page, has_advice, "hasAdvice", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct point_page, stale, "stale", VIEW_BOOL),
	VIEW_AS(struct point_page, without_advice, "withoutAdvice", VIEW_BOOL, .page_only = true),
};
const struct view STEERING_POINT_VIEW = VIEW_OF(struct point_page, POINT_FIELDS);

static enum status fill_moves(struct request *rq, const struct on_point *on, const struct matter *m,
                              struct point_page *ret, struct error *reterr)
{
	struct move_button *rows =
	    ARENA_ARRAY(rq->arena, struct move_button, POINT_MACHINE.move_count);
	struct point_picture p = { 0 };
	enum status st =
	    point_picture_now(rq->db, rq->viewer, on, m, rq->now_ms, rq->arena, &p, reterr);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < POINT_MACHINE.move_count; i++) {
		const struct move *mv = &POINT_MACHINE.moves[i];
		const bool other_kind = (mv->action == POINT_NOTE && point_is_ruled(p.kind)) ||
		                        (mv->action == POINT_PREPARE && !point_is_ruled(p.kind));
		if (mv->from != on->point.state || other_kind ||
		    (mv->who & ROLE_BIT(rq->viewer->role)) == 0 ||
		    (mv->action == POINT_SIGN && !p.acts_as_chair) ||
		    !steering_is_open(on->meeting.state))
			continue;
		const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &p);
		const struct action *action = machine_action(&POINT_MACHINE, mv->action);
		rows[count++] = (struct move_button){
			.label = action->label,
			.path = point_path(rq->arena, on,
			                   arena_printf(rq->arena, "/move/%s", action->name)),
			.why_not = verdict_allows(v) ? NULL : v.sentence,
		};
	}
	ret->moves = (struct array){ rows, count };
	return st;
}

static enum status fill_whole(struct request *rq, const struct on_point *on, const struct matter *m,
                              struct point_page *ret, struct error *reterr)
{
	const struct steering_decision *d = ruling_of(m, 0);
	struct ruling_view *rows = ARENA_NEW(rq->arena, struct ruling_view);
	const bool closing = on->point.kind == POINT_CLOSING;

	if (access_permits(rq->viewer->role, PERM_STEERING_RUN) &&
	    on->point.state == POINT_WAITING && on->point.kind != POINT_RECONSIDER &&
	    point_is_ruled(on->point.kind) && subject_stands(&on->point, m)) {
		ret->whole_href = point_path(rq->arena, on, "/rulings/0");
		ret->whole_label = closing ? "Sluit deze casus" : "Stuur terug met vragen";
	}
	if (d == NULL)
		return OK;
	ret->whole = (struct array){ rows, 1 };
	return ruling_view_load(rq, m, d, rows, reterr);
}

static void fill_head(struct request *rq, const struct on_point *on, const struct matter *m,
                      struct point_page *ret)
{
	const struct steering_point *p = &on->point;

	*ret = (struct point_page){
		.version = p->version,
		.number = on->number,
		.prepared_at = INT64_MIN,
		.signed_at = INT64_MIN,
		.reference = on->meeting.reference,
		.casefile = p->casefile[0] != '\0' ? p->casefile : NULL,
		.municipality = p->municipality[0] != '\0' ? p->municipality : NULL,
		.theme = code_label(SIGNAL_THEMES, p->theme),
		.introduction = m->texts.introduction,
		.conclusion = m->texts.conclusion,
		.advice = m->has_advice ? m->advice.reference : NULL,
		.meeting_href = gathering_path(rq->arena, &on->meeting, ""),
		.kind = p->kind,
		.state = p->state,
		.has_advice = m->has_advice,
		.without_advice = p->kind == POINT_ADVICE && !m->has_advice,
	};
}

/* What a guest reads: the advice and what it proposes, no ruling, vote or move. */
static enum status show_to_guest(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_point on;
	struct matter m = { 0 };
	struct point_page record;
	enum status st = on_guest_point(rq, &on, reterr);

	if (st == OK)
		st = matter_load(rq, &on.point, &m, reterr);
	if (st != OK)
		return st;
	m.decisions = m.earlier = m.pledges = m.votes = (struct array){ 0 };
	fill_head(rq, &on, &m, &record);
	record.meeting_href = gathering_path(rq->arena, &on.meeting, "/guest");
	st = point_title(rq, &on.point, &record.title, reterr);
	if (st == OK)
		st = proposal_views(rq, NULL, &m, &record.proposals, reterr);
	if (st != OK)
		return st;
	record.has_proposals = record.proposals.count > 0;
	const struct page page = { .title = "Agendapunt",
		                   .place = "/",
		                   .crumbs = guest_crumbs(rq->arena, &on.meeting, &on),
		                   .confidential = true,
		                   .template_name = "steering/guest_point" };
	return page_respond(rq, rs, &page, &STEERING_POINT_VIEW, &record, reterr);
}

/* A member's, unless he finds nothing here; then a guest's. */
static enum status on_member_point(struct request *rq, struct on_point *ret, bool *ret_none,
                                   struct error *reterr)
{
	struct error none = { 0 };
	const enum status st = access_permits(rq->viewer->role, PERM_STEERING_READ)
	                           ? on_point(rq, ret, &none)
	                           : ERR_NOT_FOUND;

	*ret_none = st == ERR_NOT_FOUND;
	if (st != OK && st != ERR_NOT_FOUND)
		*reterr = none;
	return st;
}

static bool may_begin(const struct request *rq, const struct on_point *on)
{
	return access_permits(rq->viewer->role, PERM_STEERING_RUN) &&
	       on->meeting.state == MEETING_RUNNING && on->meeting.point_now != on->point.id &&
	       (on->point.state == POINT_WAITING || on->point.state == POINT_READY);
}

enum status show_steering_point(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_point on;
	struct matter m = { 0 };
	struct point_page record;
	bool none = false;
	enum status st = on_member_point(rq, &on, &none, reterr);

	if (none)
		return show_to_guest(rq, rs, reterr);
	if (st == OK)
		st = matter_load(rq, &on.point, &m, reterr);
	if (st != OK)
		return st;
	const struct steering_point *p = &on.point;
	fill_head(rq, &on, &m, &record);
	record.prepared_at = moment_or_none(p->prepared_at);
	record.signed_at = moment_or_none(p->signed_at);
	record.preparer = p->preparer[0] != '\0' ? p->preparer : NULL;
	record.signer = p->signer[0] != '\0' ? p->signer : NULL;
	record.stale = p->state <= POINT_READY && !subject_stands(p, &m);
	record.reports = !point_is_ruled(p->kind);
	record.live = on.meeting.live;
	record.topic = steering_topic(rq->arena, &on.meeting);
	record.href = point_path(rq->arena, &on, "");
	record.now = on.meeting.state == MEETING_RUNNING && on.meeting.point_now == p->id;
	if (may_begin(rq, &on) && !record.now)
		record.begin_href = point_path(rq->arena, &on, "/_begin");
	st = point_title(rq, p, &record.title, reterr);
	if (st == OK)
		st = proposal_views(rq, &on, &m, &record.proposals, reterr);
	if (st == OK && record.reports)
		st = report_lines(rq, &on.meeting, p->kind, &record.lines, reterr);
	if (st == OK)
		st = fill_whole(rq, &on, &m, &record, reterr);
	if (st == OK)
		st = fill_moves(rq, &on, &m, &record, reterr);
	if (st != OK)
		return st;
	record.has_proposals = record.proposals.count > 0;
	record.has_lines = record.lines.count > 0;
	const struct page page = { .title = "Agendapunt",
		                   .place = "/steering",
		                   .crumbs = point_crumbs(rq->arena, &on),
		                   .confidential = true,
		                   .record_path = point_path(rq->arena, &on, ""),
		                   .template_name = "steering/point" };
	return page_respond(rq, rs, &page, &STEERING_POINT_VIEW, &record, reterr);
}

/* ---- the moves ----------------------------------------------------------------------------------- */

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct point_change *c = ARENA_NEW(rq->arena, struct point_change);
	const struct action *action = machine_action_named(&POINT_MACHINE, rq->params[2]);

	*ret_input = c;
	enum status st = on_point(rq, &c->on, reterr);
	if (st == OK)
		st = matter_load(rq, &c->on.point, &c->matter, reterr);
	if (st != OK)
		return st;
	if (action == NULL || action->code == POINT_ADD)
		return FAIL_NOT_FOUND(reterr);
	c->move = machine_move(&POINT_MACHINE, c->on.point.state, action->code);
	if (c->move == NULL || (c->move->who & ROLE_BIT(rq->viewer->role)) == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	return action->code == POINT_SIGN ? signing_prepare(rq, c, reterr) : OK;
}

static enum status ask_chair(struct db_tx *tx, const struct request *rq,
                             const struct point_change *c, struct error *reterr)
{
	enum { SOON = 2 };
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, c->on.meeting.chair_id),
		.kind = WORK_STEERING_SIGN,
		.object_kind = OBJECT_STEERING_POINT,
		.object_id = c->on.point.id,
		.reference = c->on.meeting.reference,
		.due_day = working_days_add(local_day(rq->now_ms), SOON, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

static enum status follow(struct db_tx *tx, struct change *change, struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct point_change *c = change->input;
	enum status st = work_done(tx, WORK_STEERING_SIGN, OBJECT_STEERING_POINT, c->on.point.id,
	                           rq->viewer->person_id, rq->now_ms, reterr);

	if (st != OK)
		return st;
	switch (c->move->action) {
	case POINT_PREPARE:
		change->note = "Klaar voor de voorzitter. Die leest het en tekent.";
		return ask_chair(tx, rq, c, reterr);
	case POINT_SIGN:
		change->note = "Getekend. Het besluit geldt vanaf nu.";
		return signing_apply(tx, rq, c, reterr);
	case POINT_TAKE_OFF:
		change->note = "Van de agenda gehaald.";
		change->location = gathering_path(db_tx_arena(tx), &c->on.meeting, "");
		return rulings_drop(tx, c->on.point.id, -1, reterr);
	default:
		change->note =
		    c->move->action == POINT_NOTE ? "Besproken." : "Terug bij de secretaris.";
		return OK;
	}
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct point_change *c = change->input;
	struct point_picture p = { 0 };

	enum status st = db_claim(tx, &POINT_ROOT, c->on.point.id, c->in.version, reterr);
	if (st == OK && c->move->action == POINT_SIGN)
		st = signing_claim(tx, c, reterr);
	if (st == OK)
		st = point_picture_now(db_tx_read(tx), rq->viewer, &c->on, &c->matter, rq->now_ms,
		                       db_tx_arena(tx), &p, reterr);
	if (st != OK)
		return st;
	const struct verdict v = move_verdict(c->move, ROLE_BIT(rq->viewer->role), &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	st = point_set_state(tx, c->on.point.id, c->move, rq->viewer->appointment_id, rq->now_ms,
	                     reterr);
	change->location = point_path(db_tx_arena(tx), &c->on, "");
	if (st == OK)
		st = follow(tx, change, reterr);
	return st == OK ? stir_steering(tx, change, &c->on.meeting, reterr) : st;
}

/* ---- taken up: what open screens show ------------------------------------------------------------ */

static enum status prepare_begin(struct request *rq, void **ret_input, struct error *reterr)
{
	struct point_change *c = ARENA_NEW(rq->arena, struct point_change);
	const enum status st = on_point(rq, &c->on, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	return may_begin(rq, &c->on)
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
}

static enum status apply_begin(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct point_change *c = change->input;
	enum status st = db_claim(tx, &POINT_ROOT, c->on.point.id, c->in.version, reterr);

	if (st == OK)
		st = gathering_set_now(tx, c->on.meeting.id, c->on.point.id, reterr);
	change->location = point_path(db_tx_arena(tx), &c->on, "");
	change->note = "Dit punt is nu aan de orde.";
	return st == OK ? stir_steering(tx, change, &c->on.meeting, reterr) : st;
}

const struct route steering_point_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/points/{name}",
	  .permission = PERM_STEERING_POINT,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_steering_point,
	  .view = &STEERING_POINT_VIEW,
	  .summary = "Een agendapunt van de Stuurploeg: het advies en wat erover besloten is" },
	{ .method = "POST",
	  .path = "/steering/{ref}/points/{name}/move/{action}",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_DECIDE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_steering_point,
	  .form = &VERSION_FORM,
	  .summary = "Voorleggen, ondertekenen, terugleggen, besproken, van de agenda halen" },
	{ .method = "POST",
	  .path = "/steering/{ref}/points/{name}/_begin",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_CHANGE,
	  .prepare = prepare_begin,
	  .apply = apply_begin,
	  .redraw = show_steering_point,
	  .form = &VERSION_FORM,
	  .summary = "Dit punt is nu aan de orde: open schermen laten het zien" },
	{ 0 },
};

const struct page_template steering_point_templates[] = {
	{ .name = "steering/point", .view = &STEERING_POINT_VIEW, .whole = true },
	{ .name = "steering/guest_point", .view = &STEERING_POINT_VIEW, .whole = true },
	{ 0 },
};
