#include "law/instruments.h"

#define SINCE_WGS                                                                                  \
	{                                                                                          \
		WGS_FIRST_DAY, DAY_NONE                                                            \
	}
#define BIT(letter)  LAW_LETTER_BIT(LETTER_##letter)
#define MUNICIPALITY ((law_letters)(BIT(MAYOR) | BIT(EXECUTIVE)))
#define ROW(code, kind, label, owners, basis)                                                      \
	{                                                                                          \
		(code), INTERVENTION_##kind, (label), (law_letters)(owners), (basis),              \
		    "WGS, artikel 2.23, zevende lid", SINCE_WGS                                    \
	}

static const struct law_intervention_kind_row kinds[] = {
	{ INTERVENTION_ADMIN, "ADMIN", "Bestuurlijk" },
	{ INTERVENTION_FISCAL, "FISCAL", "Fiscaal" },
	{ INTERVENTION_CRIMINAL, "CRIMINAL", "Strafrechtelijk" },
	{ INTERVENTION_CIVIL, "CIVIL", "Civielrechtelijk" },
	{ INTERVENTION_COMM, "COMM", "Communicatie" },
	{ INTERVENTION_PREVENT, "PREVENT", "Gesprek en preventie" },
};

static const struct law_instrument instruments[] = {
	ROW(101, ADMIN, "Pand sluiten na drugs", BIT(MAYOR), "Opiumwet, artikel 13b"),
	ROW(102, ADMIN, "Pand sluiten op grond van de APV", BIT(MAYOR),
	    "Gemeentelijke verordening"),
	ROW(103, ADMIN, "Woning sluiten bij verstoring van de openbare orde", BIT(MAYOR),
	    "Gemeentewet, artikel 174a"),
	ROW(104, ADMIN, "Vergunning weigeren, intrekken of voorwaarden stellen",
	    MUNICIPALITY | BIT(PROVINCE) | BIT(NVWA), NULL),
	ROW(105, ADMIN, "Bibob-onderzoek of advies vragen", MUNICIPALITY | BIT(PROVINCE),
	    "Wet Bibob, artikel 3"),
	ROW(106, ADMIN, "Last onder dwangsom",
	    MUNICIPALITY | BIT(PROVINCE) | BIT(LABOUR) | BIT(NVWA),
	    "Algemene wet bestuursrecht, artikel 5:32"),
	ROW(107, ADMIN, "Last onder bestuursdwang", MUNICIPALITY | BIT(PROVINCE) | BIT(NVWA),
	    "Algemene wet bestuursrecht, artikel 5:21"),
	ROW(108, ADMIN, "Bestuurlijke boete",
	    MUNICIPALITY | BIT(PROVINCE) | BIT(LABOUR) | BIT(NVWA) | BIT(UWV), NULL),
	ROW(109, ADMIN, "Exploitatievergunning verplicht stellen voor branche, gebied of pand",
	    BIT(MAYOR), "Gemeentelijke verordening"),
	ROW(110, ADMIN, "Toets op slecht levensgedrag", BIT(MAYOR), NULL),
	ROW(111, ADMIN, "Subsidie stoppen of terugvorderen", BIT(EXECUTIVE) | BIT(PROVINCE),
	    "Algemene wet bestuursrecht, titel 4.2"),
	ROW(112, ADMIN, "Inschrijving in de BRP onderzoeken en verbeteren", BIT(EXECUTIVE),
	    "Wet basisregistratie personen"),
	ROW(113, ADMIN, "Uitkering herzien of terugvorderen", BIT(EXECUTIVE) | BIT(UWV), NULL),
	ROW(114, ADMIN, "Integrale controle",
	    MUNICIPALITY | BIT(POLICE) | BIT(TAX) | BIT(LABOUR) | BIT(NVWA) | BIT(UWV) |
	        BIT(PROVINCE),
	    NULL),
	ROW(115, ADMIN, "Verblijfsrecht of erkenning als referent intrekken", BIT(IND),
	    "Vreemdelingenwet 2000"),

	ROW(201, FISCAL, "Boekenonderzoek", BIT(TAX), "Algemene wet inzake rijksbelastingen"),
	ROW(202, FISCAL, "Naheffing of navordering", BIT(TAX),
	    "Algemene wet inzake rijksbelastingen"),
	ROW(203, FISCAL, "Invordering", BIT(TAX) | BIT(EXECUTIVE), "Invorderingswet 1990"),
	ROW(204, FISCAL, "Beslag door de ontvanger", BIT(TAX), "Invorderingswet 1990"),
	ROW(205, FISCAL, "Toeslag herzien", BIT(TAX),
	    "Algemene wet inkomensafhankelijke regelingen"),
	ROW(206, FISCAL, "Douanecontrole", BIT(TAX), "Algemene douanewet"),

	ROW(301, CRIMINAL, "Opsporingsonderzoek",
	    BIT(POLICE) | BIT(OM) | BIT(FIOD) | BIT(KMAR) | BIT(LABOUR) | BIT(NVWA),
	    "Wetboek van Strafvordering"),
	ROW(302, CRIMINAL, "Aanhouding",
	    BIT(POLICE) | BIT(FIOD) | BIT(KMAR) | BIT(LABOUR) | BIT(NVWA),
	    "Wetboek van Strafvordering"),
	ROW(303, CRIMINAL, "Doorzoeking", BIT(POLICE) | BIT(OM) | BIT(FIOD) | BIT(KMAR),
	    "Wetboek van Strafvordering"),
	ROW(304, CRIMINAL, "Vervolging", BIT(OM), "Wetboek van Strafvordering"),
	ROW(305, CRIMINAL, "Ontneming van voordeel", BIT(OM),
	    "Wetboek van Strafrecht, artikel 36e"),
	ROW(306, CRIMINAL, "Conservatoir beslag", BIT(OM),
	    "Wetboek van Strafvordering, artikel 94a"),

	ROW(401, CIVIL, "Huur beëindigen of ontruimen", BIT(EXECUTIVE),
	    "Burgerlijk Wetboek, Boek 7"),
	ROW(402, CIVIL, "Rechtspersoon laten ontbinden", BIT(OM), "Burgerlijk Wetboek, Boek 2"),
	ROW(403, CIVIL, "Schade verhalen (onrechtmatige daad)", BIT(EXECUTIVE) | BIT(PROVINCE),
	    "Burgerlijk Wetboek, Boek 6, artikel 162"),
	ROW(404, CIVIL, "Gronduitgifte of overeenkomst weigeren of opzeggen",
	    BIT(EXECUTIVE) | BIT(PROVINCE), "Burgerlijk Wetboek"),

	ROW(501, COMM, "Gezamenlijk persbericht", LAW_LETTERS_ALL, NULL),
	ROW(502, COMM, "Brief aan bewoners of ondernemers", MUNICIPALITY | BIT(POLICE), NULL),
	ROW(503, COMM, "Gerichte boodschap aan een groep", LAW_LETTERS_ALL, NULL),

	ROW(601, PREVENT, "Stopgesprek", MUNICIPALITY | BIT(POLICE), NULL),
	ROW(602, PREVENT, "Drempel opwerpen bij een dienst of voorziening", LAW_LETTERS_ALL, NULL),
	ROW(603, PREVENT, "Weerbaarheid van een branche of gebied vergroten",
	    MUNICIPALITY | BIT(POLICE) | BIT(PROVINCE), NULL),
	ROW(604, PREVENT, "Training of voorlichting", LAW_LETTERS_ALL, NULL),
};

