// The pages of an intervention advice: written, asked, answered, final. All of it is invented.
const option = (value, label, selected = false) => ({ value, label, selected });
const choice = (name, label, chosen = false) => ({ name, label, chosen });
const clock = (label, text) => Object.assign(Object.create({ toString: () => text }), { tone: 'soon', label });
const draft = { tint: 'quiet', icon: 'draft', label: 'Concept' };
const final = { tint: 'ok', icon: 'check', label: 'Definitief' };
const tabs = [{ label: 'Overzicht', href: '/casefiles/C-2026-7K3QF', count: null, current: false }, { label: 'Advies', href: '/casefiles/C-2026-7K3QF/advice', count: null, current: true }];
const history = [{ at: '24 november 2026, 09.05 uur', text: 'Advies begonnen, door RIEC Deltaland', href: null }];

const control = {
	number: 1, version: 2, ordinal: 1, instrument: 'Integrale controle', kind: 'Bestuurlijk', weight: 'Middel', barrier: 'Opslaan',
	lead: 'de politie', leadOrgan: 4, hasCoOwners: true, coOwners: [{ text: 'de Belastingdienst' }], basis: 'Politiewet 2012, artikel 3',
	approach: 'Op één dag controleren wij de loodsen.', effect: 'In de straat komt geen nieuwe opslag.', indicator: 'Meldingen per kwartaal.',
	hours: 120, feasibleHours: null, wantedDay: '1 maart 2027', waitsFor: null, alternativeTo: null, feasible: 'Uitvoerbaar', due: null,
	answer: null, answeredBy: 'Hessel Brandwijk', answeredAt: '24 november 2026, 11.20 uur', named: 'Ja, noem ons als bron', whole: true,
	isAsked: false, isFeasible: true, isInfeasible: false, editHref: '/advices/A-2026-7K3QF/proposals/1/edit', removeHref: '/advices/A-2026-7K3QF/proposals/1/_remove', upHref: null, answerHref: null,
};
const books = {
	...control, number: 2, ordinal: 2, instrument: 'Boekenonderzoek', kind: 'Fiscaal', lead: 'de Belastingdienst', hasCoOwners: false, coOwners: [], basis: null, hours: null,
	waitsFor: 'Integrale controle', alternativeTo: 'Invordering', feasible: 'Niet uitvoerbaar', isFeasible: false, isInfeasible: true, answer: 'Wij hebben dit jaar geen mensen.', whole: false,
	upHref: '/advices/A-2026-7K3QF/proposals/2/_up',
};
const advice = {
	reference: 'A-2026-7K3QF', casefile: 'C-2026-7K3QF', casefileHref: '/casefiles/C-2026-7K3QF', casefileReader: true, href: '/advices/A-2026-7K3QF', backHref: '/advices/A-2026-7K3QF',
	lead: 'Wat adviseert u, wie kan dat, en rust het op gegevens waar iemand bezwaar tegen heeft?', version: 3, revision: 9, edition: 1, state: draft, stateSince: '24 november 2026, 09.05 uur',
	introduction: 'In de haven staan drie loodsen leeg.', conclusion: 'Pak de opslag samen aan.', withdrawnBecause: null, whole: true, isFinal: false, sha256: null, genuine: false, tampered: false,
	proposalCount: 2, proposals: [control, books], outline: [], hasOutline: false, hasQuickActions: true, quickHref: '/casefiles/C-2026-7K3QF/quick-actions',
	quickActions: [{ number: 1, instrument: 'Last onder dwangsom', owner: 'B en W van Duinwaard', decidedAt: '20 november 2026, 10.00 uur', intervention: 'I-2026-7K3QF', interventionHref: '/interventions/I-2026-7K3QF', interventionState: { tint: 'busy', icon: 'half', label: 'In uitvoering' } }],
	hasFacts: true, gone: '2 gegevens waar het op rust, zijn vernietigd. De tekst van het advies is niet aangepast.', factsGone: 2, facts: [{ id: 7, index: 0, fact: '019', phase: 1, subject: 'De Lange Lijn B.V.', label: 'Controle en wat daar bleek', value: 'Geen voorraad en geen kassa.', source: 'de politie', proposal: 'Integrale controle', usable: 'Na toestemming', removeHref: '/advices/A-2026-7K3QF/facts/7/_remove' }],
	copyNumber: 'K-AF6E0DC6D48E', hasEarlierSources: true, earlierSources: [
		{ id: 1, version: 1, onBehalf: 'de politie', answer: 'Geen bezwaar', named: 'Nee, noem ons niet', due: null, reason: null, answeredBy: 'Noor Tieleman', answeredAt: '10 november 2026, 11.30 uur', handledHow: null, handling: null, handledBy: null, handledAt: null, handleHref: null },
	],
	hasSources: true, sources: [
		{ id: 1, version: 1, onBehalf: 'de politie', answer: 'Bezwaar', named: 'Nee, noem ons niet', due: null, reason: 'Er loopt nog een onderzoek.', answeredBy: 'Noor Tieleman', answeredAt: '24 november 2026, 11.30 uur', handledHow: null, handling: null, handledBy: null, handledAt: null, handleHref: '/advices/A-2026-7K3QF/sources/1/_handle' },
		{ id: 2, version: 1, onBehalf: 'het UWV', answer: 'Gevraagd', named: null, due: clock('nog 5 werkdagen', '1 december 2026'), reason: null, answeredBy: null, answeredAt: null, handledHow: null, handling: null, handledBy: null, handledAt: null, handleHref: null },
	],
	hasNamed: true, namedSources: [{ text: 'de Belastingdienst' }], asked: null, hasSignatures: false, signatures: [], history,
	actions: [{ name: 'ask', label: 'Vraag eigenaren en bronnen', actionHref: '/advices/A-2026-7K3QF/move/ask', primary: false, danger: false, asksReason: false }],
	blocked: [{ label: 'Teken het advies', reason: 'Een deelnemer heeft bezwaar. Behandel dat eerst.', next: 'Leg vast hoe het bezwaar is behandeld.' }],
	tabs, textHref: '/advices/A-2026-7K3QF/text', newProposalHref: '/advices/A-2026-7K3QF/proposals/new', factsHref: '/advices/A-2026-7K3QF/facts', printHref: '/advices/A-2026-7K3QF/print', pdfHref: '/advices/A-2026-7K3QF/pdf', odtHref: '/advices/A-2026-7K3QF/odt', whoSeesHref: '/advices/A-2026-7K3QF/who-sees', accessLogHref: '/advices/A-2026-7K3QF/access-log',
};
const readOnly = { editHref: null, removeHref: null, upHref: null };
const signed = {
	...advice, state: final, isFinal: true, lead: 'Twee personen tekenden. Niemand kan dit nog wijzigen.', textHref: null, newProposalHref: null, factsHref: null, proposals: [{ ...control, ...readOnly }], proposalCount: 1, sources: [], hasSources: false, earlierSources: [], hasEarlierSources: false,
	facts: [{ ...advice.facts[0], removeHref: null }], sha256: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00', genuine: true, hasSignatures: true,
	signatures: [{ role: 'Eerste handtekening', person: 'Farida Elmar', at: '1 december 2026, 10.00 uur' }, { role: 'Tweede handtekening', person: 'Els Wagenvoort', at: '1 december 2026, 15.00 uur' }],
	actions: [{ name: 'withdraw', label: 'Trek het advies in', actionHref: '/advices/A-2026-7K3QF/move/withdraw', primary: false, danger: true, asksReason: true }], blocked: [],
};
const owner = {
	...advice, whole: false, hasQuickActions: false, quickActions: [], quickHref: null, casefileReader: false, casefileHref: null, lead: 'Dit wordt aan uw organisatie gevraagd.', introduction: null, conclusion: null, facts: [], hasFacts: false, sources: [], hasSources: false, earlierSources: [], hasEarlierSources: false, namedSources: [], hasNamed: false, history: [], actions: [], blocked: [], tabs: [],
	textHref: null, newProposalHref: null, factsHref: null, printHref: null, pdfHref: null, odtHref: null, whoSeesHref: null, accessLogHref: null, proposalCount: 1,
	proposals: [{ ...control, ...readOnly, feasible: 'Gevraagd', isFeasible: false, isAsked: true, answeredBy: null, answeredAt: null, due: clock('nog 5 werkdagen', '1 december 2026'), answerHref: '/advices/A-2026-7K3QF/proposals/1/_answer' }],
};
const source = {
	...owner, proposals: [], proposalCount: 0, hasOutline: true, outline: [{ text: 'Integrale controle, door de politie' }],
	asked: { version: 1, due: clock('nog 5 werkdagen', '1 december 2026'), answered: 'Gevraagd', namedAs: null, reason: null, mayAnswer: true, askedAgain: true, objectionHref: '/advices/A-2026-7K3QF/objection', hasOwnFacts: true,
		ownFacts: [{ ...advice.facts[0], usable: { YES: false, AFTER_CONSENT: true, NO: false }, removeHref: null }] },
};
const proposalForm = {
	weight: { label: 'Hoe zwaar is het traject?', kind: 'select', choices: [choice('LIGHT', 'Licht'), choice('MEDIUM', 'Middel', true), choice('HEAVY', 'Zwaar')] },
	basis: { label: 'Op welke wet rust het?', optional: true, max: 300 }, approach: { label: 'Wat gebeurt er?', kind: 'prose', optional: true, max: 2000 },
	barrier: { label: 'Welke stap wordt moeilijker?', kind: 'select', optional: true, choices: [choice('STORAGE', 'Opslaan', true), choice('TRADE', 'Vervoeren en verhandelen')] },
	effect: { label: 'Welk effect moet het hebben?', kind: 'prose', optional: true, max: 2000 }, indicator: { label: 'Hoe meet u dat?', kind: 'prose', optional: true, max: 2000 },
	hours: { label: 'Hoeveel uur kost het de eigenaar?', optional: true }, wantedDay: { label: 'Klaar op', optional: true },
};
const proposal = {
	reference: 'A-2026-7K3QF', heading: 'Integrale controle', href: '/advices/A-2026-7K3QF/proposals/1', backHref: '/advices/A-2026-7K3QF', number: 1, version: 2, isNew: false, wasAnswered: true, hasOthers: true,
	groups: [{ kind: 'Bestuurlijk', instruments: [option('114', 'Integrale controle', true), option('106', 'Last onder dwangsom')] }, { kind: 'Fiscaal', instruments: [option('201', 'Boekenonderzoek')] }],
	leads: [option('4', 'de politie', true), option('5', 'de Belastingdienst')], coOwnerChoices: [{ index: 0, value: '4', label: 'de politie', selected: false }, { index: 1, value: '5', label: 'de Belastingdienst', selected: true }],
	waits: [option('2', '2. Boekenonderzoek')], alternatives: [option('2', '2. Boekenonderzoek')], basis: 'Politiewet 2012, artikel 3', knownBasis: null, approach: 'Op één dag controleren wij de loodsen.', effect: 'Geen opslag meer.', indicator: 'Meldingen.', hours: '120', wantedDay: '1 maart 2027', form: proposalForm,
};
const row = { reference: 'A-2026-7K3QF', href: '/advices/A-2026-7K3QF', casefile: 'C-2026-7K3QF', proposes: 'Integrale controle, door de politie, en 2 andere', state: draft, at: { day: '24 november 2026' }, edition: 1 };

