#include "cli/match.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli/match_commands.h"
#include "matching/model.h"

static const struct {
	const char *word;
	enum status (*run)(const struct match_options *o, struct error *reterr);
	int reader; /* enum match_reader */
	const char *files, *about;
	const char *more; /* what an answer looks like */
} COMMANDS[] = {
	{ "dedupe", match_dedupe, MATCH_DEDUPE, "BESTAND",
	  "vind dubbele records in een CSV-bestand",
	  "  Het antwoord: left_id,right_id,weight,probability,pattern, een paar per regel.\n"
	  "  plein match dedupe personen.csv --output paren.csv\n" },
	{ "link", match_link, MATCH_LINK, "BESTAND BESTAND", "vind wie in beide bestanden staat",
	  "  Het antwoord: left_id,right_id,weight,probability,pattern; left_id is van het eerste "
	  "bestand.\n"
	  "  plein match link gemeente.csv politie.csv --output paren.csv\n" },
	{ "lookup", match_lookup, MATCH_LOOKUP, "BESTAND --queries VRAGEN",
	  "zoek elke vraag in het bestand",
	  "  Het antwoord: query_id,record_id,weight,probability,pattern; het beste eerst, en hoe "
	  "lang een vraag "
	  "duurt.\n"
	  "  plein match lookup personen.csv --queries vragen.csv\n" },
	{ "explain", match_explain, MATCH_EXPLAIN, "BESTAND --pair ID,ID",
	  "leg uit waarom twee records bij elkaar horen",
	  "  plein match explain personen.csv --pair 12,907\n" },
	{ "model", match_model, MATCH_MODEL, "BESTAND --output MODEL.json",
	  "schat een model op nagebootste gegevens",
	  "  plein match model nagebootst.csv --output mijn-model.json\n" },
	{ "bloom", match_bloom, MATCH_BLOOM, "BESTAND --key HEX",
	  "vind dubbelen zonder namen te tonen, en meet de snelheid",
	  "  plein match bloom personen.csv --key 00112233445566778899aabbccddeeff\n" },
	{ "generate", match_generate, MATCH_GENERATE,
	  "--count AANTAL --seed GETAL --output BESTAND",
	  "maak een nagebootst bestand, met --truth",
	  "  plein match generate --count 1000000 --seed 1 --output personen.csv --truth "
	  "waar.csv\n" },
};

enum { COMMAND_COUNT = sizeof(COMMANDS) / sizeof(COMMANDS[0]) };

static int usage(FILE *to)
{
	(void)fputs("Zijn deze twee dezelfde? Vergelijkt records uit CSV-bestanden.\n\n"
	            "Gebruik: plein match OPDRACHT ...\n",
	            to);
	for (int i = 0; i < COMMAND_COUNT; i++)
		(void)fprintf(to, "  %-9s %-45s %s\n", COMMANDS[i].word, COMMANDS[i].files,
		              COMMANDS[i].about);
	(void)fputs("\nAlle opties van een opdracht: plein match OPDRACHT --help\n", to);
	return to == stdout ? 0 : 2;
}

/* The names a column has when no --map is needed. */
static void tell_fields(FILE *to)
{
	static const char *const MODELS[] = { "persons", "organisations", "addresses", "objects" };
	struct model m;
	struct error e;

	(void)fputs(
	    "\nKolommen die een model kent; id is het nummer van het record. Andere kolommen "
	    "tellen niet mee.\n",
	    to);
	for (size_t k = 0; k < sizeof(MODELS) / sizeof(MODELS[0]); k++) {
		if (model_ready(MODELS[k], &m, &e) != OK)
			continue;
		(void)fprintf(to, "  %s:", m.name);
		for (int i = 0; i < m.field_count; i++)
			(void)fprintf(to, "%s %s", i == 0 ? "" : ",", m.fields[i].name);
		(void)fputc('\n', to);
	}
}

static int help(int command)
{
	(void)printf("%c%s.\n\nGebruik: plein match %s %s [OPTIES]\n%s\nOpties:\n",
	             toupper((unsigned char)COMMANDS[command].about[0]),
	             COMMANDS[command].about + 1, COMMANDS[command].word, COMMANDS[command].files,
	             COMMANDS[command].more);
	match_options_help(COMMANDS[command].reader, stdout);
	if (COMMANDS[command].reader != MATCH_GENERATE)
		tell_fields(stdout);
	return 0;
}

static bool wants_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
}

static int run(int command, int argc, char **argv)
{
	struct match_options options;
	struct error error = { .status = OK };

	enum status st = match_options_read(argc, argv, &options, &error);
	if (st != OK) {
		(void)fprintf(stderr, "%s\nAlle opties: plein match %s --help\n", error.message,
		              COMMANDS[command].word);
		return 2;
	}
	st = COMMANDS[command].run(&options, &error);
	if (st != OK)
		(void)fprintf(stderr, "%s\n", error.message);
	return st == OK ? 0 : 1;
}

int cli_match(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr);
	if (wants_help(argv[1]))
		return usage(stdout);
	for (int i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(COMMANDS[i].word, argv[1]) != 0)
			continue;
		for (int k = 2; k < argc; k++)
			if (wants_help(argv[k]) && argv[k][0] == '-')
				return help(i);
		return run(i, argc - 1, argv + 1);
	}
	return usage(stderr);
}
