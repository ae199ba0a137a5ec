// One signal from first suspicion to measured effect, by role, each in a browser of his own: a clerk
// brings in two, answers a question, six partners weigh both. One becomes a casefile and goes on
// (journeys_effect.mjs) until its mayor reads whether it helped; the other goes after its term. The
// clerk reads why in both; who isn't involved learns nothing, by no route. Each station is a picture.
import { Album } from './album.mjs';
import { send } from './browser.mjs';
import * as keys from './keyboard.mjs';
import { toEffect } from './journeys_effect.mjs';
import { accepted, asked, says, submit, SUBJECTS, TITLE, write } from './journeys_signal.mjs';
import { addSignal, begin, close, decide, invite, ONE_LOOK, plan, prepare, score, seen, shows, signIn, weigh } from './journeys_weighing.mjs';

const OTHER_TITLE = 'Kelder met een zware deur';
const TOWN = 'Duinwaard', MUNICIPALITY = `Gemeente ${TOWN}`, EXECUTIVE = `het college van B en W ${TOWN}`, HELPER = 'de Belastingdienst';
/** A week before thirty days have passed, what is due is put on a list (destruction.h). */
const DAYS_LATER = 29;

function one(place, role, wanted = () => true) {
	return place.people().find(p => p.role === role && p.state === 'ACTIVE' && wanted(p));
}

function enter(browser, place, person, label) {
	return signIn(browser, place, person, label, ONE_LOOK);
}

/* ---- the clerk and the coordinator ---------------------------------------------------------------- */

async function writeByKeys(page, place, title) {
	await page.goto(`${place.url}/signals`);
	await keys.enter(page, 'Schrijf een signaal');
	const base = page.url().replace('/edit/facts', '');
	await keys.type(page, '#title', title);
	await keys.type(page, '#facts', 'Bij drie controles was de kelder op slot.');
	await keys.enter(page, 'Bewaar en ga verder');
	await keys.type(page, '#where', 'Dorpsstraat 12');
	await keys.choose(page, '#municipality', TOWN);
	await keys.enter(page, 'Bewaar en ga verder');
	await page.goto(`${base}/edit/theme`);
	await keys.choose(page, '#theme', 'Witwassen');
	await keys.pick(page, 'line', 'LOCATION');
	await keys.reach(page, '#task');
	await page.keyboard.press('ArrowDown');
	await keys.enter(page, 'Bewaar en ga verder');
	for (const letter of 'ABCDE') await keys.type(page, `#criterion${letter}`, 'Dit past, want meerdere organisaties zien het.');
	await keys.enter(page, 'Bewaar en ga verder');
	await page.goto(`${base}/submit`);
	await keys.tick(page, '#declared');
	await keys.enter(page, 'Dien in');
	return base;
}

async function bringIn(tap, clerk, coordinator, place, album) {
	const first = await write(clerk.page, place, TITLE, SUBJECTS, { label: TOWN });
	await clerk.page.goto(`${first}/edit/subjects`);
	tap.ok(await clerk.page.locator('main .plein-card h2').count() >= SUBJECTS.length, 'chain: three subjects stand in the signal');
	await album.add(clerk, 'draft');
	await submit(clerk.page, first);
	await says(tap, clerk.page, 'Ingediend', 'chain: the clerk submits');
	await album.add(clerk, 'submitted');
	await asked(tap, clerk.page, coordinator.page, first, coordinator.faults);
	await accepted(tap, coordinator.page, first, coordinator.faults);
	await album.add(coordinator, 'intake');
	const second = await writeByKeys(clerk.page, place, OTHER_TITLE);
	await says(tap, clerk.page, 'Ingediend', 'chain: a signal is written and submitted by the keyboard alone');
	await accepted(tap, coordinator.page, second, coordinator.faults);
	return [first, second].map(base => base.split('/').pop());
}

/* ---- the meeting ---------------------------------------------------------------------------------- */

async function scoreByKeys(page, values) {
	for (const [i, factor] of [...'abcd'].entries()) await keys.pick(page, factor, values[i]);
	await keys.enter(page, 'Leg uw score vast');
}

