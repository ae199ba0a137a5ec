/* Finding an embedded template; the table itself is made by embed-templates. */
#include "platform/view/template.h"

static int by_name(const void *name, const void *template)
{
	return strcmp(name, ((const struct template *)template)->name);
}

const struct template *template_find(const char *name)
{
	size_t count;
	const struct template *all = template_all(&count);
	return bsearch(name, all, count, sizeof(*all), by_name);
}
