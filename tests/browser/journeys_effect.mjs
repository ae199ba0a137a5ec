// From a casefile to a measured effect, each act by who does it, in a browser of his own: the coordinator
// names who works, the analyst writes, an owner answers, two sign, the Stuurploeg decides, the owner
// agrees, the regievoerder directs, the executor does it, and months later it is told whether it helped.
import { ONE_LOOK, seen, shows, signIn } from './journeys_weighing.mjs';

/** Sources have this long to object (WGS 1.7(1)); three months after it was done the effect is asked (D 6.4). */
const OBJECTION_DAYS = 15, MONTHS_LATER = 100;

const LABELS = {
	INFO_COORDINATOR: /informatieco/, ANALYST: /analist/, PARTNER_DESK: /loket/, RIEC_HEAD: /hoofd/, STEERING_SECRETARY: /secretaris Stuurploeg/, STEERING_MEMBER: /lid Stuurploeg/,
	PARTNER_DECIDER: /beslisser/, INTERVENTION_LEAD: /regievoerder/, EXECUTOR: /uitvoerder/, MAYOR_READER: /burgemeester \(lezer\)/, WORKING_GROUP: /werkgroep/, SUBMITTER: /indiener/,
};

function all(place, role, wanted = () => true) {
	return place.people().filter(p => p.role === role && p.state === 'ACTIVE' && wanted(p));
}

class Cast {
	constructor(tap, browser, place) {
		Object.assign(this, { tap, browser, place, inside: new Map() });
	}

	/** Somebody who signed in with this role once, and stays. */
	async enter(role, person) {
		const key = `${role} ${person.email}`;
		if (!this.inside.has(key)) this.inside.set(key, await signIn(this.browser, this.place, person, LABELS[role], ONE_LOOK));
		return this.inside.get(key);
	}

	async leave() {
		for (const { context } of this.inside.values()) await context.close();
		this.inside.clear();
	}

	/** Fills the form on this page that goes to an address with this end, sends it, and reads the answer. */
	async send(who, path, end, fields, says, what) {
		const { page } = who;
		await page.goto(this.place.url + path);
		const form = page.locator(`main form[action$="${end}"]`).first();
		await form.waitFor({ timeout: 10_000 }).catch(async () => { throw new Error(`${what}: ${path} has no form to ${end}. It says: ${(await page.locator('main .plein-why, main .plein-note').allTextContents()).join(' ').replace(/\s+/g, ' ').slice(0, 900)}`); });
		for (const [name, value] of Object.entries(fields)) await fill(form, name, value);
		await form.locator('button[type=submit]').first().click();
		await page.waitForLoadState('load');
		const wrong = (await page.getByRole('alert').allTextContents()).join(' ').trim();
		if (wrong) throw new Error(`${what}: ${wrong.slice(0, 600)}`);
		if (says === null) this.tap.ok(page.url().includes('/advices/A-'), `chain: ${what}`, [page.url()]);
		else await shows(this.tap, page.getByText(says), `chain: ${what}`);
		return page;
	}

	async look(who, what) {
		await seen(this.tap, who, `chain: ${what}`);
	}
}

/** By name, whatever kind of field it is; a pattern chooses the option that it fits. */
async function fill(form, name, value) {
	const field = form.locator(`[name="${name}"]`);
	const kind = await field.first().evaluate(f => f.type ?? f.tagName);
	if (kind === 'radio' || kind === 'checkbox') return form.locator(`[name="${name}"][value="${value}"]`).check();
	if (!kind.startsWith('select')) return field.fill(value);
	if (!(value instanceof RegExp)) return field.selectOption(value);
	const labels = await field.locator('option').allTextContents();
	return field.selectOption({ label: labels.find(l => value.test(l)) });
}

/** As people type it, on the server's clock. */
function day(place, ahead) {
	const d = new Date(Date.now() + (place.daysAhead + ahead) * 86_400_000);
	return `${d.getDate()}-${d.getMonth() + 1}-${d.getFullYear()}`;
}

/** Who works at a partner of this casefile that has everybody an intervention needs. */
async function partnerOf(cast, coordinator, casefile) {
	await coordinator.page.goto(`${cast.place.url}/casefiles/${casefile}/members`);
	const involved = await coordinator.page.locator('.plein-head .plein-partner').allTextContents();
	const names = (p, name) => `${p.participant} ${p.onBehalf}`.toLowerCase().includes(name.trim().toLowerCase());
	const of = role => all(cast.place, role, p => involved.some(name => names(p, name)));
	const lead = of('INTERVENTION_LEAD')[0];
	const own = role => all(cast.place, role, p => p.participant === lead?.participant)[0];
	return lead && { lead, name: involved.find(name => names(lead, name)).trim(), desk: own('PARTNER_DESK'), decider: own('PARTNER_DECIDER'), executor: own('EXECUTOR') };
}

/* ---- analysis and advice -------------------------------------------------------------------------- */

