#include "law/statute.h"

/*
 * The tasks for which each participant takes part, word for word after WGS, artikel 2.19, eerste
 * lid. Where an act was renamed or absorbed since (Drank- en Horecawet, Wabo, Wro), `power` names
 * both: the WGS still uses the old name.
 */
#define SINCE_WGS                                                                                  \
	{                                                                                          \
		WGS_FIRST_DAY, DAY_NONE                                                            \
	}
#define ROW(code, letter, sub, label, registers, power)                                            \
	{                                                                                          \
		(code), (letter), (label), (registers), (power),                                   \
		    "WGS, artikel 2.19, eerste lid, onderdeel " sub, SINCE_WGS                     \
	}

static const struct law_task tasks[] = {
	ROW(101, LETTER_POLICE, "a", "Handhaving van de rechtsorde en hulpverlening",
	    "meldingen, incidenten, opsporing, surveillance", "Politiewet 2012, artikel 3"),

	ROW(201, LETTER_TAX, "b", "Heffing van rijksbelastingen",
	    "aangiften, aanslagen, boekenonderzoeken",
	    "Algemene wet inzake rijksbelastingen, artikel 2, eerste lid, onderdeel a"),
	ROW(202, LETTER_TAX, "b", "Invordering", "schulden, beslagen, betalingen",
	    "Invorderingswet 1990"),
	ROW(203, LETTER_TAX, "b", "Douanetoezicht", "aangiften, controles, vergunningen",
	    "Algemene douanewet en Douanewetboek van de Unie"),
	ROW(204, LETTER_TAX, "b", "Toeslagen", "toekenningen, herzieningen, controles",
	    "Algemene wet inkomensafhankelijke regelingen, hoofdstuk 2 en 3"),

	ROW(301, LETTER_FIOD, "c", "Opsporing van fiscale en financiële fraude",
	    "onderzoeken, meldingen", "Wet op de bijzondere opsporingsdiensten, artikel 3"),

	ROW(401, LETTER_KMAR, "d", "Politietaken van de Marechaussee",
	    "grens, luchthavens, mobiel toezicht", "Politiewet 2012, artikel 4"),

	ROW(501, LETTER_UWV, "e", "Werknemersverzekeringen en toezicht daarop",
	    "uitkeringen, dienstverbanden, tewerkstellingsvergunningen, handhaving",
	    "Wet structuur uitvoeringsorganisatie werk en inkomen, hoofdstuk 5"),

	ROW(601, LETTER_IND, "f", "Toezicht op vreemdelingen en referenten",
	    "verblijfsrecht, referenten, handhaving", "Vreemdelingenwet 2000"),
	ROW(602, LETTER_IND, "f", "Toezicht rond het Nederlanderschap", "naturalisatie, intrekking",
	    "Rijkswet op het Nederlanderschap"),

	ROW(701, LETTER_OM, "g", "Strafrechtelijke handhaving",
	    "strafzaken, vorderingen, ontneming, executie",
	    "Wet op de rechterlijke organisatie, artikel 124"),

	ROW(801, LETTER_MAYOR, "h", "Openbare orde",
	    "sluitingen, gebiedsverboden, bevelen, meldingen",
	    "Gemeentewet, titel III, hoofdstuk XI"),
	ROW(802, LETTER_MAYOR, "h", "Gezag over de politie", "driehoek, inzet",
	    "Politiewet 2012, paragraaf 2.3"),
	ROW(803, LETTER_MAYOR, "h", "Drugspanden sluiten", "sluitingsbesluiten, waarschuwingen",
	    "Opiumwet, artikel 13b"),
	ROW(804, LETTER_MAYOR, "h", "Openbare orde in de eigen verordening",
	    "APV, exploitatievergunningen, evenementen, seksbedrijven",
	    "Gemeentelijke verordening"),
	ROW(805, LETTER_MAYOR, "h", "Horeca en slijterijen",
	    "alcoholvergunningen, leidinggevenden, controles",
	    "Drank- en Horecawet (nu Alcoholwet), artikel 3 en paragraaf 4 tot en met 8"),
	ROW(806, LETTER_MAYOR, "h", "Speelautomaten en kansspelen",
	    "aanwezigheidsvergunningen, speelhallen",
	    "Wet op de kansspelen, titel VA (paragraaf 2), VIa en VIb"),
	ROW(807, LETTER_MAYOR, "h", "Reisdocumenten", "aanvragen, vermissingen",
	    "Paspoortwet, artikel 26 tot en met 28"),

	ROW(901, LETTER_EXECUTIVE, "i", "Bestuur van de gemeente",
	    "eigendommen, overeenkomsten, gronduitgifte", "Gemeentewet, titel III, hoofdstuk X"),
	ROW(902, LETTER_EXECUTIVE, "i", "Gemeentelijke belastingen en WOZ",
	    "aanslagen, waardebeschikkingen, invordering", "Gemeentewet, titel IV, hoofdstuk XV"),
	ROW(903, LETTER_EXECUTIVE, "i", "Loterijen en kansspelen", "vergunningen, toezicht",
	    "Wet op de kansspelen, titel I, Ia en VIb"),
	ROW(904, LETTER_EXECUTIVE, "i", "Huisvesting in aangewezen gebieden",
	    "huisvestingsvergunningen, screening",
	    "Wet bijzondere maatregelen grootstedelijke problematiek, artikel 5, 10, 10b en 10c"),
	ROW(905, LETTER_EXECUTIVE, "i", "Bijstand en controle daarop",
	    "uitkeringen, huisbezoeken, terugvordering", "Participatiewet, artikel 7"),
	ROW(906, LETTER_EXECUTIVE, "i", "Omgevingsvergunningen en bouwtoezicht",
	    "aanvragen, besluiten, controles, dwangsommen",
	    "Wet algemene bepalingen omgevingsrecht (nu Omgevingswet), hoofdstuk 2, 3 en 5"),
	ROW(907, LETTER_EXECUTIVE, "i", "Toezicht op gebouwen en woningen",
	    "aanschrijvingen, sluitingen, bestuurlijke boeten",
	    "Woningwet, artikel 17 en hoofdstuk VI"),
	ROW(908, LETTER_EXECUTIVE, "i", "Woonruimte verdelen en splitsen",
	    "huisvestings-, onttrekkings- en verhuurvergunningen, boeten",
	    "Huisvestingswet 2014, artikel 8, 21, 22, 25 en 26 en hoofdstuk 6"),
	ROW(909, LETTER_EXECUTIVE, "i", "Bijhouden van de basisregistratie personen",
	    "inschrijvingen, adresonderzoek",
	    "Wet basisregistratie personen, artikel 1.4, eerste lid"),
	ROW(910, LETTER_EXECUTIVE, "i", "Ruimtelijke ordening: toezicht en handhaving",
	    "bestemmingen, strijdig gebruik", "Wet ruimtelijke ordening (nu Omgevingswet)"),
	ROW(911, LETTER_EXECUTIVE, "i", "Eigen verordening: toezicht en handhaving",
	    "standplaatsen, markten, ondernemersvergunningen", "Gemeentelijke verordening"),

	ROW(1001, LETTER_PROVINCE, "j", "Taken van de provincie", "subsidies, gronden, toezicht",
	    "Provinciewet"),
	ROW(1002, LETTER_PROVINCE, "j", "Omgevingsvergunningen en toezicht van de provincie",
	    "vergunningen, milieucontroles, natuur",
	    "Wet algemene bepalingen omgevingsrecht (nu Omgevingswet), hoofdstuk 2, 3 en 5"),
	ROW(1003, LETTER_PROVINCE, "j", "Provinciale verordening", "ontheffingen, handhaving",
	    "Provinciale verordening"),

	ROW(1101, LETTER_LABOUR, "k", "Opsporing van arbeidsuitbuiting en fraude",
	    "onderzoeken, meldingen", "Wet op de bijzondere opsporingsdiensten, artikel 3"),
	ROW(1102, LETTER_LABOUR, "k", "Veilig en gezond werk", "controles, boeten, stilleggingen",
	    "Arbeidsomstandighedenwet, artikel 24"),
	ROW(1103, LETTER_LABOUR, "k", "Arbeidstijden", "controles, boeten",
	    "Arbeidstijdenwet, artikel 8:1"),
	ROW(1104, LETTER_LABOUR, "k", "Gevaarlijke stoffen en producten", "controles", "Warenwet"),
	ROW(1105, LETTER_LABOUR, "k", "Uitzendbureaus en inleners", "controles, boeten",
	    "Wet allocatie arbeidskrachten door intermediairs, artikel 13"),
	ROW(1106, LETTER_LABOUR, "k", "Werkende vreemdelingen", "controles, boeten",
	    "Wet arbeid vreemdelingen, artikel 14"),
	ROW(1107, LETTER_LABOUR, "k", "Gelijke behandeling op het werk", "controles",
	    "Wet gelijke behandeling van mannen en vrouwen"),
	ROW(1108, LETTER_LABOUR, "k", "Minimumloon", "controles, boeten, nabetalingen",
	    "Wet minimumloon en minimumvakantiebijslag, artikel 18a"),
	ROW(1109, LETTER_LABOUR, "k", "Loonvorming", "controles", "Wet op de loonvorming"),
	ROW(1110, LETTER_LABOUR, "k", "Gedetacheerde werknemers", "meldingen, controles",
	    "Wet arbeidsvoorwaarden gedetacheerde werknemers in de Europese Unie, artikel 5"),

	ROW(1201, LETTER_NVWA, "l", "Opsporing door de NVWA", "onderzoeken, meldingen",
	    "Wet op de bijzondere opsporingsdiensten, artikel 3"),
	{ 1202, LETTER_NVWA, "Toezicht en bestuurlijke handhaving door de NVWA",
	  "inspecties, maatregelen, boeten, vergunningen",
	  "De wetten waarop de NVWA toezicht houdt", "BGS, artikel 2.14", SINCE_WGS },
	{ 1203, LETTER_NVWA, "Boa's van de NVWA", "processen-verbaal",
	  "Wetboek van Strafvordering, artikel 142", "BGS, artikel 2.14", SINCE_WGS },
};

