/* main.c - which command; the only file that may exit */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/match.h"
#include "sheets/sheet_apart.h"

struct command {
	const char *name, *help;
	int (*run)(int argc, char **argv);
};

static const struct command COMMANDS[] = {
	{ "serve", "start de server", cli_serve },
	{ "init", "maakt een nieuwe installatie klaar", cli_init_command },
	{ "demo", "een verzonnen regio om mee te oefenen", cli_demo_command },
	{ "config", "toont alle instellingen en waar ze vandaan komen", cli_config },
	{ "person", "mensen: lijst, nieuwe start", cli_person },
	{ "token", "toegangssleutels voor machines", cli_token },
	{ "backup", "een reservekopie maken, nalezen, terugzetten", cli_backup_command },
	{ "monitor", "cijfers zonder personen: meenemen, inlezen", cli_monitor },
	{ "import", "signalen inlezen uit een bestand", cli_import },
	{ "log", "het logboek controleren en bewijzen", cli_log },
	{ "keys", "de sleutels: wisselen, bewaren", cli_keys },
	{ "check", "kloppen de gegevens nog met de regels?", cli_check },
	{ "openapi", "de beschrijving van de API", cli_openapi },
	{ "match", "zijn deze twee dezelfde? bestanden vergelijken", cli_match },
};

static void print_help(FILE *to)
{
	(void)fputs("Plein - het informatieplein van het RIEC\n\n  plein OPDRACHT [...]\n\n", to);
	for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
		(void)fprintf(to, "  %-10s %s\n", COMMANDS[i].name, COMMANDS[i].help);
	(void)fputs("\nUitleg bij een opdracht: plein OPDRACHT --help\n", to);
}

int main(int argc, char **argv)
{
	if (sheet_child_asked(argc, argv))
		return sheet_child(argv);
	if (argc > 1)
		for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
			if (strcmp(argv[1], COMMANDS[i].name) == 0)
				return COMMANDS[i].run(argc - 1, argv + 1);
	bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	                          strcmp(argv[1], "help") == 0);
	if (argc > 1 && !asked)
		(void)fprintf(stderr, "Plein kent '%s' niet.\n\n", argv[1]);
	print_help(asked ? stdout : stderr);
	return asked ? 0 : 2;
}
