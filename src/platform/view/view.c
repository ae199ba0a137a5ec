/* HTML, from a view. */
#include "platform/view/view.h"

#include <assert.h>

#include "platform/view/draw.h"
#include "platform/view/frame.h"

void view_draw(struct out *o, const struct drawing *d, const struct template *t,
               const struct view *v, const void *record)
{
	struct canvas c = { .out = o, .d = d, .rows = "", .form = d->form };
	struct frame_scope frame;
	const struct scope *outer = frame_open(&frame, d->frame, NULL);
	struct scope scope = { v, record, outer };

	assert(d->arena != NULL);
	draw_template(&c, t, &scope);
}

void view_html(struct out *o, const struct drawing *d, const char *template_name,
               const struct view *v, const void *record)
{
	const struct template *t = template_find(template_name);

	assert(t != NULL && "a template that isn't in web/");
	view_draw(o, d, t, v, record);
}
