#include "cli/keys.h"

const char KEYS_HELP[] =
    "plein keys - de sleutels van deze installatie\n"
    "\n"
    "  plein keys list           hoeveel sleutels er zijn, en de periode\n"
    "  plein keys rotate         nieuwe periodesleutel; alle levende sleutels gaan mee, de oude\n"
    "                            periodesleutel wordt vernietigd. De server doet dit elke week\n"
    "  plein keys escrow check   zijn beide kopieën in bewaring er, en goed?\n"
    "  plein keys escrow write   schrijf ontbrekende kopieën opnieuw\n"
    "  plein keys export BESTAND de levende sleutels, ingepakt: bewaar alleen het nieuwste "
    "bestand\n"
    "                            bij de reservekopieën\n"
    "  plein keys import BESTAND na het terugzetten van een reservekopie, voor de eerste start\n"
    "\n"
    "Zonder de periodesleutel en zonder beide kopieën zijn alle gegevens over personen verloren.\n";

static enum status list(struct db *db, struct out *o, struct error *reterr)
{
	struct keys_figures f;
	struct db_read *r;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = keys_figures(r, &f, reterr);
	db_read_end(r);
	if (st == OK)
		out_fmt(o, "%lld sleutels; periode %lld%s\n", (long long)f.keys,
		        (long long)f.newest_period,
		        f.periods > 1 ? " (de vorige wordt nog omgezet)" : "");
	return st;
}

static enum status rotate(const struct keys_means *m, struct out *o, struct error *reterr)
{
	struct keys_rotation done;
	const enum status st = keys_rotate_with(m->db, m->ring, m->now_ms, m->last, &done, reterr);

	if (st != OK)
		return st;
	out_fmt(o, "%lld sleutels omgezet naar periode %lld; periode %lld is vernietigd\n",
	        (long long)done.rewrapped, (long long)done.to, (long long)done.from);
	if (done.damaged > 0)
		out_fmt(o, "%lld sleutels zijn beschadigd en gaan niet meer open\n",
		        (long long)done.damaged);
	return OK;
}

static enum status escrow(struct keyring *k, bool write, struct out *o, struct error *reterr)
{
	bool all = true;
	enum status st = OK;

	for (int i = 0; st == OK && i < KEYRING_ESCROWS; i++) {
		if (write)
			st = keyring_write_escrow(k, i, reterr);
		const bool right = st == OK && keyring_escrow_is_right(k, i);
		if (st == OK)
			out_fmt(o, "%s: %s\n", keyring_escrow_folder(k, i),
			        right ? "goed" : "ontbreekt of wijkt af");
		all = all && right;
	}
	if (st == OK && !all)
		return FAIL(reterr, ERR_CONFLICT,
		            "Niet elke kopie is goed. Schrijf ze opnieuw: plein keys escrow write");
	return st;
}

enum status keys_command(const struct keys_means *m, char **words, int word_count, struct out *o,
                         struct error *reterr)
{
	const char *verb = word_count > 0 ? words[0] : "", *what = word_count == 2 ? words[1] : "";

	if (strcmp(verb, "list") == 0 && word_count == 1)
		return list(m->db, o, reterr);
	if (strcmp(verb, "rotate") == 0 && word_count == 1)
		return rotate(m, o, reterr);
	if (strcmp(verb, "export") == 0 && word_count == 1)
		return key_export(m->db, m->ring, m->carried, m->now_ms, o, reterr);
	if (strcmp(verb, "escrow") == 0 && strcmp(what, "check") == 0)
		return escrow(m->ring, false, o, reterr);
	if (strcmp(verb, "escrow") == 0 && strcmp(what, "write") == 0)
		return escrow(m->ring, true, o, reterr);
	return FAIL(reterr, ERR_INVALID, "Zo kent plein keys dit niet. Zie: plein keys --help");
}
