// What the style guide shows. Only its build reads this; the program gets the finished page.
import { readdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const icons = readdirSync(join(dirname(dirname(fileURLToPath(import.meta.url))), 'icons')).filter(f => f.endsWith('.svg')).sort()
	.map(f => ({ name: f.slice(0, -4) }));
const state = (tint, icon, label) => ({ tint, icon, label });
const none = { yes: false, onlyIf: false, no: false, next: null, hasConditions: false, conditions: [], validSince: null };
const problem = (path, message, more = {}) => ({ path, message, warning: false, article: null, ...more });

export const styleGuide = {
	sections: [['colour', 'Kleur'], ['type', 'Letter'], ['state', 'Stand'], ['record', 'Kop van een dossier'], ['law', 'Antwoord van de wet'], ['note', 'Bericht'], ['button', 'Knop'], ['form', 'Formulier'], ['help', 'Hulp naast een formulier'], ['list', 'Lijst'],
		['amounts', 'Bedragen'], ['fact', 'Feit en oordeel'], ['versions', 'Twee versies'], ['side', 'Naast een dossier'], ['work', 'Voortgang'], ['chart', 'Grafiek'], ['icon', 'Iconen']].map(([id, label]) => ({ id, label })),
	swatches: [['bar', 'Balk', 'petrol 900'], ['act', 'Actie', 'petrol 800'], ['link', 'Koppeling', 'petrol 700'], ['text', 'Tekst', 'inkt'], ['mute', 'Zachte tekst', 'zand 600'], ['ctl', 'Rand van een veld', 'zand 500'], ['doc', 'Pagina', 'zand 50'], ['sunk', 'Verdiept', 'zand 100'],
		['ok', 'In orde', 'groen'], ['wait', 'Wacht', 'oker'], ['stop', 'Stop', 'steenrood'], ['judge', 'Oordeel', 'paars']].map(([code, label, name]) => ({ code, label, name })),
	states: [state('quiet', 'draft', 'Concept'), state('quiet', 'open', 'Toegewezen'), state('busy', 'half', 'In behandeling'), state('wait', 'clock', 'Wacht op partner'), state('wait', 'pen', 'Wacht op handtekening'),
		state('ok', 'check', 'Klaar'), state('stop', 'stop', 'Geweigerd'), state('stop', 'late', 'Te laat'), state('gone', 'bin', 'Vernietigd')],
	stateBusy: state('busy', 'half', 'Analyse'), stateAgenda: state('busy', 'half', 'Op de agenda'),
	clocks: [{ tone: null, label: 'nog 4 werkdagen' }, { tone: 'soon', label: 'vandaag' }, { tone: 'late', label: '2 werkdagen te laat' }],
	steps: ['Geopend', 'Informatie ophalen', 'Analyse', 'Advies', 'Stuurploeg', 'Uitvoering', 'Evaluatie'].map((label, i) => ({ label, done: i < 2, current: i === 2, later: i > 2 })),
	actions: [{ label: 'Vraag partners om informatie', href: '#record', primary: false, danger: false }, { label: 'Sluit de casus', href: '#record', primary: false, danger: true }],
	blocked: [{ label: 'Advies vaststellen', reason: 'De analyse is nog niet klaar. Dat doet de analist.' }, { label: 'Naar de Stuurploeg', reason: 'Dat kan als het advies vaststaat.' }],
	tabs: [{ label: 'Overzicht', href: '#record', count: null, current: true }, { label: 'Wie en wat', href: '#record', count: 6, current: false }, { label: 'Bevragingen', href: '#record', count: 9, current: false }, { label: 'Wie bekeek dit?', href: '#record', count: null, current: false }],
	answers: [
		{ ...none, yes: true, sentence: 'De gemeente mag een vergunning in fase 1 delen.', article: 'BGS, artikel 2.15', rule: 'R-3' },
		{ ...none, onlyIf: true, sentence: 'U mag dit delen als fase 2 voor deze persoon open is.', article: 'WGS, artikel 2.23', rule: 'R-2', hasConditions: true,
			conditions: [{ text: 'Het is nodig voor het doel van de casus', met: true, remark: 'in orde', href: null }, { text: 'Fase 2 is open', met: false, remark: null, href: '#law', link: 'Stel voor om te openen' }] },
		{ ...none, no: true, sentence: 'Inkomen mag niet van de Belastingdienst komen.', next: 'Vraag het aan UWV.', article: 'BGS, artikel 2.15', rule: 'R-3' },
	],
	lines: [{ kind: 'yes', sentence: 'Controles van uw eigen gemeente mag u delen.', article: 'BGS, artikel 2.15' }, { kind: 'if', sentence: 'u het in het vak BSN zet.', article: null }, { kind: 'no', sentence: 'Dit gaat over gezondheid. Dat hoort niet in Plein. Haal de zin weg.', article: 'WGS, artikel 2.21' }],
	problemForm: {
		problemSummary: 'Er klopt 1 ding nog niet.',
		problems: [problem('seenOn', '31 november bestaat niet. Kies een dag van 1 tot en met 30.'), problem('iban', 'Dit rekeningnummer lijkt niet te kloppen. Klopt het wel? Zet erbij waarom.', { warning: true })],
		title: 'Vakantiehuisjes waar steeds andere mensen slapen', facts: 'Bij twee controles in oktober sliepen in huisje 12 en 14 telkens acht andere mensen.', judgement: null, seenOn: '31 november', amount: '1.250,00', iban: 'NL00 TEST 0123 4567 89', activity: null,
		form: {
			title: { label: 'Titel', max: 120 }, facts: { label: 'De feiten: wat zag of las uw organisatie zelf?', kind: 'prose' }, judgement: { label: 'Uw oordeel: wat denkt u dat er speelt?', kind: 'prose', optional: true },
			seenOn: { label: 'Wanneer zag u dit voor het laatst?' }, amount: { label: 'Bedrag', optional: true }, iban: { label: 'Rekeningnummer', optional: true },
			activity: { label: 'Waarvoor?', kind: 'select', optional: true, choices: [{ name: 'CASE_CONSULTATION', label: 'Casusoverleg', chosen: false }, { name: 'BOTTLENECK', label: 'Handhavingsknelpunt', chosen: false }] },
			source: { label: 'Hoe weet uw organisatie dit?', choices: [{ name: 'SEEN', label: 'Zelf gezien of zelf vastgelegd', chosen: true }, { name: 'HEARD', label: 'Gehoord van iemand die wij kennen', chosen: false }, { name: 'ANONYMOUS', label: 'Anonieme melding', chosen: false }] },
			themes: { label: 'Waar gaat het over?', kind: 'checkboxes', optional: true, choices: [{ name: 'DRUGS', label: 'Drugs', chosen: false }, { name: 'REAL_ESTATE', label: 'Vastgoed', chosen: true }] },
			reported: { label: 'Wij deden hier al iets aan', kind: 'checkbox' }, attachment: { label: 'Bijlage', kind: 'file', optional: true },
		},
	},
	partsDone: 6, partsAll: 9, percent: '66.7', maySubmit: false,
	parts: [{ label: 'Waarom samen?', reason: 'Leg uit waarom uw gemeente dit niet alleen kan.', href: '#help', done: false, required: true }, { label: 'Wat deed u al?', reason: 'Dan weegt het overleg beter.', href: null, done: false, required: false }, { label: 'Concrete feiten met datum', reason: null, href: null, done: true, required: true }],
	hasChips: true, chips: [{ label: 'Op de agenda', href: '#list' }], firstRow: 1, lastRow: 50, csvHref: '#list', newerHref: null, olderHref: '#list',
	amountHeads: [['Berekend', '€ 41.200,00'], ['Gevorderd', '€ 38.000,00'], ['Opgelegd', '€ 38.000,00'], ['In beslag', '€ 12.500,00'], ['Geïnd', '€ 9.250,50'], ['Verrekend', '€ 0,00'], ['Voorkomen', '€ 150.000,00']].map(([label, sum]) => ({ label, sum })),
	factTheme: { theme: 'Thuis', themeId: 'home', hasClash: true, facts: [
		{ what: 'Bewoners', value: '9 mensen', context: 'bij controle', judgement: false, source: 'Duinwaard', evaluation: 'A1', evaluationText: 'Waardering A1: altijd betrouwbaar, staat vast', receivedOn: '4 november 2026', phase: '1', clash: true },
		{ what: 'Bewoners', value: '4 mensen', context: 'ingeschreven', judgement: false, source: 'UWV', evaluation: 'B2', evaluationText: 'Waardering B2', receivedOn: '6 november 2026', phase: '1', clash: true },
		{ what: 'Gebruik', value: 'Mogelijk huisvesting van uitzendkrachten', context: null, judgement: true, judgedBy: 'F. Elmar', source: 'RIEC-bureau', evaluation: null, receivedOn: '9 november 2026', phase: '1', clash: false }] },
	stale: { savedBy: 'P. Achterveld', savedAt: '24 november 2026, 14.03 uur', differences: [{ label: 'Wat er gezien is', path: 'narrative', theirs: 'In het pand slapen 9 mensen, terwijl er 4 staan ingeschreven.', yours: 'In het pand slapen ongeveer 14 mensen, terwijl er 4 staan ingeschreven.', theirsPieces: [{ text: 'In het pand slapen ', changed: false }, { text: '9', changed: true }, { text: ' mensen, terwijl er 4 staan ingeschreven.', changed: false }],
		yoursPieces: [{ text: 'In het pand slapen ', changed: false }, { text: 'ongeveer 14', changed: true }, { text: ' mensen, terwijl er 4 staan ingeschreven.', changed: false }] }] },
	goneOn: '9 november 2031', goneGround: 'Vijf jaar na de eerste verwerking (WGS, artikel 1.8).', goneSoon: false, goneEarlier: 'Neemt het overleg dit niet over? Dan op 26 december 2026.',
	seers: [{ organisation: 'Oosterhaven', count: '2, van wie 1 burgemeester' }, { organisation: 'Politie', count: '2' }], whoSeesHref: '#side',
	history: [{ at: '24 november 2026, 09.05 uur', text: 'Politie vroeg uitstel', href: '#side' }, { at: '20 november 2026, 16.55 uur', text: '2 feiten vernietigd na een correctie', href: null }], historyHref: '#side',
	work: { percent: '41' },
	icons,
};
