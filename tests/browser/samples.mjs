// Every page template with data that shows all its parts. Names, places and numbers are invented.
// A page may come twice: filled, empty, with problems.

import { adviceSamples } from './samples_advice.mjs';
import { caseworkSamples } from './samples_casework.mjs';
import { effectSamples } from './samples_effect.mjs';
import { steeringSamples } from './samples_steering.mjs';

const state = {
	active: { tint: 'ok', icon: 'check', label: 'Actief' },
	asked: { tint: 'wait', icon: 'pen', label: 'Wacht op handtekening' },
	stopped: { tint: 'quiet', icon: 'open', label: 'Geschorst' },
	ended: { tint: 'quiet', icon: 'draft', label: 'Beëindigd' },
};
const late = { tone: 'late', label: '2 werkdagen te laat' };
const today = { tone: 'soon', label: 'vandaag' };
const later = n => ({ tone: null, label: `nog ${n} werkdagen` });

/** A day as the engine gives it: text by itself, a clock by its tag. */
function due(clock, text) {
	return Object.assign(Object.create({ toString: () => text }), clock);
}

const option = (value, label, selected = false) => ({ value, label, selected });
const choice = (name, label, chosen = false) => ({ name, label, chosen });
const yes = { yes: true, onlyIf: false, no: false };
const onlyIf = { yes: false, onlyIf: true, no: false };
const no = { yes: false, onlyIf: false, no: true };

const link = (label, href, more = {}) => ({ label, href, count: null, current: false, ...more });

const ownFactorsForm = { fromDay: { label: 'Vanaf welke dag?' }, reason: { label: 'Waarom een nieuwe lijst?', max: 300 }, factors: { element: { name: { label: 'Naam van de factor', max: 40 }, question: { label: 'Welke vraag beantwoordt u?', max: 160 }, low: { label: 'Wat betekent 0?', max: 40 }, high: { label: 'Wat betekent 3?', max: 40 }, use: { kind: 'select', label: 'Waar helpt deze factor bij?', choices: [choice('', 'Kies', true), choice('SEQUENCE', 'Volgorde')] } } } };

export const frames = {
	coordinator: {
		region: 'RIEC Deltaland', demo: true, person: 'Ruben Overkamp', onBehalf: 'RIEC-bureau, informatiecoördinator',
		newsCount: 3, note: null, density: 'comfortable', colours: 'auto', version: '0.1.0', printedAt: '24 november 2026, 14.05 uur',
		capacities: [{ value: '551', label: 'RIEC-bureau, informatiecoördinator', current: true }],
		menu: [link('Mijn werk', '/', { count: 8 }), link('Signalen', '/signals'), link('Bevragingen', '/requests'), link('Casussen', '/casefiles'),
			link('Overleggen', '/meetings'), link('Interventies', '/interventions'), link('Monitor', '/monitor'), link('Mensen', '/people'), link('Logboek', '/log')],
		foot: [link('De regels', '/rules'), link('Hulp', '/help'), link('Toegankelijkheid', '/accessibility'), link('Privacy en logboek', '/privacy'), link('Stijlgids', '/style-guide')],
	},
};
frames.clerk = {
	...frames.coordinator, person: 'Sanne Duinker', onBehalf: 'namens college van B en W Duinwaard', newsCount: 1,
	capacities: [{ value: '17', label: 'College van B en W Duinwaard, indiener', current: true }, { value: '18', label: 'Burgemeester van Duinwaard, indiener', current: false }],
	menu: [link('Mijn werk', '/'), link('Signalen', '/signals'), link('Casussen', '/casefiles'), link('Overleggen', '/meetings'), link('Interventies', '/interventions')],
};
frames.stranger = { ...frames.coordinator, person: null, onBehalf: null, menu: [], capacities: [], newsCount: 0 };

const pager = { firstRow: 1, lastRow: 50, csvHref: '?format=csv', odsHref: '?format=ods', newerHref: null, olderHref: '?after=50' };
const noPager = { firstRow: null, lastRow: null, csvHref: null, odsHref: null, newerHref: null, olderHref: null };
const orderOptions = [option('newest', 'Nieuwste eerst', true), option('oldest', 'Oudste eerst')];
const code = { code: { label: 'Code van 6 cijfers', max: 10 } };
const signIn = { email: { label: 'E-mailadres', max: 254 }, password: { label: 'Wachtwoord', max: 256 } };

const roles = [choice('SUBMITTER', 'Indiener', true), choice('PARTNER_DESK', 'Loket'), choice('MAYOR_READER', 'Burgemeester, leest mee')];
const organs = [option('17', 'College van B en W Duinwaard', true), option('18', 'Burgemeester van Duinwaard')];
const screenings = [choice('VOG', 'Verklaring omtrent het gedrag (VOG)', true), choice('OWN_RULES', 'Screening volgens de regels van de eigen organisatie')];

const tasks = [
	{ name: null, group: 'Te laat', title: 'Account beoordelen', href: '/people/requests/A-2026-7K3QF', detail: 'Aanvraag van gemeente Lindemeer', reference: 'A-2026-7K3QF', about: 'Indiener, gemeente Lindemeer', due: due(late, 'vrijdag 20 november 2026') },
	{ name: null, group: 'Vandaag', title: 'Tweede handtekening: rol van analist', href: '/people/requests/A-2026-3M8TC', detail: 'Voorstel van het hoofd', reference: 'A-2026-3M8TC', about: 'RIEC-bureau', due: due(today, 'dinsdag 24 november 2026') },
	{ name: 'Loodsen Havenkwartier', group: 'Deze week', title: 'Screening loopt af', href: '/people/5512', detail: 'Een nieuwe verklaring is nodig', reference: 'P-2026-9XK2W', about: 'Politie', due: due(later(3), 'vrijdag 27 november 2026') },
	{ name: null, group: null, title: 'Werk overnemen', href: '/people/5514/hand-over', detail: '3 signalen, 1 casus', reference: 'P-2026-4D7QH', about: 'RIEC-bureau', due: due(later(3), 'vrijdag 27 november 2026') },
	{ name: null, group: 'Later', title: 'Jaarlijkse controle van functies', href: '/people?state=ACTIVE', detail: '14 functies van uw organisatie', reference: null, about: 'Gemeente Duinwaard', due: null },
];
const news = [
	{ at: 'vandaag, 11.20 uur', title: 'Aanvraag goedgekeurd', detail: 'Het account is klaar voor gebruik', href: '/people/requests/A-2026-7K3QF', reference: 'A-2026-7K3QF', unread: true },
	{ at: 'gisteren, 17.10 uur', title: 'Uw training is vastgelegd', detail: null, href: null, reference: null, unread: false },
];
const events = [
	{ day: 'dinsdag 24 november 2026', at: '14.02 uur', actor: 'R. Overkamp (u)', organisation: 'RIEC-bureau', what: 'Bekeek de pagina', about: 'Account A-2026-7K3QF', href: '/people/requests/A-2026-7K3QF', denied: false, why: 'Informatiecoördinator' },
	{ day: null, at: '09.31 uur', actor: 'Onbekend hier', organisation: 'Gemeente Lindemeer', what: 'Opende een oude link', about: null, href: null, denied: true, why: 'Geen lid. Zag: deze pagina bestaat niet' },
	{ day: 'maandag 23 november 2026', at: '16.12 uur', actor: 'Plein', organisation: 'zelf, op de klok', what: 'Beëindigde een functie', about: 'Persoon P-2026-4D7QH', href: null, denied: false, why: 'Einddatum bereikt' },
];
const history = [{ at: '24 november 2026, 09.05 uur', text: 'R. Overkamp stelde de rol voor', href: null }, { at: '20 november 2026, 13.03 uur', text: 'Gemeente Duinwaard vroeg het account aan', href: null }];

