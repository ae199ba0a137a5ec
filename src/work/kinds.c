#include "work/work.h"

#include <stddef.h>

#include "audit/action.h"

static const struct work_word TASKS[] = {
	{ WORK_ACCOUNT_CONFIRM, "Account bevestigen", "Werkt deze persoon bij uw organisatie?",
	  "/people/%s" },
	{ WORK_ACCOUNT_SCREEN, "Screening vastleggen", "Nodig voordat het account actief wordt",
	  "/people/%s" },
	{ WORK_ACCOUNT_TRAIN, "Training vastleggen", "Nodig voordat het account actief wordt",
	  "/people/%s" },
	{ WORK_ACCOUNT_ACTIVATE, "Account actief maken", "De organisatie heeft alles vastgelegd",
	  "/people/%s" },
	{ WORK_ROLE_SIGN, "Tweede handtekening: rol geven", "Lees de reden en beslis",
	  "/people/proposals/%s" },
	{ WORK_BUDGET_LOOK, "Kijk waarom iemand zoveel deed",
	  "Meer geopend, gezocht of meegenomen dan gewoonlijk", "/people/budgets/%s" },
	{ WORK_SIGNAL_INTAKE, "Intake doen", "Een nieuw signaal wacht op beoordeling",
	  "/signals/%s" },
	{ WORK_SIGNAL_ANSWER, "Vragen beantwoorden", "Het RIEC heeft vragen over uw signaal",
	  "/signals/%s/questions" },
	{ WORK_SIGNAL_REVIEW_TEXT, "Tekst nakijken", "De indiener zegt: geen bijzonder gegeven",
	  "/signals/%s" },
	{ WORK_SIGNAL_AGENDA, "Op een agenda zetten", "Het signaal is compleet", "/signals/%s" },
	{ WORK_MEETING_PREPARE, "Overleg voorbereiden", "Vul in wat uw organisatie al weet",
	  "/meetings/%s/pack" },
	{ WORK_MEETING_MINUTES, "Verslag nakijken", "Berichten en taken liggen klaar",
	  "/meetings/%s" },
	{ WORK_FACTORS_CONFIRM, "Weeglijst bevestigen", "Er is een nieuwe lijst met eigen factoren",
	  "/meetings/factors#l%s" },
	{ WORK_SIGNAL_FEEDBACK, "Bericht aan de indiener vrijgeven", "Het overleg heeft besloten",
	  "/meetings/%s/minutes" },
	{ WORK_SIGNAL_UNDECIDED, "Laat een besluit nemen", "Al 90 dagen geen besluit",
	  "/signals/%s" },
	{ WORK_DESTRUCTION_SIGN, "Vernietigingslijst tekenen", "Een tweede persoon moet tekenen",
	  "/retention/lists/%s" },
	{ WORK_HOLD_SIGN, "Bewaarstop lezen en tekenen",
	  "De coördinerend FG wil iets langer bewaren", "/retention/holds/%s" },
	{ WORK_HOLD_ENDS, "Bewaarstop loopt af", "Is langer bewaren nog nodig? Anders gaat het weg",
	  "/retention/holds/%s" },
	{ WORK_CASEFILE_ASK, "Deelnemers bevragen", "Een casus wacht op wat deelnemers weten",
	  "/casefiles/%s/requests" },
	{ WORK_CASEFILE_ANALYSE, "Analyse beginnen", "Een casus wacht op de analyse",
	  "/casefiles/%s" },
	{ WORK_CASEFILE_ADVISE, "Advies klaarmaken", "Een casus wacht op het advies",
	  "/casefiles/%s/advice" },
	{ WORK_CASEFILE_STAFF, "Casus inrichten", "Kies wie er aan deze casus werkt",
	  "/casefiles/%s/members" },
	{ WORK_SUBJECT_ENDS, "Kijk wat er nog nodig is",
	  "Binnen 30 dagen gaat iemand uit deze casus", "/casefiles/%s" },
	{ WORK_FACT_CORRECTED, "Verbetering verwerken", "Een gegeven dat u zag, is verbeterd",
	  "/casefiles/%s/corrections" },
	{ WORK_STEERING_PREPARE, "Stuurploeg voorbereiden", "Lees de stukken van de vergadering",
	  "/steering/%s" },
	{ WORK_STEERING_SIGN, "Besluit ondertekenen", "De secretaris legde een besluit vast",
	  "/steering/%s" },
	{ WORK_STEERING_ACTION, "Actie van de Stuurploeg", "Meld het als het klaar is",
	  "/steering/actions/%s" },
	{ WORK_STEERING_MINUTES, "Verslag vaststellen", "De vergadering is gesloten",
	  "/steering/%s/minutes" },
	{ WORK_STEERING_GUEST, "Lees uw punten voor de Stuurploeg",
	  "U bent gast bij deze vergadering", "/steering/%s/guest" },
	{ WORK_REPORT_CONSENT, "Toestemming geven of niet",
	  "Een partner wil uw gegevens in een besluit gebruiken. Geen antwoord is geen toestemming",
	  "/consents/%s" },
	{ WORK_PHASE_SIGN, "Besluiten over een fase", "Een analist stelt voor verder te gaan",
	  "/casefiles/%s" },
	{ WORK_CASEFILE_TASK, "Taak in een casus", "Iemand in de casus vraagt u iets te doen",
	  "/casefiles/%s/tasks" },
	{ WORK_REQUEST_ANSWER, "Bevraging beantwoorden", "Het RIEC vraagt wat u weet",
	  "/requests/%s" },
	{ WORK_REQUEST_SIGN, "Antwoord nalezen en tekenen", "Een collega vraagt uw handtekening",
	  "/requests/%s" },
	{ WORK_REQUEST_CHECK, "Antwoord controleren", "Een deelnemer heeft geantwoord",
	  "/requests/%s" },
	{ WORK_REQUEST_CLOSE, "Bevraging afsluiten", "De bevraging is afgehandeld",
	  "/requests/%s" },
	{ WORK_REQUEST_TIME, "Uitstel geven of niet", "Een deelnemer vraagt meer tijd",
	  "/requests/%s" },
	{ WORK_REQUEST_LATE, "Bevraging is te laat", "Vijf werkdagen na de termijn",
	  "/requests/%s" },
	{ WORK_INTERVENTION_AGREE, "Instemmen met een interventie",
	  "De Stuurploeg vraagt uw organisatie", "/interventions/%s" },
	{ WORK_INTERVENTION_ASSIGN, "Interventie toewijzen", "Kies wie het uitvoert",
	  "/interventions/%s" },
	{ WORK_INTERVENTION_DO, "Interventie uitvoeren", "Meld hier de stand en het resultaat",
	  "/interventions/%s" },
	{ WORK_INTERVENTION_REVIEW, "Kijk opnieuw naar een interventie", "Deze is aangehouden",
	  "/interventions/%s" },
	{ WORK_INTERVENTION_CONFIRM, "Resultaat vaststellen", "De uitvoerder is klaar",
	  "/interventions/%s" },
	{ WORK_INTERVENTION_END, "Niet uitgevoerd: bespreek in de Stuurploeg",
	  "De reden staat erbij", "/interventions/%s" },
	{ WORK_INTERVENTION_REPORT, "Meld hoe het staat", "De maandelijkse stand",
	  "/interventions/%s" },
	{ WORK_INTERVENTION_EFFECT, "Beoordeel het effect", "Wat is er op die plek veranderd?",
	  "/interventions/%s" },
	{ WORK_INTERVENTION_RECHECK, "Kijk opnieuw op een plek", "Is het probleem weg gebleven?",
	  "/interventions/%s" },
	{ WORK_PRACTICE_CHECK, "Lees een goede aanpak na",
	  "Staat er niets in dat naar een persoon wijst?", "/learning/practices/%s" },
	{ WORK_PRACTICE_REWRITE, "Pas uw goede aanpak aan",
	  "De tweede lezer vraagt een andere tekst", "/learning/practices/%s" },
	{ WORK_INTERVENTION_MESSAGE, "Bericht nalezen", "Mag dit gezamenlijke bericht naar buiten?",
	  "/interventions/%s/message" },
	{ WORK_ADVICE_FEASIBLE, "Kan uw organisatie dit?", "Een advies vraagt uw inzet",
	  "/advices/%s" },
	{ WORK_ADVICE_OBJECTION, "Bezwaar of geen bezwaar",
	  "Een advies rust op uw gegevens. Geen antwoord is geen bezwaar", "/advices/%s" },
	{ WORK_ADVICE_SIGN, "Advies lezen en tekenen", "Een collega vraagt uw handtekening",
	  "/advices/%s" },
	{ WORK_ADVICE_HANDLE, "Bezwaar behandelen", "Een deelnemer heeft bezwaar tegen een advies",
	  "/advices/%s" },
	{ WORK_QUICK_DECIDE, "Besluit over een snelle actie",
	  "Een deelnemer kan nu al iets doen, voor het advies", "/casefiles/%s/quick-actions" },
	{ WORK_ANALYSIS_REVIEW, "Alinea nakijken", "Waarop uw tekst rust, is veranderd of gaat weg",
	  "/casefiles/%s/analysis" },
	{ WORK_ANALYSIS_SIGN, "Analyse nalezen en tekenen",
	  "Een collega heeft de analyse vastgelegd", "/casefiles/%s/analysis" },
};

