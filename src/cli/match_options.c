#include "cli/match_options.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum option_kind {
	OPTION_TEXT,
	OPTION_NUMBER,
	OPTION_WEIGHT,
	OPTION_SMALL,
	OPTION_PERCENT,
	OPTION_FLAG,
	OPTION_MAP
};

static const struct {
	const char *name;
	enum option_kind kind;
	size_t at;
} OPTIONS[] = {
	{ "--model", OPTION_TEXT, offsetof(struct match_options, model) },
	{ "--truth", OPTION_TEXT, offsetof(struct match_options, truth) },
	{ "--output", OPTION_TEXT, offsetof(struct match_options, output) },
	{ "--clusters", OPTION_TEXT, offsetof(struct match_options, clusters) },
	{ "--crowds", OPTION_TEXT, offsetof(struct match_options, crowds) },
	{ "--curve", OPTION_TEXT, offsetof(struct match_options, curve) },
	{ "--report", OPTION_TEXT, offsetof(struct match_options, report) },
	{ "--pair", OPTION_TEXT, offsetof(struct match_options, pair) },
	{ "--queries", OPTION_TEXT, offsetof(struct match_options, queries) },
	{ "--checkpoint", OPTION_TEXT, offsetof(struct match_options, checkpoint) },
	{ "--spill", OPTION_TEXT, offsetof(struct match_options, spill) },
	{ "--key", OPTION_TEXT, offsetof(struct match_options, key) },
	{ "--map", OPTION_MAP, 0 },
	{ "--threshold", OPTION_WEIGHT, offsetof(struct match_options, threshold) },
	{ "--threads", OPTION_SMALL, offsetof(struct match_options, threads) },
	{ "--memory", OPTION_NUMBER, offsetof(struct match_options, memory_mib) },
	{ "--copies", OPTION_SMALL, offsetof(struct match_options, copies) },
	{ "--slips", OPTION_PERCENT, offsetof(struct match_options, slips) },
	{ "--culture", OPTION_SMALL, offsetof(struct match_options, culture) },
	{ "--count", OPTION_NUMBER, offsetof(struct match_options, count) },
	{ "--seed", OPTION_NUMBER, offsetof(struct match_options, seed) },
	{ "--max-pairs", OPTION_NUMBER, offsetof(struct match_options, pairs_max) },
	{ "--frozen", OPTION_FLAG, offsetof(struct match_options, frozen) },
	{ "--quiet", OPTION_FLAG, offsetof(struct match_options, quiet) },
	{ "--churn", OPTION_FLAG, offsetof(struct match_options, churn) },
	{ "--resume", OPTION_FLAG, offsetof(struct match_options, resume) },
	{ "--dry-run", OPTION_FLAG, offsetof(struct match_options, dry) },
};

static enum status take_map(struct match_options *o, const char *text, struct error *reterr)
{
	const char *equals = strchr(text, '=');
	size_t n = strlen(text);

	if (equals == NULL || equals == text || n >= sizeof(o->map_text[0]))
		return FAIL(reterr, ERR_INVALID, "Schrijf --map veld=kolom, niet '%.60s'.", text);
	if (o->map.count == FIELD_MAP_MAX)
		return FAIL(reterr, ERR_LIMIT, "Er staan meer dan %d keer --map.", FIELD_MAP_MAX);
	char *copy = o->map_text[o->map.count];
	memcpy(copy, text, n + 1);
	copy[equals - text] = '\0';
	o->map.field[o->map.count] = copy;
	o->map.column[o->map.count++] = copy + (equals - text) + 1;
	return OK;
}

static enum status take_number(const char *name, const char *text, uint64_t *ret,
                               struct error *reterr)
{
	char *stopped = NULL;

	errno = 0;
	unsigned long long n = strtoull(text, &stopped, 10);
	if (errno != 0 || stopped == text || *stopped != '\0' || *text == '-')
		return FAIL(reterr, ERR_INVALID, "Achter %s hoort een getal, niet '%.40s'.", name,
		            text);
	*ret = n;
	return OK;
}

