// Small pages around a casefile: joining, handing over, copies; and the end of a measure. All of it is invented.
const option = (value, label, selected = false) => ({ value, label, selected });
const state = { tint: 'busy', icon: 'half', label: 'Informatie ophalen' };
const crumbs = [['Casussen', '/casefiles'], ['C-2026-7K3QF', '/casefiles/C-2026-7K3QF']].map(([label, href]) => ({ label, href, count: null, current: false }));
/** The parts of a casefile, this one current. */
export const tabs = current => [['Overzicht', ''], ['Bevragingen', '/requests'], ['Besluiten', '/decisions'], ['Interventies', '/interventions'], ['Kopieën', '/copies']]
	.map(([label, rest]) => ({ label, href: `/casefiles/C-2026-7K3QF${rest}`, count: null, current: rest === `/${current}` }));
const here = { place: '/casefiles', crumbs };
const join = {
	reference: 'C-2026-7K3QF', state, version: 3, other: null, actionPath: '/casefiles/C-2026-7K3QF/join', backHref: '/casefiles/C-2026-7K3QF',
	form: { other: { label: 'Welke casus komt hierbij?', max: 14 } },
};
const split = {
	reference: 'C-2026-7K3QF', state, version: 3, title: null, purpose: null, why: null, actionPath: '/casefiles/C-2026-7K3QF/split', backHref: '/casefiles/C-2026-7K3QF',
	subjects: [{ index: 0, number: 1, name: 'Milan Zandwijk', kind: 'Persoon', chosen: false }, { index: 1, number: 2, name: '12-ZZZ-3', kind: 'Voertuig', chosen: true }],
	form: { subjects: { label: 'Wie en wat gaan naar de nieuwe casus?' }, title: { label: 'Hoe heet de nieuwe casus?', max: 120 }, purpose: { label: 'Waarvoor is de nieuwe casus?', max: 1000 }, why: { label: 'Waarom splitst u?', max: 1000 } },
};
const alarm = { person: 5, name: 'Farida Elmar', href: '/people/budgets/5', at: '24 november 2026, 10.00 uur', kind: 'geopend', level: 'meer dan gewoonlijk', count: 412, seen: false };
const budget = {
	person: 5, name: 'Farida Elmar', href: '/people/budgets/5', askPath: '/people/budgets/5/exceptions', seenPath: '/people/budgets/5/seen', id: 5, exception: 1, unseen: true, hasAlarms: true, alarms: [alarm],
	hasHours: true, hours: [{ at: '24 november 2026, 10.00 uur', read: 412, search: 31, exported: 2 }, { at: '24 november 2026, 09.00 uur', read: 57, search: 4, exported: 0 }],
	hasExceptions: true, exceptions: [{ id: 1, kind: 'geopend', most: 900, untilDay: '30 november 2026', reason: 'Overzetten van oude dossiers.', state: 'wacht op een tweede handtekening', askedBy: 'Daan Wolkema', signPath: '/people/budgets/5/exceptions/1/sign', endPath: '/people/budgets/5/exceptions/1/end' }],
	kinds: [option('READ', 'geopend', true), option('SEARCH', 'gezocht'), option('EXPORT', 'meegenomen')],
	form: { kind: { label: 'Wat mag vaker?' }, most: { label: 'Hoe vaak per uur, ten hoogste?' }, untilDay: { label: 'Tot en met welke dag?' }, reason: { label: 'Waarom is dit nodig?', max: 300 } },
};
const handOver = {
	reference: 'C-2026-7K3QF', state, version: 3, name: 'Farida Elmar', appointment: 5, actionPath: '/casefiles/C-2026-7K3QF/members/5/hand-over',
	backHref: '/casefiles/C-2026-7K3QF/members', hasSuccessors: true, successors: [option('', 'Kies', true), option('8', 'Daan Wolkema, RIEC Deltaland')],
	form: { to: { label: 'Wie neemt het over?' } },
};
const copy = {
	number: 'K-AF6E0DC6D48E', href: '/casefiles/C-2026-7K3QF/copies/K-AF6E0DC6D48E', person: 'Jolien Rietkerk', onBehalf: 'het UWV', act: 'Geopend',
	at: '20 november 2026, 09.30 uur', via: 'V-2026-7K3QF', facts: 3,
};
const moment = day => ({ day });
const hold = {
	number: 4, state: { tint: 'sign', icon: 'pen', label: 'Wacht op een tweede handtekening' }, reference: 'C-2026-7K3QF', subject: 3, what: 'C-2026-7K3QF, betrokkene 3',
	ground: 'Nodig voor een rechtsvordering', until: '3 maart 2027', setAt: moment('20 november 2026'), href: '/retention/holds/4',
};
const heldFile = { number: 1, kind: 'Foto', category: 'Waarnemingen', media: 'PDF', size: '312 kB', name: 'loods.pdf', sha256: '0'.repeat(64), source: 'Duinwaard', addedAt: hold.setAt, href: '/retention/holds/4/copies/1/files/1' };
const holdCrumbs = [{ label: 'Bewaarstops', href: '/retention/holds', count: null, current: false }];
const holdForm = {
	reference: { label: 'Wat moet langer blijven?', max: 14 }, subject: { label: 'Alleen deze betrokkene' }, until: { label: 'Tot en met welke dag?' },
	ground: { label: 'Op welke grond?', choices: [{ name: 'STATUTORY_BAR', label: 'Een andere wet verbiedt vernietigen nu', chosen: false }, { name: 'LEGAL_CLAIM', label: 'Nodig voor een rechtsvordering', chosen: false }] },
	reason: { label: 'Welke wet of welke vordering?', max: 2000 },
};
const listed = { firstRow: 1, lastRow: 1, csvHref: '?format=csv', odsHref: null, newerHref: null, olderHref: null, hasSorts: true, sorts: [{ name: 'until', label: 'Wat het eerst afloopt', current: true }] };
const measure = {
	reference: 'AP-2026-7K3QF', asset: 'Voertuig', kind: 'Strafrechtelijk', participant: 'Politie', begunDay: '1 oktober 2026', endedDay: null, described: 'Een bestelbus met een dubbele bodem.',
	legalBasis: 'Wetboek van Strafvordering, artikel 94a', intervention: 'I-2026-7K3QF', interventionHref: '/interventions/I-2026-7K3QF', casefile: null, casefileHref: null, columns: [{ label: 'In beslag', sum: '€ 31.767,69' }, { label: 'Geïnd', sum: null }], version: 1, column: null, amount: null, day: null,
	amountHref: '/seizures/AP-2026-7K3QF/amounts', endHref: '/seizures/AP-2026-7K3QF/end', actionHref: '/seizures/AP-2026-7K3QF/end', backHref: '/seizures/AP-2026-7K3QF',
};

