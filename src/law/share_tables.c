#include "law/share.h"

static const struct law_taker_row takers[] = {
	{ TAKER_SIGNAL, "SIGNAL", "In een signaal aan het RIEC", "WGS, artikel 2.23, eerste lid" },
	{ TAKER_CASEFILE, "CASEFILE", "Een RIEC-casus waar u in zit",
	  "WGS, artikel 1.5, eerste lid" },
	{ TAKER_PARTICIPANT, "PARTICIPANT", "Een deelnemer van dit RIEC",
	  "WGS, artikel 1.7, eerste lid" },
	{ TAKER_NEIGHBOUR, "NEIGHBOUR", "Een andere gemeente", "WGS, artikel 1.7, eerste lid" },
	{ TAKER_OTHER_RIEC, "OTHER_RIEC", "Een ander RIEC", "WGS, artikel 2.20" },
	{ TAKER_ZVH, "ZVH", "Het Zorg- en Veiligheidshuis", "BGS, artikel 1.10, eerste lid" },
	{ TAKER_FEC, "FEC", "Het Financieel Expertise Centrum", "BGS, artikel 1.10, eerste lid" },
	{ TAKER_ICOV, "ICOV", "iCOV", "BGS, artikel 1.10, eerste lid" },
	{ TAKER_THIRD_PUBLIC, "THIRD_PUBLIC", "Een andere overheid (geen deelnemer)",
	  "WGS, artikel 1.7, tweede lid" },
	{ TAKER_THIRD_PRIVATE, "THIRD_PRIVATE", "Een woningcorporatie of ander bedrijf",
	  "WGS, artikel 1.7, tweede lid" },
	{ TAKER_COLLEAGUE, "COLLEAGUE", "Een collega die niet voor het RIEC is aangewezen",
	  "WGS, artikel 1.8, tweede lid, en 1.11" },
	{ TAKER_PARTNER_DIRECT, "PARTNER_DIRECT", "Een partner, buiten het RIEC om",
	  "WGS, artikel 1.2, tweede lid" },
	{ TAKER_COUNCIL, "COUNCIL", "Gemeenteraad, pers of publiek", "WGS, artikel 1.11" },
	{ TAKER_SUBJECT, "SUBJECT", "De persoon zelf", "BGS, artikel 1.1, eerste lid" },
};

const struct law_taker_row *law_takers(size_t *ret_count)
{
	*ret_count = sizeof(takers) / sizeof(takers[0]);
	return takers;
}

static const struct law_outsider_row outsiders[] = {
	{ OUTSIDER_KVK, "KVK", "Kamer van Koophandel", "Nee. De KvK is geen deelnemer.",
	  "Een deelnemer die het uittreksel heeft, mag het leveren." },
	{ OUTSIDER_KADASTER, "KADASTER", "Kadaster", "Nee. Het Kadaster is geen deelnemer.",
	  "Een deelnemer die het uittreksel heeft, mag het leveren." },
	{ OUTSIDER_RDW, "RDW", "RDW", "Nee. De RDW is geen deelnemer.",
	  "Een deelnemer die het gegeven heeft, mag het leveren." },
	{ OUTSIDER_FIU, "FIU", "FIU-Nederland", "Nee. De FIU is geen deelnemer.",
	  "Verdachte transacties levert de politie, in fase 2." },
	{ OUTSIDER_CJIB, "CJIB", "CJIB", "Nee. Het CJIB is geen deelnemer.",
	  "Openstaande vorderingen levert het Openbaar Ministerie, in fase 2." },
	{ OUTSIDER_LIEC, "LIEC", "LIEC of RIEC-bureau", "Nee. Het bureau is geen bron.",
	  "Vraag de deelnemer van wie het komt." },
	{ OUTSIDER_HOUSING, "HOUSING", "Woningcorporatie", "Nee. Een corporatie is geen deelnemer.",
	  "Zij kan het aan de gemeente melden. De gemeente levert wat zij zelf mag gebruiken." },
	{ OUTSIDER_BANK, "BANK", "Bank", "Nee. Een bank is geen deelnemer van het RIEC.",
	  "Een bank meldt bij de FIU. De politie kan het daarna leveren." },
	{ OUTSIDER_CARE, "CARE", "Zorg, school of welzijn",
	  "Nee. Zorg, school en welzijn zijn geen deelnemer.",
	  "Gaat het om zorg en veiligheid samen? Ga naar het Zorg- en Veiligheidshuis." },
	{ OUTSIDER_SAFETY_REGION, "SAFETY_REGION", "Veiligheidsregio of brandweer",
	  "Nee. De veiligheidsregio is geen deelnemer.",
	  "De gemeente levert wat zij zelf mag gebruiken." },
	{ OUTSIDER_OPEN_SOURCE, "OPEN_SOURCE", "Internet of krant",
	  "Nee. Een open bron is geen deelnemer.",
	  "Een deelnemer die het zelf rechtmatig verwerkt, mag het leveren." },
};