static const struct work_word NEWS[] = {
	{ NEWS_SIGNAL_INVITED, "Hulp gevraagd bij een concept", "", "/signals/%s" },
	{ NEWS_SIGNAL_RETURN_ENDS, "Beantwoord de vragen: anders wordt het weer een concept", "",
	  "/signals/%s/questions" },
	{ NEWS_SIGNAL_DRAFT_ENDS, "Dit concept verdwijnt binnenkort: ga ermee verder", "",
	  "/signals/%s" },
	{ NEWS_SIGNAL_DRAFT_ENDED, "Een concept is weg: 90 dagen niet gewijzigd", "", "/signals" },
	{ NEWS_IMPORT_UNDONE, "Een bestand met signalen is teruggedraaid", "", "/imports/%s" },
	{ NEWS_ACCOUNT_MOVED, "Account gewijzigd", "", "/people/%s" },
	{ NEWS_ACCOUNT_IDLE, "Account bijna geschorst: lang niet gebruikt", "", "/people/%s" },
	{ NEWS_BUDGET_ALARM, "Iemand deed in één uur meer dan gewoonlijk", "",
	  "/people/budgets/%s" },
	{ NEWS_ROLE_DECIDED, "Besluit over een rol", "", "/people/proposals/%s" },
	{ NEWS_SIGNAL_MOVED, "Signaal is verder", "", "/signals/%s" },
	{ NEWS_SIGNAL_SUBMITTED, "Signaal is ingediend", "", "/signals/%s" },
	{ NEWS_SIGNAL_ACCEPTED, "Signaal kan naar het overleg: de intake is akkoord", "",
	  "/signals/%s" },
	{ NEWS_SIGNAL_ON_AGENDA, "Signaal staat op de agenda van het overleg", "", "/signals/%s" },
	{ NEWS_SIGNAL_DECIDED, "Het overleg besloot over uw signaal: het bericht volgt", "",
	  "/signals/%s" },
	{ NEWS_SIGNAL_DEFERRED, "Het overleg besluit later over uw signaal: het bericht volgt", "",
	  "/signals/%s" },
	{ NEWS_SIGNAL_DRAFT_AGAIN, "Signaal is weer een concept", "", "/signals/%s" },
	{ NEWS_SIGNAL_WITHDRAWN, "Signaal is ingetrokken", "", "/signals/%s" },
	{ NEWS_SIGNAL_OVER,
	  "Het overleg besloot over een signaal van uw organisatie: de indiener krijgt bericht", "",
	  NULL },
	{ NEWS_SIGNAL_OVER_TOLD,
	  "Een signaal van uw organisatie is niet in behandeling: de indiener kreeg bericht", "",
	  NULL },
	{ NEWS_SIGNAL_OVER_WITHDRAWN, "Een signaal van uw organisatie is ingetrokken", "", NULL },
	{ NEWS_SIGNAL_QUESTION, "Vraag over uw signaal", "", "/signals/%s/questions" },
	{ NEWS_SIGNAL_OUTCOME, "Besluit over uw signaal", "", "/signals/%s" },
	{ NEWS_MEETING_CALLED_OFF, "Overleg gaat niet door", "", "/meetings/%s" },
	{ NEWS_HOLD_ENDED, "Een bewaarstop is voorbij", "", "/retention/holds/%s" },
	{ NEWS_CASEFILE_MEMBER, "U werkt mee aan een casus", "", "/casefiles/%s" },
	{ NEWS_SUBJECT_ENDS, "Iemand gaat binnenkort uit een casus: vijf jaar zijn om", "",
	  "/casefiles/%s" },
	{ NEWS_SUBJECT_ENDED, "Iemand is uit een casus: vijf jaar zijn om", "", "/casefiles/%s" },
	{ NEWS_CASEFILE_SUPPLEMENTED, "Een casus is aangevuld uit een nieuw signaal", "",
	  "/casefiles/%s" },
	{ NEWS_CASEFILE_SPLIT, "Een deel van een casus van u werd een eigen casus", "",
	  "/casefiles/%s" },
	{ NEWS_PHASE_DECIDED, "Besluit over een fase die u voorstelde", "", "/casefiles/%s" },
	{ NEWS_CASEFILE_JOINED, "Een andere casus kwam bij een casus van u", "", "/casefiles/%s" },
	{ NEWS_CASEFILE_TAKEN_UP, "Een gesloten casus is weer in behandeling", "",
	  "/casefiles/%s" },
	{ NEWS_FACT_CORRECTED, "Een gegeven is verbeterd", "", "/casefiles/%s/corrections" },
	{ NEWS_REQUEST_FACT_CORRECTED, "Een gegeven is verbeterd", "", "/requests/%s" },
	{ NEWS_STEERING_DECIDED, "De Stuurploeg heeft besloten", "", "/casefiles/%s/decisions" },
	{ NEWS_REPORT_FACT_CORRECTED, "Een gegeven in uw rapportage is verbeterd", "",
	  "/interventions/%s/owner-report" },
	{ NEWS_STEERING_CALLED_OFF, "Stuurploeg gaat niet door", "", "/steering/%s" },
	{ NEWS_STEERING_GUEST, "U bent gast bij de Stuurploeg", "", "/steering/%s/guest" },
	{ NEWS_STEERING_GUEST_OFF, "Stuurploeg gaat niet door: u hoeft niet te komen", "",
	  "/steering/%s/guest" },
	{ NEWS_CONSENT_ANSWERED, "Een bron antwoordde op uw vraag om toestemming", "",
	  "/interventions/%s/owner-report" },
	{ NEWS_CONSENT_WITHDRAWN, "Een bron trok toestemming in", "",
	  "/interventions/%s/owner-report" },
	{ NEWS_CONSENT_LATE, "Een bron antwoordde niet op tijd: er is geen toestemming", "",
	  "/interventions/%s/owner-report" },
	{ NEWS_CONSENT_DUE, "Uw antwoord wordt verwacht: toestemming of niet", "", "/consents/%s" },
	{ NEWS_REQUEST_DUE, "Bevraging moet af", "", "/requests/%s" },
	{ NEWS_REQUEST_LATE, "Bevraging is te laat", "", "/requests/%s" },
	{ NEWS_REQUEST_TIME_GIVEN, "U kreeg uitstel voor een bevraging", "", "/requests/%s" },
	{ NEWS_REQUEST_TIME_DENIED, "U kreeg geen uitstel: de oude termijn geldt", "",
	  "/requests/%s" },
	{ NEWS_REQUEST_CANCELLED, "Een bevraging is ingetrokken: u hoeft niets te doen", "", NULL },
	{ NEWS_REQUEST_SENT_BACK, "Iets uit uw antwoord is teruggestuurd en gewist", "",
	  "/requests/%s" },
	{ NEWS_INTERVENTION_DECLINED, "Een eigenaar stemt niet in", "", "/interventions/%s" },
	{ NEWS_INTERVENTION_REMINDER, "De regievoerder herinnert u", "", "/interventions/%s" },
	{ NEWS_INTERVENTION_HELP, "Een interventie loopt vertraging op", "", "/interventions/%s" },
	{ NEWS_MESSAGE_REFUSED, "Een partner zegt nee tegen een gezamenlijk bericht", "",
	  "/interventions/%s/message" },
	{ NEWS_MESSAGE_AGREED, "Elke partner zei ja tegen een gezamenlijk bericht", "",
	  "/interventions/%s/message" },
	{ NEWS_MESSAGE_DUE, "Uw antwoord op een gezamenlijk bericht wordt verwacht", "",
	  "/interventions/%s/message" },
	{ NEWS_MESSAGE_SILENT, "Niet elke partner antwoordde op een gezamenlijk bericht", "",
	  "/interventions/%s/message" },
	{ NEWS_INTERVENTION_LATE, "De stand van een interventie is te laat", "",
	  "/interventions/%s" },
	{ NEWS_ADVICE_ANSWERED, "Antwoord op een advies", "", "/advices/%s" },
	{ NEWS_ADVICE_FINAL, "Een advies is definitief", "", "/advices/%s" },
	{ NEWS_ADVICE_SUBMITTED, "Een advies ligt bij de Stuurploeg", "", "/advices/%s" },
	{ NEWS_ADVICE_PROVIDED, "Een advies is verstrekt", "", "/advices/%s" },
	{ NEWS_ADVICE_WITHDRAWN, "Een advies is ingetrokken", "", "/advices/%s" },
	{ NEWS_QUICK_DECIDED, "Over een snelle actie is besloten", "",
	  "/casefiles/%s/quick-actions" },
};

