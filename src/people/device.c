#include "people/gate.h"

struct word {
	const char *mark, *name;
};

/* First match wins: Edge and Opera also call themselves Chrome, and all call themselves Safari. */
static const struct word BROWSERS[] = {
	{ "Edg/", "Edge" },      { "OPR/", "Opera" },     { "Firefox/", "Firefox" },
	{ "Chrome/", "Chrome" }, { "Safari/", "Safari" }, { "curl/", "curl" },
};
static const struct word SYSTEMS[] = {
	{ "Windows", "Windows" }, { "Android", "Android" }, { "iPhone", "iPhone" },
	{ "iPad", "iPad" },       { "Mac OS X", "Mac" },    { "Linux", "Linux" },
};

static const char *find(const struct word *words, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, words[i].mark) != NULL)
			return words[i].name;
	return NULL;
}

const char *device_name(struct arena *a, const char *user_agent)
{
	const char *browser = find(BROWSERS, sizeof BROWSERS / sizeof BROWSERS[0], user_agent);
	const char *system = find(SYSTEMS, sizeof SYSTEMS / sizeof SYSTEMS[0], user_agent);

	if (browser == NULL && system == NULL)
		return "Onbekend apparaat";
	if (browser == NULL)
		return system;
	return system == NULL ? browser : arena_printf(a, "%s op %s", browser, system);
}