async function weighSecond(tap, chair, members, meeting) {
	const item = `${meeting}/items/2`;
	await chair.page.goto(item);
	await chair.page.getByRole('button', { name: 'Vraag om scores' }).click();
	await Promise.all(members.map(async (m, i) => {
		await m.page.goto(`${item}/score`);
		await (i === 0 ? scoreByKeys : score)(m.page, '1010');
		await m.page.getByText('Uw score is bewaard').first().waitFor();
	}));
	await chair.page.goto(item);
	await chair.page.getByRole('button', { name: /^Onthul de scores/ }).click();
	await shows(tap, chair.page.getByText('Iedereen gelijk'), 'chain: on the second signal all partners think alike');
}

async function decideSecond(tap, secretary, meeting) {
	const { page } = secretary;
	await page.goto(`${meeting}/items/2`);
	for (const field of ['agreedA', 'agreedB', 'agreedC', 'agreedD']) await page.locator(`select[name="${field}"]`).selectOption('1');
	await page.locator('.plein-choice-row').nth(2).getByLabel('Nee').check();
	await page.locator('input[name=outcome][value=not-adopt]').check();
	await page.locator('#reason').selectOption('CRITERIA');
	await page.getByLabel('Waarom, voor het verslag').fill('De gemeente kan dit alleen af.');
	await page.getByRole('button', { name: 'Leg het besluit vast' }).click();
	// the live screen may have drawn the page anew, without the word that comes once
	await shows(tap, page.getByText(/Het besluit is vastgelegd|De gemeente kan dit alleen af/).first(), 'chain: the second is not adopted, with its reason');
}

async function meet(tap, browser, place, coordinator, references, album) {
	const [chair, secretary] = await Promise.all([['CHAIR', /voorzitter/], ['SECRETARY', /secretaris/]].map(([role, label]) => enter(browser, place, one(place, role), label)));
	const meeting = await plan(tap, coordinator);
	const { participant } = await addSignal(tap, coordinator, references[0]);
	await addSignal(tap, coordinator, references[1]);
	const people = await invite(tap, coordinator, place, meeting, participant);
	const members = await Promise.all(people.map(person => enter(browser, place, person, /lid informatie-overleg/)));
	await prepare(tap, members[0], meeting);
	await begin(tap, chair, secretary, meeting);
	await weigh(tap, chair, members, meeting);
	await album.add(chair, 'weighed', `${meeting}/items/1`);
	await decide(tap, secretary, members[3], meeting, [EXECUTIVE, HELPER]);
	await album.add(secretary, 'adopted', `${meeting}/items/1`);
	await weighSecond(tap, chair, members, meeting);
	await decideSecond(tap, secretary, meeting);
	await close(tap, secretary, coordinator, meeting);
	await coordinator.page.getByRole('button', { name: 'Geef het bericht vrij' }).click();
	await coordinator.page.getByRole('button', { name: 'Geef het bericht vrij' }).waitFor({ state: 'detached' });
	for (const who of [chair, secretary, ...members]) await who.context.close();
	return { meeting, partners: people.map(p => p.participant) };
}

/* ---- hearing back --------------------------------------------------------------------------------- */

async function readsWhy(tap, clerk, place, [adopted, refused], album) {
	const { page } = clerk;
	await page.goto(`${place.url}/signals/${adopted}`);
	await says(tap, page, 'Het overleg maakt van uw signaal een casus', 'chain: the clerk reads why the first became a casefile');
	await page.goto(`${place.url}/signals/${refused}`);
	await says(tap, page, 'Het overleg neemt uw signaal niet in behandeling', 'chain: and the message that the coordinator released');
	await album.add(clerk, 'refused');
	await says(tap, page, 'Past niet bij de vijf criteria', 'chain: the clerk reads why the second did not');
	await says(tap, page, 'Weg uiterlijk op', 'chain: and on what day it goes');
	await seen(tap, clerk, 'chain: a signal that is not adopted');
	await page.goto(`${place.url}/news`);
	for (const reference of [adopted, refused]) await says(tap, page, reference, `chain: the news names ${reference === adopted ? 'the first' : 'the second'}`);
}

/* ---- who isn't involved --------------------------------------------------------------------------- */