static enum status take_weight(const char *name, const char *text, double *ret,
                               struct error *reterr)
{
	char *stopped = NULL;
	double x = strtod(text, &stopped);

	if (stopped == text || *stopped != '\0' || !(x >= -100 && x <= 100))
		return FAIL(reterr, ERR_INVALID, "Achter %s hoort een gewicht, niet '%.40s'.", name,
		            text);
	*ret = x;
	return OK;
}

static enum status take_value(struct match_options *o, size_t index, const char *text,
                              struct error *reterr)
{
	void *to = (char *)o + OPTIONS[index].at;
	uint64_t n = 0, most = OPTIONS[index].kind == OPTION_PERCENT ? 100 : 16;
	enum status st = OK;

	switch (OPTIONS[index].kind) {
	case OPTION_TEXT:
		memcpy(to, &text, sizeof(text));
		return OK;
	case OPTION_NUMBER:
		return take_number(OPTIONS[index].name, text, to, reterr);
	case OPTION_WEIGHT:
		return take_weight(OPTIONS[index].name, text, to, reterr);
	case OPTION_SMALL:
	case OPTION_PERCENT:
		st = take_number(OPTIONS[index].name, text, &n, reterr);
		if (st == OK && (n < 1 || n > most))
			st = FAIL(reterr, ERR_INVALID, "Kies bij %s 1 tot en met %d.",
			          OPTIONS[index].name, (int)most);
		if (st == OK)
			*(int *)to = (int)n;
		return st;
	case OPTION_MAP:
		return take_map(o, text, reterr);
	case OPTION_FLAG:
		break;
	}
	return FAIL_INTERNAL(reterr);
}

static int find_option(const char *word)
{
	for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(OPTIONS[0]); i++)
		if (strcmp(OPTIONS[i].name, word) == 0)
			return (int)i;
	return -1;
}

enum status match_options_read(int argc, char **argv, struct match_options *ret,
                               struct error *reterr)
{
	*ret = (struct match_options){ .model = "persons" };
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-' || argv[i][1] != '-') {
			if (ret->file_count == MATCH_FILES_MAX)
				return FAIL(reterr, ERR_INVALID, "Er staan te veel bestanden.");
			ret->files[ret->file_count++] = argv[i];
			continue;
		}
		int option = find_option(argv[i]);
		if (option < 0)
			return FAIL(reterr, ERR_INVALID, "De optie '%.60s' is er niet.", argv[i]);
		if (OPTIONS[option].kind == OPTION_FLAG) {
			*(bool *)((char *)ret + OPTIONS[option].at) = true;
			continue;
		}
		if (++i == argc)
			return FAIL(reterr, ERR_INVALID, "Achter %s ontbreekt iets.",
			            OPTIONS[option].name);
		enum status st = take_value(ret, (size_t)option, argv[i], reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

static enum status read_model_file(const char *path, struct model *ret, struct error *reterr)
{
	static const size_t ROOM = MODEL_JSON_MAX_BYTES + 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return FAIL(reterr, ERR_NOT_FOUND, "Het model '%.100s' is er niet.", path);
	char *text = block_alloc(ROOM, 1);
	ssize_t n = read(fd, text, ROOM);
	(void)close(fd);
	enum status st = n < 0 ? FAIL(reterr, ERR_UNAVAILABLE, "Het model kan niet gelezen worden.")
	                       : model_parse(text, (size_t)n, ret, reterr);
	block_free(text);
	return st;
}

enum status match_options_model(const struct match_options *o, struct model *ret,
                                struct error *reterr)
{
	size_t n = strlen(o->model);

	if (n > 5 && strcmp(o->model + n - 5, ".json") == 0)
		return read_model_file(o->model, ret, reterr);
	return model_ready(o->model, ret, reterr);
}
