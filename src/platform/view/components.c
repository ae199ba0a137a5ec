/* Component tags: what a record shows, with the icon and the word that always go together. */
#include "platform/view/draw.h"

#include <assert.h>

#include "platform/core/calendar.h"
#include "platform/core/dutch.h"

/* How a look is drawn: word, shape, tint (ux.md chapter 13). */
static const struct {
	const char *tint, *icon;
} LOOKS[] = {
	[LOOK_DRAFT] = { "quiet", "draft" }, [LOOK_TODO] = { "quiet", "open" },
	[LOOK_BUSY] = { "busy", "half" },    [LOOK_WAIT] = { "wait", "clock" },
	[LOOK_DONE] = { "ok", "check" },     [LOOK_STOPPED] = { "stop", "stop" },
	[LOOK_LATE] = { "stop", "late" },    [LOOK_SIGN] = { "wait", "pen" },
	[LOOK_GONE] = { "gone", "bin" },
};

static void draw_state(struct canvas *c, struct value v)
{
	const struct state *s = machine_state(v.field->machine, *(const uint8_t *)v.at);

	if (s == NULL)
		return;
	out_fmt(c->out, "<span class=\"plein-state plein-state--%s\">", LOOKS[s->look].tint);
	draw_icon(c, LOOKS[s->look].icon);
	out_html(c->out, s->label);
	OUT_LIT(c->out, "</span>");
}

static void draw_clock(struct canvas *c, struct value v)
{
	const struct office_days *office = c->d->office;
	int32_t today = local_day(c->d->now_ms), due = (int32_t) * (const int64_t *)v.at;
	bool late = due < today;
	bool soon = !late && working_days_between(today, due, office) <= 1;

	out_fmt(c->out, "<span class=\"plein-clock%s\">",
	        late   ? " plein-clock--late"
	        : soon ? " plein-clock--soon"
	               : "");
	draw_icon(c, late ? "late" : "clock");
	out_html(c->out, dutch_due(c->d->arena, today, due, office));
	OUT_LIT(c->out, "</span>");
}

static void draw_verdict(struct canvas *c, const struct verdict *v)
{
	static const struct {
		const char *name, *icon, *word;
	} answers[] = {
		[VERDICT_YES] = { "yes", "check", "Ja." },
		[VERDICT_ONLY_IF] = { "if", "fork", "Alleen als" },
		[VERDICT_NO] = { "no", "stop", "Nee." },
	};

	out_fmt(c->out, "<p class=\"plein-lawline plein-lawline--%s\">", answers[v->kind].name);
	draw_icon(c, answers[v->kind].icon);
	out_fmt(c->out, "<span><b>%s</b>", answers[v->kind].word);
	const char *sentences[] = { v->sentence, v->next };
	for (int i = 0; i < 2; i++) {
		if (sentences[i] == NULL)
			continue;
		OUT_LIT(c->out, " ");
		out_html(c->out, sentences[i]);
	}
	if (v->article != NULL) {
		OUT_LIT(c->out, " (");
		out_html(c->out, v->article);
		OUT_LIT(c->out, ")");
	}
	OUT_LIT(c->out, "</span></p>");
}

static void draw_ref(struct canvas *c, struct value v)
{
	struct words room;
	OUT_LIT(c->out, "<bdi>");
	out_html(c->out, value_text(v, &room));
	OUT_LIT(c->out, "</bdi>");
}

/* {{@partner label you}}: the second name says whether it is the viewer's own organisation. */
static void draw_partner(struct canvas *c, struct value v, const char *you_name,
                         const struct scope *scope)
{
	struct words room;
	bool you = you_name[0] != '\0' && value_true(value_find(scope, you_name, 1));

	out_fmt(c->out, "<span class=\"plein-partner%s\">", you ? " plein-partner--you" : "");
	out_html(c->out, value_text(v, &room));
	if (you)
		OUT_LIT(c->out, " (u)");
	OUT_LIT(c->out, "</span>");
}

static void draw_time(struct canvas *c, struct value v)
{
	struct words room;
	struct value iso = v;

	iso.part = "iso";
	OUT_LIT(c->out, "<time datetime=\"");
	out_html(c->out, value_text(iso, &room));
	OUT_LIT(c->out, "\">");
	out_html(c->out, value_text(v, &room));
	OUT_LIT(c->out, "</time>");
}

static void draw_number(struct canvas *c, struct value v)
{
	if (v.field->kind == VIEW_INT)
		out_html(c->out, dutch_number(c->d->arena, *(const int64_t *)v.at));
}

void draw_tag(struct canvas *c, const struct template_step *step, const struct scope *scope)
{
	if (draw_form_tag(c, step, scope))
		return;
	struct value v = value_find(scope, step->text, step->parts);
	if (v.field == NULL || v.part != NULL || !value_present(v))
		return;
	enum view_kind kind = v.field->kind;
	if (step->tag == TAG_STATE && kind == VIEW_STATE)
		draw_state(c, v);
	else if (step->tag == TAG_CLOCK && (kind == VIEW_DUE || kind == VIEW_DAY))
		draw_clock(c, v);
	else if (step->tag == TAG_VERDICT && kind == VIEW_VERDICT)
		draw_verdict(c, *(const struct verdict *const *)v.at);
	else if (step->tag == TAG_REF && (kind == VIEW_REF || kind == VIEW_TEXT))
		draw_ref(c, v);
	else if (step->tag == TAG_PARTNER && kind == VIEW_TEXT)
		draw_partner(c, v, step->rest, scope);
	else if (step->tag == TAG_TIME && (kind == VIEW_MOMENT || kind == VIEW_DAY))
		draw_time(c, v);
	else if (step->tag == TAG_NUMBER)
		draw_number(c, v);
}
