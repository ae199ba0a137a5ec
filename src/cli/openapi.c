/* plein openapi: the description of the API, from the same tables that the server uses. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "server/rooms.h"

static const char HELP[] =
    "plein openapi - de beschrijving van de API (OpenAPI 3.0), uit de tabellen van de server\n"
    "\n"
    "  plein openapi > docs/openapi.json\n"
    "  plein openapi --check docs/openapi.json    is dat bestand nog bij?\n"
    "\n"
    "Een draaiende server geeft dezelfde beschrijving op /api/v1/openapi.json.\n";

enum { DOCUMENT_BYTES = 16 << 20 };

/* The same document, a member a line: two routes added at once don't meet in one line. */
static void by_line(struct out *to, const char *json, size_t len)
{
	bool in_text = false;
	int depth = 0;

	for (size_t i = 0; i < len; i++) {
		const char c = json[i];
		if (!in_text && (c == '}' || c == ']')) {
			depth--;
			if (strchr("{[", json[i - 1]) == NULL)
				out_fmt(to, "\n%*s", depth, "");
		}
		out_raw(to, &c, 1);
		if (in_text && c == '\\')
			out_raw(to, &json[++i], 1);
		else if (c == '"')
			in_text = !in_text;
		if (in_text)
			continue;
		depth += c == '{' || c == '[';
		if (strchr("{[,", c) != NULL && strchr("}]", json[i + 1]) == NULL)
			out_fmt(to, "\n%*s", depth, "");
	}
}

static enum status describe(struct out *ret, struct error *reterr)
{
	struct out o;

	out_init(&o, DOCUMENT_BYTES);
	rooms_openapi(&o);
	const enum status st = out_end(&o, reterr);
	if (st == OK)
		by_line(ret, o.data, o.len);
	out_free(&o);
	return st == OK ? out_end(ret, reterr) : st;
}

/* Does the file hold exactly this? */
static bool holds(const char *path, const struct out *o)
{
	FILE *f = fopen(path, "rb");
	size_t at = 0;
	bool same = f != NULL;

	while (same) {
		char part[4096];
		const size_t got = fread(part, 1, sizeof part, f);
		same = got <= o->len - at && memcmp(part, o->data + at, got) == 0;
		at += got;
		if (got < sizeof part)
			break;
	}
	if (f != NULL)
		(void)fclose(f);
	return same && at == o->len;
}

static int check(const char *path, const struct out *o)
{
	if (holds(path, o))
		return 0;
	(void)fprintf(stderr, "%s is niet bij. Maak het opnieuw: plein openapi > %s\n", path, path);
	return 1;
}

int cli_openapi(int argc, char **argv)
{
	char **rest = argv + 1;
	int count = argc - 1;
	const char *path = cli_option(rest, &count, "check");
	struct error e = { 0 };
	struct out o;

	if (cli_wants_help(argc, argv) || count > 0) {
		(void)fputs(HELP, count > 0 ? stderr : stdout);
		return count > 0 ? 2 : 0;
	}
	out_init(&o, DOCUMENT_BYTES);
	const enum status st = describe(&o, &e);
	int code = 0;
	if (st != OK)
		code = cli_failed(&e);
	else if (path != NULL)
		code = check(path, &o);
	else
		(void)fwrite(o.data, 1, o.len, stdout);
	out_free(&o);
	return code;
}