/* Whom it is held with is addressed on conduct and is no suspect (D 3.7): said before anything else is asked. */
static const char *const STOP_CONVERSATION[] = {
	"Lees waarom u gaat. Ga met z’n tweeën: een praat, een schrijft mee.",
	"Zeg wie u bent, namens welke organisatie u komt en waarom.",
	"Zeg dat dit geen verhoor is. De ander is nu geen verdachte en hoeft niets te vertellen.",
	"Zeg wat u zag of weet. Noem alleen wat hier staat. Noem geen bron en geen andere mensen.",
	"Zeg wat moet stoppen, en op welke dag dat klaar is.",
	"Zeg wat er kan volgen als het niet stopt. Noem alleen maatregelen die echt kunnen.",
	"Vraag wat de ander nodig heeft om te stoppen. Wijs op hulp waar die er is.",
	"Hoort u van een strafbaar feit? Vraag niet door. Bel de politie.",
	"Leg daarna vast: wanneer, wie erbij waren, hoe het liep en wanneer u opnieuw kijkt.",
	NULL,
};

const char *const *law_instrument_script(uint16_t code)
{
	enum { CODE = 601 };

	return code == CODE ? STOP_CONVERSATION : NULL;
}

static const struct law_weight_row weights[] = {
	{ WEIGHT_LIGHT, "LIGHT", "Licht" },
	{ WEIGHT_MEDIUM, "MEDIUM", "Middel" },
	{ WEIGHT_HEAVY, "HEAVY", "Zwaar" },
};