async function staff(cast, coordinator, casefile) {
	const path = `/casefiles/${casefile}/members`;
	await coordinator.page.goto(cast.place.url + path);
	const names = await coordinator.page.locator('main table').allTextContents();
	const analysts = all(cast.place, 'ANALYST');
	const there = analysts.find(a => names.join(' ').includes(a.name));
	if (there) return there;
	const page = await cast.send(coordinator, path, '/members', { appointment: /analist/ }, 'werkt nu mee', 'the coordinator names an analyst');
	const now = (await page.locator('main table').allTextContents()).join(' ');
	return analysts.find(a => now.includes(a.name));
}

async function advise(cast, analyst, partner, casefile) {
	await cast.send(analyst, `/casefiles/${casefile}/move/analyse`, '/move/analyse', {}, 'Analyse', 'the analyst begins the analysis');
	const page = await cast.send(analyst, `/casefiles/${casefile}/advice`, '/advice', {}, null, 'the analyst begins an advice');
	const advice = /A-\d{4}-[0-9A-Z]{5}/.exec(page.url() + await page.locator('main').textContent())[0];
	const at = rest => `/advices/${advice}${rest}`;
	await cast.send(analyst, at('/text'), '/text', { introduction: 'Dezelfde plek komt steeds terug.', conclusion: 'Samen optreden helpt.' }, 'Samen optreden helpt', 'the analyst writes the advice');
	await cast.send(analyst, at('/proposals/new'), '/proposals', {
		instrument: /Drempel opwerpen/, weight: 'MEDIUM', lead: new RegExp(partner.name, 'i'), basis: 'De wet van de eigenaar', approach: 'Controle van de plek, met een draaiboek.',
		barrier: 'STORAGE', effect: 'In de straat is geen overlast meer.', indicator: 'Meldingen per maand', hours: '40', wantedDay: day(cast.place, 60),
	}, 'Controle van de plek', 'the analyst proposes an intervention');
	await cast.send(analyst, at(''), '/move/ask', {}, /gevraagd|Gevraagd|vraag/, 'owners and sources are asked');
	const desk = await cast.enter('PARTNER_DESK', partner.desk);
	await cast.send(desk, at(''), '/_answer', { answer: 'YES', named: 'YES' }, /antwoord|Antwoord/, 'the desk of the owner says that it can');
	return advice;
}

async function signTwice(cast, [analystPerson, headPerson], casefile, advice) {
	const at = rest => `/advices/${advice}${rest}`;
	await cast.leave();
	await cast.place.later(cast.place.daysAhead + OBJECTION_DAYS);
	const analyst = await cast.enter('ANALYST', analystPerson), head = await cast.enter('RIEC_HEAD', headPerson);
	await cast.send(analyst, at(''), '/move/sign', {}, /Tweede handtekening|tweede/, 'the analyst signs');
	await cast.send(head, at(''), '/move/confirm', {}, /Definitief|definitief|Vastgesteld/, 'the head signs as the second');
	await cast.look(head, 'an advice that two signed');
	await cast.send(head, `/casefiles/${casefile}/move/to-steering`, '/move/to-steering', {}, /Stuurploeg/, 'the head puts it before the Stuurploeg');
}

/* ---- the Stuurploeg --------------------------------------------------------------------------------- */

async function planMeeting(cast, secretary, chairPerson) {
	const { page } = secretary;
	await page.goto(`${cast.place.url}/steering/new`);
	const form = page.locator('main form[action$="/steering"]');
	await fill(form, 'day', day(cast.place, 1));
	await fill(form, 'time', '9.30');
	await fill(form, 'place', 'Zaal 2');
	await fill(form, 'chair', new RegExp(chairPerson.name));
	for (const box of await form.locator('input[name^="invited"]').all()) await box.check();
	await form.locator('button[type=submit]').click();
	await shows(cast.tap, page.getByText('De vergadering staat gepland'), 'chain: the secretary plans the Stuurploeg');
	return new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
}

async function attend(cast, secretary, meeting) {
	const { page } = secretary;
	await page.goto(`${cast.place.url}${meeting}/attendance`);
	const form = page.locator('main form[action$="/_attendance"]');
	const rows = await form.locator('[name$=".id"]').count();
	for (let i = 0; i < rows; i++) await fill(form, `people[${i}].presence`, 'room');
	await form.locator('button[type=submit]').click();
	await shows(cast.tap, page.getByText('Vastgelegd wie er is'), 'chain: the secretary notes who is there');
}

async function steer(cast, partner, casefile) {
	const secretary = await cast.enter('STEERING_SECRETARY', all(cast.place, 'STEERING_SECRETARY')[0]);
	const chairPerson = all(cast.place, 'STEERING_MEMBER')[0];
	const meeting = await planMeeting(cast, secretary, chairPerson);
	const point = `${meeting}/points/${casefile}`;
	await cast.send(secretary, meeting, '/_compose', {}, casefile, 'the agenda is made of what waits');
	const chair = await cast.enter('STEERING_MEMBER', chairPerson);
	await chair.page.goto(cast.place.url + meeting);
	await cast.look(chair, 'the agenda of the Stuurploeg');
	await cast.send(secretary, meeting, '/move/open', {}, 'De vergadering is open', 'the secretary opens the meeting');
	await attend(cast, secretary, meeting);
	await cast.send(secretary, `${point}/rulings/1`, '/rulings/1', { ruling: 'APPROVE', owner: 'ASK', lead: new RegExp(partner.lead.name) }, 'Vastgelegd als concept', 'the secretary drafts what is decided');
	await cast.send(secretary, point, '/move/prepare', {}, 'Klaar voor de voorzitter', 'and lays it before the chair');
	await cast.send(chair, point, '/move/sign', {}, 'Het besluit geldt vanaf nu', 'the chair signs, whatever organisation he is of');
	await cast.look(chair, 'a decision that is signed');
}

