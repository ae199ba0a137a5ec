// A signal from first suspicion to a complete intake, and another that its writer withdraws: a clerk
// and a coordinator, each in a browser of his own, at a real server.
import { send } from './browser.mjs';
import { another, headed, seen, signIn, within, workAs } from './journeys_house.mjs';

const ENOUGH = 'Dit past, want meerdere organisaties zien hetzelfde gebeuren.';

export async function save(page) {
	await send(page, page.getByRole('button', { name: 'Bewaar en ga verder' }));
}

export async function addSubject(page, kind, fields) {
	await send(page, page.getByRole('link', { name: kind, exact: true }));
	for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value);
	await page.locator('input[name=role][value=MAIN]').check();
	await send(page, page.getByRole('button', { name: 'Voeg toe', exact: true }).last());
}

/** Writes what submitting asks; gives the address of the signal. municipality: as selectOption takes it. */
export async function write(page, place, title, subjects, municipality = { index: 1 }) {
	await page.goto(`${place.url}/signals`);
	await send(page, page.getByRole('button', { name: 'Schrijf een signaal' }));
	await page.locator('#title').fill(title);
	await page.locator('#facts').fill('Bij drie controles was de winkel leeg, de kassa vol en de deur op slot.');
	await save(page);
	const base = page.url().replace('/edit/place', '');
	await page.locator('#where').fill('Dorpsstraat 12');
	await page.locator('#municipality').selectOption(municipality);
	await save(page);
	for (const [kind, fields] of subjects) await addSubject(page, kind, fields);
	await page.goto(`${base}/edit/theme`);
	await page.locator('#theme').selectOption('LAUNDERING');
	await page.locator('input[name=line][value=LOCATION]').check();
	await page.locator('#task').selectOption({ index: 1 });
	await save(page);
	for (const letter of 'ABCDE') await page.locator(`#criterion${letter}`).fill(ENOUGH);
	await save(page);
	return base;
}

export async function submit(page, base) {
	await page.goto(`${base}/submit`);
	await page.locator('#declared').check();
	await send(page, page.locator('main form button[type=submit]').last());
}

export async function says(tap, page, text, what) {
	return tap.ok((await page.locator('main').textContent()).includes(text), what, [page.url(), await page.title()]);
}

export const TITLE = 'Winkel zonder klanten';
export const SUBJECTS = [
	['Voertuig of vaartuig', { plate: '12-ZZZ-3' }],
	['Bedrijf of organisatie', { name: 'Winkel De Lege Kast' }],
	['Adres of plek', { postcode: '9901 AA', houseNumber: '12' }],
];

export async function asked(tap, clerk, coordinator, base, faults) {
	await coordinator.goto(new URL('/intake', base).href);
	await headed(tap, coordinator, 'Intake', 'signal: the coordinator has an inbox');
	await says(tap, coordinator, TITLE, 'signal: the new signal waits there');
	await seen(tap, coordinator, 'signal: the inbox', faults);
	await coordinator.goto(`${base}/move/return`);
	await coordinator.locator('#question1').fill('Welke dagen waren dat?');
	await send(coordinator, coordinator.getByRole('button', { name: 'Stel vragen en leg terug' }));
	await clerk.goto(`${base}/questions`);
	await says(tap, clerk, 'Welke dagen waren dat?', 'signal: the clerk reads the question');
	await clerk.locator('#answer').fill('Drie zaterdagen in oktober.');
	await send(clerk, clerk.getByRole('button', { name: 'Bewaar antwoord' }));
	await submit(clerk, base);
	await says(tap, clerk, 'Ingediend', 'signal: the clerk answers and submits again');
}

export async function accepted(tap, coordinator, base, faults) {
	await coordinator.goto(`${base}/known`);
	await send(coordinator, coordinator.getByRole('button', { name: 'Leg vast dat u keek' }));
	await coordinator.goto(`${base}/links`);
	await headed(tap, coordinator, 'Verbanden', 'signal: links have a page');
	await seen(tap, coordinator, 'signal: the links', faults);
	await coordinator.goto(`${base}/move/accept`);
	await send(coordinator, coordinator.getByRole('button', { name: 'Intake akkoord' }));
	await says(tap, coordinator, 'Intake akkoord', 'signal: the intake is done');
}

async function withdrawn(tap, clerk, coordinator, place, faults) {
	const base = await write(clerk, place, 'Loods met kassen', []);
	await submit(clerk, base);
	await clerk.goto(`${base}/move/withdraw`);
	await send(clerk, clerk.getByRole('button', { name: 'Trek in' }));
	await says(tap, clerk, 'Weg uiterlijk op', 'signal: the clerk knows when a withdrawn signal goes, and why');
	const answer = await coordinator.goto(base);
	tap.ok(answer.status() === 404, 'signal: for the coordinator it is gone at once', [`status ${answer.status()}`]);
	for (const path of ['/signals/board', '/signals/figures', '/signals/feedback']) {
		await coordinator.goto(`${place.url}${path}`);
		await seen(tap, coordinator, `signal: ${path}`, faults);
	}
}