const questions = [
	{ question: 'Mag ik een vergunningaanvraag delen in een casus?', href: '/may-i-share?category=PERMITS_SUBSIDIES', ...yes, sentence: 'In fase 1 mag de gemeente dit leveren.', article: 'BGS, artikel 2.15' },
	{ question: 'Mag ik een BSN in mijn signaal zetten?', href: null, ...onlyIf, sentence: 'Zet het in het vak BSN, niet in de tekst.', article: 'WGS, artikel 2.21' },
	{ question: 'Mag ik opschrijven dat iemand ziek is?', href: null, ...no, sentence: 'Gezondheid hoort nergens in Plein.', article: 'WGS, artikel 2.21' },
];
const mayIShare = {
	fromUnknown: false, whatUnknown: false,
	fromGroups: [{ label: 'Deelnemers', choices: [option('i', 'College van B en W (u)', true), option('h', 'Burgemeester'), option('a', 'Politie')] },
		{ label: 'Geen deelnemer', choices: [option('KVK', 'Kamer van Koophandel')] }],
	toChoices: [option('', 'Weet ik niet'), option('CASEFILE', 'Een RIEC-casus waar u in zit'), option('THIRD_PRIVATE', 'Een woningcorporatie of ander bedrijf', true)],
	whatGroups: [{ label: 'Vergunningen en subsidies', choices: [option('61', 'Bouwvergunning')] }, { label: 'Uit het RIEC zelf', choices: [option('141', 'Resultaat of advies uit een casus', true)] }],
	phaseChoices: [option('', 'Weet ik niet'), option('1', 'Fase 1'), option('2', 'Fase 2', true)],
	activityChoices: [option('', 'Weet ik niet'), option('CASE_CONSULTATION', 'Casusoverleg'), option('BOTTLENECK', 'Handhavingsknelpunt', true)],
	answer: null, questions,
};
const conditional = {
	...onlyIf, sentence: 'Een woningcorporatie is een derde. U mag een resultaat delen als aan deze voorwaarden is voldaan.', hasConditions: true,
	conditions: [
		{ text: 'Het is nodig voor een doel dat past bij het RIEC', met: true, remark: 'in orde', href: null },
		{ text: 'De rechtmatigheidscommissie heeft deze soort getoetst', met: false, remark: null, href: '/help', link: 'Vraag de toets aan' },
		{ text: 'Geen enkele deelnemer heeft bezwaar', met: false, remark: '5 werkdagen wachten', href: null },
	],
	next: 'Vraag het de jurist van het RIEC als u twijfelt.', article: 'WGS, artikel 1.7, tweede, derde en zesde lid', rule: 'X-10', validSince: '1 maart 2025',
};
const ruleTables = [
	{ id: 'categories', title: 'Welke gegevens, in welke fase', explanation: 'Per soort: vanaf welke fase, en van wie het mag komen.', columns: [{ label: 'Soort gegeven' }, { label: 'Fase' }, { label: 'Van wie' }, { label: 'Artikel' }],
		rows: [{ anchor: null, head: 'Woonsituatie', cells: [{ label: 'Fase', text: '1' }, { label: 'Van wie', text: 'elke deelnemer' }, { label: 'Artikel', text: 'BGS, artikel 2.15' }] },
			{ anchor: null, head: 'Politiegegevens, artikel 8 en 13 Wpg', cells: [{ label: 'Fase', text: '2' }, { label: 'Van wie', text: 'politie, KMar' }, { label: 'Artikel', text: 'BGS, artikel 2.15' }] }] },
	{ id: 'rules', title: 'Regels', explanation: null, columns: [{ label: 'Regel' }, { label: 'Wat' }, { label: 'Artikel' }],
		rows: [{ anchor: 'R-3', head: 'R-3', cells: [{ label: 'Wat', text: 'Inkomen komt niet van de Belastingdienst.' }, { label: 'Artikel', text: 'BGS, artikel 2.15' }] }] },
];

const person = {
	name: 'Sanne Duinker', organisation: 'Gemeente Duinwaard', state: state.active, email: 's.duinker@duinwaard.example', lastSignIn: '24 november 2026, 08.12 uur',
	ask: null, actions: [{ label: 'Voeg een functie toe', href: '/people/5510/appointments/new', primary: true, danger: false }, { label: 'Draag het werk over', href: '/people/5510/hand-over', primary: false, danger: true }],
	blocked: [{ label: 'Rol van hoofd geven', reason: 'Dat tekent een tweede persoon. Dat kunnen: E. Wagenvoort, R. Overkamp.', next: null }],
	addHref: '/people/5510/appointments/new', hasAppointments: true,
	appointments: [{ href: '/people/5510/appointments/17', role: 'Indiener', deputyFor: null, onBehalf: 'college van B en W Duinwaard', from: '1 maart 2026', until: null, state: state.active },
		{ href: null, role: 'Indiener', deputyFor: 'T. Rozeman', onBehalf: 'burgemeester van Duinwaard', from: '1 juli 2026', until: '31 december 2026', state: state.active }],
	screening: 'Verklaring omtrent het gedrag', screenedOn: '1 februari 2026', screenedUntil: '1 februari 2030', screeningDue: null, trainedOn: '3 maart 2026', screeningHref: '/people/5510/screening',
	history, historyHref: '/people/5510/history', hasInsight: true, whatSeesHref: '/access/what-sees?person=17', accessLogHref: '/people/17/access-log',
};
const accountForm = {
	name: { label: 'Naam', max: 120 }, email: { label: 'E-mailadres van het werk', max: 254 }, role: { label: 'Rol', kind: 'select', choices: roles },
	screening: { label: 'Hoe is deze collega gescreend?', choices: screenings }, screenedOn: { label: 'Datum van de screening' },
	trainedOn: { label: 'Datum van de training', optional: true }, reason: { label: 'Waarom heeft deze collega Plein nodig?', kind: 'prose', max: 500 },
};
const grant = {
	kind: 'Aanvraag', reference: 'A-2026-7K3QF', state: state.asked, organisation: 'Gemeente Duinwaard', title: 'Rol van indiener', proposedBy: 'T. Rozeman', proposedAt: '20 november 2026, 13.03 uur',
	due: due(later(2), '26 november 2026'), name: 'Sanne Duinker', role: 'Indiener', onBehalf: 'college van B en W Duinwaard', from: '1 december 2026', until: null, screening: 'Verklaring omtrent het gedrag, 1 februari 2026',
	trainedOn: null, why: 'Vervangt een collega die vertrekt.', opens: [{ text: 'Eigen signalen van het college van B en W Duinwaard' }, { text: 'De overleggen waar die op de agenda staan' }],
	mayDecide: true, notYours: null, decideHref: '/people/requests/A-2026-7K3QF/_decide', version: 2, history, historyHref: null, form: { reason: { label: 'Uw reden', kind: 'prose', optional: true, max: 1000 } },
};
const error = { sentence: null, requestId: null, backHref: null, sent: false };

const bars = (name, title, keys, rows, hasHidden = false) => ({ name, title, note: 'SIGNALS', says: 'Wat er gebeurde.', hasKeys: keys.length > 1, hasTotal: keys.length > 1, hasHidden, empty: rows.length === 0,
	height: 26 + rows.length * 34, keys: keys.map((label, i) => ({ label, tint: 'c' + (3 - i), x: 250 + i * 100, textX: 267 + i * 100, hatched: i === 2 })),
	rows: rows.map(([label, ...values], i) => ({ label, shortLabel: label, top: 26 + i * 34, baseline: 43 + i * 34, totalX: 500, untold: false, wholeX: 250, wholeWidth: 0, total: values.reduce((a, b) => a + b, 0),
		parts: values.map((value, k) => ({ value, x: 250 + k * 60, width: 58, tint: 'c' + (3 - k), hatched: k === 2, drawn: value > 0, hidden: hasHidden && value < 5 })) })) });