/* ---- doing it ---------------------------------------------------------------------------------------- */

async function carryOut(cast, partner, casefile) {
	const lead = await cast.enter('INTERVENTION_LEAD', partner.lead);
	await lead.page.goto(`${cast.place.url}/casefiles/${casefile}/interventions`);
	const card = /I-\d{4}-[0-9A-Z]{5}/.exec(await lead.page.locator('main').textContent())[0];
	const at = rest => `/interventions/${card}${rest}`;
	await cast.look(lead, 'the board of the regievoerder');
	const decider = await cast.enter('PARTNER_DECIDER', partner.decider);
	await cast.send(decider, at(''), '/_answer', {}, /Uw organisatie|instem|Geaccordeerd/, 'the owner agrees (WGS 1.3(4))');
	await cast.send(lead, at('/move/assign'), '/move/assign', { executor: new RegExp(partner.executor.name) }, 'Toegewezen', 'the regievoerder names an executor');
	const executor = await cast.enter('EXECUTOR', partner.executor);
	await cast.send(executor, at(''), '/move/start', {}, 'U bent begonnen', 'the executor begins');
	await cast.look(executor, 'the card of an executor');
	await cast.send(executor, at(''), '/reports', { hours: '12' }, 'Gemeld. De regievoerder ziet het.', 'the executor reports the month in one short form');
	await cast.send(executor, at('/move/execute'), '/move/execute', { executedDay: day(cast.place, 0), result: 'De plek is leeg en afgesloten.', seized: '1.234,56' }, 'Het resultaat is gemeld', 'the executor reports the result with an amount');
	await cast.send(lead, at(''), '/move/confirm', {}, 'Het resultaat is vastgesteld', 'the regievoerder confirms the result');
	return card;
}

async function measure(cast, partner, card) {
	await cast.leave();
	await cast.place.later(cast.place.daysAhead + MONTHS_LATER);
	const lead = await cast.enter('INTERVENTION_LEAD', partner.lead);
	await cast.send(lead, `/interventions/${card}/effect`, '/effect', { effect: 'CLEAR', seen: 'Er is geen overlast meer gemeld.', displaced: 'NO', lessons: 'Begin eerder met plannen.' }, 'Dit blijft, ook als de casus weg is.', 'three months later the regievoerder says whether it helped');
	await cast.look(lead, 'an intervention whose effect is known');
	await lead.page.goto(`${cast.place.url}/learning`);
	await shows(cast.tap, lead.page.getByText('Begin eerder met plannen.'), 'chain: what was learnt is there for everybody');
	const mayor = await cast.enter('MAYOR_READER', all(cast.place, 'MAYOR_READER')[0]);
	await mayor.page.goto(`${cast.place.url}/monitor/own-year`);
	await shows(cast.tap, mayor.page.getByText('Hielp het?').first(), 'chain: a mayor reads whether it helped');
	await cast.look(mayor, 'the year of a municipality');
}

/** The newest casefile that waits for its analysis, with a partner that can carry something out. */
async function findCase(cast, coordinator) {
	const list = await (await coordinator.page.request.get(`${cast.place.url}/api/v1/casefiles?state=OPEN`)).json();
	for (const { reference } of list.items) {
		const partner = await partnerOf(cast, coordinator, reference);
		if (partner && Object.values(partner).every(Boolean)) return { casefile: reference, partner };
	}
	return {};
}

export async function toEffect(tap, browser, place) {
	const cast = new Cast(tap, browser, place);
	try {
		const coordinator = await cast.enter('INFO_COORDINATOR', all(place, 'INFO_COORDINATOR')[0]);
		const { casefile, partner } = await findCase(cast, coordinator);
		if (!tap.ok(casefile !== undefined, 'chain: a casefile is open, with a partner that can carry something out')) return;
		const analystPerson = await staff(cast, coordinator, casefile);
		const analyst = await cast.enter('ANALYST', analystPerson);
		const advice = await advise(cast, analyst, partner, casefile);
		await signTwice(cast, [analystPerson, all(place, 'RIEC_HEAD')[0]], casefile, advice);
		await steer(cast, partner, casefile);
		const card = await carryOut(cast, partner, casefile);
		await measure(cast, partner, card);
	} catch (error) {
		tap.ok(false, 'chain: goes on to the effect', error.stack.split('\n').slice(0, 12));
	} finally {
		await cast.leave();
	}
}
