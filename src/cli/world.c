#include "cli/world.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "demo/demo.h"
#include "partners/partner.h"
#include "partners/reference.h"
#include "platform/core/calendar.h"

enum { SIGNALS_MAX = 100000 };

const char INIT_HELP[] =
    "plein init - maak een nieuwe installatie klaar\n"
    "\n"
    "  plein init --data MAP [--region CODE]\n"
    "\n"
    "Vult de databank met wat overal hetzelfde is: de tien regio's, alle gemeenten met hun\n"
    "CBS-code en de deelnemers uit de wet. Met --region worden ook de gemeenten en provincies\n"
    "van die regio deelnemer. Nog een keer draaien kan geen kwaad: het werkt de lijsten bij.\n"
    "\n"
    "  --region CODE   een van: NOORD-NEDERLAND, OOST-NEDERLAND, MIDDEN-NEDERLAND,\n"
    "                  NOORD-HOLLAND, AMSTERDAM-AMSTELLAND, DEN-HAAG, ROTTERDAM,\n"
    "                  ZEELAND-WEST-BRABANT, OOST-BRABANT, LIMBURG\n";

const char DEMO_HELP[] =
    "plein demo - een verzonnen regio om mee te oefenen\n"
    "\n"
    "  plein demo --data MAP [--seed N] [--scale small|region|national] [--signals N]\n"
    "  plein demo people --data MAP          wie er kan inloggen, en met welk wachtwoord\n"
    "  plein demo code NAAM --data MAP       de code van de app van deze persoon\n"
    "\n"
    "  --seed N        een ander getal geeft andere mensen (standaard 1)\n"
    "  --scale WOORD   small: alleen de hoofdpersonen; region: 600 mensen (standaard);\n"
    "                  national: 6.000 mensen\n"
    "  --signals N     hoeveel signalen er sinds maart 2025 zijn ingediend (standaard 400,\n"
    "                  bij small 40); 0: alleen mensen. Ze doorlopen alle stappen echt.\n"
    "\n"
    "Alles is verzonnen: personen, gemeenten en CBS-codes. Elke pagina zegt dat.\n";

/* The value of --name value or --name=value at *i, which moves on; NULL: another argument. */
static const char *option(int argc, char *const argv[], int *i, const char *name)
{
	const size_t len = strlen(name);
	const char *word = argv[*i];

	assert(word != NULL);
	if (strncmp(word, name, len) != 0)
		return NULL;
	if (word[len] == '=')
		return word + len + 1;
	if (word[len] != '\0' || *i + 1 >= argc)
		return NULL;
	return argv[++*i];
}

static enum status not_understood(struct error *reterr, const char *word, const char *command)
{
	return FAIL(reterr, ERR_INVALID, "%s past hier niet. Zie: plein %s --help", word, command);
}

enum status cli_init(const struct world_means *with, int argc, char *const argv[], struct out *o,
                     struct error *reterr)
{
	const char *own = NULL;
	for (int i = 0; i < argc; i++) {
		const char *value = option(argc, argv, &i, "--region");
		if (value == NULL)
			return not_understood(reterr, argv[i], "init");
		own = value;
	}
	const enum status st = partner_load_reference(with->db, own, reterr);
	if (st != OK)
		return st;
	size_t count;
	(void)reference_municipalities(&count);
	out_fmt(o,
	        "Klaar: %d regio's, %zu gemeenten (ook de opgehevene) en de deelnemers uit "
	        "de wet staan erin.\n",
	        (int)REFERENCE_REGION_COUNT, count);
	if (own != NULL)
		out_fmt(o, "Deze installatie werkt voor %s.\n", reference_region_named(own)->name);
	else
		out_fmt(o,
		        "Kies nog een regio: plein init --region CODE. Zie plein init --help.\n");
	return OK;
}

static bool whole_number(const char *text, uint64_t *ret)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*ret = strtoull(text, &end, 10);
	return errno == 0 && *end == '\0';
}

/* The act came into force on Saturday 1 March 2025; two years are enough to look back on. */
static int64_t first_moment(int64_t now_ms)
{
	const int32_t today = local_day(now_ms);
	const int32_t act = day_from_civil((struct civil){ 2025, 3, 3 });
	const int32_t long_ago = day_add_years(today, -2);
	const int32_t first = act > long_ago ? act : long_ago;

	return ms_at_local(first < today ? first : today, 8, 0);
}

static enum status demo_fill(const struct world_means *with, int argc, char *const argv[],
                             struct out *o, struct error *reterr)
{
	const int64_t now_ms = clock_now_ms(with->clock);
	struct demo_wish wish = { .db = with->db,
		                  .account_key = with->account_key,
		                  .seed = 1,
		                  .scale = DEMO_REGION,
		                  .now_ms = now_ms,
		                  .first_ms = first_moment(now_ms) };
	uint64_t signals = UINT64_MAX;
	for (int i = 0; i < argc; i++) {
		const int at = i;
		const char *seed = option(argc, argv, &i, "--seed");
		const char *count = seed == NULL ? option(argc, argv, &i, "--signals") : NULL;
		const char *scale =
		    seed == NULL && count == NULL ? option(argc, argv, &i, "--scale") : NULL;
		if (seed != NULL && whole_number(seed, &wish.seed))
			continue;
		if (count != NULL && whole_number(count, &signals) && signals <= SIGNALS_MAX)
			continue;
		if (scale == NULL || !demo_scale_parse(scale, &wish.scale))
			return not_understood(reterr, argv[at], "demo");
	}
	enum status st = demo_make(&wish, reterr);
	const int64_t wanted =
	    signals == UINT64_MAX ? demo_signal_count(wish.scale) : (int64_t)signals;
	if (st == OK && with->play != NULL && wanted > 0)
		st = with->play(with->app, wish.seed, wanted, wish.first_ms, o, reterr);
	if (st != OK)
		return st;
	out_fmt(o, "De oefenregio Deltaland is klaar: %d mensen. Dit zijn de hoofdpersonen.\n\n",
	        demo_people_count(wish.scale));
	struct db_read *r;
	st = db_read_begin(with->db, &r, reterr);
	if (st != OK)
		return st;
	st = demo_people(r, o, reterr);
	db_read_end(r);
	return st;
}

static enum status demo_show(const struct world_means *with, const char *person, struct out *o,
                             struct error *reterr)
{
	struct db_read *r;
	enum status st = db_read_begin(with->db, &r, reterr);
	if (st != OK)
		return st;
	if (person == NULL) {
		st = demo_people(r, o, reterr);
	} else {
		char code[TOTP_CODE_BYTES];
		st = demo_code(r, with->account_key, person, clock_now_ms(with->clock), code,
		               reterr);
		if (st == OK)
			out_fmt(o, "%s\n", code);
	}
	db_read_end(r);
	return st;
}

enum status cli_demo(const struct world_means *with, int argc, char *const argv[], struct out *o,
                     struct error *reterr)
{
	if (argc == 1 && strcmp(argv[0], "people") == 0)
		return demo_show(with, NULL, o, reterr);
	if (argc == 2 && strcmp(argv[0], "code") == 0)
		return demo_show(with, argv[1], o, reterr);
	return demo_fill(with, argc, argv, o, reterr);
}
