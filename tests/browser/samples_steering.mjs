// Guests of the Stuurploeg. All of it is invented.
const state = { tint: 'busy', icon: 'half', label: 'Gepland' };
const guestForm = { name: { label: 'Naam van de gast', max: 100 }, organisation: { label: 'Organisatie van de gast', max: 100 }, email: { label: 'E-mailadres waarmee de gast in Plein werkt', max: 200 }, remote: { label: 'Doet op afstand mee' } };
const remove = '/steering/SP-2026-7K3QF/guests/1/_remove';
const guests = {
	reference: 'SP-2026-7K3QF', version: 3, state, open: true, hasGuests: true, hasPoints: true, addHref: '/steering/SP-2026-7K3QF/guests', backHref: '/steering/SP-2026-7K3QF',
	name: null, organisation: null, email: null, remote: false, form: guestForm,
	guests: [
		{ id: 1, name: 'Yara Demirtas', organisation: 'GGD Deltaland', points: 'punt 1, 3', remote: true, reads: false, removeHref: remove },
		{ id: 2, name: 'Truus Gastmans', organisation: 'Toezicht Zuid', points: 'punt 2', remote: false, reads: true, removeHref: remove },
		{ id: 3, name: null, organisation: 'Omgevingsdienst', points: null, remote: false, reads: false, removeHref: remove },
	],
	points: [{ index: 0, number: 1, name: 'C-2026-7K3QF', title: 'Loods aan de haven', chosen: false }, { index: 1, number: 2, name: 'C-2026-8M4RT', title: 'Autobedrijf zonder klanten', chosen: true }],
};
const own = { reference: 'SP-2026-7K3QF', startsAt: '24 november 2026, 15.00 uur', place: 'Stadhuis, zaal 2', over: false, calledOff: false, hasPoints: true, points: [{ number: 1, name: 'C-2026-7K3QF', href: '/steering/SP-2026-7K3QF/points/C-2026-7K3QF', title: 'Loods aan de haven', casefile: 'C-2026-7K3QF' }] };
const guest = (name, data) => ({ name: `guest-${name}`, template: 'steering/guest', title: 'Gast bij de Stuurploeg', place: '/', data: { ...own, ...data } });
const proposal = { number: 1, instrument: 'Toezichtcontrole', approach: 'Drie diensten samen kijken in de loods.', kind: 'Bestuurlijk', weight: 'licht', lead: 'de burgemeester van Duinwaard', coOwners: null, basis: 'Gemeentewet, artikel 174', effect: 'Minder overlast in de straat', indicator: 'Meldingen per maand', hours: 40, wantedDay: '1 maart 2027', waitsFor: null, feasible: 'Ja', answer: null };

const screen = {
	reference: 'SP-2026-7K3QF', topic: 'steering-SP-2026-7K3QF', live: 7, href: '/steering/SP-2026-7K3QF/screen', backHref: '/steering/SP-2026-7K3QF', state, startsAt: { text: '24 november 2026, 15.00 uur', time: '15.00 uur' },
	title: 'Loods aan de haven', now: 'C-2026-7K3QF', kind: 'Interventieadvies', place: 1, places: 2, hasNow: true, running: true, planned: false, hasRulings: true, hasPledged: true,
	rulings: [
		{ number: 1, what: 'Toezichtcontrole', owner: 'de burgemeester van Duinwaard', ruled: true, outcome: 'Akkoord', draft: true, reference: null, pledges: 'Politie 40 uur, Duinwaard 16 uur', votes: null, dueDay: '1 maart 2027' },
		{ number: 2, what: 'Boekenonderzoek', owner: 'de Belastingdienst', ruled: true, outcome: 'Afgewezen', draft: false, reference: 'B-2026-7K3QF', pledges: null, votes: 'de burgemeester van Duinwaard: tegen', dueDay: null },
		{ number: 3, what: 'Gesprek met de verhuurder', owner: 'de burgemeester van Duinwaard', ruled: false, outcome: null, draft: false, reference: null, pledges: null, votes: null, dueDay: '1 april 2027' },
	],
	pledged: [{ participant: 'Politie', hours: 40, draft: 40 }, { participant: 'Duinwaard', hours: 1016, draft: 0 }],
	points: [{ number: 1, what: 'C-2026-7K3QF', municipality: 'Duinwaard', state, now: true }, { number: 2, what: 'Acties', municipality: null, state, now: false }],
};
const onScreen = (name, data) => ({ name: `steering-screen${name}`, template: 'steering/screen', title: 'Groot scherm', place: '/steering', data: { ...screen, ...data } });
const silent = { hasNow: false, title: null, now: null, kind: null, hasRulings: false, rulings: [], hasPledged: false, pledged: [] };