const quickForm = {
	weight: proposalForm.weight, basis: proposalForm.basis, barrier: proposalForm.barrier,
	restsOn: { label: 'Waar rust het op?', kind: 'radios', choices: [choice('OWN_KNOWLEDGE', 'Alleen op wat deze deelnemer zelf weet', true), choice('NO_PERSONS', 'Niet op gegevens over personen'), choice('OF_OTHERS', 'Ook op gegevens van een ander')] },
	approach: { label: 'Wat gebeurt er?', kind: 'prose', max: 2000 }, urgency: { label: 'Waarom kan dit niet wachten?', kind: 'prose', max: 2000 }, effect: { label: 'Welk effect moet het hebben?', kind: 'prose', max: 2000 },
	indicator: { label: 'Hoe meet u dat?', kind: 'prose', max: 2000 }, hours: { label: 'Hoeveel uur kost het?' }, day: { label: 'Klaar op' },
};
const quick = {
	number: 1, version: 1, state: { tint: 'wait', icon: 'pen', label: 'Wacht op besluit' }, instrument: 'Last onder dwangsom', weight: 'Licht', barrier: 'Opslaan', restsOn: 'Alleen op wat deze deelnemer zelf weet', owner: 'B en W van Duinwaard',
	basis: 'Gemeentewet, artikel 125', approach: 'De loods wordt gecontroleerd en afgesloten.', urgency: 'De huur loopt deze maand af.', effect: 'Geen opslag meer in de straat.', indicator: 'Meldingen per maand.', hours: 24, day: '1 maart 2027',
	askedBy: 'Farida Elmar', askedAt: '18 november 2026, 09.00 uur', decidedBy: null, decidedAt: null, reason: null, intervention: null, interventionState: null, interventionHref: null, approveHref: null, rejectHref: null,
	withdrawHref: '/casefiles/C-2026-7K3QF/quick-actions/1/_withdraw', mayNotBecause: null, leads: [],
};
const quickPage = {
	reference: 'C-2026-7K3QF', tabs, hasQuickActions: true, tooLate: null, askHref: '/casefiles/C-2026-7K3QF/quick-actions', groups: proposal.groups, owners: proposal.leads, form: quickForm,
	quickActions: [quick, { ...quick, number: 2, state: { tint: 'ok', icon: 'check', label: 'Besloten: doen' }, withdrawHref: null, decidedBy: 'Els Wagenvoort', decidedAt: '20 november 2026, 10.00 uur', intervention: 'I-2026-7K3QF', interventionHref: '/interventions/I-2026-7K3QF', interventionState: { tint: 'busy', icon: 'half', label: 'In uitvoering' } }],
};
const quickHead = {
	...quickPage, askHref: null, groups: [], owners: [],
	quickActions: [
		{ ...quick, withdrawHref: null, approveHref: '/casefiles/C-2026-7K3QF/quick-actions/1/_approve', rejectHref: '/casefiles/C-2026-7K3QF/quick-actions/1/_reject', leads: [option('8', 'Jade Verwoert, Politie')] },
		{ ...quick, number: 2, withdrawHref: null, rejectHref: '/casefiles/C-2026-7K3QF/quick-actions/2/_reject', mayNotBecause: 'Geen mandaat van de Stuurploeg dekt dit gewicht en deze uren.' },
		{ ...quick, number: 3, state: { tint: 'stop', icon: 'stop', label: 'Besloten: niet doen' }, withdrawHref: null, decidedBy: 'Els Wagenvoort', decidedAt: '20 november 2026, 10.00 uur', reason: 'Dit hoort in het advies.' },
	],
};