const monitorPage = { csvHref: '/monitor?format=csv', odsHref: '/monitor?format=ods', lead: '1 januari tot en met 22 november 2026. Cijfers van nu, 14.05 uur.', years: [option('2026', '2026', true), option('2025', '2025')], themes: [option('', "Alle thema's", true)], municipalities: [option('', 'Alle gemeenten', true)], participants: [option('', 'Alle deelnemers', true)], lines: [option('', 'Alle lijnen', true)], weights: [option('', 'Alle gewichten', true)], variants: [option('', 'Alle soorten', true)], hasProjects: true, projects: [option('', 'Alle projecten', true), option('1', 'Schone loodsen')],
	owed: bars('owed', 'Wie moet nog terugkoppelen?', ['Nog op tijd', 'Te laat'], [['Bericht aan indieners', 4, 1], ['Politie', 6, 2]]),
	tiles: [{ label: 'Signalen ingediend', figure: '214', note: '2025: 187', href: '/signals' }, { label: 'Op tijd teruggekoppeld', figure: '88%', note: 'binnen één werkdag na het overleg', href: null }],
	signals: bars('signals', 'Wat gebeurde er met de signalen?', ['Aantal'], [['Ingediend', 214], ['In behandeling als casus', 90]]), casefiles: bars('casefiles', 'Hoe ver kwamen de casussen?', ['Aantal'], []),
	answers: bars('answers', 'Antwoorden deelnemers op tijd?', ['Op tijd', 'Te laat'], [['Politie', 40, 3]], true), interventions: bars('interventions', 'Hoe ver kwamen de interventies?', ['Licht', 'Middel', 'Zwaar'], [['Uitgevoerd', 11, 17, 8]]), moments: bars('moments', 'Blijft het helpen?', ['0 geen', '1 klein', '2 duidelijk', '3 groot'], []), effectsDue: bars('unseen', 'Waarvan weten wij het effect nog niet?', ['Aantal'], []), effectAfter: [option('3', 'na drie maanden'), option('6', 'na zes maanden', true), option('12', 'na twaalf maanden')],
	effects: bars('effects', 'Wat hielp?', ['1 klein', '2 duidelijk', '3 groot'], [['Pand sluiten', 3, 5, 4]]),
	steps: { name: 'steps', title: 'Hoe lang duurt elke stap?', note: 'STEPS', says: 'Dagen. Stip: de middelste. Balk: 8 van de 10 keer.', empty: false, height: 100, axisEnd: 94, marks: [{ at: 210, textAt: 210, label: '0' }, { at: 386, textAt: 386, label: '20' }], rows: [{ label: 'Intake', low: 2, middle: 4, high: 9, count: 214, known: true, top: 31, middleY: 36, baseline: 41, x: 228, width: 60, middleX: 245, textX: 300 }, { label: 'Analyse', low: 0, middle: 0, high: 0, count: 0, known: false, top: 63, middleY: 68, baseline: 73, x: 210, width: 1, middleX: 210, textX: 220 }] },
	hours: { name: 'hours', title: 'Uren: toegezegd en geleverd', note: 'HOURS', says: 'Per kwartaal.', firstHead: 'toegezegd', secondHead: 'geleverd', empty: false, firstPoints: '64,60 504,40', secondPoints: '64,90 504,80', firstEnd: '470 toegezegd', secondEnd: '318 geleverd', firstEndY: 44, secondEndY: 84, marks: [{ at: 190, textAt: 194, label: '0' }], points: [{ label: 'jan-mrt', first: 310, second: 280, x: 64, firstY: 60, secondY: 90 }, { label: 'apr-jun', first: 470, second: 318, x: 504, firstY: 40, secondY: 80 }] },
	amounts: [{ kind: 'Strafrechtelijk', calculated: '€ 1.840.000,00', claimed: '€ 1.210.000,00', imposed: null, seized: '€ 964.500,00', collected: null, setOff: null, prevented: null }], hasAmounts: true, silent: 'Kronewaard en Sluisdam', silentThemes: 'Zorgfraude', isSilent: true, hidesSmall: false };

const practicePage = { reference: 'GP-2026-7K3QF', title: 'Loodsen op één dag', situation: 'Lege loodsen worden gebruikt voor opslag.', approach: 'Samen op één dag langs, met een draaiboek.', result: 'De loodsen zijn leeg gebleven.', remark: null, instrument: 'Integrale controle', organisation: 'Duinwaard', theme: 'Drugs', barrier: 'Opslag', state: state.asked, version: 1, publishedAt: null, editHref: null, publishHref: '/learning/practices/GP-2026-7K3QF/move/publish', returnHref: '/learning/practices/GP-2026-7K3QF/move/return', withdrawHref: '/learning/practices/GP-2026-7K3QF/move/withdraw', notYours: null, likeHref: '/learning?theme=DRUGS' };
const practiceStep = { nothingPersonal: { label: 'Ik heb alles gelezen. Er staat niets in dat naar een persoon of bedrijf wijst.', kind: 'checkbox' }, remark: { label: 'Wat moet anders?', kind: 'prose', optional: true, max: 1000 } };
const learningPage = { csvHref: '/learning?format=csv', odsHref: '/learning?format=ods', themes: [option('', "Alle thema's", true), option('DRUGS', 'Drugs')], instruments: [option('', 'Alle instrumenten', true)], barriers: [option('', 'Alles', true)], hasPractices: true, practices: [{ reference: 'GP-2026-7K3QF', href: '/learning/practices/GP-2026-7K3QF', title: 'Loodsen op één dag', theme: 'Drugs', instrument: 'Integrale controle', organisation: 'Duinwaard', state: state.active }],
	hasWaiting: true, waiting: [{ reference: 'GP-2026-8M4RG', href: '/learning/practices/GP-2026-8M4RG', title: 'Garages', theme: 'Drugs', instrument: null, organisation: 'Politie', state: state.asked }], newHref: '/learning/practices/new', hidesSmall: true,
	hasExperiences: true, experiences: [{ instrument: 'Integrale controle', href: '/learning?instrument=101', kind: 'Bestuurlijk', uses: '14', assessed: '9', helped: '6 van 9' }, { instrument: 'Aanhouding', href: '/learning?instrument=302', kind: 'Strafrechtelijk', uses: 'minder dan 5', assessed: '0', helped: 'nog niet te zeggen' }],
	hasLessons: true, lessons: [{ instrument: 'Integrale controle', theme: 'Drugs', effect: '2: duidelijk', months: 6, text: 'Begin een maand eerder met plannen.' }], hasClosings: true, closings: [{ theme: 'Drugs', at: { day: '3 november 2026' }, worked: 'Samen op één dag.', failed: 'De vergunning kwam laat.', nextTime: 'Eerder beginnen.' }] };
const yearPage = { csvHref: '/monitor/own-year?format=csv', odsHref: '/monitor/own-year?format=ods', heading: 'Uw jaar in het RIEC: 2026', municipality: 'Duinwaard', period: '1 januari tot en met 24 november 2026', council: false, living: false, hidesSmall: false, mayChoose: false, chosen: true, allTold: false, otherHref: '/monitor/year?version=COUNCIL', listHref: '/signals', years: [option('2026', '2026', true), option('2025', '2025')], municipalities: [],
	lines: [{ text: 'Burgemeester en college dienden 12 signalen in. Partners dienden er 3 in over Duinwaard.' }, { text: 'Hielp het? Van 2 interventies is het effect beoordeeld. Bij 1 hielp het duidelijk, of is het probleem weg.' }],
	outcomes: bars('outcomes', 'Wat gebeurde er met de signalen?', ['Gemeente', 'Partners'], [['Ingediend', 12, 3], ['Niet in behandeling', 2, 0]]), helped: bars('helped', 'Wat hielp?', ['0 geen', '1 klein', '2 duidelijk'], [['Opsporingsonderzoek', 1, 0, 1]]),
	hasSignals: true, signals: [{ reference: 'S-2026-7K3QF', href: '/signals/S-2026-7K3QF', title: 'Loods aan de haven', participant: 'Duinwaard', state: state.active, since: '3 maart 2026, 09.10 uur', done: '1 van 2 interventies uitgevoerd', effect: '2: duidelijk' }, { reference: 'S-2026-8M4RG', href: '/signals/S-2026-8M4RG', title: 'Garages', participant: 'Politie', state: state.asked, since: '3 mei 2026, 09.10 uur', done: null, effect: null }],
	hasEffects: true, effects: [{ instrument: 'Opsporingsonderzoek', months: 6, at: { day: '23 november 2026' }, effect: '2: duidelijk', seen: 'Het terrein is leeg.', lessons: 'Begin eerder.' }],
	hasAmounts: true, fewAmounts: false, amounts: [{ label: 'In beslag genomen', cents: '€ 7.500,00' }] };