export const caseworkSamples = [
	{ name: 'casefile-join', template: 'casework/join', title: 'Casussen samenvoegen', ...here, data: join },
	{ name: 'casefile-join-unknown', template: 'casework/join', title: 'Casussen samenvoegen', ...here, data: { ...join, other: 'C-2026-9XK2W', problems: [{ path: 'other', message: 'Deze casus kennen wij niet. Kijk het nummer na.' }] } },
	{ name: 'casefile-split', template: 'casework/split', title: 'Casus splitsen', ...here, data: split },
	{ name: 'casefile-split-nobody', template: 'casework/split', title: 'Casus splitsen', ...here, data: { ...split, problems: [{ path: 'subjects', message: 'Kies wie en wat er gaan.' }] } },
	{ name: 'budgets', template: 'people/budgets', title: 'Veel in één uur', place: '/people', data: { hasAlarms: true, alarms: [alarm] } },
	{ name: 'budgets-none', template: 'people/budgets', title: 'Veel in één uur', place: '/people', data: { hasAlarms: false, alarms: [] } },
	{ name: 'budget', template: 'people/budget', title: 'Hoeveel per uur', place: '/people', data: budget },
	{ name: 'budget-calm', template: 'people/budget', title: 'Hoeveel per uur', place: '/people', data: { ...budget, unseen: false, hasAlarms: false, alarms: [], hasHours: false, hours: [], hasExceptions: false, exceptions: [] } },
	{ name: 'casefile-hand-over', template: 'casework/hand_over', title: 'Werk overdragen', ...here, data: handOver },
	{ name: 'casefile-hand-over-nobody', template: 'casework/hand_over', title: 'Werk overdragen', ...here, data: { ...handOver, hasSuccessors: false, successors: [] } },
	{ name: 'holds', template: 'retention/holds', title: 'Bewaarstops', place: '/retention/holds', data: { empty: null, maySet: true, items: [hold], ...listed } },
	{ name: 'holds-none', template: 'retention/holds', title: 'Bewaarstops', place: '/retention/holds', data: { empty: 'Er is geen bewaarstop.', maySet: true, items: [], ...listed } },
	{ name: 'hold-new', template: 'retention/hold_new', title: 'Bewaarstop instellen', place: '/retention/holds', crumbs: holdCrumbs, data: { reference: 'C-2026-7K3QF', subject: null, ground: null, until: null, reason: null, form: holdForm } },
	{ name: 'hold', template: 'retention/hold', title: 'Bewaarstop', place: '/retention/holds', crumbs: holdCrumbs, data: { ...hold, version: 2, objectHref: '/casefiles/C-2026-7K3QF', setter: 'Fatima Bouali', decider: null, decidedAt: null, endedAt: null, reason: 'Dagvaarding bij de rechtbank Deltaland', copies: [{ reference: 'C-2026-7K3QF', number: 3, madeAt: hold.setAt, whole: false, href: '/retention/holds/4/copies/1' }, { reference: 'C-2026-7K3QF', number: 0, madeAt: hold.setAt, whole: true, href: '/retention/holds/4/copies/2' }], hasCopies: true, waitsForAnother: false, confirmPath: '/retention/holds/4/move/confirm', refusePath: '/retention/holds/4/move/refuse', endPath: null } },
	{ name: 'held-copy', template: 'retention/held_copy', title: 'Apart gezet', place: '/retention/holds', crumbs: holdCrumbs, data: { hold: 4, reference: 'C-2026-7K3QF', number: 3, whole: false, madeAt: hold.setAt, more: 2, hasFacts: true, facts: [{ label: 'Achternaam', value: 'Zandwijk', source: 'Duinwaard', receivedAt: hold.setAt, phase: 1 }, { label: 'Alinea van de analyse', value: 'Milan Zandwijk huurt de loods.', source: 'RIEC-bureau', receivedAt: hold.setAt, phase: 2 }], hasFiles: true, files: [heldFile] } },
	{ name: 'held-copy-whole', template: 'retention/held_copy', title: 'Apart gezet', place: '/retention/holds', crumbs: holdCrumbs, data: { hold: 4, reference: 'C-2026-7K3QF', number: 0, whole: true, madeAt: hold.setAt, more: null, hasFacts: false, facts: [], hasFiles: false, files: [] } },
	{ name: 'copies', template: 'retention/copies', title: 'Kopieën van een casus', ...here, data: { reference: 'C-2026-7K3QF', tabs: tabs('copies'), hasCopies: true, copies: [copy], olderHref: '?before=1', csvHref: '?format=csv' } },
	{ name: 'copies-none', template: 'retention/copies', title: 'Kopieën van een casus', ...here, data: { reference: 'C-2026-7K3QF', tabs: tabs('copies'), hasCopies: false, copies: [], olderHref: null, csvHref: null } },
	{ name: 'copy', template: 'retention/copy', title: 'Kopie van een casus', ...here, data: { ...copy, reference: 'C-2026-7K3QF', hasFacts: true, facts: [{ href: '/casefiles/C-2026-7K3QF/subjects/1', subject: 1, what: 'Achternaam', phase: 1, version: 1, since: null }, { href: '/casefiles/C-2026-7K3QF/subjects/1', subject: 1, what: 'Geboortedatum', phase: 1, version: 1, since: 'Verbeterd' }] } },
	{ name: 'measure', template: 'seizures/show', title: 'Maatregel', place: '/seizures', data: { ...measure, form: { column: { label: 'Wat voor bedrag is het?', choices: [{ name: 'SEIZED', label: 'In beslag', chosen: false }] }, amount: { label: 'Bedrag in euro' }, day: { label: 'Op welke dag?' } } } },
	{ name: 'measure-end', template: 'seizures/end', title: 'Maatregel beëindigen', place: '/seizures', data: { ...measure, form: { endedDay: { label: 'Tot en met welke dag gold de maatregel?' } } } },
];
