#include "access/access.h"

#include <string.h>

static const struct role_row ROLES[] = {
	{ ROLE_SUBMITTER, "SUBMITTER", "indiener",
	  "Brengt signalen in namens de eigen organisatie.", false, false },
	{ ROLE_PARTNER_DESK, "PARTNER_DESK", "loket",
	  "Beantwoordt bevragingen voor de organisatie.", false, true },
	{ ROLE_PARTNER_DECIDER, "PARTNER_DECIDER", "beslisser van de deelnemer",
	  "Weigert, stemt toe, maakt bezwaar en tekent mee voor fase 3.", false, true },
	{ ROLE_MUNICIPAL_CONTACT, "MUNICIPAL_CONTACT", "accounthouder gemeente",
	  "Is het vaste gezicht van de gemeente voor het RIEC.", false, false },
	{ ROLE_MAYOR_READER, "MAYOR_READER", "burgemeester (lezer)",
	  "Leest de signalen en interventies van de eigen gemeente en stemt in als eigenaar.",
	  false, true },
	{ ROLE_INFO_MEETING_MEMBER, "INFO_MEETING_MEMBER", "lid informatie-overleg",
	  "Weegt de signalen op de agenda van het overleg.", false, true },
	{ ROLE_CHAIR, "CHAIR", "voorzitter informatie-overleg",
	  "Leidt het overleg en onthult de scores. Heeft geen stem.", true, true },
	{ ROLE_SECRETARY, "SECRETARY", "secretaris informatie-overleg",
	  "Legt vast wat het overleg besluit.", true, true },
	{ ROLE_INFO_COORDINATOR, "INFO_COORDINATOR", "informatiecoördinator",
	  "Doet de intake en zet bevragingen uit.", true, true },
	{ ROLE_ANALYST, "ANALYST", "analist", "Maakt de integrale analyse en het advies.", true,
	  true },
	{ ROLE_ACCOUNT_MANAGER, "ACCOUNT_MANAGER", "accountmanager",
	  "Helpt gemeenten om een signaal op te bouwen.", true, true },
	{ ROLE_EXPERT, "EXPERT", "expert ondermijning", "Geeft kennis, zonder persoonsgegevens.",
	  true, false },
	{ ROLE_RIEC_HEAD, "RIEC_HEAD", "hoofd RIEC",
	  "Leidt het bureau en tekent mee bij rollen en adviezen.", true, true },
	{ ROLE_WORKING_GROUP, "WORKING_GROUP", "lid werkgroep",
	  "Maakt met anderen het interventieadvies van een casus.", false, true },
	{ ROLE_STEERING_MEMBER, "STEERING_MEMBER", "lid Stuurploeg",
	  "Besluit over inzet en interventies.", false, true },
	{ ROLE_STEERING_SECRETARY, "STEERING_SECRETARY", "secretaris Stuurploeg",
	  "Legt besluiten van de Stuurploeg vast.", true, true },
	{ ROLE_INTERVENTION_LEAD, "INTERVENTION_LEAD", "regievoerder",
	  "Stuurt de uitvoering van interventies.", false, true },
	{ ROLE_EXECUTOR, "EXECUTOR", "uitvoerder", "Voert één interventie uit en meldt de stand.",
	  false, false },
	{ ROLE_RECORDS_MANAGER, "RECORDS_MANAGER", "recordmanager",
	  "Beheert vernietigingslijsten. Ziet nummers en datums, geen inhoud.", true, true },
	{ ROLE_CONTACT_POINT, "CONTACT_POINT", "contactpunt",
	  "Beantwoordt verzoeken van betrokkenen.", false, true },
	{ ROLE_COORD_DPO, "COORD_DPO", "coördinerend FG", "Ziet toe op de privacy.", false, true },
	{ ROLE_RAC, "RAC", "lid rechtmatigheidsadviescommissie",
	  "Toetst of nieuwe verwerkingen mogen.", false, true },
	{ ROLE_AUDITOR, "AUDITOR", "auditor", "Controleert het logboek. Ziet geen inhoud.", false,
	  true },
	{ ROLE_AUTHORISATION_MANAGER, "AUTHORISATION_MANAGER", "autorisatiebeheerder",
	  "Regelt wie er voor de eigen organisatie in Plein werkt, en in welke rol.", false, true },
	{ ROLE_SYSTEM_ADMIN, "SYSTEM_ADMIN", "technisch beheerder",
	  "Houdt Plein draaiend. Ziet geen inhoud.", true, true },
};
_Static_assert(sizeof ROLES / sizeof ROLES[0] == ROLE_COUNT - 1, "every role has a row");

const struct role_row *access_role(enum role role)
{
	for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++)
		if (ROLES[i].role == role)
			return &ROLES[i];
	return NULL;
}

const struct role_row *access_role_named(const char *name)
{
	for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++)
		if (strcmp(ROLES[i].name, name) == 0)
			return &ROLES[i];
	return NULL;
}

/* Roles without sight of subjects' personal data: no screening needed to look at person-free pages.
 */
static const uint64_t PERSON_FREE =
    ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_SYSTEM_ADMIN) | ROLE_BIT(ROLE_RAC);

bool role_handles_persons(enum role role)
{
	return (PERSON_FREE & ROLE_BIT(role)) == 0;
}

bool role_sees_all_records(enum role role)
{
	return role == ROLE_ANALYST || role == ROLE_INFO_COORDINATOR || role == ROLE_RIEC_HEAD ||
	       role == ROLE_COORD_DPO;
}