export const adviceSamples = [
	{ name: 'quick-actions', template: 'steering/quick', title: 'Snelle acties', place: '/casefiles', data: quickPage },
	{ name: 'quick-actions-head', template: 'steering/quick', title: 'Snelle acties', place: '/casefiles', data: quickHead },
	{ name: 'quick-actions-none', template: 'steering/quick', title: 'Snelle acties', place: '/casefiles', data: { ...quickPage, hasQuickActions: false, quickActions: [], askHref: null, groups: [], owners: [], tooLate: 'Het advies is al getekend, of de casus is verder.' } },
	{ name: 'advice', template: 'advice/show', title: 'Advies', place: '/casefiles', data: advice },
	{ name: 'advice-final', template: 'advice/show', title: 'Advies', place: '/casefiles', data: signed },
	{ name: 'advice-tampered', template: 'advice/show', title: 'Advies', place: '/casefiles', data: { ...signed, genuine: false, tampered: true, withdrawnBecause: 'Het pand is verkocht.' } },
	{ name: 'advice-owner', template: 'advice/show', title: 'Advies', place: '/advices', data: owner },
	{ name: 'advice-source', template: 'advice/show', title: 'Advies', place: '/advices', data: source },
	{ name: 'advice-source-done', template: 'advice/show', title: 'Advies', place: '/advices', data: { ...source, asked: { ...source.asked, due: null, answered: 'Bezwaar', namedAs: 'Nee, noem ons niet', reason: 'Er loopt nog een onderzoek.', mayAnswer: false, askedAgain: false, hasOwnFacts: false, ownFacts: [] } } },
	{ name: 'advice-print', template: 'advice/print', title: 'Advies', place: '/advices', data: signed },
	{ name: 'advice-none', template: 'advice/none', title: 'Advies', place: '/casefiles', data: { reference: 'C-2026-7K3QF', state: draft, tabs, beginHref: '/casefiles/C-2026-7K3QF/advice', reason: null, next: null } },
	{ name: 'advice-not-yet', template: 'advice/none', title: 'Advies', place: '/casefiles', data: { reference: 'C-2026-7K3QF', state: draft, tabs, beginHref: null, reason: 'De casus is nu niet bij het advies.', next: 'Bekijk de stand van de casus.' } },
	{ name: 'advice-text', template: 'advice/text', title: 'Tekst van het advies', place: '/casefiles', data: { reference: 'A-2026-7K3QF', href: '/advices/A-2026-7K3QF/text', version: 3, introduction: 'In de haven staan drie loodsen leeg.', conclusion: null, backHref: '/advices/A-2026-7K3QF', stale: null,
		form: { introduction: { label: 'Inleiding', kind: 'prose', optional: true, max: 6000 }, conclusion: { label: 'Conclusie en advies', kind: 'prose', max: 6000 } } }, problems: [{ path: 'conclusion', message: 'Vul conclusie en advies in.' }] },
	{ name: 'advice-proposal', template: 'advice/proposal', title: 'Voorstel', place: '/casefiles', data: proposal },
	{ name: 'advice-proposal-new', template: 'advice/proposal', title: 'Voorstel toevoegen', place: '/casefiles', data: { ...proposal, isNew: true, wasAnswered: false, hasOthers: false, heading: 'Voorstel toevoegen', href: '/advices/A-2026-7K3QF/proposals', basis: null, approach: null, effect: null, indicator: null, hours: null, wantedDay: null },
		problems: [{ path: 'instrument', message: 'Kies een instrument uit de lijst.' }, { path: 'lead', message: 'Deze deelnemer heeft die bevoegdheid niet.' }] },
	{ name: 'advice-facts', template: 'advice/facts', title: 'Feiten kiezen', place: '/casefiles', data: { reference: 'A-2026-7K3QF', href: '/advices/A-2026-7K3QF/facts', backHref: '/advices/A-2026-7K3QF', hasFacts: true, proposals: [option('1', '1. Integrale controle')], subjects: [{ subject: 1, name: 'De Lange Lijn B.V.', facts: [{ index: 0, id: 7, phase: 1, label: 'Naam', value: 'De Lange Lijn', source: 'de politie', picked: true }] }], form: {} } },
	{ name: 'advice-facts-none', template: 'advice/facts', title: 'Feiten kiezen', place: '/casefiles', data: { reference: 'A-2026-7K3QF', href: '/advices/A-2026-7K3QF/facts', backHref: '/advices/A-2026-7K3QF', hasFacts: false, proposals: [], subjects: [], form: {} } },
	{ name: 'advice-access-log', template: 'audit/advice_access_log', title: 'Wie bekeek dit?', place: '/advices', data: { reference: 'A-2026-7K3QF', subject: 'Advies', askReason: true, askHref: '/advices/A-2026-7K3QF/access-log', remark: null,
		form: { purpose: { label: 'Waarvoor kijkt u?', choices: [choice('LAWFULNESS', 'Controle van de rechtmatigheid'), choice('INTERNAL', 'Interne controle')] }, remark: { label: 'Toelichting', optional: true, max: 300 } } } },
	{ name: 'advices', template: 'advice/list', title: 'Adviezen', place: '/advices', data: { items: [row], empty: null, filters: [{ name: 'state', label: 'Stand', choices: [{ name: 'DRAFT', label: 'Concept', current: true }] }], hasChips: false, chips: [], firstRow: 1, lastRow: 1, csvHref: '?format=csv', newerHref: null, olderHref: null } },
	{ name: 'advices-empty', template: 'advice/list', title: 'Adviezen', place: '/advices', data: { items: [], empty: 'Geen adviezen om te tonen.', filters: [], hasChips: false, chips: [], firstRow: null, lastRow: null, csvHref: null, newerHref: null, olderHref: null } },
];