/** What an answer tells: its status, and its words but for what was asked and for this one answer. */
async function told(page, url, asked) {
	const answer = await page.request.get(url, { maxRedirects: 0, failOnStatusCode: false });
	const body = (await answer.text()).replaceAll(asked, 'X').replace(/(name="_(once|csrf)" value=|nonce=|"(requestId|instance)":)"[^"]*"/g, '').replace(/[A-Za-z0-9_-]{22,}/g, '').replace(/\d\d?\.\d\d uur/g, '');
	return `${answer.status()} ${body}`;
}

const OF_A_SIGNAL = ['', '/edit/facts', '/edit/subjects', '/questions', '/known', '/links', '/attachments', '/helper', '/submit', '/who-sees', '/access-log', '/move/return', '/move/withdraw', '/subjects/1'];
const OF_A_MEETING = ['', '/pack', '/attendance', '/items/1', '/items/1/score', '/items/1/homework', '/items/2', '/minutes', '/minutes/odt', '/annex', '/screen', '/who-sees', '/access-log'];
const OF_A_CASEFILE = ['', '/members', '/who-sees', '/access-log', '/subjects/1'];

/** Hidden and absent are told apart by nothing, on the page and in the API. */
async function sameAsAbsent(tap, page, place, room, reference, absent, rest, who) {
	const differ = [];
	for (const api of ['', '/api/v1'])
		for (const path of rest) {
			const [hidden, nothing] = await Promise.all([reference, absent].map(ref => told(page, `${place.url}${api}/${room}/${ref}${path}`, ref)));
			if (hidden !== nothing || !/^40[45]/.test(hidden)) differ.push(`${api}/${room}/${path}: ${hidden.slice(0, 3)} and ${nothing.slice(0, 3)}`);
		}
	tap.none(differ, `chain: ${who} is told the same of a hidden and of an absent thing in /${room}`);
}

const ROUND = ['/signals', '/signals/board', '/signals/figures', '/signals/feedback', '/casefiles', '/meetings', '/news', '/tasks', '/', '/retention', '/intake', '/log',
	`/search?q=${encodeURIComponent('winkel')}`, `/search?q=${encodeURIComponent('lege kast')}`, '/signals?q=winkel', '/signals?format=csv', '/signals/figures?by=theme', '/signals/find?plate=12ZZZ3'];

/** Words, references and counts that only this signal brought: on no page, list, search or figure. */
async function silent(tap, page, place, words, who) {
	const heard = [];
	for (const api of ['', '/api/v1'])
		for (const path of ROUND) {
			const answer = await page.request.get(`${place.url}${api}${path}`, { failOnStatusCode: false });
			const body = await answer.text();
			for (const word of words) if (body.includes(word)) heard.push(`${api}${path} says ${word}`);
			const count = /"(?:total|count|waiting)":\s*([1-9]\d*)/.exec(body);
			if (count && /signals|search|casefiles|meetings/.test(path)) heard.push(`${api}${path} counts ${count[1]}`);
		}
	tap.none(heard, `chain: ${who} meets neither words, numbers nor counts of it`);
}

async function askedAtTheField(tap, page, place, who) {
	await page.goto(`${place.url}/signals`);
	const begin = page.getByRole('button', { name: 'Schrijf een signaal' });
	if (await begin.count() === 0) return;
	await send(page, begin);
	const base = page.url().replace('/edit/facts', '');
	await page.goto(`${base}/known`);
	const body = await page.locator('main').textContent();
	tap.ok(!/Lege Kast|12-ZZZ-3/.test(body), `chain: ${who} is not told that it is known already`);
}

async function outsiders(tap, browser, place, words, { references, meeting, casefile, involved }) {
	await Promise.all([['PARTNER_DESK', /loket/], ['SUBMITTER', /indiener/], ['PARTNER_DECIDER', /beslisser/]].map(async ([role, label]) => {
		const person = one(place, role, p => !involved.has(p.participant));
		const { page, context } = await enter(browser, place, person, label);
		for (const reference of references) await sameAsAbsent(tap, page, place, 'signals', reference, 'S-2026-22222', OF_A_SIGNAL, role);
		await sameAsAbsent(tap, page, place, 'meetings', meeting.split('/').pop(), 'IO-2026-22222', OF_A_MEETING, role);
		await sameAsAbsent(tap, page, place, 'casefiles', casefile, 'C-2026-22222', OF_A_CASEFILE, role);
		await silent(tap, page, place, words, role);
		await askedAtTheField(tap, page, place, role);
		await context.close();
	}));
}