const analysisParagraph = { id: '0190b6a4', version: 2, author: 'Sanne Duinker', participant: 'Gemeente Duinwaard', writtenAt: '23 november 2026, 09.10 uur', heavy: true, toReview: true, reviewWhy: 'Een gegeven waarop dit rust, is verbeterd. Kijk of de tekst nog klopt.', reviewUntil: '8 december 2026', editHref: '/edit', historyHref: '/history', upHref: '/move', removeHref: '/remove', lookedHref: '/looked', restoreHref: null, hasCitations: true,
	pieces: [{ text: 'De loods is gehuurd door ', name: null, href: null, mention: false, blank: false }, { text: null, name: 'Milan Zandwijk', href: '/casefiles/C-2026-7K3QF/subjects/1', mention: true, blank: false }, { text: ' en ', name: null, href: null, mention: false, blank: false }, { text: null, name: null, href: null, mention: false, blank: true }],
	citations: [{ gone: false, judgement: false, changed: true, href: '/casefiles/C-2026-7K3QF/subjects/1', who: 'Milan Zandwijk', what: 'Controle', value: 'Controle op 1 mei', source: 'politie' }, { gone: true, judgement: false, changed: false, href: null, who: null, what: null, value: null, source: null }] };
const analysisSections = [{ section: 'QUESTION', label: 'De vraag', hint: 'Wat willen de partners weten?', step: false, empty: false, newHref: '/new', paragraphs: [analysisParagraph] },
	{ section: 'STEP_1', label: 'Plek vinden', hint: 'Wie helpt hier?', step: true, empty: true, newHref: '/new', paragraphs: [] }];
const analysis = { reference: 'C-2026-7K3QF', title: 'Loodsen', state: state.active, tabs: [link('Overzicht', '/casefiles/C-2026-7K3QF'), link('Analyse', '/casefiles/C-2026-7K3QF/analysis', { current: true })], topics: 'analysis-C-2026-7K3QF-1', live: 12, href: '/casefiles/C-2026-7K3QF/analysis', leftOut: true, hasReviews: true, reviews: 1, sections: analysisSections,
	hasRemoved: true, removed: [{ ...analysisParagraph, id: '0190b6a5', restoreHref: '/restore' }], hasReaders: true, readers: [{ label: 'Sanne Duinker, college van B en W Duinwaard', href: '/as/17' }], pdfHref: '/pdf', odtHref: '/odt', printHref: '/print', hasVersions: true, versions: [{ id: '1', state: state.asked, draftedBy: 'Farida Elmar', draftedAt: '24 november 2026, 14.05 uur', href: '/version' }], fixHref: '/versions', whyNotFix: null, signs: true };
const analysisWords = { reference: 'C-2026-7K3QF', id: '0190b6a4', text: 'De loods is gehuurd door @[1 Milan Zandwijk].', actionPath: '/casefiles/C-2026-7K3QF/analysis/paragraphs', backHref: '/casefiles/C-2026-7K3QF/analysis', hasSubjects: true, factsProblem: null, asksOtherName: false,
	subjects: [{ number: 1, name: 'Milan Zandwijk', open: true, hasFacts: true, chosenCount: 1, facts: [{ index: 0, fact: 17, phase: 1, what: 'Controle', value: 'Controle op 1 mei', source: 'politie', chosen: true, judgement: false, corrected: true }] }, { number: 2, name: '12-ZZZ-3', open: false, hasFacts: false, chosenCount: 0, facts: [] }] };
const analysisForm = { text: { label: 'Tekst', kind: 'prose', max: 6000 }, otherName: { label: 'De naam in de tekst is van niemand uit de casus', kind: 'checkbox' } };

