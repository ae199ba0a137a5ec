/* Which role may come to which page: D 6.8 with decisions 5, as one row per permission. */
#include "access/access.h"

#include <assert.h>

#define R(name) ROLE_BIT(ROLE_##name)

static const uint64_t EVERYBODY = ~UINT64_C(1);

static const uint64_t SIGNAL_READERS = R(SUBMITTER) | R(MAYOR_READER) | R(INFO_MEETING_MEMBER) |
                                       R(CHAIR) | R(SECRETARY) | R(INFO_COORDINATOR) | R(ANALYST) |
                                       R(ACCOUNT_MANAGER) | R(RIEC_HEAD) | R(PARTNER_DESK) |
                                       R(COORD_DPO) | R(WORKING_GROUP);

static const uint64_t MEETING =
    R(INFO_MEETING_MEMBER) | R(CHAIR) | R(SECRETARY) | R(INFO_COORDINATOR) | R(RIEC_HEAD);

static const uint64_t CASEFILE_READERS = R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
                                         R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(COORD_DPO);

static const uint64_t REQUEST_READERS = R(INFO_COORDINATOR) | R(ANALYST) | R(RIEC_HEAD) |
                                        R(COORD_DPO) | R(PARTNER_DESK) | R(PARTNER_DECIDER);

static const uint64_t INTERVENTION_WORKERS = R(INTERVENTION_LEAD) | R(EXECUTOR) | R(PARTNER_DESK) |
                                             R(WORKING_GROUP) | R(STEERING_MEMBER) |
                                             R(STEERING_SECRETARY) | R(RIEC_HEAD);
static const uint64_t ADVICE_READERS = CASEFILE_READERS | R(STEERING_MEMBER) |
                                       R(STEERING_SECRETARY) | R(PARTNER_DESK) | R(PARTNER_DECIDER);
/* Figures name nobody; small ones are shown only to who sees the records behind them. */
static const uint64_t MONITOR_READERS = R(RIEC_HEAD) | R(INFO_COORDINATOR) | R(ANALYST) |
                                        R(ACCOUNT_MANAGER) | R(EXPERT) | R(STEERING_MEMBER) |
                                        R(STEERING_SECRETARY) | R(MAYOR_READER) | R(CHAIR) |
                                        R(SECRETARY) | R(COORD_DPO) | R(INTERVENTION_LEAD);

/* Who can be asked to sit with the Stuurploeg for a point: who works on casefiles, or for a partner. */
static const uint64_t STEERING_GUESTS = R(INFO_COORDINATOR) | R(ANALYST) | R(ACCOUNT_MANAGER) |
                                        R(EXPERT) | R(WORKING_GROUP) | R(INTERVENTION_LEAD) |
                                        R(EXECUTOR) | R(PARTNER_DESK) | R(PARTNER_DECIDER) |
                                        R(MAYOR_READER) | R(INFO_MEETING_MEMBER);

/* Person-free, and made to be read: by everybody who works on cases, at a municipality first. */
static const uint64_t LEARNERS = EVERYBODY & ~(R(SYSTEM_ADMIN) | R(AUDITOR) | R(RECORDS_MANAGER) |
                                               R(AUTHORISATION_MANAGER) | R(CONTACT_POINT));

