#include "audit/action.h"

#include <stddef.h>

#define A(name, label)                                                                             \
	{                                                                                          \
		AUDIT_##name, #name, label                                                         \
	}
#define O(name, label)                                                                             \
	{                                                                                          \
		OBJECT_##name, #name, label                                                        \
	}

static const struct audit_word ACTIONS[] = {
	A(SIGN_IN, "logde in"),
	A(SIGN_OUT, "logde uit"),
	A(CREDENTIAL_CHANGE, "wijzigde wachtwoord of code-app"),
	A(CAPACITY_CHOICE, "koos namens wie"),
	A(STEP_UP, "bevestigde met een nieuwe code"),
	A(HOME_VIEW, "opende Mijn werk"),
	A(OWN_VIEW, "bekeek eigen gegevens"),
	A(OWN_CHANGE, "wijzigde eigen instellingen"),
	A(LAW_ASK, "vroeg of iets gedeeld mag worden"),
	A(RULES_VIEW, "las de regels"),
	A(PEOPLE_VIEW, "bekeek mensen en rollen"),
	A(ACCOUNT_REQUEST, "vroeg een account aan"),
	A(ACCOUNT_CHANGE, "wijzigde een account"),
	A(ROLE_CHANGE, "wijzigde een rol"),
	A(HAND_OVER, "droeg werk over"),
	A(ACCESS_EXPLAIN, "bekeek wie wat ziet"),
	A(TOKEN_CHANGE, "maakte of beëindigde een toegangssleutel"),
	A(BUDGET, "zag of regelde hoeveel iemand per uur doet"),
	A(LOG_VIEW, "bekeek het logboek"),
	A(LOG_EXPORT, "nam het logboek mee"),
	A(RECORD_LOG_VIEW, "bekeek wie iets zag"),
	A(LOG_BEGIN, "begon een nieuw deel van het logboek"),
	A(LOG_DESTROY, "vernietigde een kwartaal van het logboek"),
	A(SEARCH, "zocht"),
	A(ADMIN, "beheerde de installatie"),
	A(KEYS_ROTATE, "wisselde de sleutels"),
	A(SIGNAL_VIEW, "bekeek een signaal"),
	A(SIGNAL_LIST, "bekeek een lijst signalen"),
	A(SIGNAL_WRITE, "schreef aan een signaal"),
	A(SIGNAL_SUBMIT, "diende een signaal in"),
	A(SIGNAL_MOVE, "bracht een signaal verder"),
	A(SIGNAL_EXPORT, "nam signalen mee"),
	A(SIGNAL_IMPORT, "las signalen in"),
	A(IDENTIFIER_SHOW, "liet een nummer tonen"),
	A(ATTACHMENT_READ, "opende een bijlage"),
	A(KNOWN_ALREADY, "keek of iets al bekend is"),
	A(SIGNAL_HELPER, "vroeg hulp bij een concept, of stopte die"),
	A(SIGNAL_LINK, "legde een verband tussen signalen vast"),
	A(MEETING_VIEW, "bekeek een overleg"),
	A(MEETING_CHANGE, "wijzigde een overleg"),
	A(SCORE, "gaf een score"),
	A(OUTCOME, "legde een besluit vast"),
	A(STEERING_VIEW, "bekeek de Stuurploeg"),
	A(STEERING_CHANGE, "wijzigde een vergadering van de Stuurploeg"),
	A(STEERING_DECIDE, "legde een besluit van de Stuurploeg vast"),
	A(STEERING_POOL, "bekeek of wijzigde de uren van deelnemers"),
	A(STEERING_COPY, "maakte of las een kopie"),
	A(REPORT_CONSENT, "vroeg, las of gaf toestemming voor een rapportage"),
	A(DESTROY, "vernietigde gegevens"),
	A(DESTRUCTION_LIST, "bekeek een vernietigingslijst"),
	A(HOLD_VIEW, "bekeek een bewaarstop"),
	A(HOLD_MOVE, "stelde een bewaarstop in, tekende of beëindigde er een"),
	A(CASEFILE_VIEW, "bekeek een casus"),
	A(CASEFILE_LIST, "bekeek een lijst casussen"),
	A(CASEFILE_MOVE, "bracht een casus verder"),
	A(CASEFILE_PEOPLE, "wijzigde wie een casus ziet"),
	A(BOTTLENECK, "bekeek of wijzigde de knelpunten"),
	A(PROJECT, "bekeek of wijzigde de projecten"),
	A(SUBJECT_VIEW, "bekeek een betrokkene"),
	A(FACT_WRITE, "schreef een feit"),
	A(PHASE, "bracht een fase verder"),
	A(FACT_CORRECT, "verbeterde een gegeven"),
	A(CASEFILE_NOTE, "schreef een notitie of taak bij een casus"),
	A(REQUEST_VIEW, "bekeek een bevraging"),
	A(REQUEST_LIST, "bekeek een lijst bevragingen"),
	A(REQUEST_WRITE, "schreef aan een bevraging"),
	A(REQUEST_MOVE, "bracht een bevraging verder"),
	A(REQUEST_ANSWER, "handelde een bevraging af"),
	A(REQUEST_CHECK, "controleerde een antwoord"),
	A(REQUEST_REASON, "keek of er een reden is vastgelegd"),
	A(REQUEST_COPY, "nam een antwoord over in eigen systemen"),
	A(ANALYSIS_VIEW, "bekeek een analyse"),
	A(ANALYSIS_WRITE, "schreef aan een analyse"),
	A(ANALYSIS_PREVIEW, "bekeek een analyse zoals een ander die leest"),
	A(ANALYSIS_FREEZE, "stelde een analyse vast"),
	A(ANALYSIS_COPY, "nam een analyse mee: afdruk, ODT of PDF"),
	A(COPIES, "bekeek wie kopieën van een casus kreeg"),
	A(PROVISIONS, "bekeek het register van verstrekkingen"),
	A(INTERVENTION_VIEW, "bekeek een interventie"),
	A(INTERVENTION_LIST, "bekeek een lijst interventies"),
	A(INTERVENTION_MOVE, "bracht een interventie verder"),
	A(INTERVENTION_REPORT, "meldde de stand van een interventie"),
	A(INTERVENTION_AMOUNT, "legde een bedrag van een interventie vast"),
	A(INTERVENTION_EFFECT, "beoordeelde het effect van een interventie"),
	A(INTERVENTION_PLAN, "plande interventies"),
	A(INTERVENTION_MESSAGE, "werkte aan een gezamenlijk bericht"),
	A(SEIZURE, "bekeek of wijzigde het register van afpakken"),
	A(ADVICE_VIEW, "bekeek een advies"),
	A(ADVICE_LIST, "bekeek een lijst adviezen"),
	A(ADVICE_WRITE, "schreef aan een advies"),
	A(ADVICE_MOVE, "bracht een advies verder"),
	A(ADVICE_ANSWER, "antwoordde op een advies"),
	A(ADVICE_PRINT, "nam een advies mee als document"),
	A(QUICK_VIEW, "bekeek de snelle acties van een casus"),
	A(QUICK_ASK, "vroeg een snelle actie, of trok die vraag in"),
	A(QUICK_DECIDE, "besloot over een snelle actie"),
	A(MONITOR, "bekeek de cijfers van de regio"),
	A(FIGURES_SEND, "nam de cijfers van de regio mee als bestand"),
	A(FIGURES_TAKE, "las cijfers van een andere regio in"),
	A(LEARNING, "bekeek wat eerder werkte"),
	A(PRACTICE_WRITE, "schreef of las een goede aanpak"),
	A(MATCH_LOOK, "keek wie misschien dezelfde is"),
	A(MATCH_JUDGE, "oordeelde of twee dezelfde zijn"),
};