export const samples = [
	{ name: 'monitor', template: 'monitor/monitor', title: 'Monitor', place: '/monitor', data: monitorPage },
	{ name: 'monitor-empty', template: 'monitor/monitor', title: 'Monitor', place: '/monitor', data: { ...monitorPage, signals: bars('signals', 'Wat gebeurde er met de signalen?', ['Aantal'], []), steps: { ...monitorPage.steps, empty: true }, hours: { ...monitorPage.hours, empty: true }, hasAmounts: false, amounts: [], isSilent: false, silent: null, silentThemes: null },
		problems: [{ path: 'year', message: 'Wat deze cijfers tellen, ligt vast sinds 1 maart 2025. Kies 2025 of later.' }] },
	{ name: 'learning', template: 'learning/learning', title: 'Wat werkte eerder?', place: '/learning', data: learningPage },
	{ name: 'learning-empty', template: 'learning/learning', title: 'Wat werkte eerder?', place: '/learning', frame: 'clerk', data: { ...learningPage, practices: [], waiting: [], experiences: [], lessons: [], closings: [], hasPractices: false, hasWaiting: false, hasExperiences: false, hasLessons: false, hasClosings: false, newHref: null } },
	{ name: 'practice', template: 'learning/practice', title: 'Goede aanpak', place: '/learning', crumbs: [link('Wat werkte eerder?', '/learning')], data: { ...practicePage, form: practiceStep } },
	{ name: 'practice-published', template: 'learning/practice', title: 'Goede aanpak', place: '/learning', frame: 'clerk', data: { ...practicePage, form: practiceStep, state: state.active, publishedAt: { day: '20 november 2026' }, publishHref: null, returnHref: null, withdrawHref: null } },
	{ name: 'practice-write', template: 'learning/practice_write', title: 'Goede aanpak schrijven', place: '/learning', crumbs: [link('Wat werkte eerder?', '/learning')], data: { title: null, situation: null, approach: null, result: null, remark: 'Laat de straat weg.', version: 2, again: true, actionHref: '/learning/practices/GP-2026-7K3QF', themes: [option('', 'Kies', true), option('DRUGS', 'Drugs')], instruments: [option('', 'Geen in het bijzonder', true)], barriers: [option('', 'Niets in het bijzonder', true)],
		form: { title: { label: 'Waar gaat de aanpak over?', max: 120 }, theme: { label: 'Thema' }, instrument: { label: 'Instrument' }, barrier: { label: 'Wat wordt moeilijker?' }, situation: { label: 'Wat was er aan de hand?', kind: 'prose', max: 3000 }, approach: { label: 'Wat deed u?', kind: 'prose', max: 3000 }, result: { label: 'Wat leverde het op?', kind: 'prose', max: 3000 } } },
		problems: [{ path: 'approach', message: 'Een kenteken, telefoonnummer, e-mailadres of rekening wijst naar een persoon. Haal het weg.' }] },
	{ name: 'year', template: 'monitor/year', title: 'Uw jaar in het RIEC: 2026', place: '/monitor/own-year', data: yearPage },
	{ name: 'year-council', template: 'monitor/year', title: 'Duinwaard in het RIEC: 2026', place: '/monitor', data: { ...yearPage, heading: 'Duinwaard in het RIEC: 2026', council: true, hidesSmall: true, living: true, mayChoose: true, municipalities: [option('12', 'Duinwaard', true)], hasSignals: false, hasEffects: false, hasAmounts: false, fewAmounts: true, otherHref: null } },
	{ name: 'year-choose', template: 'monitor/year', title: 'Het jaar van een gemeente', place: '/monitor', data: { ...yearPage, heading: 'Het jaar van een gemeente', municipality: null, chosen: false, mayChoose: true, municipalities: [option('', 'Kies een gemeente', true)] },
		problems: [{ path: 'municipality', message: 'U ziet hier het jaar van uw eigen gemeente.' }] },
	{ name: 'monitor-definitions', template: 'monitor/definitions', title: 'Wat tellen wij precies?', place: '/monitor', data: { definitions: [{ code: 'CASEFILES', place: 'CASEFILES-1', version: 1, fromDay: '1 maart 2025', untilDay: '21 november 2026', title: 'Casussen', text: 'Hoe vaak een casus in deze periode een stap bereikte.' }, { code: 'CASEFILES', place: 'CASEFILES', version: 2, fromDay: '22 november 2026', untilDay: null, title: 'Casussen', text: 'Hoe vaak een casus in deze periode een stap bereikte, ook per project.' }, { code: 'SIGNALS', place: 'SIGNALS', untilDay: null, version: 1, fromDay: '1 maart 2025', title: 'Signalen', text: 'Een signaal telt op de dag waarop het voor het eerst is ingediend.' }] } },
	{ name: 'style-guide', template: 'style-guide/style_guide', title: 'Stijlgids', data: {} },
	{ name: 'sign-in', template: 'people/sign_in', title: 'Inloggen', frame: 'stranger', data: { form: signIn, timedOut: true, signedOut: false, next: '/signals', email: null } },
	{ name: 'sign-in-wrong', template: 'people/sign_in', title: 'Inloggen', frame: 'stranger', data: { form: signIn, timedOut: false, signedOut: false, next: null, email: 's.duinker@duinwaard.example' },
		problems: [{ path: null, message: 'Deze combinatie kennen wij niet. Probeer het nog eens, of gebruik een herstelcode.' }] },
	{ name: 'sign-in-code', template: 'people/sign_in_code', title: 'Code invullen', frame: 'stranger', data: { form: code },
		problems: [{ path: 'code', message: 'Deze code klopt niet. Wacht op een nieuwe code en probeer die.' }] },
	{ name: 'sign-in-recovery', template: 'people/sign_in_recovery', title: 'Herstelcode', frame: 'stranger', data: { form: { code: { label: 'Herstelcode', max: 40 } } } },
	{ name: 'enrol', template: 'people/enrol', title: 'Koppel uw telefoon', frame: 'stranger', data: { form: code, qrHref: '/assets/favicon.svg', secret: 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ' } },
	{ name: 'recovery-codes', template: 'people/recovery_codes', title: 'Herstelcodes', data: { codes: ['7K3QF-9XK2W', '4D7QH-3M8TC', 'W2N5B-6RJ4P', 'H8VQ3-T7CKD', 'P5XG9-2MZ6N', 'B4KT8-J3WQ7', 'C9RD2-N5HX4', 'Q6FM3-V8TB2'].map(c => ({ code: c })) } },
	{ name: 'step-up', template: 'people/step_up', title: 'Nieuwe code', data: { form: code, reason: 'U wilt een rol geven.', next: '/people/requests/A-2026-7K3QF' } },
	{ name: 'password', template: 'people/password', title: 'Nieuw wachtwoord', data: { form: { current: { label: 'Uw wachtwoord nu' }, password: { label: 'Nieuw wachtwoord' }, again: { label: 'Nog een keer' } }, askCurrent: true },
		problems: [{ path: 'password', message: 'Dit wachtwoord is te kort. Neem minstens 12 tekens.' }, { path: 'again', message: 'Dit is een ander wachtwoord. Typ twee keer hetzelfde.' }] },
	{ name: 'my-work', template: 'home/my_work', title: 'Mijn werk', place: '/', data: { count: 30, next: '/?after=20780.513', firstHref: null, moreWaiting: 14, today: 'Dinsdag 24 november 2026', summary: 'Er wachten 5 dingen op u: 1 is te laat, 1 moet vandaag.', begin: [{ label: 'Intake', href: '/intake' }], mayWrite: false, elsewhere: [], hasTasks: true, tasks,
		hasWaiting: true, waiting: [{ from: 'RIEC-bureau', title: 'Account voor een collega', href: '/people/requests/A-2026-9XK2W', detail: 'Het hoofd beslist', due: due(later(4), 'maandag 30 november 2026') }],
		hasWaiting: true, waiting: [{ from: 'RIEC-bureau', name: null, title: 'Account voor een collega', href: '/people/requests/A-2026-9XK2W', detail: 'Het hoofd beslist', due: due(later(4), 'maandag 30 november 2026') }],
		lastVisit: 'gisteren, 16.42 uur', hasNews: true, news } },
	{ name: 'my-work-empty', template: 'home/my_work', title: 'Mijn werk', place: '/', frame: 'clerk', data: { count: 0, next: null, firstHref: null, moreWaiting: 0, today: 'Dinsdag 24 november 2026', summary: 'Er wacht niets op u.', begin: [{ label: 'Plak een mail', href: '/signals/paste' }], mayWrite: true, elsewhere: [{ label: 'de burgemeester van Duinwaard, lid van de Stuurploeg', appointment: '12', waits: '2 dingen wachten op u' }], hasTasks: false, tasks: [], hasWaiting: false, waiting: [], lastVisit: null, hasNews: false, news: [] } },
	{ name: 'news', template: 'home/news', title: 'Nieuw', data: { hasNews: true, news, ...pager } },
	{ name: 'may-i-share', template: 'law/may_i_share', title: 'Mag ik dit delen?', frame: 'clerk', data: { ...mayIShare, answer: conditional } },
	{ name: 'may-i-share-no', template: 'law/may_i_share', title: 'Mag ik dit delen?', frame: 'clerk', data: { ...mayIShare, answer: { ...no, sentence: 'Inkomen mag niet van de Belastingdienst komen.', hasConditions: false, conditions: [], next: 'Vraag het aan UWV.', article: 'BGS, artikel 2.15', rule: 'R-3', validSince: null } } },
	{ name: 'rules', template: 'law/rules', title: 'De regels', data: { edition: '22 november 2026', tables: ruleTables } },
	{ name: 'log', template: 'audit/log', title: 'Logboek', place: '/log', data: { sealed: true, intact: true, sealedAt: '24 november 2026, 14.00 uur', size: '1.204.881 regels', jsonHref: '/log/export?format=json', orderOptions, actor: null, object: null, from: '17-11-2026', to: '24-11-2026',
		actionOptions: [option('', 'Alles', true), option('READ', 'Bekeken'), option('UPDATE', 'Gewijzigd')], outcomeOptions: [option('', 'Alles', true), option('DENIED', 'Geweigerd')],
		hasChips: true, chips: [{ label: '17 t/m 24 november', href: '/log' }], hasEvents: true, events, ...pager } },
	{ name: 'log-empty', template: 'audit/log', title: 'Logboek', place: '/log', data: { sealed: true, intact: false, sealedAt: '24 november 2026, 13.00 uur', size: '1.204.881 regels', jsonHref: null, orderOptions, actor: 'P-2026-9XK2W', object: null, from: null, to: null, actionOptions: [option('', 'Alles', true)], outcomeOptions: [option('', 'Alles', true)], hasChips: false, chips: [], hasEvents: false, events: [], ...noPager } },
	{ name: 'access-log', template: 'audit/person_access_log', title: 'Wie bekeek dit?', crumbs: [link('Mensen', '/people'), link('A-2026-7K3QF', '/people/requests/A-2026-7K3QF')], data: { reference: 'A-2026-7K3QF', subject: 'Account', askReason: false, hasEvents: true, events, ...noPager } },
	{ name: 'access-log-reason', template: 'audit/person_access_log', title: 'Wie bekeek dit?', data: { reference: 'A-2026-7K3QF', subject: 'Account', askReason: true, askHref: '/people/requests/A-2026-7K3QF/access-log', remark: null,
		form: { purpose: { label: 'Waarvoor kijkt u?', choices: [choice('LAWFULNESS', 'Controle van de rechtmatigheid'), choice('INTERNAL', 'Interne controle'), choice('SECURITY', 'Beveiliging')] }, remark: { label: 'Toelichting', optional: true, max: 300 } } },
		problems: [{ path: 'purpose', message: 'Kies waarvoor u kijkt.' }] },
	{ name: 'signal-access-log-reason', template: 'audit/signal_access_log', title: 'Wie bekeek dit?', data: { reference: 'S-2026-7K3QF', subject: 'Signaal', askReason: true, askHref: '/signals/S-2026-7K3QF/access-log', remark: null,
		form: { purpose: { label: 'Waarvoor kijkt u?', choices: [choice('LAWFULNESS', 'Controle van de rechtmatigheid'), choice('INTERNAL', 'Interne controle'), choice('SECURITY', 'Beveiliging')] }, remark: { label: 'Toelichting', optional: true, max: 300 } } },
		problems: [{ path: 'purpose', message: 'Kies waarvoor u kijkt.' }] },
	{ name: 'meeting-access-log-reason', template: 'audit/meeting_access_log', title: 'Wie bekeek dit?', data: { reference: 'IO-2026-7K3QF', subject: 'Overleg', askReason: true, askHref: '/meetings/IO-2026-7K3QF/access-log', remark: null,
		form: { purpose: { label: 'Waarvoor kijkt u?', choices: [choice('LAWFULNESS', 'Controle van de rechtmatigheid'), choice('INTERNAL', 'Interne controle'), choice('SECURITY', 'Beveiliging')] }, remark: { label: 'Toelichting', optional: true, max: 300 } } },
		problems: [{ path: 'purpose', message: 'Kies waarvoor u kijkt.' }] },
	{ name: 'intervention-access-log-reason', template: 'audit/intervention_access_log', title: 'Wie bekeek dit?', data: { reference: 'I-2026-7K3QF', subject: 'Interventie', askReason: true, askHref: '/interventions/I-2026-7K3QF/access-log', remark: null,
		form: { purpose: { label: 'Waarvoor kijkt u?', choices: [choice('LAWFULNESS', 'Controle van de rechtmatigheid'), choice('INTERNAL', 'Interne controle'), choice('SECURITY', 'Beveiliging')] }, remark: { label: 'Toelichting', optional: true, max: 300 } } },
		problems: [{ path: 'purpose', message: 'Kies waarvoor u kijkt.' }] },
	{ name: 'log-heads', template: 'audit/heads', title: 'Zegels van het logboek', place: '/log', crumbs: [link('Logboek', '/log')], data: { hasHeads: true, heads: [{ at: '24 november 2026, 14.00 uur', quarter: '2026, kwartaal 4', size: '1.204.881', root: null, holds: true, text: 'head 1 7f3a9c0e 1204881 1795525200000 4be1 90cc 13ab' }], ...pager } },
	{ name: 'my-log', template: 'audit/mine', title: 'Wat ik deed', data: { orderOptions, from: '1 november 2026', to: null, hasEvents: true, events, ...pager } },
	{ name: 'people', template: 'people/list', title: 'Mensen', place: '/people', data: { mayRequest: true, filters: [{ name: 'state', label: 'Stand', choices: [{ name: 'ACTIVE', label: 'Actief', current: false }, { name: 'SUSPENDED', label: 'Geschorst', current: false }] }], hasSorts: true, sorts: [{ name: 'name', label: 'Naam, van A tot Z', current: true }, { name: 'name-down', label: 'Naam, van Z tot A', current: false }], hasChips: false, chips: [], empty: null, odsHref: '#main',
		items: [{ href: '/people/5510', name: 'Sanne Duinker', organisation: 'Gemeente Duinwaard', state: state.active, screenedUntil: '1 februari 2030' },
			{ href: '/people/5511', name: 'Aart Kromhout', organisation: 'Politie', state: state.stopped, screenedUntil: null }], ...pager } },
	{ name: 'proposals', template: 'people/proposals', title: 'Wacht op handtekening', place: '/people', data: { empty: null, odsHref: '#main', hasSorts: true, sorts: [{ name: 'oldest', label: 'Wat het langst wacht eerst', current: true }, { name: 'newest', label: 'Nieuwste eerst', current: false }], items: [{ href: '/people/proposals/17', name: 'Tess Kromhout', role: 'analist', onBehalf: 'RIEC-bureau', from: '1 december 2026', proposedBy: 'E. Wagenvoort', proposedAt: '24 november 2026, 14.05 uur', yours: true, notYours: null }, { href: '/people/proposals/18', name: 'Sanne Duinker', role: 'indiener', onBehalf: 'College van B en W Duinwaard', from: '1 december 2026', proposedBy: 'Ruben Overkamp', proposedAt: '24 november 2026, 15.10 uur', yours: false, notYours: 'U schreef dit zelf. Daarom moet een ander tekenen.' }], ...pager } },
	{ name: 'proposals-empty', template: 'people/proposals', title: 'Wacht op handtekening', place: '/people', data: { empty: 'Er wacht nu niets op een handtekening.', items: [], ...noPager } },
	{ name: 'people-empty', template: 'people/list', title: 'Mensen', place: '/people', data: { filters: [{ name: 'state', label: 'Stand', choices: [{ name: 'ACTIVE', label: 'Actief', current: false }, { name: 'SUSPENDED', label: 'Geschorst', current: true }] }], hasChips: true, chips: [{ label: 'Stand: Geschorst', href: '/people' }], empty: 'Niets gevonden met deze filters. Haal een filter weg.', items: [], ...noPager } },
	{ name: 'person', template: 'people/show', title: 'Medewerker', place: '/people', crumbs: [link('Mensen', '/people')], data: person },
	{ name: 'appointment', template: 'people/appointment_form', title: 'Functie', place: '/people', data: { appointment: null, personName: 'Sanne Duinker', action: '/people/5510/appointments', version: 1, organOptions: organs, deskOptions: [option('', 'Geen', true)], deputyOptions: [option('', 'Niemand', true)], from: '31 november', until: null, backHref: '/people/5510', stale: null,
		form: { reason: { label: 'Waarom is deze rol nodig?', kind: 'prose', max: 500 }, role: { label: 'Rol', kind: 'select', choices: roles }, from: { label: 'Vanaf' }, until: { label: 'Tot en met', optional: true } } },
		problems: [{ path: 'organ', message: 'Kies namens wie deze persoon werkt.' }, { path: 'from', message: '31 november bestaat niet. Kies een dag van 1 tot en met 30.' }] },
	{ name: 'account-request', template: 'people/account_request_form', title: 'Account aanvragen', place: '/people', data: { organisation: 'gemeente Duinwaard', organOptions: organs, name: null, email: null, screenedOn: null, trainedOn: null, reason: null, form: accountForm } },
	{ name: 'account-request-problems', template: 'people/account_request_form', title: 'Account aanvragen', place: '/people', data: { organisation: 'gemeente Duinwaard', organOptions: organs, name: 'Bo de Groot', email: 'veiligheid@duinwaard.example', screenedOn: '1-3-2022', trainedOn: null, reason: '', form: accountForm },
		problems: [{ path: 'email', message: 'Dit adres is van een groep. Vul het adres van één persoon in.' }, { path: 'reason', message: 'Vul in waarom deze collega Plein nodig heeft.' }] },
	{ name: 'grant', template: 'people/grant', title: 'Aanvraag A-2026-7K3QF', place: '/people', data: grant },
	{ name: 'grant-not-yours', template: 'people/grant', title: 'Aanvraag A-2026-7K3QF', place: '/people', data: { ...grant, mayDecide: false, notYours: 'U schreef dit zelf. Daarom moet een ander tekenen. Dat kunnen: R. Overkamp, E. Wagenvoort.' } },
	{ name: 'sessions', template: 'people/sessions', title: 'Sessies', data: { sessions: [{ device: 'Firefox op Windows', current: true, startedAt: 'vandaag, 08.12 uur', usedAt: 'nu', endHref: null }, { device: 'Chrome op Linux', current: false, startedAt: 'gisteren, 16.42 uur', usedAt: 'gisteren, 17.10 uur', endHref: '/me/sessions/2/_end' }], hasOthers: true,
		signIns: [{ at: '24 november 2026, 08.12 uur', succeeded: true, device: 'Firefox op Windows' }, { at: '23 november 2026, 22.51 uur', succeeded: false, device: 'onbekend' }], ...pager } },
	{ name: 'settings', template: 'people/settings', title: 'Instellingen', frameMore: { note: 'Uw instellingen zijn bewaard.' }, data: { recoveryCodesLeft: 6, form: { colours: { label: 'Kleuren', choices: [choice('auto', 'Zoals mijn systeem', true), choice('light', 'Licht'), choice('dark', 'Donker')] }, density: { label: 'Lijsten', choices: [choice('comfortable', 'Ruim: twee regels', true), choice('compact', 'Compact: één regel')] }, mail: { label: 'Mail', choices: [choice('bundled', 'Twee keer per dag, om 08.00 en 13.00 uur', true), choice('never', 'Nooit')] } } } },
	{ name: 'what-sees', template: 'access/what_sees', title: 'Wat ziet iemand?', place: '/people', data: { hasAppointments: true, person: null, appointmentOptions: [option('17', 'Sanne Duinker, college van B en W Duinwaard', true)], chosen: { name: 'Sanne Duinker', onBehalf: 'college van B en W Duinwaard', role: 'indiener', duty: 'Brengt signalen in namens de eigen organisatie.', blockedReason: 'De screening is verlopen op 1 november 2026. Leg een nieuwe vast.', hasRooms: true, rooms: [{ label: 'Signalen', path: '/signals', amount: '12', why: 'Van het college van B en W Duinwaard, ook concepten.', article: 'WGS, artikel 1.8, tweede lid', no: false, yes: true, count: 12 }, { label: 'Casussen', path: null, amount: 'niet', why: 'Hoort bij: analist, informatiecoördinator.', article: null, no: true, yes: false, count: 0 }], audiences: [{ label: 'College van B en W Duinwaard', why: 'Functie van indiener', what: 'Signalen van het college' }], permissions: [{ label: 'Signaal schrijven', ...yes, sentence: 'Hoort bij de rol van indiener.' }, { label: 'Fase 2 openen', ...no, sentence: 'Dat doen de analist en de coördinator samen.' }] } } },
	{ name: 'what-sees', template: 'access/what_sees', title: 'Wat ziet iemand?', place: '/people', data: { hasAppointments: true, person: null, appointmentOptions: [option('17', 'Sanne Duinker, college van B en W Duinwaard', true)], chosen: { name: 'Sanne Duinker', onBehalf: 'college van B en W Duinwaard', role: 'indiener', duty: 'Brengt signalen in namens de eigen organisatie.', blockedReason: 'De screening is verlopen op 1 november 2026. Leg een nieuwe vast.', audiences: [{ label: 'College van B en W Duinwaard', why: 'Functie van indiener', what: 'Signalen van het college' }], permissions: [{ label: 'Signaal schrijven', ...yes, sentence: 'Hoort bij de rol van indiener.' }, { label: 'Fase 2 openen', ...no, sentence: 'Dat doen de analist en de coördinator samen.' }] } } },
	{ name: 'own-factors', template: 'weighing/factors', title: 'Eigen factoren', place: '/meetings', crumbs: [link('Overleggen', '/meetings')], data: { hasLists: true, mayPropose: true, weighedOn: 'vier factoren uit de wet (1 maart 2025)', fromDay: null, reason: '', lists: [{ number: 2, version: 1, standing: 'wacht op bevestiging', fromDay: '1 december 2026', reason: 'Wachten kost te veel.', proposer: 'R. Overkamp', proposedAt: '20 november 2026, 10.00 uur', confirmer: null, confirmHref: '/meetings/factors/2/_confirm', withdrawHref: '/meetings/factors/2/_withdraw', hasFactors: true, factors: [{ name: 'Urgentie', question: 'Wat gebeurt er als wij wachten?', low: 'kan wachten', high: 'nu of nooit', use: 'Volgorde' }] }, { number: 1, version: 2, standing: 'geldt nu', fromDay: '1 juni 2026', reason: 'Alleen de wet.', proposer: 'R. Overkamp', proposedAt: '20 mei 2026, 10.00 uur', confirmer: 'E. Wagenvoort', confirmedAt: '21 mei 2026, 09.00 uur', hasFactors: false, factors: [] }], factors: [{ name: 'Urgentie' }, { name: '' }], form: ownFactorsForm } },
	{ name: 'own-factors-none', template: 'weighing/factors', title: 'Eigen factoren', place: '/meetings', crumbs: [link('Overleggen', '/meetings')], data: { hasLists: false, mayPropose: false, weighedOn: 'vier factoren uit de wet (1 maart 2025)', lists: [], factors: [], form: ownFactorsForm } },
	{ name: 'meeting-quorum', template: 'weighing/quorum', title: 'Wanneer beslist het overleg?', place: '/meetings', crumbs: [link('Overleggen', '/meetings')], data: { others: 2, mayChange: true, form: { others: { label: 'Hoeveel andere deelnemers moeten er zijn?', max: 20 } } } },
	{ name: 'meeting-quorum-read', template: 'weighing/quorum', title: 'Wanneer beslist het overleg?', place: '/meetings', crumbs: [link('Overleggen', '/meetings')], data: { others: 2, mayChange: false, form: { others: { label: 'Hoeveel andere deelnemers moeten er zijn?', max: 20 } } } },
	{ name: 'who-sees', template: 'access/who_sees', title: 'Wie ziet dit?', place: '/signals', crumbs: [link('Signalen', '/signals'), link('S-2026-7K3QF', '/signals/S-2026-7K3QF')], data: { reference: 'S-2026-7K3QF', subject: 'Signaal', count: 2, seers: [{ name: 'Ruben Overkamp', organisation: 'RIEC-bureau', role: 'informatiecoördinator', why: 'Ziet dit door deze rol in de regio.', writes: true, until: null }, { name: 'E. Wagenvoort', organisation: 'RIEC-bureau', role: 'hoofd RIEC', why: 'Ziet dit door deze rol in de regio.', writes: false, until: '31 december 2026' }], ...noPager, lastRow: 2, firstRow: 1, csvHref: '?format=csv' } },
	{ name: 'error-404', template: 'errors/not_found', title: 'Niet gevonden', data: error },
	{ name: 'error-429', template: 'errors/enough', title: 'Genoeg voor dit uur', data: { ...error, sentence: 'U deed dit uur al meer dan gewoonlijk. Om 11.00 uur kan het weer. Eerder nodig? Bel uw autorisatiebeheerder.', requestId: '7F3A' } },
	{ name: 'error-403', template: 'errors/denied', title: 'Dit mag nu niet', data: { ...error, sentence: 'Uw screening is verlopen. Lever een nieuwe verklaring in bij uw organisatie.', requestId: '7F3A' } },
	{ name: 'error-409', template: 'errors/conflict', title: 'Dit kan nu niet', data: { ...error, sentence: 'Deze aanvraag is al besloten.', backHref: '/people', requestId: '7F3A' } },
	{ name: 'error-400', template: 'errors/bad_request', title: 'Onduidelijk verzoek', data: { ...error, sentence: 'Het formulier kwam niet helemaal aan.', requestId: '7F3A' } },
	{ name: 'error-413', template: 'errors/too_large', title: 'Te groot', data: { ...error, sentence: 'Dit bestand is 64 MB. Het mag 50 MB zijn.', sent: true, requestId: '7F3A' } },
	{ name: 'error-500', template: 'errors/fault', title: 'Er ging iets mis', data: { ...error, requestId: '7F3A' } },
	{ name: 'error-503', template: 'errors/busy', title: 'Druk', data: { ...error, requestId: '7F3A' } },
	{ name: 'matches', template: 'matches/list', title: 'Mogelijk dezelfde', place: '/matches', data: { orderOptions, before: 'a', csvHref: '?format=csv', odsHref: '?format=ods', compared: 1000, loading: false, moreSeen: true, later: true, olderHref: '/matches?before=a', nextBefore: 'a', morePairs: true, hasPairs: true, firstHref: '/matches/a/b', hasJudged: true,
		items: [{ one: 'Mehmet Yılmaz', other: 'Mehmet Yilmas', path: '/matches/a/b', oneReference: 'S-2026-7K3QF', otherReference: 'C-2026-3M8TC', kind: 'Persoon', verdict: 'Waarschijnlijk dezelfde', why: 'zelfde geboortedatum; achternaam één letter anders of zelfde klank: Yılmaz / Yilmas', second: true }],
		judged: [{ oneReference: 'S-2026-7K3QF', otherReference: 'S-2026-9XK2W', path: '/matches/a/c', judgement: 'Niet dezelfde', judge: 'Ruben Overkamp', second: 'Els Wagenvoort', at: '24 november 2026, 09.31 uur', waits: false }] } },
	{ name: 'matches-none', template: 'matches/list', title: 'Mogelijk dezelfde', place: '/matches', data: { orderOptions, before: null, csvHref: null, odsHref: null, compared: 0, loading: true, moreSeen: false, later: false, olderHref: null, nextBefore: null, morePairs: false, hasPairs: false, firstHref: null, hasJudged: false, items: [], judged: [] } },
	{ name: 'crowds', template: 'matches/crowds', title: 'Wat te velen delen', place: '/matches', data: { limit: 400, loading: false, hasItems: true, items: [{ kind: 'personen', rule: 'geboortedatum', atLeast: 1200, example: '1 januari 1980', reference: 'S-2026-7K3QF', href: '/signals/S-2026-7K3QF' }, { kind: 'adressen', rule: 'postcode en huisnummer', atLeast: 400, example: null, reference: null, href: null }] } },
	{ name: 'crowds-none', template: 'matches/crowds', title: 'Wat te velen delen', place: '/matches', data: { limit: 400, loading: false, hasItems: false, items: [] } },
	{ name: 'help', template: 'help/help', title: 'Hulp', data: {} },
	{ name: 'accessibility', template: 'help/accessibility', title: 'Toegankelijkheid', data: {} },
	{ name: 'privacy', template: 'help/privacy', title: 'Privacy en logboek', data: {} },
	...adviceSamples,
	...caseworkSamples, ...effectSamples, ...steeringSamples,
	{ name: 'analysis', template: 'analysis/show', title: 'Analyse', place: '/casefiles', data: analysis },
	{ name: 'analysis-history', template: 'analysis/history', title: 'Eerdere versies van een alinea', place: '/casefiles', data: { reference: 'C-2026-7K3QF', backHref: '/casefiles/C-2026-7K3QF/analysis', versions: [
		{ writtenAt: '24 november 2026, 14.05 uur', author: 'Tess Kromhout', participant: 'Politie', first: false, pieces: [{ text: 'De loods is ', removed: false, added: false }, { text: 'gehuurd', removed: true, added: false }, { text: 'gekocht', removed: false, added: true }] },
		{ writtenAt: '23 november 2026, 09.10 uur', author: 'Sanne Duinker', participant: 'Gemeente Duinwaard', first: true, pieces: [{ text: 'De loods is gehuurd', removed: false, added: false }] }] } },
	{ name: 'analysis-edit-stale', template: 'analysis/edit', title: 'Alinea wijzigen', place: '/casefiles', data: { ...analysisWords, version: 3, author: 'Tess Kromhout', writtenAt: '24 november 2026, 14.05 uur', section: 'De vraag', topics: 'analysis-C-2026-7K3QF-1', live: 12, href: '/casefiles/C-2026-7K3QF/analysis/paragraphs/1', form: analysisForm,
		stale: { savedBy: 'Tess Kromhout', savedAt: '24 november 2026, 14.05 uur', differences: [{ label: 'Tekst', path: 'text', theirs: 'De loods is gekocht', yours: 'De loods is gehuurd', theirsPieces: [{ text: 'De loods is ', changed: false }, { text: 'gekocht', changed: true }], yoursPieces: [{ text: 'De loods is ', changed: false }, { text: 'gehuurd', changed: true }] }] } } },
	{ name: 'analysis-new', template: 'analysis/new', title: 'Alinea schrijven', place: '/casefiles', data: { ...analysisWords, after: null, sections: [option('', 'Kies', true), option('QUESTION', 'De vraag')], asksOtherName: true, factsProblem: 'Kies hooguit 60 gegevens. Maak er twee alinea\'s van.', form: analysisForm, problems: [{ path: 'text', message: 'De naam van nummer 1 staat er als gewone tekst. Schrijf @1. Of kruis aan dat u iemand anders bedoelt.' }] } },
	{ name: 'analysis-version', template: 'analysis/version', title: 'Vastgestelde analyse', place: '/casefiles', data: { reference: 'C-2026-7K3QF', title: 'Loodsen', id: '1', version: 1, state: state.asked, hash: '4fa743decf35cded956055a3e68d1c98ff467c0e2158a7bae5e7ad47113e924b', draftedBy: 'Farida Elmar', draftedAt: '24 november 2026, 14.05 uur', decidedBy: null, signHref: '/sign', withdrawHref: '/withdraw', whyNot: null, pdfHref: '/pdf', odtHref: '/odt', changesHref: '/changes', backHref: '/casefiles/C-2026-7K3QF/analysis', leftOut: true, hasDestroyed: true, destroyed: 1, changed: true, sections: analysis.sections } },
	{ name: 'analysis-changes', template: 'analysis/changes', title: 'Wat is er veranderd in de analyse', place: '/casefiles', data: { reference: 'C-2026-7K3QF', draftedAt: '24 november 2026, 14.05 uur', beforeAt: '3 november 2026, 09.10 uur', beforeHref: '/before', backHref: '/version', first: false, none: false, hasDestroyed: true, same: 4, sections: [
		{ section: 'QUESTION', label: 'De vraag', step: false, empty: false, paragraphs: [
			{ id: '1', author: 'Tess Kromhout', participant: 'Politie', added: false, removed: false, moved: false, pieces: [{ text: 'De loods is ', removed: false, added: false }, { text: 'gehuurd', removed: true, added: false }, { text: 'gekocht', removed: false, added: true }] },
			{ id: '2', author: 'Sanne Duinker', participant: 'Gemeente Duinwaard', added: true, removed: false, moved: false, pieces: [{ text: 'Wie betaalt de huur?', removed: false, added: true }] }] },
		{ section: 'STEP_1', label: 'Opslag', step: true, empty: false, paragraphs: [
			{ id: '3', author: 'Sanne Duinker', participant: 'Gemeente Duinwaard', added: false, removed: false, moved: true, pieces: [{ text: 'De deur staat open', removed: false, added: false }] }] }] } },
	{ name: 'analysis-changes-first', template: 'analysis/changes', title: 'Wat is er veranderd in de analyse', place: '/casefiles', data: { reference: 'C-2026-7K3QF', first: true, none: false, hasDestroyed: false, backHref: '/version', sections: [] } },
	{ name: 'analysis-preview', template: 'analysis/preview', title: 'Zoals een ander het leest', place: '/casefiles', data: { ...analysis, reader: 'Sanne Duinker', backHref: '/casefiles/C-2026-7K3QF/analysis' } },
	{ name: 'analysis-print', template: 'analysis/print', title: 'Analyse om af te drukken', place: '/casefiles', data: { reference: 'C-2026-7K3QF', under: 'Casus C-2026-7K3QF: Loodsen', footer: 'Vertrouwelijk. Exemplaar K-B4F949CFCAE1', leftOut: false, empty: false, sections: analysis.sections } },
];