static const uint64_t WHO_HAS[] = {
	[PERM_PUBLIC] = ~UINT64_C(0),
	[PERM_SIGNED_IN] = EVERYBODY,
	[PERM_LAW_ASK] = EVERYBODY,
	[PERM_PEOPLE_READ] =
	    R(AUTHORISATION_MANAGER) | R(RIEC_HEAD) | R(COORD_DPO) | R(AUDITOR) | R(SYSTEM_ADMIN),
	[PERM_PEOPLE_MANAGE] = R(AUTHORISATION_MANAGER) | R(RIEC_HEAD),
	[PERM_ROLE_PROPOSE] = R(AUTHORISATION_MANAGER) | R(RIEC_HEAD),
	[PERM_ROLE_CONFIRM] = R(RIEC_HEAD) | R(AUTHORISATION_MANAGER),
	[PERM_ACCESS_EXPLAIN] = R(AUTHORISATION_MANAGER) | R(RIEC_HEAD) | R(COORD_DPO) | R(AUDITOR),
	[PERM_LOG_READ] = R(AUDITOR) | R(COORD_DPO),
	[PERM_RECORD_LOG_READ] = R(AUDITOR) | R(COORD_DPO) | R(RIEC_HEAD) | R(INFO_COORDINATOR) |
	                         R(SUBMITTER) | R(PARTNER_DESK) | R(AUTHORISATION_MANAGER),
	[PERM_WHO_SEES] = R(SUBMITTER) | R(PARTNER_DESK) | R(INFO_COORDINATOR) | R(CHAIR) |
	                  R(SECRETARY) | R(RIEC_HEAD) | R(COORD_DPO) | R(STEERING_SECRETARY) |
	                  R(RECORDS_MANAGER) | R(PARTNER_DECIDER),
	[PERM_SIGNAL_READ] = SIGNAL_READERS,
	[PERM_SIGNAL_WRITE] = R(SUBMITTER) | R(ACCOUNT_MANAGER) | R(WORKING_GROUP),
	[PERM_SIGNAL_INTAKE] = R(INFO_COORDINATOR),
	[PERM_SIGNAL_IMPORT] = R(SUBMITTER),
	[PERM_MEETING_READ] = MEETING,
	[PERM_MEETING_SCORE] = R(INFO_MEETING_MEMBER),
	[PERM_MEETING_RUN] = R(CHAIR) | R(SECRETARY) | R(INFO_COORDINATOR),
	[PERM_DESTRUCTION_LIST] = R(RECORDS_MANAGER),
	[PERM_HOLD_READ] = R(COORD_DPO) | R(RIEC_HEAD) | R(RECORDS_MANAGER),
	[PERM_HOLD_SET] = R(COORD_DPO),
	[PERM_HOLD_SIGN] = R(COORD_DPO) | R(RIEC_HEAD),
	[PERM_CASEFILE_READ] = CASEFILE_READERS,
	[PERM_CASEFILE_WORK] = R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                       R(INTERVENTION_LEAD) | R(RIEC_HEAD),
	[PERM_CASEFILE_PEOPLE] = R(INFO_COORDINATOR) | R(RIEC_HEAD),
	[PERM_BOTTLENECKS] = R(INFO_COORDINATOR) | R(SECRETARY) | R(RIEC_HEAD),
	[PERM_PROJECTS] = R(INFO_COORDINATOR) | R(RIEC_HEAD),
	[PERM_REQUEST_READ] = REQUEST_READERS,
	[PERM_REQUEST_WRITE] = R(INFO_COORDINATOR) | R(ANALYST),
	[PERM_REQUEST_ANSWER] = R(PARTNER_DESK) | R(PARTNER_DECIDER),
	[PERM_REQUEST_CHECK] = R(INFO_COORDINATOR) | R(ANALYST),
	[PERM_REQUEST_REASON] = R(RIEC_HEAD) | R(PARTNER_DECIDER),
	[PERM_REQUEST_AGEING] = R(INFO_COORDINATOR) | R(RIEC_HEAD),
	[PERM_INTERVENTION_READ] = INTERVENTION_WORKERS | R(ANALYST) | R(INFO_COORDINATOR) |
	                           R(PARTNER_DECIDER) | R(MAYOR_READER),
	[PERM_INTERVENTION_WORK] = INTERVENTION_WORKERS,
	[PERM_INTERVENTION_AGREE] = R(PARTNER_DECIDER) | R(MAYOR_READER),
	[PERM_SEIZURE_READ] = R(PARTNER_DESK) | R(PARTNER_DECIDER) | R(INTERVENTION_LEAD) |
	                      R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD),
	[PERM_SEIZURE_WRITE] = R(PARTNER_DESK) | R(INTERVENTION_LEAD),
	[PERM_SEIZURE_TARGETS] = R(STEERING_SECRETARY) | R(RIEC_HEAD),
	[PERM_ADVICE_READ] = ADVICE_READERS,
	[PERM_ADVICE_WRITE] = R(ANALYST) | R(WORKING_GROUP),
	[PERM_ADVICE_ANSWER] = R(PARTNER_DESK) | R(PARTNER_DECIDER),
	[PERM_ADVICE_SIGN] = R(ANALYST) | R(RIEC_HEAD),
	[PERM_ANALYSIS_READ] = R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                       R(INTERVENTION_LEAD) | R(RIEC_HEAD),
	[PERM_ANALYSIS_WRITE] = R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP),
	[PERM_ANALYSIS_PREVIEW] = R(ANALYST) | R(INFO_COORDINATOR),
	[PERM_ANALYSIS_FREEZE] = R(ANALYST) | R(INFO_COORDINATOR),
	[PERM_MONITOR] = MONITOR_READERS,
	[PERM_FIGURES_EXCHANGE] = R(RIEC_HEAD) | R(INFO_COORDINATOR),
	[PERM_LEARNING] = LEARNERS,
	[PERM_PRACTICE_WRITE] = R(ANALYST) | R(INFO_COORDINATOR) | R(INTERVENTION_LEAD) |
	                        R(WORKING_GROUP) | R(EXPERT) | R(ACCOUNT_MANAGER) |
	                        R(MUNICIPAL_CONTACT) | R(RIEC_HEAD),
	[PERM_PRACTICE_CHECK] = R(INFO_COORDINATOR) | R(RIEC_HEAD),
	[PERM_FACTORS_CONFIRM] = R(CHAIR) | R(RIEC_HEAD),
	[PERM_OWN_YEAR] = R(MAYOR_READER),
	[PERM_MATCH_JUDGE] = R(INFO_COORDINATOR) | R(ANALYST) | R(RIEC_HEAD),
	[PERM_OWNER_REPORT] = R(PARTNER_DECIDER) | R(PARTNER_DESK) | R(MAYOR_READER),
	[PERM_STEERING_READ] = R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD),
	[PERM_STEERING_RUN] = R(STEERING_SECRETARY),
	[PERM_STEERING_SIGN] = R(STEERING_MEMBER) | R(RIEC_HEAD),
	[PERM_COPIES_READ] = R(INFO_COORDINATOR) | R(RIEC_HEAD) | R(COORD_DPO),
	[PERM_DECISION_READ] = R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                       R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(COORD_DPO),
	[PERM_STEERING_POINT] =
	    R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD) | STEERING_GUESTS,
};
_Static_assert(sizeof WHO_HAS / sizeof WHO_HAS[0] == PERM_COUNT, "every permission has a row");

