#include "law/share.h"
#include "law/topics.h"

#include <string.h>

#define BIT(letter) LAW_LETTER_BIT(LETTER_##letter)
#define GEMEENTE    ((law_letters)(BIT(MAYOR) | BIT(EXECUTIVE)))
#define POLICE_LIKE ((law_letters)(BIT(POLICE) | BIT(KMAR) | BIT(FIOD)))
#define INSPECTORS  ((law_letters)(BIT(LABOUR) | BIT(NVWA)))
#define ANY         LAW_LETTERS_ALL
#define LAWFUL      "Alleen als uw organisatie dit zelf voor dit doel mag gebruiken."
#define ASK_PRIVACY "Vraag uw privacyfunctionaris of dit voor dit doel mag."
#define IN_CIRCLE   "Alleen als u geen anderen noemt dan de betrokkene en zijn directe kring."
#define T(code, label, noun, words, category, givers)                                              \
	{                                                                                          \
		(code), (label), (noun), (words), CATEGORY_##category, (law_letters)(givers),      \
		    UNIT_NONE, THING_BY_CATEGORY, 0, NULL, NULL, NULL, NULL                        \
	}
#define T_UNIT(code, label, noun, words, category, givers, unit)                                   \
	{                                                                                          \
		(code), (label), (noun), (words), CATEGORY_##category, (law_letters)(givers),      \
		    UNIT_##unit, THING_BY_CATEGORY, 0, NULL, NULL, NULL, NULL                      \
	}
#define T_IF(code, label, noun, words, category, givers, condition, article, todo)                 \
	{                                                                                          \
		(code), (label), (noun), (words), CATEGORY_##category, (law_letters)(givers),      \
		    UNIT_NONE, THING_BY_CATEGORY, 0, (condition), (article), (todo), NULL          \
	}
#define T_MIND(code, label, noun, words, category, givers, mind)                                   \
	{                                                                                          \
		(code), (label), (noun), (words), CATEGORY_##category, (law_letters)(givers),      \
		    UNIT_NONE, THING_BY_CATEGORY, 0, NULL, NULL, NULL, (mind)                      \
	}
#define T_NOT(code, label, noun, words, nature, detail)                                            \
	{                                                                                          \
		(code), (label), (noun), (words), CATEGORY_NONE, ANY, UNIT_NONE, THING_##nature,   \
		    (detail), NULL, NULL, NULL, NULL                                               \
	}