static const struct audit_word OBJECTS[] = {
	O(PERSON, "medewerker"),
	O(PRACTICE, "goede aanpak"),
	O(APPOINTMENT, "rol"),
	O(SESSION, "sessie"),
	O(TOKEN, "toegangssleutel"),
	O(PARTICIPANT, "deelnemer"),
	O(LOG, "logboek"),
	O(KEYS, "sleutels"),
	O(SIGNAL, "signaal"),
	O(SUBJECT, "betrokkene"),
	O(FACT, "feit"),
	O(ATTACHMENT, "bijlage"),
	O(MEETING, "overleg"),
	O(AGENDA_ITEM, "agendapunt"),
	O(IMPORT, "inleesronde"),
	O(CASEFILE, "casus"),
	O(DESTRUCTION_LIST, "vernietigingslijst"),
	O(HOLD, "bewaarstop"),
	O(STEERING_POINT, "agendapunt van de Stuurploeg"),
	O(STEERING_DECISION, "besluit van de Stuurploeg"),
	O(STEERING_ACTION, "actie van de Stuurploeg"),
	O(STEERING_COPY, "kopie"),
	O(CONSENT, "vraag om toestemming"),
	O(REQUEST, "bevraging"),
	O(INTERVENTION, "interventie"),
	O(ACTION_DAY, "actiedag"),
	O(SEIZURE, "afpakmaatregel"),
	O(REQUEST, "bevraging"),
	O(ADVICE, "advies"),
	O(PROPOSAL, "voorstel"),
	O(ADVICE_SOURCE, "bron van een advies"),
	O(QUICK_ACTION, "snelle actie"),
	O(PERSON, "medewerker"),
	O(APPOINTMENT, "rol"),
	O(SESSION, "sessie"),
	O(TOKEN, "toegangssleutel"),
	O(PARTICIPANT, "deelnemer"),
	O(LOG, "logboek"),
	O(KEYS, "sleutels"),
	O(SIGNAL, "signaal"),
	O(SUBJECT, "betrokkene"),
	O(FACT, "feit"),
	O(ATTACHMENT, "bijlage"),
	O(MEETING, "overleg"),
	O(AGENDA_ITEM, "agendapunt"),
	O(IMPORT, "inleesronde"),
	O(CASEFILE, "casus"),
	O(DESTRUCTION_LIST, "vernietigingslijst"),
	O(REQUEST, "bevraging"),
	O(ANALYSIS, "analyse"),
	O(PARAGRAPH, "alinea van een analyse"),
	O(PERSON, "medewerker"),
	O(APPOINTMENT, "rol"),
	O(SESSION, "sessie"),
	O(TOKEN, "toegangssleutel"),
	O(PARTICIPANT, "deelnemer"),
	O(LOG, "logboek"),
	O(KEYS, "sleutels"),
	O(SIGNAL, "signaal"),
	O(SUBJECT, "betrokkene"),
	O(FACT, "feit"),
	O(ATTACHMENT, "bijlage"),
	O(MEETING, "overleg"),
	O(AGENDA_ITEM, "agendapunt"),
	O(IMPORT, "inleesronde"),
	O(CASEFILE, "casus"),
	O(DESTRUCTION_LIST, "vernietigingslijst"),
	O(REQUEST, "bevraging"),
	O(CASEFILE_TASK, "taak in een casus"),
	O(NOTE, "notitie in een casus"),
};

static const struct audit_word *find(const struct audit_word *words, size_t count, uint16_t code)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].code == code)
			return &words[i];
	return NULL;
}

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct audit_word *audit_action_word(uint16_t action)
{
	return find(ACTIONS, COUNT(ACTIONS), action);
}

const struct audit_word *audit_object_word(uint16_t object)
{
	return find(OBJECTS, COUNT(OBJECTS), object);
}

const struct audit_word *audit_action_words(uint32_t *ret_count)
{
	*ret_count = COUNT(ACTIONS);
	return ACTIONS;
}

const struct audit_word *audit_object_words(uint32_t *ret_count)
{
	*ret_count = COUNT(OBJECTS);
	return OBJECTS;
}