static const char *const LABELS[PERM_COUNT] = {
	[PERM_PEOPLE_READ] = "Zien wie er met Plein werkt",
	[PERM_PEOPLE_MANAGE] = "Accounts aanvragen, schorsen en intrekken",
	[PERM_ROLE_PROPOSE] = "Rollen voorstellen en beëindigen",
	[PERM_ROLE_CONFIRM] = "Meetekenen voor een rol",
	[PERM_ACCESS_EXPLAIN] = "Opzoeken wat iemand ziet, en waarom",
	[PERM_LOG_READ] = "Het logboek lezen",
	[PERM_RECORD_LOG_READ] = "Zien wie een stuk heeft bekeken",
	[PERM_WHO_SEES] = "Zien wie een stuk kan openen, en waarom",
	[PERM_SIGNAL_READ] = "Signalen lezen, voor zover die voor deze rol openstaan",
	[PERM_SIGNAL_WRITE] = "Signalen schrijven en indienen",
	[PERM_SIGNAL_INTAKE] = "De intake van signalen doen",
	[PERM_SIGNAL_IMPORT] = "Signalen uit een bestand inlezen",
	[PERM_MEETING_READ] = "De stukken van een overleg lezen",
	[PERM_MEETING_SCORE] = "Signalen scoren voor een overleg",
	[PERM_MEETING_RUN] = "Een overleg leiden en vastleggen",
	[PERM_DESTRUCTION_LIST] = "Vernietigingslijsten maken",
	[PERM_HOLD_READ] = "Zien wat langer blijft, en tot wanneer",
	[PERM_HOLD_SET] = "Een bewaarstop instellen en beëindigen",
	[PERM_HOLD_SIGN] = "Meetekenen voor een bewaarstop",
	[PERM_CASEFILE_READ] = "Casussen lezen, voor zover die voor deze rol openstaan",
	[PERM_CASEFILE_WORK] = "Aan een casus werken",
	[PERM_CASEFILE_PEOPLE] = "Bepalen wie een casus ziet",
	[PERM_BOTTLENECKS] = "De lijst van aangewezen knelpunten bijhouden",
	[PERM_PROJECTS] = "Projecten bijhouden, en welke casus erbij hoort",
	[PERM_REQUEST_READ] = "Bevragingen lezen, voor zover die voor deze rol openstaan",
	[PERM_REQUEST_WRITE] = "Bevragingen schrijven",
	[PERM_REQUEST_ANSWER] = "Bevragingen beantwoorden",
	[PERM_REQUEST_CHECK] = "Antwoorden controleren",
	[PERM_REQUEST_REASON] = "Zien of een reden van weigering is vastgelegd",
	[PERM_REQUEST_AGEING] = "Zien hoe lang deelnemers over antwoorden doen",
	[PERM_INTERVENTION_READ] = "Interventies lezen, voor zover die voor deze rol openstaan",
	[PERM_INTERVENTION_WORK] = "Aan interventies werken en de stand melden",
	[PERM_INTERVENTION_AGREE] = "Instemmen met een interventie namens de eigenaar",
	[PERM_SEIZURE_READ] = "Het register van afpakken lezen",
	[PERM_SEIZURE_WRITE] = "Maatregelen van de eigen organisatie in het register zetten",
	[PERM_SEIZURE_TARGETS] = "Doelen voor afpakken vastleggen",
	[PERM_ADVICE_READ] = "Adviezen lezen, voor zover die voor deze rol openstaan",
	[PERM_ADVICE_WRITE] = "Aan een interventieadvies schrijven",
	[PERM_ADVICE_ANSWER] = "Zeggen of een voorstel kan, en of er bezwaar is",
	[PERM_ADVICE_SIGN] = "Een interventieadvies tekenen of intrekken",
	[PERM_ANALYSIS_READ] = "De analyse van een casus lezen, voor zover die openstaat",
	[PERM_ANALYSIS_WRITE] = "Aan de analyse van een casus schrijven",
	[PERM_ANALYSIS_PREVIEW] = "De analyse zien zoals een ander die leest",
	[PERM_ANALYSIS_FREEZE] = "Een analyse vaststellen",
	[PERM_MONITOR] = "De cijfers van de regio zien",
	[PERM_FIGURES_EXCHANGE] = "Cijfers met andere regio's uitwisselen",
	[PERM_OWN_YEAR] = "Het jaar van de eigen gemeente zien",
	[PERM_LEARNING] = "Zien wat eerder werkte",
	[PERM_PRACTICE_WRITE] = "Een goede aanpak schrijven",
	[PERM_PRACTICE_CHECK] = "Een goede aanpak nalezen en publiceren",
	[PERM_FACTORS_CONFIRM] = "Eigen factoren bij het wegen bevestigen",
	[PERM_MATCH_JUDGE] = "Oordelen of twee dezelfde zijn",
	[PERM_OWNER_REPORT] = "Een bestuurlijke rapportage maken",
	[PERM_STEERING_READ] = "De stukken van de Stuurploeg lezen",
	[PERM_STEERING_RUN] = "Besluiten van de Stuurploeg vastleggen",
	[PERM_STEERING_SIGN] = "Besluiten van de Stuurploeg ondertekenen",
	[PERM_COPIES_READ] = "Zien wie kopieën van een casus kreeg",
	[PERM_DECISION_READ] = "Lezen wat de Stuurploeg over een casus besloot",
	[PERM_STEERING_POINT] = "Een punt van de Stuurploeg lezen, als lid of als gast",
};

