// Packs of the Stuurploeg and projects. All of it is invented.
const option = (value, label, selected = false) => ({ value, label, selected });
const state = { tint: 'busy', icon: 'half', label: 'Analyse' };
const pack = {
	reference: 'SK-2026-7K3QF', meeting: 'SP-2026-7K3QF', pdfHref: '/steering/SP-2026-7K3QF/packs/SK-2026-7K3QF/pdf', makeHref: '/steering/SP-2026-7K3QF/packs/SK-2026-7K3QF/file',
	backHref: '/steering/SP-2026-7K3QF/packs/SK-2026-7K3QF', percent: 0, kilobytes: 0, readyAt: null, busy: false, ready: false, failed: false, outdated: false, absent: false,
};
const file = (name, data) => ({ name: `pack-${name}`, template: 'steering/pack_file', title: 'PDF van uw stukken', place: '/steering', data: { ...pack, ...data } });
const project = { id: 1, name: 'Schone loodsen', aim: 'Minder misbruik van loodsen en bedrijfsruimte in het havengebied.', from: '1 maart 2025', until: '31 december 2027', casefiles: 14, monitorHref: '/monitor?project=1' };
const belonging = { reference: 'C-2026-7K3QF', state, version: 3, actionPath: '/casefiles/C-2026-7K3QF/project', backHref: '/casefiles/C-2026-7K3QF', hasProjects: true, projects: [option('', 'Geen project', true), option('1', 'Schone loodsen')] };
const projectForm = { name: { label: 'Naam van het project', max: 80 }, aim: { label: 'Wat wil het project bereiken?', kind: 'prose', max: 500 }, from: { label: 'Vanaf' }, until: { label: 'Tot en met' } };
const register = { name: null, aim: null, from: null, until: null, form: projectForm };

const papers = { reference: 'I-2026-7K3QF', heading: 'Toezichtcontrole', version: 3, hasPapers: true, addHref: '/interventions/I-2026-7K3QF/papers', backHref: '/interventions/I-2026-7K3QF', tasks: [option('', 'Kies', true), option('101', 'Handhaving van de rechtsorde')],
	form: { file: { label: 'Het bestand', kind: 'file' }, kind: { label: 'Wat is het?', kind: 'select', choices: [{ value: 'INSPECTION_REPORT', label: 'Controleverslag' }] }, task: { label: 'Uit welke taak of welk register komt het?' }, subject: { label: 'Over wie of wat gaat het?' } },
	tells: true, subjects: [option('', 'De plek of het verschijnsel', true), option('1', '1. Jan de Boer')],
	papers: [{ number: 1, kind: 'Controleverslag', category: 'Toezicht en handhaving', phase: 1, about: 1, aboutHref: '/casefiles/C-2026-7K3QF/subjects/1', media: 'PDF', size: '312 kB', name: 'verslag-loods.pdf', sha256: '4fa743decf35cded956055a3e68d1c98ff467c0e2158a7bae5e7ad47113e924b', source: 'Politie', addedAt: { iso: '2026-11-22T13:05:00Z', text: '22 november 2026, 14.05 uur' }, href: '/interventions/I-2026-7K3QF/papers/1', removePath: '/interventions/I-2026-7K3QF/papers/1/remove' }] };

const left = { reference: 'I-2026-7K3QF', state: { tint: 'done', icon: 'check', label: 'Effect beoordeeld' }, instrument: 'Toezichtcontrole', kind: 'Bestuurlijk', weight: 'licht', theme: 'Drugs', municipality: 'Havenstad', onBehalf: 'de burgemeester', lead: 'Saskia Haan',
	executedDay: '23 november 2026', nextEffectDay: '23 november 2027', effectHref: '/interventions/I-2026-7K3QF/effect', intendedEffect: 'Geen opslag van grondstoffen meer op het terrein', indicator: 'Minder dan twee meldingen per maand', learningHref: '/learning?instrument=301', ref: 'I-2026-7K3QF',
	effects: [{ months: 6, effect: 2, seen: 'Rustiger, twee loodsen staan leeg.', lessons: 'Begin met de verhuurder.', place: 'Havenweg', recheckDay: '1 december 2027', recheck: null, recheckHref: '/interventions/I-2026-7K3QF/_recheck', displaced: 'Nee' }] };

