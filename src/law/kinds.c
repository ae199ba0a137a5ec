#include "law/categories.h"

#define BGS_215 "BGS, artikel 2.15"
#define SUBJECT(code, id, label, category, note)                                                   \
	{                                                                                          \
		(code), KIND_SUBJECT, (id), (label), (category), false, (note), BGS_215            \
	}
#define TIE(code, id, label, category)                                                             \
	{                                                                                          \
		(code), KIND_TIE, (id), (label), (category), false, NULL, BGS_215                  \
	}
#define FILE_(code, id, label, category, note)                                                     \
	{                                                                                          \
		(code), KIND_ATTACHMENT, (id), (label), (category), false, (note), BGS_215         \
	}
#define NO_FILE(code, id, label, note, article)                                                    \
	{                                                                                          \
		(code), KIND_ATTACHMENT, (id), (label), CATEGORY_NONE, true, (note), (article)     \
	}
#define FACT(code, id, label, category)                                                            \
	{                                                                                          \
		(code), KIND_FACT, (id), (label), (category), false, NULL, BGS_215                 \
	}

static const struct law_kind kinds[] = {
	SUBJECT(101, "PERSON", "Persoon", CATEGORY_IDENT, NULL),
	SUBJECT(102, "ORGANISATION", "Bedrijf of organisatie", CATEGORY_COMPANY, NULL),
	SUBJECT(103, "PLACE", "Adres of plek", CATEGORY_HOUSING,
	        "Gebruik, bestemming en waarde van een pand vallen onder kadastrale gegevens."),
	SUBJECT(104, "VEHICLE", "Voertuig of vaartuig", CATEGORY_VEHICLE, NULL),
	SUBJECT(105, "PHONE", "Telefoonnummer", CATEGORY_IDENT, NULL),
	SUBJECT(106, "ACCOUNT", "Rekening", CATEGORY_FINANCIAL,
	        "Van wie de rekening is en wat erop staat: nooit van de rijksbelastingdienst."),
	SUBJECT(107, "ONLINE", "E-mailadres, website of account op internet", CATEGORY_IDENT, NULL),
	SUBJECT(108, "PARCEL", "Perceel", CATEGORY_CADASTRAL, NULL),
	SUBJECT(109, "GROUP", "Groep of netwerk", CATEGORY_BUSINESS_RELATIONS,
	        "Noem de groep, niet de leden. Elk lid is een eigen persoon in het signaal."),

	TIE(201, "FAMILY", "is familie van", CATEGORY_IDENT),
	TIE(202, "PARTNER", "is partner van", CATEGORY_IDENT),
	TIE(203, "HOUSEHOLD", "woont samen met", CATEGORY_HOUSING),
	TIE(204, "LIVES_AT", "woont op", CATEGORY_HOUSING),
	TIE(205, "REGISTERED_AT", "staat ingeschreven op", CATEGORY_HOUSING),
	TIE(206, "STAYS_AT", "verblijft op", CATEGORY_HOUSING),
	TIE(207, "RENTS", "huurt", CATEGORY_FINANCIAL),
	TIE(208, "RENTS_OUT", "verhuurt", CATEGORY_FINANCIAL),
	TIE(209, "OWNS_PROPERTY", "is eigenaar van (pand of grond)", CATEGORY_CADASTRAL),
	TIE(210, "OWNS_VEHICLE", "is eigenaar van (voertuig)", CATEGORY_VEHICLE),
	TIE(211, "DRIVES", "rijdt in", CATEGORY_VEHICLE),
	TIE(212, "DIRECTOR", "is bestuurder van", CATEGORY_COMPANY),
	TIE(213, "SHAREHOLDER", "is aandeelhouder van", CATEGORY_COMPANY),
	TIE(214, "AUTHORISED", "is gevolmachtigde van", CATEGORY_COMPANY),
	TIE(215, "ESTABLISHED_AT", "is gevestigd op", CATEGORY_COMPANY),
	TIE(216, "WORKS_FOR", "werkt voor", CATEGORY_BUSINESS_RELATIONS),
	TIE(217, "BUSINESS_WITH", "doet zaken met", CATEGORY_BUSINESS_RELATIONS),
	TIE(218, "PAYS", "betaalt aan", CATEGORY_FINANCIAL),
	TIE(219, "LENDS_TO", "leent geld aan", CATEGORY_FINANCIAL),
	TIE(220, "ACCOUNT_HOLDER", "is houder van rekening", CATEGORY_FINANCIAL),
	TIE(221, "USES_PHONE", "gebruikt telefoon", CATEGORY_IDENT),
	TIE(222, "CALLS", "belt met", CATEGORY_POLICE_8_13),
	TIE(223, "PERMIT_HOLDER", "is vergunninghouder van", CATEGORY_PERMITS_SUBSIDIES),
	TIE(224, "MANAGER_ON_PERMIT", "staat als leidinggevende op de vergunning van",
	    CATEGORY_PERMITS_SUBSIDIES),
	TIE(225, "SEEN_WITH", "werd bij een controle gezien met", CATEGORY_SUPERVISION),
	TIE(226, "SEEN_AT", "werd bij een controle gezien op", CATEGORY_SUPERVISION),
	TIE(227, "SUSPECT_WITH", "is samen verdacht met", CATEGORY_POLICE_8_13),
	TIE(228, "CONVICTED_WITH", "is samen veroordeeld met", CATEGORY_JUSTICE),

	FILE_(301, "INSPECTION_REPORT", "Controleverslag", CATEGORY_SUPERVISION, NULL),
	FILE_(302, "ENFORCEMENT_DECISION", "Handhavingsbesluit of voornemen", CATEGORY_SUPERVISION,
	      NULL),
	FILE_(303, "COMPLAINT", "Melding of klacht", CATEGORY_SUPERVISION,
	      "Haal de naam van de melder weg."),
	FILE_(304, "PERMIT_APPLICATION", "Aanvraag voor vergunning of subsidie",
	      CATEGORY_PERMITS_SUBSIDIES, NULL),
	FILE_(305, "PERMIT_DECISION", "Besluit op een aanvraag", CATEGORY_PERMITS_SUBSIDIES, NULL),
	FILE_(306, "REGISTER_EXTRACT", "Uittreksel handelsregister", CATEGORY_COMPANY, NULL),
	FILE_(307, "DEED", "Akte of kadastraal uittreksel", CATEGORY_CADASTRAL, NULL),
	FILE_(308, "LEASE", "Huur- of pachtcontract", CATEGORY_FINANCIAL, NULL),
	FILE_(309, "BANK_STATEMENT", "Rekeningafschrift", CATEGORY_FINANCIAL, NULL),
	FILE_(310, "WAGE_OR_BENEFIT", "Loonstrook of uitkeringsbesluit", CATEGORY_INCOME, NULL),
	FILE_(311, "VEHICLE_REGISTER", "Uittreksel kentekenregister", CATEGORY_VEHICLE, NULL),
	FILE_(312, "FLOOR_PLAN", "Plattegrond of tekening van een pand", CATEGORY_HOUSING, NULL),
	FILE_(313, "PLACE_PHOTO", "Foto van een pand of voorwerp, zonder mensen",
	      CATEGORY_SUPERVISION,
	      "Staat er iemand herkenbaar op? Maak die onherkenbaar of laat de foto weg."),
	FILE_(314, "TAX_DOCUMENT", "Aanslag, aangifte of controlerapport", CATEGORY_TAX, NULL),
	FILE_(315, "WOZ_DECISION", "WOZ-beschikking", CATEGORY_TAX, NULL),
	FILE_(316, "POLICE_REPORT", "Proces-verbaal of mutatie", CATEGORY_POLICE_8_13, NULL),
	FILE_(317, "JUDGMENT", "Vonnis of strafvorderlijk stuk", CATEGORY_JUSTICE, NULL),
	FILE_(318, "INVESTIGATION_FILE", "Stuk uit een gericht onderzoek", CATEGORY_POLICE_9_10,
	      NULL),
	FILE_(319, "MIXED", "Stuk met van alles wat", CATEGORY_NONE,
	      "Krijgt de hoogste fase van wat erin staat. Neem de feiten één voor één over."),
	NO_FILE(330, "PERSON_PHOTO", "Foto van een persoon",
	        "Foto's van personen komen niet in Plein. Beschrijf wat nodig is in woorden.",
	        "BGS, artikel 2.15"),
	NO_FILE(331, "ID_COPY", "Kopie van paspoort of rijbewijs",
	        "Op een kopie staan foto en BSN. Neem alleen het nummer over, in het eigen vak.",
	        "BGS, artikel 2.15"),
	NO_FILE(332, "BIBOB_ADVICE", "Advies van het Landelijk Bureau Bibob",
	        "Een Bibob-advies blijft buiten Plein. Het besluit erop mag wel.",
	        "Wet Bibob, artikel 28"),
	NO_FILE(333, "MEDICAL", "Medisch stuk", "Gegevens over gezondheid horen nergens in Plein.",
	        "WGS, artikel 2.21, eerste lid"),
	NO_FILE(
	    334, "CARE_FILE", "Dossier van Wmo, jeugd, schuldhulp of leerplicht",
	    "Stukken uit zorg en hulp komen niet in Plein. Ga naar het Zorg- en Veiligheidshuis.",
	    "WGS, artikel 2.19, eerste lid, onderdeel i"),

	FACT(401, "NAME", "Naam, geboortedatum, alias", CATEGORY_IDENT),
	FACT(402, "CONTACT", "Adres, telefoon, e-mail", CATEGORY_IDENT),
	FACT(403, "BSN", "Burgerservicenummer", CATEGORY_IDENT),
	FACT(404, "RESIDENCE", "Verblijfsrecht", CATEGORY_RESIDENCE_STATUS),
	FACT(405, "OCCUPANTS", "Wie er wonen of ingeschreven staan", CATEGORY_HOUSING),
	FACT(406, "DWELLING_STATE", "Staat en inrichting van een woning", CATEGORY_HOUSING),
	FACT(407, "VEHICLE_FACT", "Voertuig: eigenaar, historie, waarde", CATEGORY_VEHICLE),
	FACT(408, "PROPERTY_POSITION", "Bezit, huur, pacht, verhuur", CATEGORY_FINANCIAL),
	FACT(409, "DEBTS", "Schulden en leningen (niet aan de fiscus)", CATEGORY_FINANCIAL),
	FACT(410, "PURCHASE", "Koop, prijs, hypotheek, notaris", CATEGORY_CADASTRAL),
	FACT(411, "OBJECT_VALUE_USE", "Waarde en gebruik van een pand", CATEGORY_CADASTRAL),
	FACT(412, "TRADE_REGISTER", "Inschrijving, bestuur, jaarrekening (KvK)", CATEGORY_COMPANY),
	FACT(413, "EARNINGS", "Loon, uitkering, spaargeld", CATEGORY_INCOME),
	FACT(414, "UNEXPLAINED_INCOME", "Inkomsten zonder verklaring", CATEGORY_INCOME),
	FACT(415, "BUSINESS_TIE", "Zakelijke band", CATEGORY_BUSINESS_RELATIONS),
	FACT(416, "APPLICATION", "Aanvraag of besluit: vergunning, subsidie",
	     CATEGORY_PERMITS_SUBSIDIES),
	FACT(417, "BIBOB_DECISION", "Besluit na een Bibob-onderzoek", CATEGORY_PERMITS_SUBSIDIES),
	FACT(418, "INSPECTION", "Controle en wat daar bleek", CATEGORY_SUPERVISION),
	FACT(419, "MEASURE", "Maatregel, boete of voornemen daartoe", CATEGORY_SUPERVISION),
	FACT(420, "CONSERVATORY_SEIZURE", "Conservatoir beslag", CATEGORY_SUPERVISION),
	FACT(421, "PUBLIC_ORDER_REPORT", "Melding over openbare orde of veiligheid",
	     CATEGORY_SUPERVISION),
	FACT(422, "TAX_DEBT", "Belastingschuld of betaling", CATEGORY_TAX),
	FACT(423, "TAX_ASSESSMENT", "Aanslag, boete, aangifte, boekenonderzoek", CATEGORY_TAX),
	FACT(424, "WOZ", "WOZ-beschikking: gebruiker, eigenaar, bezwaar", CATEGORY_TAX),
	FACT(425, "POLICE_REPORT_FACT", "Melding, mutatie of aangifte bij de politie",
	     CATEGORY_POLICE_8_13),
	FACT(426, "SUSPICIOUS_TRANSACTION", "Verdachte transactie (via de politie)",
	     CATEGORY_POLICE_8_13),
	FACT(427, "CONVICTION", "Strafzaak, straf of openstaande vordering", CATEGORY_JUSTICE),
	FACT(428, "SEXUAL_CONDUCT_FACT", "Seksueel gedrag bij uitbuiting", CATEGORY_SEXUAL_CONDUCT),
	FACT(429, "INVESTIGATION", "Uit een gericht onderzoek", CATEGORY_POLICE_9_10),
};

const struct law_kind *law_kinds(size_t *ret_count)
{
	*ret_count = sizeof(kinds) / sizeof(kinds[0]);
	return kinds;
}

const struct law_kind *law_kind(uint16_t code)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].code == code)
			return &kinds[i];
	return NULL;
}
