#include "cli/backup.h"

#include <inttypes.h>
#include <string.h>

#include "platform/db/backup.h"

const char BACKUP_HELP[] =
    "plein backup - een reservekopie van de databank\n"
    "\n"
    "  plein backup create MAP --data MAP     maakt een kopie in een lege map, ook als de server\n"
    "                                         draait, en leest hem na\n"
    "  plein backup check MAP                 leest een kopie helemaal na\n"
    "  plein backup restore MAP --data MAP    zet een kopie terug in een lege datamap\n"
    "\n"
    "`create` vernieuwt ook keys.export naast de kopie: de levende sleutels, ingepakt. `restore`\n"
    "neemt dat bestand mee (of een ander: --keys BESTAND), zodat vernietigd blijft wat vernietigd\n"
    "is. Is er geen, schrijf dan --without-keys: dan komt terug wat sindsdien is beëindigd.\n"
    "\n"
    "De zoekindex hoort er niet bij: die maakt Plein opnieuw. De sleutels horen er nooit bij:\n"
    "bewaar die apart, anders leest wie de kopie heeft ook de gegevens.\n";

static void tell(const struct backup *b, const char *what, const char *dir, struct out *o)
{
	out_fmt(o, "%s %s (%" PRId64 " MB, schema %" PRId64 ").\n", what, dir,
	        (b->bytes + 999999) / 1000000, b->schema_version);
}

static enum status create(const struct db_config *cfg, const char *dir, struct backup *ret,
                          struct error *reterr)
{
	const enum status st = db_backup(cfg, dir, ret, reterr);
	return st == OK ? db_backup_check(dir, ret, reterr) : st;
}

enum status cli_backup(const struct db_config *cfg, int argc, char *const argv[], struct out *o,
                       struct error *reterr)
{
	struct backup b = { 0 };
	const char *word = argc == 2 ? argv[0] : "";
	enum status st;

	if (strcmp(word, "create") == 0) {
		st = create(cfg, argv[1], &b, reterr);
		if (st == OK)
			tell(&b, "De kopie staat in", argv[1], o);
	} else if (strcmp(word, "check") == 0) {
		st = db_backup_check(argv[1], &b, reterr);
		if (st == OK)
			tell(&b, "Heel en leesbaar:", argv[1], o);
	} else if (strcmp(word, "restore") == 0) {
		st = db_restore(cfg, argv[1], &b, reterr);
		if (st == OK)
			tell(&b, "Teruggezet uit", argv[1], o);
	} else {
		st = FAIL(reterr, ERR_INVALID,
		          "Schrijf: plein backup create, check of restore, en dan een map.");
	}
	return st;
}