const nationalRegion = (name, tells, own = false) => ({ name, code: name, period: '1 januari 2026 tot en met 22 november 2026', madeBy: `${name}, hoofd`, madeAt: { iso: '2026-11-22T13:05:00Z', text: '22 november 2026, 14.05 uur' }, readAt: own ? null : { iso: '2026-11-22T13:05:00Z', text: '22 november 2026, 14.05 uur' }, own, tells });
const money = name => ({ name, calculated: '€ 1.200.000,00', claimed: '€ 800.000,00', imposed: '€ 310.000,00', seized: '€ 2.000.000,00', collected: 'weinig', setOff: '-', prevented: '€ 40.000,00' });
const national = { lead: '2026. Cijfers van 2 van de 3 regio’s, zonder personen.', missing: 'RIEC Limburg', years: [option('2026', '2026', true), option('2025', '2025')], regions: [nationalRegion('RIEC Deltaland', true, true), nationalRegion('RIEC Rotterdam', true), { ...nationalRegion('RIEC Limburg', false), madeAt: null, readAt: null }],
	amounts: [money('RIEC Deltaland'), money('RIEC Rotterdam'), money('Samen, zonder wat verborgen is')], mayExchange: true, fileHref: '/monitor/national/file?year=2026', filesPath: '/monitor/national/files', csvHref: '?format=csv', odsHref: '?format=ods', listHref: '/monitor/national/figures?year=2026', newKey: false,
	form: { file: { label: 'Het bestand van een regio', kind: 'file' }, newKey: { label: 'Deze regio heeft een nieuwe sleutel. Ik heb dat daar nagevraagd.', kind: 'checkbox' } } };

const message = { reference: 'I-2026-7K3QF', heading: 'Gezamenlijk bericht', text: 'Vandaag sloten wij een loods.\nBel ons als u iets ziet.', version: 4, edition: 2, embargoUntil: '2 december 2026, 00.00 uur', embargoDay: '1 december 2026', releasedAt: null,
	partners: [{ participant: 'Politie', agreed: true, refused: false, reason: null, refusedEdition: null }, { participant: 'Gemeente Havenstad', agreed: false, refused: true, reason: 'Noem de straat niet.', refusedEdition: 2 }, { participant: 'OM', agreed: false, refused: false, reason: 'Eerst de aanhouding.', refusedEdition: 1 }],
	writeHref: null, yesHref: null, noHref: null, releaseHref: null, blocked: 'Een partner zei nee tegen deze tekst. Pas hem aan.',
	form: { text: { label: 'Het bericht', kind: 'prose', max: 6000 }, embargoDay: { label: 'Embargo tot en met', optional: true }, reason: { label: 'Waarom niet', kind: 'prose', max: 1000 } } };
const messagePage = (name, data) => ({ name: `message${name}`, template: 'interventions/message', title: 'Gezamenlijk bericht', place: '/interventions', data: { ...message, ...data } });
const onMessage = '/interventions/I-2026-7K3QF/message';

export const effectSamples = [
	messagePage('', { writeHref: onMessage }),
	messagePage('-asked', { yesHref: `${onMessage}/_agree`, noHref: `${onMessage}/_refuse`, blocked: 'Nog niet elke partner zei ja tegen deze tekst.' }),
	messagePage('-agreed', { releaseHref: `${onMessage}/_release`, blocked: null, embargoUntil: null, partners: message.partners.map(p => ({ ...p, agreed: true, refused: false, reason: null, refusedEdition: null })) }),
	messagePage('-out', { releasedAt: '2 december 2026, 09.00 uur', blocked: null, partners: message.partners.slice(0, 1) }),
	{ name: 'national', template: 'monitor/national', title: 'Landelijke cijfers', place: '/monitor', data: national },
	{ name: 'intervention-left', template: 'interventions/left', title: 'Interventie I-2026-7K3QF', place: '/interventions', data: left },
	{ name: 'papers', template: 'interventions/papers', title: 'Stukken bij het resultaat', place: '/interventions', data: papers },
	{ name: 'papers-none', template: 'interventions/papers', title: 'Stukken bij het resultaat', place: '/interventions', data: { ...papers, hasPapers: false, papers: [], addHref: null } },
	file('busy', { busy: true, percent: 43 }),
	file('ready', { ready: true, kilobytes: 312, readyAt: '22 november 2026, 14.05 uur' }),
	file('outdated', { outdated: true, readyAt: '22 november 2026, 14.05 uur' }),
	file('failed', { failed: true }),
	file('gone', { absent: true }),
	{ name: 'projects', template: 'casework/projects', title: 'Projecten', place: '/casefiles', data: { ...register, hasProjects: true, projects: [project] } },
	{ name: 'projects-none', template: 'casework/projects', title: 'Projecten', place: '/casefiles', data: { ...register, hasProjects: false, projects: [] } },
	{ name: 'casefile-project', template: 'casework/project', title: 'Project van deze casus', place: '/casefiles', data: belonging },
	{ name: 'casefile-project-none', template: 'casework/project', title: 'Project van deze casus', place: '/casefiles', data: { ...belonging, hasProjects: false, projects: [] } },
];
