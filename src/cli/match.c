#include "cli/match.h"

#include <stdio.h>
#include <string.h>

#include "cli/match_commands.h"

static const struct {
	const char *word;
	enum status (*run)(const struct match_options *o, struct error *reterr);
	const char *about;
} COMMANDS[] = {
	{ "dedupe", match_dedupe, "BESTAND            vind dubbele records in een CSV-bestand" },
	{ "link", match_link, "BESTAND BESTAND    vind wie in beide bestanden staat" },
	{ "lookup", match_lookup, "BESTAND --queries VRAGEN   zoek elke vraag in het bestand" },
	{ "explain", match_explain,
	  "BESTAND --pair ID,ID      leg uit waarom twee records bij elkaar horen" },
	{ "model", match_model,
	  "BESTAND --output MODEL.json  schat een model op nagebootste gegevens" },
	{ "bloom", match_bloom,
	  "BESTAND --key HEX     dubbelen vinden zonder namen te tonen, en de snelheid" },
	{ "generate", match_generate,
	  "--count N --seed S   maak een nagebootst bestand, met --truth" },
};

enum { COMMAND_COUNT = sizeof(COMMANDS) / sizeof(COMMANDS[0]) };

static int usage(void)
{
	(void)fputs("Gebruik: plein match OPDRACHT ... [--model NAAM|BESTAND.json] "
	            "[--map veld=kolom]...\n",
	            stderr);
	for (int i = 0; i < COMMAND_COUNT; i++)
		(void)fprintf(stderr, "  %-10s %s\n", COMMANDS[i].word, COMMANDS[i].about);
	return 2;
}

int cli_match(int argc, char **argv)
{
	struct match_options options;
	struct error error = { .status = OK };

	if (argc < 2)
		return usage();
	for (int i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(COMMANDS[i].word, argv[1]) != 0)
			continue;
		enum status st = match_options_read(argc - 1, argv + 1, &options, &error);
		if (st != OK) {
			(void)fprintf(stderr, "%s\n", error.message);
			return 2;
		}
		st = COMMANDS[i].run(&options, &error);
		if (st != OK)
			(void)fprintf(stderr, "%s\n", error.message);
		return st == OK ? 0 : 1;
	}
	return usage();
}