static const struct work_word *find(const struct work_word *words, size_t count, int kind)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].kind == kind)
			return &words[i];
	return NULL;
}

const struct work_word *work_word(int kind)
{
	return find(TASKS, sizeof TASKS / sizeof TASKS[0], kind);
}

static const struct work_word CONSENT_AWAITED = {
	WORK_REPORT_CONSENT, "Toestemming van een bron",
	"Mogen zijn gegevens in uw besluit? Geen antwoord is geen toestemming",
	"/interventions/%s/owner-report"
};

const struct work_word *work_awaited_word(int kind)
{
	return kind == WORK_REPORT_CONSENT ? &CONSENT_AWAITED : work_word(kind);
}

const struct work_word *news_word(int kind)
{
	return find(NEWS, sizeof NEWS / sizeof NEWS[0], kind);
}

enum work_place work_place_of(int object_kind)
{
	switch (object_kind) {
	case OBJECT_SUBJECT:
	case OBJECT_FACT: /* a correction of it */
	case OBJECT_CASEFILE:
	case OBJECT_CASEFILE_TASK:
	case OBJECT_DESTRUCTION_LIST: /* of one with several, or none: none */
	case OBJECT_HOLD:             /* of one on a signal: none */
	case OBJECT_REQUEST:
	case OBJECT_ANALYSIS:
	case OBJECT_PARAGRAPH:
	case OBJECT_INTERVENTION:
	case OBJECT_ADVICE:
	case OBJECT_PROPOSAL:
	case OBJECT_ADVICE_SOURCE:
	case OBJECT_QUICK_ACTION:
	case OBJECT_STEERING_POINT:
	case OBJECT_STEERING_ACTION:
	case OBJECT_CONSENT:
		return WORK_IN_CASEFILE;
	case OBJECT_PERSON:
	case OBJECT_APPOINTMENT:
	case OBJECT_SIGNAL:
	case OBJECT_MEETING:
	case OBJECT_AGENDA_ITEM:
	case OBJECT_IMPORT:
	case OBJECT_PRACTICE:
		return WORK_BY_ITSELF;
	default:
		return WORK_UNPLACED;
	}
}