static const struct law_amount_row amounts[] = {
	{ AMOUNT_CALCULATED, "calculated", "Berekend", "Het voordeel dat is uitgerekend." },
	{ AMOUNT_CLAIMED, "claimed", "Gevorderd", "Wat is gevraagd of gevorderd." },
	{ AMOUNT_IMPOSED, "imposed", "Opgelegd",
	  "Wat is opgelegd bij besluit, aanslag of vonnis." },
	{ AMOUNT_SEIZED, "seized", "In beslag", "Waarop beslag ligt." },
	{ AMOUNT_COLLECTED, "collected", "Geïnd", "Wat echt is ontvangen." },
	{ AMOUNT_SET_OFF, "set_off", "Verrekend", "Wat is weggestreept tegen een tegoed." },
	{ AMOUNT_PREVENTED, "prevented", "Voorkomen",
	  "Wat niet meer wordt uitgekeerd of misgelopen." },
};

static const struct law_refusal_reason refusal_reasons[] = {
	{ 1, "INVESTIGATION", "Een lopend onderzoek" },
	{ 2, "NATIONAL_SECURITY", "Nationale veiligheid" },
	{ 3, "SAFETY_OF_PERSONS", "De veiligheid van personen" },
	{ 4, "SECRECY_LAW", "Een strengere geheimhoudingsplicht" },
	{ 5, "NOT_NECESSARY", "Niet nodig voor deze vraag" },
	{ 6, "OTHER", "Een andere reden" },
};

const struct law_intervention_kind_row *law_intervention_kinds(size_t *ret_count)
{
	*ret_count = sizeof(kinds) / sizeof(kinds[0]);
	return kinds;
}

const struct law_instrument *law_instruments(size_t *ret_count)
{
	*ret_count = sizeof(instruments) / sizeof(instruments[0]);
	return instruments;
}

const struct law_instrument *law_instrument(uint16_t code)
{
	for (size_t i = 0; i < sizeof(instruments) / sizeof(instruments[0]); i++)
		if (instruments[i].code == code)
			return &instruments[i];
	return NULL;
}

const struct law_weight_row *law_weights(size_t *ret_count)
{
	*ret_count = sizeof(weights) / sizeof(weights[0]);
	return weights;
}

const struct law_amount_row *law_amounts(size_t *ret_count)
{
	*ret_count = sizeof(amounts) / sizeof(amounts[0]);
	return amounts;
}

const struct law_refusal_reason *law_refusal_reasons(size_t *ret_count)
{
	*ret_count = sizeof(refusal_reasons) / sizeof(refusal_reasons[0]);
	return refusal_reasons;
}