static const struct law_thing things[] = {
	/* who someone is */
	T(1, "Naam, geboortedatum, adres", "naam en adres", "personalia naw alias", IDENT, ANY),
	T(2, "Telefoonnummer of e-mailadres", "een telefoonnummer of e-mailadres",
	  "telefoon mobiel mail contact", IDENT, ANY),
	T_NOT(3, "BSN", "een BSN", "burgerservicenummer sofinummer", BSN, 0),
	T_NOT(4, "Nationaliteit", "nationaliteit", "herkomst paspoort staatsburger", NATIONALITY,
	      0),
	T(5, "Familie of partner", "een familieband", "ouders kinderen broer zus relatie", IDENT,
	  ANY),
	T(6, "Verblijfsstatus", "verblijfsstatus", "verblijfsvergunning vreemdeling visum",
	  RESIDENCE_STATUS, BIT(IND)),
	T(7, "Nummer van een reisdocument", "het nummer van een reisdocument",
	  "paspoort identiteitskaart vermissing", IDENT, BIT(MAYOR)),

	/* home */
	T_IF(11, "Wie er ingeschreven staan", "wie er op een adres ingeschreven staan",
	     "brp bewoners inschrijving adres", HOUSING, BIT(EXECUTIVE), IN_CIRCLE,
	     "WGS, artikel 2.22, eerste lid, onderdeel a en b",
	     "Noem van anderen alleen hoeveel er staan ingeschreven."),
	T(12, "Staat van een woning", "de staat van een woning",
	  "bouwkundig overbewoning slaapplaatsen inrichting", HOUSING, ANY),
	T(13, "Adresonderzoek", "een adresonderzoek", "briefadres spookbewoning brp", HOUSING,
	  BIT(EXECUTIVE)),
	T(14, "Huurcontract", "een huurcontract", "huur verhuur pacht onderhuur", FINANCIAL,
	  GEMEENTE),
	T(15, "Eigenaar van een pand", "wie een pand bezit", "kadaster eigendom pand grond",
	  CADASTRAL, GEMEENTE),
	T(16, "Koopsom en hypotheek", "koopsom en hypotheek",
	  "notaris koopakte financiering lening", CADASTRAL, GEMEENTE),
	T(17, "Bestemming of gebruik van een pand", "het gebruik van een pand",
	  "bestemmingsplan omgevingsplan bag functie", CADASTRAL, BIT(EXECUTIVE)),
	T(18, "WOZ-waarde", "de WOZ-waarde van een pand", "woz taxatie waarde", CADASTRAL,
	  BIT(EXECUTIVE)),

	/* vehicles */
	T(21, "Kenteken", "een kenteken", "auto nummerplaat voertuig", VEHICLE, ANY),
	T(22, "Eigenaar van een voertuig", "wie een voertuig bezit", "rdw tenaamstelling auto",
	  VEHICLE, ANY),
	T(23, "Boot of ligplaats", "een vaartuig", "schip vaartuig haven", VEHICLE, ANY),

	/* money */
	T_IF(31, "Bijstandsuitkering", "een bijstandsuitkering",
	     "uitkering participatiewet werk inkomen sociale recherche", INCOME, BIT(EXECUTIVE),
	     LAWFUL, "BGS, artikel 1.5", ASK_PRIVACY),
	T(32, "WW- of andere uitkering van het UWV", "een uitkering", "uitkering ww uwv", INCOME,
	  BIT(UWV)),
	T(33, "Loon of dienstverband", "loon of dienstverband", "salaris werkgever inkomen polis",
	  INCOME, BIT(UWV)),
	T(34, "Inkomen", "inkomen", "verdiensten inkomsten spaargeld", INCOME, BIT(UWV) | GEMEENTE),
	T(35, "Schulden en leningen", "schulden of leningen", "lening achterstand", FINANCIAL,
	  GEMEENTE),
	T(36, "Bankrekening", "een rekeningnummer", "iban rekening bank", FINANCIAL,
	  BIT(POLICE) | BIT(UWV) | GEMEENTE),
	T(37, "Geld zonder verklaring", "inkomsten zonder verklaring",
	  "contant geld onverklaarbaar luxe uitgaven", INCOME, BIT(POLICE) | GEMEENTE),
	T(38, "Erfpacht of grond van de gemeente", "een overeenkomst over grond",
	  "gronduitgifte erfpacht opstal", FINANCIAL, BIT(EXECUTIVE)),
	T_UNIT(39, "Aanslag gemeentelijke belasting", "een gemeentelijke aanslag",
	       "belasting toeristenbelasting parkeerbelasting ozb", TAX, BIT(EXECUTIVE),
	       MUNICIPAL_TAX),
	T_UNIT(40, "WOZ-beschikking of bezwaar", "een WOZ-beschikking", "woz besluit bezwaar", TAX,
	       BIT(EXECUTIVE), MUNICIPAL_TAX),
	T(41, "Belastingschuld", "een belastingschuld", "fiscus belasting achterstand", TAX,
	  BIT(TAX)),
	T(42, "Belastingaangifte of boekenonderzoek", "een aangifte of boekenonderzoek",
	  "fiscaal aanslag btw loonheffing", TAX, BIT(TAX)),
	T(43, "Toeslagen", "een toeslag", "huurtoeslag zorgtoeslag kinderopvangtoeslag", TAX,
	  BIT(TAX)),
	T(44, "Verdachte transactie", "een verdachte transactie", "fiu ongebruikelijk witwassen",
	  POLICE_8_13, BIT(POLICE)),

	/* business */
	T(51, "Uittreksel KvK", "een uittreksel van de KvK",
	  "handelsregister kamer van koophandel bestuurder", COMPANY, ANY),
	T(52, "Jaarrekening", "een jaarrekening", "deponering omzet", COMPANY, ANY),
	T(53, "Met wie iemand zaken doet", "een zakelijke relatie", "leverancier compagnon netwerk",
	  BUSINESS_RELATIONS, ANY),
	T(54, "Werknemers zonder vergunning", "werken zonder vergunning",
	  "illegale arbeid tewerkstelling", SUPERVISION, BIT(LABOUR)),

	/* permits */
	T(61, "Bouwvergunning", "een bouwvergunning", "omgevingsvergunning bouw aanvraag",
	  PERMITS_SUBSIDIES, BIT(EXECUTIVE) | BIT(PROVINCE)),
	T(62, "Vergunningaanvraag", "een vergunningaanvraag", "aanvraag vergunning weigering",
	  PERMITS_SUBSIDIES, GEMEENTE),
	T(63, "Horeca- of alcoholvergunning", "een horecavergunning",
	  "drank alcoholwet leidinggevende cafe", PERMITS_SUBSIDIES, BIT(MAYOR)),
	T(64, "Exploitatievergunning", "een exploitatievergunning",
	  "apv seksbedrijf speelhal kamerverhuur", PERMITS_SUBSIDIES, BIT(MAYOR)),
	T(65, "Subsidie", "een subsidie", "subsidieaanvraag toekenning", PERMITS_SUBSIDIES,
	  BIT(EXECUTIVE) | BIT(PROVINCE)),
	T(66, "Evenementenvergunning", "een evenementenvergunning", "evenement feest",
	  PERMITS_SUBSIDIES, BIT(MAYOR)),
	T(67, "Tewerkstellingsvergunning", "een tewerkstellingsvergunning",
	  "uwv arbeid vreemdeling", PERMITS_SUBSIDIES, BIT(UWV)),
	T(68, "Huisvestings- of verhuurvergunning", "een verhuurvergunning",
	  "splitsing woningonttrekking goed verhuurderschap", PERMITS_SUBSIDIES, BIT(EXECUTIVE)),
	T(69, "Milieu- of natuurvergunning", "een milieuvergunning",
	  "omgevingsdienst natuur stikstof", PERMITS_SUBSIDIES, BIT(PROVINCE) | BIT(EXECUTIVE)),
	T(70, "Erkenning of registratie bij de NVWA", "een erkenning door de NVWA",
	  "voedsel vlees diergeneesmiddel", PERMITS_SUBSIDIES, BIT(NVWA)),
	T_NOT(71, "Bibob-advies", "een Bibob-advies", "bibob landelijk bureau", REFUSED_KIND, 332),
	T(72, "Besluit na een Bibob-onderzoek", "het besluit na een Bibob-onderzoek",
	  "weigering intrekking bibob", PERMITS_SUBSIDIES, GEMEENTE | BIT(PROVINCE)),

	/* supervision */
	T_MIND(81, "Controleverslag", "een controleverslag",
	       "toezicht inspectie rapport bevindingen", SUPERVISION, ANY,
	       "Alleen wat bij een voornemen, besluit, procedure of melding hoort."),
	T(82, "Sluiting van een pand", "een sluitingsbesluit", "13b opiumwet sluiten drugspand",
	  SUPERVISION, BIT(MAYOR)),
	T(83, "Last onder dwangsom", "een last onder dwangsom", "handhavingsbesluit bestuursdwang",
	  SUPERVISION, GEMEENTE | INSPECTORS),
	T(84, "Bestuurlijke boete", "een bestuurlijke boete", "boete sanctie", SUPERVISION,
	  GEMEENTE | INSPECTORS | BIT(UWV)),
	T(85, "Plan om te handhaven", "een voornemen om te handhaven",
	  "vooraankondiging zienswijze", SUPERVISION, ANY),
	T_MIND(86, "Melding van buren", "een melding van buren", "klacht overlast bewoners tip",
	       SUPERVISION, GEMEENTE | BIT(POLICE),
	       "Zonder de naam van wie meldde (WGS, artikel 2.22, eerste lid)."),
	T(87, "Overlast op straat", "een melding van overlast", "openbare orde hangjeugd afval",
	  SUPERVISION, GEMEENTE),
	T(88, "Beslag", "een conservatoir beslag", "beslaglegging ontvanger", SUPERVISION, ANY),
	T_UNIT(89, "Proces-verbaal van een boa", "een proces-verbaal van een boa",
	       "boa handhaver bekeuring", POLICE_8_13, GEMEENTE, BOA),
	T(90, "Gebiedsverbod", "een gebiedsverbod", "verbod bevel burgemeester", SUPERVISION,
	  BIT(MAYOR)),

	/* police and justice */
	T(101, "Melding of mutatie van de politie", "een politiemelding",
	  "wijkagent incident aangifte bvh mutatie", POLICE_8_13, POLICE_LIKE),
	T(102, "Iets uit een politieonderzoek", "iets uit een gericht onderzoek",
	  "onderzoek tap informant tci", POLICE_9_10, POLICE_LIKE),
	T(103, "Strafblad of veroordeling", "een veroordeling",
	  "justitie documentatie antecedenten", JUSTICE, BIT(OM)),
	T(104, "Openstaande boete of ontneming", "een openstaande vordering",
	  "cjib executie ontneming", JUSTICE, BIT(OM)),
	T(105, "Vonnis of strafzaak", "een strafzaak", "rechtbank dagvaarding zitting", JUSTICE,
	  BIT(OM)),
	T(106, "Prostitutie of uitbuiting van een persoon", "seksueel gedrag",
	  "seksueel gedrag prostituee uitbuiting", SEXUAL_CONDUCT, ANY),
	T(107, "Douanecontrole", "een douanecontrole", "haven container invoer", SUPERVISION,
	  BIT(TAX)),

	/* what never comes in */
	T_NOT(121, "Medische gegevens", "medische gegevens", "ziek gezondheid psychisch verslaving",
	      TOPIC, TOPIC_HEALTH),
	T_NOT(122, "Afkomst of huidskleur", "afkomst", "etniciteit ras uiterlijk", TOPIC,
	      TOPIC_ETHNICITY),
	T_NOT(123, "Geloof", "geloof", "religie moskee kerk", TOPIC, TOPIC_RELIGION),
	T_NOT(124, "Politieke voorkeur", "politieke voorkeur", "partij politiek", TOPIC,
	      TOPIC_POLITICS),
	T_NOT(125, "Lid van een vakbond", "lidmaatschap van een vakbond", "vakbond fnv", TOPIC,
	      TOPIC_UNION),
	T_NOT(126, "Seksuele gerichtheid", "seksuele gerichtheid", "geaardheid homo lesbisch",
	      TOPIC, TOPIC_ORIENTATION),
	T_NOT(127, "Vingerafdruk of gezichtsherkenning", "biometrie", "biometrie vinger gezicht",
	      TOPIC, TOPIC_BIOMETRICS),
	T_NOT(128, "DNA", "DNA", "erfelijk genetisch", TOPIC, TOPIC_GENETICS),
	T_NOT(129, "Foto van een persoon", "een foto van een persoon", "pasfoto camerabeeld beeld",
	      REFUSED_KIND, 330),
	T_NOT(130, "Kopie van een paspoort", "een kopie van een paspoort",
	      "id rijbewijs identiteitsbewijs", REFUSED_KIND, 331),
	T_NOT(131, "Gegevens uit de Wmo", "gegevens uit de Wmo", "wmo zorg huishoudelijke hulp",
	      REFUSED_TASK, 1),
	T_NOT(132, "Jeugdhulp", "gegevens over jeugdhulp", "jeugdzorg jeugdwet wijkteam gezin",
	      REFUSED_TASK, 2),
	T_NOT(133, "Schuldhulp", "gegevens uit de schuldhulp", "schuldhulpverlening sanering",
	      REFUSED_TASK, 3),
	T_NOT(134, "Leerplicht en verzuim", "gegevens over leerplicht",
	      "school verzuim leerplichtambtenaar", REFUSED_TASK, 4),
	T_NOT(135, "Huiselijk geweld", "een melding van huiselijk geweld",
	      "mishandeling veilig thuis kindermishandeling", REFUSED_TASK, 7),
	T_NOT(136, "Naam van een melder", "de naam van een melder", "tipgever anoniem klager",
	      UNNAMED, ROLE_TIPSTER),
	T_NOT(137, "Naam van een slachtoffer", "de naam van een slachtoffer",
	      "slachtoffer benadeelde", UNNAMED, ROLE_VICTIM),
	T_NOT(138, "Naam van een getuige of buur", "de naam van een getuige",
	      "omstander getuige buurman", UNNAMED, ROLE_BYSTANDER),

	/* what the RIEC itself makes */
	T_NOT(141, "Resultaat of advies uit een casus", "een resultaat van de casus",
	      "analyse advies rapportage casus uitkomst", RESULT, 0),
	T_NOT(142, "Cijfers zonder personen", "cijfers zonder personen",
	      "aantallen statistiek trend fenomeen beeld", PERSON_FREE, 0),
	T_NOT(143, "Wie er in Plein werkt", "gegevens van medewerkers", "collega account screening",
	      STAFF, 0),
};

