#include "interventions/daily_words.h"

#include <stdlib.h>
#include <strings.h>

/* In the order of strcmp. clang-format off: a list */
/* clang-format off */
static const char *const DAILY[] = {
	"aarde", "achter", "actie", "adres", "advies", "afval", "akker", "algemeen", "alles",
	"andere", "anders", "appel", "arend", "arts", "auto", "autobedrijf", "autos", "avond",
	"baan", "baas", "bakker", "bakkerij", "balk", "bank", "banken", "bedrijf", "bedrijven",
	"beek", "beekman", "beer", "beheer", "beide", "bekend", "belang", "beleid", "berg",
	"bergen", "bestuur", "beter", "bezit", "bezoek", "bezorging", "bier", "bloem", "bloemen",
	"blok", "boek", "boeken", "boer", "boerderij", "boeren", "boom", "boomgaard", "boot",
	"bord", "bordeel", "borg", "bos", "boter", "bouw", "bouwbedrijf", "bouwer", "bouwman",
	"brand", "breed", "brink", "broek", "broer", "brood", "brouwer", "brug", "bruin",
	"bruine", "buiten", "buren", "burg", "burger", "burgers", "buur", "buurman", "buurt",
	"cafe", "catering", "centraal", "centrum", "cirkel", "club", "coffeeshop", "consultancy",
	"dagen", "dam", "dans", "deel", "deur", "deuren", "dienst", "diensten", "dier", "dieren",
	"dijk", "dijken", "dijkman", "doel", "dokter", "donker", "dood", "doorn", "dorp",
	"dozen", "drank", "drenth", "drie", "drukker", "duin", "duinen", "duits", "eigen",
	"eikel", "eind", "einde", "elektra", "elektro", "energie", "engel", "engels", "enkel",
	"erf", "export", "familie", "fiets", "fietsen", "film", "financieel", "flat", "fonds",
	"fort", "fruit", "garage", "gast", "gebouw", "geel", "geld", "gemeente", "genot",
	"gericht", "gerrits", "gezond", "giet", "glas", "goed", "goede", "goud", "graaf",
	"gracht", "gras", "green", "grijs", "groen", "groene", "groep", "grond", "groot",
	"groothandel", "grote", "haan", "haar", "haas", "hals", "halte", "hand", "handel",
	"handelsonderneming", "haven", "havens", "heer", "heide", "hek", "held", "hemel",
	"hengst", "herder", "hermans", "hert", "heuvel", "hoek", "hoeve", "hof", "hofman",
	"holding", "hollander", "hond", "hoofd", "hoog", "hooi", "horeca", "hotel", "hout",
	"houtman", "huis", "huizen", "huur", "huurder", "huurders", "import", "industrie",
	"informatie", "inkoop", "installatie", "invest", "jaar", "jager", "jagers", "jong",
	"jonge", "jongen", "kaai", "kaas", "kade", "kamer", "kamp", "kamper", "kans", "kant",
	"kantoor", "kapper", "kasteel", "keizer", "kelder", "kerk", "ketting", "keuken", "kind",
	"kinderen", "klant", "klein", "kleine", "klok", "kluis", "knecht", "knoop", "koek",
	"koel", "koers", "koning", "konings", "kool", "koop", "koopman", "koper", "korf", "kort",
	"korte", "koster", "kracht", "kring", "kroes", "kroon", "kruis", "kuiper", "kwekerij",
	"laan", "laat", "land", "landbouw", "landman", "lang", "lange", "laser", "laten", "leer",
	"leeuw", "leiding", "lente", "leven", "licht", "lief", "lijn", "links", "lint", "lood",
	"loodgieter", "loods", "loon", "lopen", "lucht", "maat", "machine", "makelaar",
	"makelaardij", "manage", "management", "mantel", "markt", "maten", "materiaal",
	"maurits", "maximaal", "media", "meer", "meester", "meesters", "meeuw", "meld", "melk",
	"mens", "mensen", "metaal", "meter", "metselaar", "middel", "midden", "mier", "milieu",
	"minder", "moed", "moeder", "molen", "molenaar", "mond", "mooi", "motor", "muis", "munt",
	"muur", "muziek", "naam", "nacht", "natuur", "neef", "negen", "nieuw", "nieuwe", "noord",
	"noot", "oever", "olie", "omgeving", "onder", "onderhoud", "onderneming", "ongeluk",
	"onroerend", "oost", "opslag", "oranje", "oude", "ouder", "over", "paal", "paard",
	"paarden", "pand", "panden", "papier", "paradijs", "park", "partner", "pastoor", "pater",
	"peer", "personeel", "piek", "pijl", "plaats", "plas", "plein", "plek", "pluim", "poel",
	"polder", "politie", "pool", "poort", "post", "pot", "prijs", "prins", "productie",
	"project", "projecten", "punt", "raad", "rand", "recht", "rechter", "reclame",
	"recreatie", "recycling", "reiger", "reis", "reizen", "rente", "restaurant", "ridder",
	"riet", "rijk", "rijke", "ring", "rivier", "roest", "rond", "rood", "rook", "roos",
	"rots", "ruim", "ruiter", "rust", "rustig", "schaap", "schaar", "scheepvaart", "schelp",
	"schild", "schilder", "schip", "schipper", "schoen", "school", "schoon", "schoonmaak",
	"schot", "schouw", "schut", "schuur", "service", "ship", "sieraad", "slag", "slager",
	"sloop", "slot", "sluis", "smal", "smid", "smit", "smits", "snel", "snoek", "soldaat",
	"solo", "spaan", "speelhal", "spek", "spel", "sport", "spriet", "spring", "staal",
	"stad", "stal", "stam", "station", "steen", "stel", "ster", "sterk", "stichting",
	"stijl", "stil", "stoel", "stok", "stolk", "straat", "strand", "streek", "stroom",
	"struik", "suiker", "taart", "taxi", "techniek", "telefoon", "terrein", "thuis", "tijd",
	"timmer", "timmerman", "toren", "totaal", "touw", "trade", "trading", "transport",
	"trein", "troost", "tuin", "tuinen", "twee", "uitgeverij", "uitzend", "uitzendbureau",
	"vaart", "vader", "vakantie", "valk", "vast", "vastgoed", "vee", "veel", "veen", "veer",
	"veld", "velde", "velden", "verbeek", "verhuur", "verkeer", "verkoop", "vermeer",
	"verzekering", "vest", "vier", "vijf", "vijver", "vink", "vis", "visser", "vissers",
	"vlag", "vlees", "vliet", "vloed", "voet", "vogel", "vogels", "volk", "vorst", "vos",
	"vracht", "vrachtauto", "vree", "vriend", "vries", "vrij", "vrijdag", "vroom", "vrouw",
	"vuur", "waard", "wagen", "wagenaar", "wagens", "wal", "wand", "warm", "was", "wasserij",
	"water", "waterman", "wegen", "weide", "weit", "welkom", "wereld", "werk", "werken",
	"west", "wever", "wiel", "wijk", "wijn", "wild", "wilde", "wilg", "wind", "winkel",
	"winkels", "winter", "wissel", "witte", "wolf", "wolken", "wonen", "woning", "woningen",
	"woud", "zaak", "zaal", "zaken", "zand", "zee", "zeeman", "zeg", "zeil", "zeker", "zelf",
	"zelfs", "zeven", "zijde", "zilver", "zoet", "zomer", "zon", "zonder", "zonnen", "zorg",
	"zout", "zuid", "zuivel", "zwaan", "zwager", "zwart", "zwarte", "zwembad",
};
static const char *const PREFIXES[] = {
	"'s", "'t", "aan", "abu", "ait", "al", "ben", "bij", "bin", "da", "de", "den", "der", "des", "dos", "du", "el", "het", "ibn", "in", "la", "le", "onder", "op", "over", "te", "ten", "ter", "tot", "uit", "van", "von", "voor", "zu", "zur"
};
/* clang-format on */

struct piece {
	const char *text;
	size_t len;
};

static int compare(const void *key, const void *row)
{
	const struct piece *p = key;
	const char *word = *(const char *const *)row;
	const int order = strncasecmp(p->text, word, p->len);

	return order != 0 ? order : word[p->len] == '\0' ? 0 : -1;
}

static bool stands_in(const char *const *list, size_t count, const char *word, size_t len)
{
	const struct piece p = { word, len };
	return bsearch(&p, list, count, sizeof *list, compare) != NULL;
}

bool is_daily_word(const char *word, size_t len)
{
	return stands_in(DAILY, sizeof DAILY / sizeof DAILY[0], word, len);
}

bool is_name_prefix(const char *word, size_t len)
{
	return stands_in(PREFIXES, sizeof PREFIXES / sizeof PREFIXES[0], word, len);
}