async function journey(tap, browser, place) {
	await within(browser, place, {}, async (clerk, clerkFaults) => within(browser, place, {}, async (coordinator, faults) => {
		await signIn(clerk, place, another(place, 'SUBMITTER', 4));
		await workAs(clerk, 'indiener');
		await signIn(coordinator, place, another(place, 'INFO_COORDINATOR', 0));
		const base = await write(clerk, place, TITLE, SUBJECTS);
		await clerk.goto(`${base}/edit/subjects`);
		tap.ok(await clerk.locator('main .plein-card h2').count() >= SUBJECTS.length, 'signal: three subjects stand in it');
		await seen(tap, clerk, 'signal: the subjects', clerkFaults);
		await submit(clerk, base);
		await says(tap, clerk, 'Ingediend', 'signal: the clerk submits');
		await asked(tap, clerk, coordinator, base, faults);
		await accepted(tap, coordinator, base, faults);
		await clerk.goto(`${place.url}/news`);
		tap.ok((await clerk.locator('main').textContent()).includes(base.split('/').pop()), 'signal: the clerk hears each step');
		await withdrawn(tap, clerk, coordinator, place, faults);
	}));
}

/* ---- nothing typed in a draft is lost ------------------------------------------------------------ */

async function begun(page, place, email) {
	await signIn(page, place, email);
	await workAs(page, 'indiener');
	await page.goto(`${place.url}/signals`);
	await page.getByRole('button', { name: 'Schrijf een signaal' }).click();
	return page.url();
}

async function stands(tap, page, text, what) {
	const value = await page.locator('#facts').inputValue();
	tap.ok(value.includes(text), what, [page.url(), value]);
}

/** The browser is gone a moment after typing, without a button pressed. */
async function browserDies(tap, browser, place, email) {
	let facts;
	await within(browser, place, {}, async page => {
		facts = await begun(page, place, email);
		await page.locator('#title').fill('Kas zonder planten');
		await page.locator('#facts').fill('Dit stond er toen de browser stopte.');
		await page.waitForResponse(r => r.request().method() === 'POST' && r.request().postData()?.includes('browser+stopte') && r.ok());
		const lacks = page.locator('#progress .plein-todo b');
		await lacks.filter({ hasText: /^Titel$/ }).waitFor({ state: 'detached' });
		tap.ok(await lacks.count() > 0 && await page.evaluate(() => document.activeElement.id) === 'facts', 'draft: what it still lacks follows each save, and the focus stays');
	});
	return facts;
}

/** A day later nobody is signed in any more: what is sent then stands there after signing in. */
async function sessionEnds(tap, page, place, email, facts) {
	await page.goto(facts);
	await page.locator('#facts').fill('Dit stuurde ik toen ik was uitgelogd.');
	await place.later(1);
	await save(page);
	await page.getByLabel('E-mailadres').waitFor();
	await signIn(page, place, email, { stay: true });
	await page.locator('#facts').waitFor();
	await stands(tap, page, 'toen ik was uitgelogd', 'draft: what was sent without a session stands there after signing in');
	await save(page);
	await page.goto(facts);
	await stands(tap, page, 'toen ik was uitgelogd', 'draft: and is saved then');
}

/** Two windows, one draft: who comes second sees both, and loses neither. */
async function colleagueFirst(tap, page, facts, faults) {
	const other = await page.context().newPage();
	await page.goto(facts);
	await other.goto(facts);
	await other.locator('#facts').fill('De collega schreef dit eerst.');
	await save(other);
	await page.locator('#facts').fill('Ik schreef dit daarna.');
	await save(page);
	const body = await page.locator('main').textContent();
	tap.ok(/Een collega was eerder/.test(body) && /De collega schreef dit eerst/.test(body), 'draft: a colleague was first: both versions are shown', [page.url()]);
	await stands(tap, page, 'Ik schreef dit daarna', 'draft: and what was typed second stands there still');
	await seen(tap, page, 'draft: two versions', faults);
	await other.close();
}

async function nothingLost(tap, browser, place) {
	const email = another(place, 'SUBMITTER', 6);
	const facts = await browserDies(tap, browser, place, email);
	await within(browser, place, {}, async (page, faults) => {
		await signIn(page, place, email);
		await workAs(page, 'indiener');
		await page.goto(facts);
		await stands(tap, page, 'toen de browser stopte', 'draft: what was typed is there after the browser died');
		await sessionEnds(tap, page, place, email, facts);
		await colleagueFirst(tap, page, facts, faults);
	});
}

export async function signalJourneys(tap, browser, place) {
	for (const [name, work] of [['signal', journey], ['draft', nothingLost]])
		try {
			await work(tap, browser, place);
		} catch (error) {
			tap.ok(false, `${name}: goes through to the end`, error.message.split('\n').slice(0, 6));
		}
}