const struct law_task *law_tasks(size_t *ret_count)
{
	*ret_count = sizeof(tasks) / sizeof(tasks[0]);
	return tasks;
}

const struct law_task *law_task(uint16_t code)
{
	for (size_t i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++)
		if (tasks[i].code == code)
			return &tasks[i];
	return NULL;
}

/* WGS, artikel 2.19 names no care task; these stand in artikel 2.27, for the Care and Safety
 * Houses. */
#define TO_ZVH                                                                                     \
	"Gaat het om zorg en veiligheid samen? Meld het bij het Zorg- en Veiligheidshuis. Anders " \
	"laat u het weg."
#define NOT_NAMED "WGS, artikel 2.19, eerste lid, onderdeel i"

static const struct law_refused_task refused[] = {
	{ 1, "Wmo", "maatwerkvoorziening, huishoudelijke hulp, beschermd wonen, dagbesteding",
	  "Gegevens uit de Wmo komen niet in het RIEC. De wet noemt die taak niet.", TO_ZVH,
	  NOT_NAMED },
	{ 2, "Jeugdwet", "jeugdhulp, jeugdbescherming, wijkteam jeugd",
	  "Gegevens uit de Jeugdwet komen niet in het RIEC. De wet noemt die taak niet.", TO_ZVH,
	  NOT_NAMED },
	{ 3, "Schuldhulp", "schuldhulpverlening, schuldregeling, vroegsignalering",
	  "Gegevens uit de schuldhulp komen niet in het RIEC. De wet noemt die taak niet.", TO_ZVH,
	  NOT_NAMED },
	{ 4, "Leerplicht", "verzuim, leerplichtambtenaar",
	  "Gegevens over leerplicht komen niet in het RIEC. De wet noemt die taak niet.", TO_ZVH,
	  NOT_NAMED },
	{ 5, "Verplichte zorg", "crisismaatregel, zorgmachtiging, Wvggz, Wet zorg en dwang",
	  "Gegevens over verplichte zorg komen niet in het RIEC. Zij gaan over gezondheid.", TO_ZVH,
	  "WGS, artikel 2.21, eerste lid" },
	{ 6, "Publieke gezondheid", "GGD, inspecties kinderopvang, bemoeizorg",
	  "Gegevens van de GGD komen niet in het RIEC. De wet noemt die taak niet.", TO_ZVH,
	  NOT_NAMED },
	{ 7, "Huiselijk geweld en kindermishandeling", "Veilig Thuis, huisverbod",
	  "Meldingen over huiselijk geweld komen niet in het RIEC.",
	  "Bel Veilig Thuis (0800 2000). Bij direct gevaar: 112.", NOT_NAMED },
	{ 8, "Reclassering en nazorg", "toezicht, re-integratie na detentie",
	  "Gegevens over nazorg en reclassering levert u niet aan het RIEC.", TO_ZVH, NOT_NAMED },
	{ 9, "Inburgering en maatschappelijke begeleiding", "inburgeringstraject, statushouders",
	  "Gegevens over inburgering komen niet in het RIEC. De wet noemt die taak niet.",
	  "Gaat het om verblijfsstatus? Die mag alleen de IND leveren.", NOT_NAMED },
};

const struct law_refused_task *law_refused_tasks(size_t *ret_count)
{
	*ret_count = sizeof(refused) / sizeof(refused[0]);
	return refused;
}

uint16_t law_first_task(enum law_letter letter)
{
	size_t count = 0;
	const struct law_task *all = law_tasks(&count);

	for (size_t i = 0; i < count; i++)
		if (all[i].letter == letter)
			return all[i].code;
	return 0;
}