const struct law_outsider_row *law_outsiders(size_t *ret_count)
{
	*ret_count = sizeof(outsiders) / sizeof(outsiders[0]);
	return outsiders;
}

#define ASK(text, giver, thing, taker, phase)                                                      \
	{                                                                                          \
		(text),                                                                            \
		{                                                                                  \
			LETTER_##giver, OUTSIDER_NONE, UNIT_NONE, TAKER_##taker, (thing),          \
			    CATEGORY_NONE, (phase), ACTIVITY_UNKNOWN, ROLE_UNKNOWN, DAY_NONE       \
		}                                                                                  \
	}

static const struct law_frequent frequents[] = {
	ASK("Mag ik een vergunningaanvraag delen in een casus?", MAYOR, 62, CASEFILE, PHASE_1),
	ASK("Mag ik een BSN in mijn signaal zetten?", EXECUTIVE, 3, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag ik opschrijven dat iemand ziek is?", EXECUTIVE, 121, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag de wijkagent mij een politiemelding geven?", POLICE, 101, CASEFILE, PHASE_UNKNOWN),
	ASK("Mag ik mijn collega van Werk en Inkomen om gegevens vragen?", EXECUTIVE, 31, SIGNAL,
	    PHASE_UNKNOWN),
	ASK("Mag ik de buurgemeente waarschuwen?", MAYOR, 141, NEIGHBOUR, PHASE_UNKNOWN),
	ASK("Mag ik een Bibob-advies delen?", MAYOR, 71, CASEFILE, PHASE_UNKNOWN),
	ASK("Mag ik de WOZ-waarde van een pand noemen?", EXECUTIVE, 18, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag ik een gemeentelijke aanslag delen in een casus?", EXECUTIVE, 39, CASEFILE,
	    PHASE_1),
	ASK("Mag ik gegevens uit de Wmo delen?", EXECUTIVE, 131, CASEFILE, PHASE_UNKNOWN),
	ASK("Mag ik zeggen wie er op een adres ingeschreven staan?", EXECUTIVE, 11, SIGNAL,
	    PHASE_UNKNOWN),
	ASK("Mag ik de naam van een melder noemen?", EXECUTIVE, 136, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag ik iemands nationaliteit noemen?", EXECUTIVE, 4, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag ik een kenteken noemen?", EXECUTIVE, 21, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag ik ons controleverslag delen?", EXECUTIVE, 81, CASEFILE, PHASE_1),
	ASK("Mag de casus naar de woningcorporatie?", EXECUTIVE, 141, THIRD_PRIVATE, PHASE_UNKNOWN),
	ASK("Mag ik de gemeenteraad over een casus vertellen?", MAYOR, 141, COUNCIL, PHASE_UNKNOWN),
	ASK("Mag ik een sluiting op grond van artikel 13b delen?", MAYOR, 82, SIGNAL,
	    PHASE_UNKNOWN),
	ASK("Mag ik een foto van een persoon toevoegen?", EXECUTIVE, 129, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag de Belastingdienst mij iemands inkomen geven?", TAX, 34, CASEFILE, PHASE_2),
	ASK("Mag ik iets uit de schuldhulp gebruiken?", EXECUTIVE, 133, SIGNAL, PHASE_UNKNOWN),
	ASK("Mag ik een proces-verbaal van onze boa delen?", EXECUTIVE, 89, CASEFILE,
	    PHASE_UNKNOWN),
	ASK("Mag ik iemands verblijfsstatus delen?", EXECUTIVE, 6, CASEFILE, PHASE_1),
	ASK("Mag dit naar een ander RIEC?", EXECUTIVE, 81, OTHER_RIEC, PHASE_UNKNOWN),
	ASK("Mag ik een huurcontract van een pand van de gemeente delen?", EXECUTIVE, 14, CASEFILE,
	    PHASE_1),
	ASK("Mag ik een melding van buren in mijn signaal zetten?", EXECUTIVE, 86, SIGNAL,
	    PHASE_UNKNOWN),
	ASK("Mag een collega die niet is aangewezen meelezen?", EXECUTIVE, 141, COLLEAGUE,
	    PHASE_UNKNOWN),
	ASK("Mag de persoon zelf weten dat hij in een casus staat?", EXECUTIVE, 141, SUBJECT,
	    PHASE_UNKNOWN),
};

const struct law_frequent *law_frequents(size_t *ret_count)
{
	*ret_count = sizeof(frequents) / sizeof(frequents[0]);
	return frequents;
}
