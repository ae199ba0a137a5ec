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

/* Who reads an option: dedupe and link, model, lookup, explain, bloom, generate. */
enum {
	D = MATCH_DEDUPE,
	P = MATCH_DEDUPE | MATCH_LINK, /* pairs */
	M = MATCH_MODEL,
	L = MATCH_LOOKUP,
	X = MATCH_EXPLAIN,
	B = MATCH_BLOOM,
	G = MATCH_GENERATE,
	READ = P | M | L | X | B,
	ALL = READ | G
};

#define AT(member) offsetof(struct match_options, member)

static const struct {
	const char *name;
	enum option_kind kind;
	size_t at;
	int readers;
	const char *value, *about;
} OPTIONS[] = {
	{ "--model", OPTION_TEXT, AT(model), P | M | L | X, "NAAM|BESTAND.json",
	  "persons (als u niets zegt), organisations, addresses, objects, of een eigen model" },
	{ "--model", OPTION_TEXT, AT(model), G, "NAAM",
	  "persons (als u niets zegt), organisations of objects" },
	{ "--map", OPTION_MAP, 0, READ, "veld=kolom",
	  "welke kolom welk veld is; veld=- laat het veld weg; mag vaker" },
	{ "--output", OPTION_TEXT, AT(output), P | M | L | G, "BESTAND",
	  "waar het antwoord komt; anders op het scherm" },
	{ "--threshold", OPTION_WEIGHT, AT(threshold), P | L, "GEWICHT",
	  "geef alleen wat zoveel of meer weegt; 0 (als u niets zegt): even waarschijnlijk wel als "
	  "niet, elke stap erbij maakt het twee keer zo waarschijnlijk" },
	{ "--truth", OPTION_TEXT, AT(truth), P | B, "BESTAND",
	  "paren die zeker dezelfde zijn (twee kolommen met id's): meet hoe goed het gaat" },
	{ "--truth", OPTION_TEXT, AT(truth), G, "BESTAND", "waar komt te staan wie dezelfde is" },
	{ "--curve", OPTION_TEXT, AT(curve), P, "BESTAND.svg",
	  "met --truth: juist en volledig bij elke drempel, als tekening" },
	{ "--report", OPTION_TEXT, AT(report), P, "BESTAND.json", "de cijfers, voor programma's" },
	{ "--clusters", OPTION_TEXT, AT(clusters), P, "BESTAND",
	  "wie bij elkaar hoort: id en het laagste id van de groep" },
	{ "--crowds", OPTION_TEXT, AT(crowds), P, "BESTAND",
	  "wat zoveel records delen dat het weinig zegt" },
	{ "--queries", OPTION_TEXT, AT(queries), L, "BESTAND", "de vragen, als CSV" },
	{ "--pair", OPTION_TEXT, AT(pair), X, "ID,ID", "welke twee records" },
	{ "--key", OPTION_TEXT, AT(key), B, "HEX", "de geheime sleutel: 32 tekens 0-9 en a-f" },
	{ "--dry-run", OPTION_FLAG, AT(dry), D, NULL, "zeg alleen hoeveel paren het zou kosten" },
	{ "--frozen", OPTION_FLAG, AT(frozen), P, NULL,
	  "neem het model zoals het is; anders past het zich zonder voorbeelden aan het bestand "
	  "aan" },
	{ "--memory", OPTION_NUMBER, AT(memory_mib), READ, "MB",
	  "niet meer geheugen dan dit; paren wachten dan op de schijf" },
	{ "--spill", OPTION_TEXT, AT(spill), P, "MAP", "de map daarvoor; anders /tmp" },
	{ "--max-pairs", OPTION_NUMBER, AT(pairs_max), P, "AANTAL",
	  "begin niet als er meer paren te bekijken zijn" },
	{ "--checkpoint", OPTION_TEXT, AT(checkpoint), P, "BESTAND",
	  "bewaar hier wat vergeleken is" },
	{ "--resume", OPTION_FLAG, AT(resume), P, NULL, "ga daarmee verder" },
	{ "--churn", OPTION_FLAG, AT(churn), L, NULL,
	  "zet elke vraag ook even in het bestand, en meet dat" },
	{ "--count", OPTION_NUMBER, AT(count), G, "AANTAL", "hoeveel records" },
	{ "--seed", OPTION_NUMBER, AT(seed), G, "GETAL",
	  "hetzelfde getal geeft hetzelfde bestand" },
	{ "--copies", OPTION_SMALL, AT(copies), G, "AANTAL", "records per persoon, hoogstens 16" },
	{ "--slips", OPTION_PERCENT, AT(slips), G, "PROCENT", "hoeveel records een fout hebben" },
	{ "--culture", OPTION_SMALL, AT(culture), G, "NUMMER",
	  "namen van een herkomst: 1 Nederlands, 2 Turks, 3 Arabisch, 4 Pools, 5 Caribisch, 6 "
	  "Oekraïens" },
	{ "--threads", OPTION_SMALL, AT(threads), ALL, "AANTAL",
	  "hoeveel processors; anders alle" },
	{ "--quiet", OPTION_FLAG, AT(quiet), P, NULL, "zeg niet hoe ver het is" },
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

void match_options_help(int reader, FILE *to)
{
	for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(OPTIONS[0]); i++) {
		char left[48];
		if ((OPTIONS[i].readers & reader) == 0)
			continue;
		(void)snprintf(left, sizeof(left), "%s%s%s", OPTIONS[i].name,
		               OPTIONS[i].value == NULL ? "" : " ",
		               OPTIONS[i].value == NULL ? "" : OPTIONS[i].value);
		(void)fprintf(to, "  %-27s %s\n", left, OPTIONS[i].about);
	}
}
