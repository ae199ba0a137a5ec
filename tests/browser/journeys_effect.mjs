// The second half of the chain, from a casefile to its measured effect: the coordinator names who works
// and asks two desks, the analyst checks and writes, an owner answers, two sign, the Stuurploeg decides,
// the owner agrees, the regievoerder directs, the executor does it, and months later it is told whether
// it helped, to the mayor too. Each act by who does it, in a browser of his own.
import { dutchDay, send } from './browser.mjs';
import * as keys from './keyboard.mjs';
import { ONE_LOOK, seen, shows, signIn } from './journeys_weighing.mjs';

/** Sources have this long to object (WGS 1.7(1)); three months after it was done the effect is asked (D 6.4). */
const OBJECTION_DAYS = 15, MONTHS_LATER = 100;

const LABELS = {
	INFO_COORDINATOR: /informatieco/, ANALYST: /analist/, PARTNER_DESK: /loket/, RIEC_HEAD: /hoofd/, STEERING_SECRETARY: /secretaris Stuurploeg/, STEERING_MEMBER: /lid Stuurploeg/,
	PARTNER_DECIDER: /beslisser/, AUDITOR: /auditor/, INTERVENTION_LEAD: /regievoerder/, EXECUTOR: /uitvoerder/, MAYOR_READER: /burgemeester \(lezer\)/, WORKING_GROUP: /werkgroep/, SUBMITTER: /indiener/,
};

function all(place, role, wanted = () => true) {
	return place.people().filter(p => p.role === role && p.state === 'ACTIVE' && wanted(p));
}

/** People at work in browsers of their own; what they do is told under the name of their journey. */
export class Cast {
	constructor(tap, browser, place, album, journey = 'chain') {
		Object.assign(this, { tap, browser, place, album, journey, inside: new Map() });
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
		await send(page, form.locator('button[type=submit]').first());
		const wrong = (await page.getByRole('alert').allTextContents()).join(' ').trim();
		if (wrong) throw new Error(`${what}: ${wrong.slice(0, 600)}`);
		if (says === null) this.tap.ok(page.url().includes('/advices/A-'), `${this.journey}: ${what}`, [page.url()]);
		else await shows(this.tap, page.getByText(says), `${this.journey}: ${what}`);
		return page;
	}