/** That the same questions do find something for who may know: else the silence proves nothing. */
async function found(tap, page, place, reference, who) {
	const list = await (await page.request.get(`${place.url}/api/v1/signals`)).text();
	tap.ok(list.includes(reference), `chain: ${who} has it in the list`);
}

/* ---- gone after its term -------------------------------------------------------------------------- */

async function goneAfterItsTerm(tap, browser, place, clerkPerson, [adopted, refused]) {
	const managers = place.people().filter(p => p.role === 'RECORDS_MANAGER' && p.state === 'ACTIVE');
	await place.later(DAYS_LATER);
	const [first, second, clerk] = await Promise.all([[managers[0], /recordmanager/], [managers[1], /recordmanager/], [clerkPerson, /indiener/]].map(([person, label]) => enter(browser, place, person, label)));
	await first.page.goto(`${place.url}/retention`);
	await says(tap, first.page, refused, 'chain: the records manager finds it due');
	await send(first.page, first.page.getByRole('button', { name: 'Maak een vernietigingslijst' }));
	await says(tap, first.page, 'Een ander dan de maker moet tekenen', 'chain: who made the list can not sign it');
	const list = first.page.url();
	await second.page.goto(list);
	await second.page.getByRole('button', { name: 'Teken en vernietig' }).click();
	await shows(tap, second.page.getByText(/Getekend door/), 'chain: another signs');
	await seen(tap, second, 'chain: a list that is signed');
	const answer = await clerk.page.goto(`${place.url}/signals/${refused}`);
	tap.ok(answer.status() === 404, 'chain: then it is gone, for who wrote it too', [`${answer.status()}`]);
	await clerk.page.goto(`${place.url}/search?q=kelder`);
	tap.ok(!(await clerk.page.locator('main').textContent()).includes(refused), 'chain: and in no search');
	tap.ok((await clerk.page.goto(`${place.url}/signals/${adopted}`)).status() === 200, 'chain: the other stays');
	for (const who of [first, second, clerk]) await who.context.close();
}

/* ---- all of it ------------------------------------------------------------------------------------ */

async function casefileOf(tap, coordinator, place) {
	const { page } = coordinator;
	await page.goto(`${place.url}/casefiles`);
	const casefile = /C-\d{4}-[0-9A-Z]{5}/.exec(await page.locator('main').textContent())?.[0];
	tap.ok(casefile !== undefined, 'chain: there is a casefile');
	for (const path of ['', '/members', '/subjects/1', '/who-sees']) {
		await page.goto(`${place.url}/casefiles/${casefile}${path}`);
		await seen(tap, coordinator, `chain: the casefile${path.replace('/1', '')}`);
	}
	return casefile;
}

async function journey(tap, browser, place, album) {
	const clerkPerson = one(place, 'SUBMITTER', p => p.participant === MUNICIPALITY && p.onBehalf === EXECUTIVE);
	const [clerk, coordinator] = await Promise.all([[clerkPerson, /college.*indiener/], [one(place, 'INFO_COORDINATOR'), /informatieco/]].map(([person, label]) => enter(browser, place, person, label)));
	const references = await bringIn(tap, clerk, coordinator, place, album);
	const { meeting, partners } = await meet(tap, browser, place, coordinator, references, album);
	await readsWhy(tap, clerk, place, references, album);
	await found(tap, clerk.page, place, references[0], 'the clerk');
	const casefile = await casefileOf(tap, coordinator, place);
	await outsiders(tap, browser, place, [...references, TITLE, OTHER_TITLE, 'Lege Kast', '12-ZZZ-3'], { references, meeting, casefile, involved: new Set([clerkPerson.participant, 'RIEC Deltaland', ...partners]) });
	await clerk.context.close();
	await coordinator.context.close();
	const meanwhile = () => goneAfterItsTerm(tap, browser, place, clerkPerson, references);
	await toEffect(tap, browser, place, { casefile, signal: references[0], owner: MUNICIPALITY, helper: HELPER, meanwhile, album });
}

export async function chain(tap, browser, place, out) {
	try {
		await journey(tap, browser, place, new Album(out));
	} catch (error) {
		tap.ok(false, 'chain: goes through to the end', error.stack.split('\n').slice(0, 12));
	}
}