const char *access_permission_label(enum permission permission)
{
	assert(permission < PERM_COUNT);
	return LABELS[permission];
}

bool access_permits(enum role role, enum permission permission)
{
	assert(permission < PERM_COUNT);
	return (WHO_HAS[permission] & ROLE_BIT(role)) != 0;
}

static const char *const WORDS[] = {
	[PERM_PUBLIC] = "Openbare pagina's lezen",
	[PERM_SIGNED_IN] = "Eigen werk en instellingen zien",
	[PERM_LAW_ASK] = "Vragen of iets gedeeld mag worden",
	[PERM_PEOPLE_READ] = "Zien wie er in Plein werkt",
	[PERM_PEOPLE_MANAGE] = "Accounts van de eigen organisatie beheren",
	[PERM_ROLE_PROPOSE] = "Een rol voorstellen",
	[PERM_ROLE_CONFIRM] = "Tekenen voor een rol",
	[PERM_ACCESS_EXPLAIN] = "Zien wat iemand ziet, en waarom",
	[PERM_LOG_READ] = "Het logboek lezen",
	[PERM_RECORD_LOG_READ] = "Zien wie iets bekeek",
	[PERM_WHO_SEES] = "Zien wie iets kan openen",
	[PERM_SIGNAL_READ] = "Signalen lezen",
	[PERM_SIGNAL_WRITE] = "Een signaal schrijven",
	[PERM_SIGNAL_INTAKE] = "De intake van een signaal doen",
	[PERM_SIGNAL_IMPORT] = "Signalen inlezen uit een bestand",
	[PERM_MEETING_READ] = "Een overleg en de agenda zien",
	[PERM_MEETING_SCORE] = "Een signaal wegen",
	[PERM_MEETING_RUN] = "Een overleg leiden en vastleggen",
	[PERM_DESTRUCTION_LIST] = "Vernietigingslijsten beheren",
	[PERM_HOLD_READ] = "Bewaarstops zien",
	[PERM_HOLD_SET] = "Bewaarstops instellen",
	[PERM_HOLD_SIGN] = "Bewaarstops meetekenen",
	[PERM_CASEFILE_READ] = "Casussen lezen",
	[PERM_CASEFILE_WORK] = "Aan een casus werken",
	[PERM_CASEFILE_PEOPLE] = "Bepalen wie een casus ziet",
	[PERM_BOTTLENECKS] = "Knelpunten bijhouden",
	[PERM_PROJECTS] = "Projecten bijhouden",
	[PERM_REQUEST_READ] = "Bevragingen lezen",
	[PERM_REQUEST_WRITE] = "Een bevraging schrijven",
	[PERM_REQUEST_ANSWER] = "Een bevraging beantwoorden",
	[PERM_REQUEST_CHECK] = "Een antwoord controleren",
	[PERM_REQUEST_REASON] = "Zien of er een reden is vastgelegd",
	[PERM_REQUEST_AGEING] = "Doorlooptijden van deelnemers zien",
	[PERM_INTERVENTION_READ] = "Interventies lezen",
	[PERM_INTERVENTION_WORK] = "Aan een interventie werken",
	[PERM_INTERVENTION_AGREE] = "Instemmen met een interventie",
	[PERM_SEIZURE_READ] = "Afpakken lezen",
	[PERM_SEIZURE_WRITE] = "Afpakken vastleggen",
	[PERM_SEIZURE_TARGETS] = "Doelen voor afpakken vastleggen",
	[PERM_ADVICE_READ] = "Een advies lezen",
	[PERM_ADVICE_WRITE] = "Een advies schrijven",
	[PERM_ADVICE_ANSWER] = "Op een advies antwoorden",
	[PERM_ADVICE_SIGN] = "Een advies tekenen",
	[PERM_ANALYSIS_READ] = "De analyse van een casus lezen",
	[PERM_ANALYSIS_WRITE] = "Aan een analyse schrijven",
	[PERM_ANALYSIS_PREVIEW] = "Zien hoe een ander een analyse leest",
	[PERM_ANALYSIS_FREEZE] = "Een analyse vaststellen",
	[PERM_MONITOR] = "De monitor zien",
	[PERM_FIGURES_EXCHANGE] = "Landelijke cijfers uitwisselen",
	[PERM_OWN_YEAR] = "Het jaar van de eigen gemeente zien",
	[PERM_LEARNING] = "Zien wat eerder werkte",
	[PERM_PRACTICE_WRITE] = "Een goede aanpak schrijven",
	[PERM_PRACTICE_CHECK] = "Een goede aanpak nalezen en publiceren",
	[PERM_FACTORS_CONFIRM] = "Eigen factoren bij het wegen bevestigen",
	[PERM_MATCH_JUDGE] = "Oordelen of twee dezelfde zijn",
	[PERM_OWNER_REPORT] = "Een bestuurlijke rapportage maken",
	[PERM_STEERING_READ] = "De Stuurploeg volgen",
	[PERM_STEERING_RUN] = "Besluiten van de Stuurploeg vastleggen",
	[PERM_STEERING_SIGN] = "Besluiten van de Stuurploeg ondertekenen",
	[PERM_COPIES_READ] = "Kopieën van een casus zien",
	[PERM_DECISION_READ] = "Besluiten over een casus lezen",
	[PERM_STEERING_POINT] = "Een punt van de Stuurploeg lezen",
};
_Static_assert(sizeof WORDS / sizeof WORDS[0] == PERM_COUNT, "every permission has a word");

const char *access_permission_word(enum permission permission)
{
	assert(permission < PERM_COUNT && WORDS[permission] != NULL);
	return WORDS[permission];
}