const option = (value, label, selected = false) => ({ value, label, selected });
const answers = chosen => [option('', 'Kies'), option('YES', 'Ja', chosen === 'YES'), option('CONDITIONS', 'Ja, met voorwaarden', chosen === 'CONDITIONS'), option('NO', 'Nee', chosen === 'NO')];
const asked = {
	reference: 'T-2026-7K3QF', version: 1, askedAt: '16 november 2026, 10.05 uur', dueDay: '23 november 2026', answeredAt: null, withdrawnAt: null, releasedAt: null, intervention: 'I-2026-7K3QF', instrument: 'Sluiting van een pand', asker: 'de burgemeester van Duinwaard',
	purpose: 'Een sluiting van de loods.', words: null, answerHref: '/consents/T-2026-7K3QF/_answer', withdrawHref: null, whoSeesHref: '/consents/T-2026-7K3QF/who-sees', late: false, hasFacts: true, gone: false, form: { words: { label: 'Uw voorwaarden of uw reden', kind: 'prose', max: 1000 } },
	facts: [{ index: 0, fact: '018f0000-0000-7000-8000-000000000001', subject: 'Loods aan de haven', label: 'Adres', value: 'Havenkade 12', answer: null, options: answers('') }, { index: 1, fact: '018f0000-0000-7000-8000-000000000002', subject: 'Loods aan de haven', label: 'Toezicht', value: 'Gecontroleerd in maart', answer: null, options: answers('') }],
};
const answered = { answerHref: null, answeredAt: '18 november 2026, 09.00 uur', words: 'Noem de dag van de controle niet.', facts: asked.facts.map(f => ({ ...f, answer: 'Ja' })) };
const consent = (name, data) => ({ name: `consent${name}`, template: 'steering/consent', title: 'Vraag om toestemming', place: '/', data: { ...asked, ...data } });
const draft = {
	reference: 'I-2026-7K3QF', instrument: 'Sluiting van een pand', version: 3, facts: 4, hasFacts: true, toAsk: 2, hasToAsk: true, hasAsked: true, makeHref: '/interventions/I-2026-7K3QF/owner-report', askHref: '/interventions/I-2026-7K3QF/owner-report/_ask', backHref: '/interventions/I-2026-7K3QF',
	purpose: null, form: { purpose: { label: 'Voor welk besluit heeft u de gegevens nodig?', kind: 'prose', max: 1000 } },
	asked: [
		{ reference: 'T-2026-7K3QF', version: 1, stopped: false, stopHref: '/interventions/I-2026-7K3QF/owner-report/_stop', source: 'de Belastingdienst', askedAt: '16 november 2026, 10.05 uur', dueDay: '23 november 2026', answeredAt: null, facts: 2, yes: 0, withConditions: 0, no: 0, waits: true, late: false, withdrawn: false, words: null },
		{ reference: 'T-2026-8M4RT', version: 1, stopped: false, stopHref: '/interventions/I-2026-7K3QF/owner-report/_stop', source: null, askedAt: '2 november 2026, 10.05 uur', dueDay: '9 november 2026', answeredAt: null, facts: 1, yes: 0, withConditions: 0, no: 0, waits: true, late: true, withdrawn: false, words: null },
		{ reference: 'T-2026-9P5SV', version: 1, stopped: false, stopHref: '/interventions/I-2026-7K3QF/owner-report/_stop', source: 'de Politie', askedAt: '2 november 2026, 10.05 uur', dueDay: '9 november 2026', answeredAt: '4 november 2026, 09.00 uur', facts: 3, yes: 1, withConditions: 1, no: 1, waits: false, late: false, withdrawn: false, words: 'Noem de dag van de controle niet.' },
		{ reference: 'T-2026-0Q6TW', source: 'de Politie', askedAt: '2 november 2026, 10.05 uur', dueDay: '9 november 2026', answeredAt: '4 november 2026, 09.00 uur', facts: 1, yes: 1, withConditions: 0, no: 0, waits: false, late: false, withdrawn: true, words: null },
	],
};

export const steeringSamples = [
	consent('', {}),
	consent('-late', { late: true }),
	consent('-said', { ...answered, withdrawHref: '/consents/T-2026-7K3QF/_withdraw' }),
	consent('-withdrawn', { ...answered, withdrawnAt: '19 november 2026, 09.00 uur' }),
	consent('-released', { ...answered, releasedAt: '19 november 2026, 09.00 uur' }),
	consent('-gone', { answerHref: null, hasFacts: false, gone: true, facts: [], asker: null, purpose: null }),
	{ name: 'owner-report-draft', template: 'steering/owner_report_new', title: 'Bestuurlijke rapportage', place: '/interventions', data: draft },
	{ name: 'owner-report-empty', template: 'steering/owner_report_new', title: 'Bestuurlijke rapportage', place: '/interventions', data: { ...draft, facts: 0, hasFacts: false, toAsk: 0, hasToAsk: false, hasAsked: false, asked: [] } },
	onScreen('', {}),
	onScreen('-planned', { ...silent, planned: true, running: false }),
	onScreen('-over', { ...silent, running: false }),
	onScreen('-all', { ...silent, hasPledged: true, pledged: screen.pledged }),
	{ name: 'guests', template: 'steering/guests', title: 'Gasten', place: '/steering', data: guests },
	{ name: 'guests-none', template: 'steering/guests', title: 'Gasten', place: '/steering', data: { ...guests, guests: [], points: [], hasGuests: false, hasPoints: false } },
	guest('points', {}),
	guest('over', { over: true, hasPoints: false, points: [] }),
	guest('off', { over: true, calledOff: true, hasPoints: false, points: [] }),
	guest('gone', { hasPoints: false, points: [] }),
	{ name: 'guest-point', template: 'steering/guest_point', title: 'Agendapunt', place: '/', data: { reference: 'SP-2026-7K3QF', kind: 'Advies', title: 'Loods aan de haven', casefile: 'C-2026-7K3QF', municipality: 'Duinwaard', theme: 'Mensenhandel', withoutAdvice: false, hasAdvice: true, advice: 'A-2026-7K3QF', introduction: 'De loods staat leeg en is toch bezet.', conclusion: 'De opslag moet dicht.', proposals: [proposal], meetingHref: '/steering/SP-2026-7K3QF/guest' } },
	{ name: 'guest-point-empty', template: 'steering/guest_point', title: 'Agendapunt', place: '/', data: { reference: 'SP-2026-7K3QF', kind: 'Sluiten', title: 'Loods aan de haven', casefile: 'C-2026-7K3QF', municipality: null, theme: null, withoutAdvice: true, hasAdvice: false, advice: null, introduction: null, conclusion: null, proposals: [], meetingHref: '/steering/SP-2026-7K3QF/guest' } },
];