const struct law_thing *law_things(size_t *ret_count)
{
	*ret_count = sizeof(things) / sizeof(things[0]);
	return things;
}

const struct law_thing *law_thing(uint16_t code)
{
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		if (things[i].code == code)
			return &things[i];
	return NULL;
}

enum { QUERY_WORDS_MAX = 6, QUERY_WORD_BYTES = 40 };

struct query {
	char word[QUERY_WORDS_MAX][QUERY_WORD_BYTES];
	size_t count;
};

/* The folded words of a query; further ones and longer ends are left out. */
static struct query query_words(const char *text)
{
	struct query q = { .count = 0 };
	size_t bytes = strlen(text), at = 0, len = 0;

	while (at < bytes && q.count < QUERY_WORDS_MAX) {
		size_t step;
		char folded = law_fold_at(text, bytes, at, &step);
		at += step;
		if (folded == '\0')
			continue;
		if (folded != ' ' && len + 1 < QUERY_WORD_BYTES)
			q.word[q.count][len++] = folded;
		if ((folded == ' ' || at >= bytes) && len > 0) {
			q.word[q.count++][len] = '\0';
			len = 0;
		}
	}
	return q;
}

static bool thing_has_all(const struct law_thing *t, const struct query *q, bool in_label_only)
{
	for (size_t i = 0; i < q->count; i++) {
		const char *word = q->word[i];
		if (law_text_mentions(t->label, strlen(t->label), word))
			continue;
		if (in_label_only || !law_text_mentions(t->words, strlen(t->words), word))
			return false;
	}
	return true;
}

size_t law_things_search(const char *query, const struct law_thing **ret_things, size_t max)
{
	const struct query q = query_words(query);
	size_t found = 0;

	if (q.count == 0)
		return 0;
	for (int pass = 0; pass < 2; pass++) /* labels first, then the other words */
		for (size_t i = 0; i < sizeof(things) / sizeof(things[0]) && found < max; i++) {
			bool by_label = thing_has_all(&things[i], &q, true);
			if (pass == 0 ? by_label
			              : !by_label && thing_has_all(&things[i], &q, false))
				ret_things[found++] = &things[i];
		}
	return found;
}