	async look(who, what) {
		await seen(this.tap, who, `${this.journey}: ${what}`);
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
	return dutchDay(place.daysAhead + ahead);
}

/** Who carries it out: everybody the owner needs, and a regievoerder of the partner that helps. */
function crewOf(place, owner, helper) {
	const at = (role, fits) => all(place, role, fits)[0];
	const own = role => at(role, p => p.participant === owner);
	const crew = { name: own('EXECUTOR').onBehalf, desk: own('PARTNER_DESK'), decider: own('PARTNER_DECIDER'), executor: own('EXECUTOR'), mayor: own('MAYOR_READER'), lead: at('INTERVENTION_LEAD', p => p.onBehalf === helper) };
	for (const [post, who] of Object.entries(crew)) if (!who) throw new Error(`no ${post} at ${owner} and ${helper}`);
	return crew;
}

/* ---- what partners know ---------------------------------------------------------------------------- */

const FACT = 'Controle in mei, geen administratie aanwezig';

async function askDesks(cast, coordinator, casefile, desks) {
	const { page } = coordinator;
	await page.goto(`${cast.place.url}/requests/new?casefile=${casefile}`);
	for (const desk of desks) await page.locator('#organs').getByLabel(desk.onBehalf, { exact: true }).check();
	await page.locator('#subjects input').first().check();
	await page.getByLabel('Toezicht en handhaving').check();
	await page.getByLabel('Uw vraag').fill('Welke controles waren er, en wat bleek daar?');
	await page.getByLabel('Waarom is dit nodig?').fill('Zonder deze gegevens weten wij niet of het beeld klopt.');
	await page.getByRole('button', { name: 'Zet meteen uit' }).click();
	await shows(cast.tap, page.getByText(`${desks.length} bevragingen zijn uitgezet`), 'chain: the coordinator asks two desks');
	const { requests } = await (await page.request.get(`${cast.place.url}/api/v1/casefiles/${casefile}/requests`)).json();
	return requests.map(r => r.reference);
}

/** Each desk finds its own request in its inbox: one tells something, the other knows nothing. */
async function deskAnswers(cast, person, requests, tells) {
	const desk = await cast.enter('PARTNER_DESK', person);
	const { page } = desk;
	await page.goto(`${cast.place.url}/requests`);
	const inbox = await page.locator('main').textContent();
	const request = requests.find(reference => inbox.includes(reference));
	await page.goto(`${cast.place.url}/requests/${request}`);
	if (!tells) {
		await page.getByRole('button', { name: 'Niets bekend', exact: true }).first().click();
		await shows(cast.tap, page.getByText('Afgehandeld: niets bekend'), 'chain: one desk knows nothing');
		return null;
	}
	await keys.enter(page, 'Neem in behandeling');
	await keys.reach(page, 'details.plein-answer > summary');
	await page.keyboard.press('Enter');
	await keys.type(page, 'textarea[name=text]', FACT);
	await keys.enter(page, 'Bewaar dit gegeven');
	await shows(cast.tap, page.getByText('Bewaard. Nog niet verstuurd.'), 'chain: the other desk writes down what it knows, by the keyboard alone');
	await cast.album.add(desk, 'desk');
	await keys.enter(page, 'Verstuur het antwoord');
	await shows(cast.tap, page.getByText('Uw antwoord is verstuurd'), 'chain: and sends it');
	return request;
}

async function checkAnswer(cast, analyst, request, casefile) {
	const { page } = analyst;
	await page.goto(`${cast.place.url}/requests/${request}`);
	await page.getByLabel('Houden').first().check();
	await send(page, page.getByRole('button', { name: 'Bewaar uw oordeel' }));
	await send(page, page.getByRole('button', { name: 'Rond de controle af' }));
	await shows(cast.tap, page.getByText('Wat u hield, staat nu in de casus'), 'chain: the analyst keeps what the question asked for');
	await page.goto(`${cast.place.url}/casefiles/${casefile}/subjects/1`);
	await shows(cast.tap, page.getByText(FACT), 'chain: and it stands in the casefile, with its source');
	await cast.album.add(analyst, 'subject');
}

/* ---- analysis and advice -------------------------------------------------------------------------- */

async function staff(cast, coordinator, casefile) {
	const analyst = all(cast.place, 'ANALYST')[0];
	await cast.send(coordinator, `/casefiles/${casefile}/members`, '/members', { appointment: new RegExp(`${analyst.name}.*analist`) }, analyst.name, 'the coordinator names an analyst');
	return analyst;
}

export async function advise(cast, analyst, crew, casefile) {
	await cast.send(analyst, `/casefiles/${casefile}/move/analyse`, '/move/analyse', {}, 'Analyse', 'the analyst begins the analysis');
	const page = await cast.send(analyst, `/casefiles/${casefile}/advice`, '/advice', {}, null, 'the analyst begins an advice');
	const advice = /A-\d{4}-[0-9A-Z]{5}/.exec(page.url() + await page.locator('main').textContent())[0];
	const at = rest => `/advices/${advice}${rest}`;
	await cast.send(analyst, at('/text'), '/text', { introduction: 'Dezelfde plek komt steeds terug.', conclusion: 'Samen optreden helpt.' }, 'Samen optreden helpt', 'the analyst writes the advice');
	await cast.send(analyst, at('/proposals/new'), '/proposals', {
		instrument: /Drempel opwerpen/, weight: 'MEDIUM', lead: new RegExp(crew.name, 'i'), basis: 'De wet van de eigenaar', approach: 'Controle van de plek, met een draaiboek.',
		barrier: 'STORAGE', effect: 'In de straat is geen overlast meer.', indicator: 'Meldingen per maand', hours: '40', wantedDay: day(cast.place, 60),
	}, 'Controle van de plek', 'the analyst proposes an intervention');
	await cast.send(analyst, at(''), '/move/ask', {}, /gevraagd|Gevraagd|vraag/, 'owners and sources are asked');
	const desk = await cast.enter('PARTNER_DESK', crew.desk);
	await cast.send(desk, at(''), '/_answer', { answer: 'YES', named: 'YES' }, /antwoord|Antwoord/, 'the desk of the owner says that it can');
	return advice;
}

/** Two persons sign when the term for objections is over; the head, who did so last. */
export async function signTwice(cast, [analystPerson, headPerson], advice) {
	const at = rest => `/advices/${advice}${rest}`;
	await cast.leave();
	await cast.place.later(cast.place.daysAhead + OBJECTION_DAYS);
	const analyst = await cast.enter('ANALYST', analystPerson), head = await cast.enter('RIEC_HEAD', headPerson);
	await cast.send(analyst, at(''), '/move/sign', {}, /Tweede handtekening|tweede/, 'the analyst signs');
	await cast.send(head, at(''), '/move/confirm', {}, /Definitief|definitief|Vastgesteld/, 'the head signs as the second');
	await cast.look(head, 'an advice that two signed');
	return head;
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

async function steer(cast, crew, casefile) {
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
	await cast.send(secretary, `${point}/rulings/1`, '/rulings/1', { ruling: 'APPROVE', owner: 'ASK', lead: new RegExp(crew.lead.name) }, 'Vastgelegd als concept', 'the secretary drafts what is decided');
	await cast.send(secretary, point, '/move/prepare', {}, 'Klaar voor de voorzitter', 'and lays it before the chair');
	await chair.page.goto(cast.place.url + point);
	await keys.enter(chair.page, 'Onderteken het besluit');
	await shows(cast.tap, chair.page.getByText('Het besluit geldt vanaf nu'), 'chain: the chair signs by the keyboard alone, whatever organisation he is of');
	await cast.look(chair, 'a decision that is signed');
	await cast.album.add(chair, 'decision');
}

/* ---- doing it ---------------------------------------------------------------------------------------- */

async function carryOut(cast, crew, casefile) {
	const lead = await cast.enter('INTERVENTION_LEAD', crew.lead);
	await lead.page.goto(`${cast.place.url}/casefiles/${casefile}/interventions`);
	const card = /I-\d{4}-[0-9A-Z]{5}/.exec(await lead.page.locator('main').textContent())[0];
	const at = rest => `/interventions/${card}${rest}`;
	await cast.look(lead, 'the board of the regievoerder');
	const decider = await cast.enter('PARTNER_DECIDER', crew.decider);
	await cast.send(decider, at(''), '/_answer', {}, /Uw organisatie|instem|Geaccordeerd/, 'the owner agrees (WGS 1.3(4))');
	await cast.album.add(decider, 'agreed');
	await cast.send(lead, at('/move/assign'), '/move/assign', { executor: new RegExp(crew.executor.name) }, 'Toegewezen', 'the regievoerder names an executor');
	const executor = await cast.enter('EXECUTOR', crew.executor);
	await cast.send(executor, at(''), '/move/start', {}, 'U bent begonnen', 'the executor begins');
	await cast.look(executor, 'the card of an executor');
	await cast.album.add(executor, 'card');
	await cast.send(executor, at(''), '/reports', { hours: '12' }, 'Gemeld. De regievoerder ziet het.', 'the executor reports the month in one short form');
	await cast.send(executor, at('/move/execute'), '/move/execute', { executedDay: day(cast.place, 0), result: 'De plek is leeg en afgesloten.', seized: '1.234,56' }, 'Het resultaat is gemeld', 'the executor reports the result with an amount');
	await cast.send(lead, at(''), '/move/confirm', {}, 'Het resultaat is vastgesteld', 'the regievoerder confirms the result');
	await cast.album.add(lead, 'board', `${cast.place.url}/casefiles/${casefile}/interventions`);
	return card;
}

async function measure(cast, crew, card) {
	await cast.leave();
	await cast.place.later(cast.place.daysAhead + MONTHS_LATER);
	const lead = await cast.enter('INTERVENTION_LEAD', crew.lead);
	await cast.send(lead, `/interventions/${card}/effect`, '/effect', { effect: 'CLEAR', seen: 'Er is geen overlast meer gemeld.', displaced: 'NO', lessons: 'Begin eerder met plannen.' }, 'Dit blijft, ook als de casus weg is.', 'three months later the regievoerder says whether it helped');
	await cast.look(lead, 'an intervention whose effect is known');
	await cast.album.add(lead, 'effect');
	await lead.page.goto(`${cast.place.url}/learning`);
	await shows(cast.tap, lead.page.getByText('Begin eerder met plannen.'), 'chain: what was learnt is there for everybody');
	await cast.album.add(lead, 'learnt');
}

/** One click from signing in, and the answer to both: what happened with our signals, did it help? */
async function mayorReads(cast, crew) {
	const mayor = await cast.enter('MAYOR_READER', crew.mayor);
	const { page } = mayor;
	await send(page, page.getByRole('link', { name: 'Uw jaar', exact: true }));
	await shows(cast.tap, page.getByText('Hielp het? Van 1 interventie is het effect beoordeeld'), 'chain: the mayor reads whether it helped, one click from signing in');
	await cast.look(mayor, 'the year of a municipality');
	await cast.album.add(mayor, 'year');
}

/** Every step stands in the log, and nothing of what was written. */
async function auditorReads(cast, signal) {
	const auditor = await cast.enter('AUDITOR', all(cast.place, 'AUDITOR')[0]);
	await auditor.page.goto(`${cast.place.url}/log`);
	const text = await auditor.page.locator('main').textContent();
	cast.tap.ok(!text.includes('Lege Kast') && !text.includes(FACT), 'chain: the log names no content');
	await cast.album.add(auditor, 'log');
}

/** meanwhile(): what happens between the result and its effect, on a later day. */
export async function toEffect(tap, browser, place, { casefile, signal, owner, helper, meanwhile, album }) {
	const cast = new Cast(tap, browser, place, album);
	try {
		const crew = crewOf(place, owner, helper);
		const coordinator = await cast.enter('INFO_COORDINATOR', all(place, 'INFO_COORDINATOR')[0]);
		const analystPerson = await staff(cast, coordinator, casefile);
		await cast.album.add(coordinator, 'casefile', `${place.url}/casefiles/${casefile}`);
		const helperDesk = all(place, 'PARTNER_DESK', p => p.onBehalf === helper)[0];
		const requests = await askDesks(cast, coordinator, casefile, [helperDesk, crew.desk]);
		await deskAnswers(cast, helperDesk, requests, false);
		const request = await deskAnswers(cast, crew.desk, requests, true);
		const analyst = await cast.enter('ANALYST', analystPerson);
		await checkAnswer(cast, analyst, request, casefile);
		const advice = await advise(cast, analyst, crew, casefile);
		const head = await signTwice(cast, [analystPerson, all(place, 'RIEC_HEAD')[0]], advice);
		await cast.album.add(head, 'advice');
		await cast.send(head, `/casefiles/${casefile}/move/to-steering`, '/move/to-steering', {}, /Stuurploeg/, 'the head puts it before the Stuurploeg');
		await steer(cast, crew, casefile);
		const card = await carryOut(cast, crew, casefile);
		await cast.leave();
		await meanwhile();
		await measure(cast, crew, card);
		await mayorReads(cast, crew);
		await auditorReads(cast, signal);
	} catch (error) {
		tap.ok(false, 'chain: goes on to the effect', error.stack.split('\n').slice(0, 12));
	} finally {
		await cast.leave();
	}
}
