// What everybody does with the house itself, at a real server: enrolling a phone, choosing on whose
// behalf, a field that is wrong, the keyboard alone, a narrow screen, no script; and the log of it.
import { createHmac } from 'node:crypto';
import { focusComes, send, watchedContext } from './browser.mjs';
import { axeFaults, overflowFaults, policyFaults } from './checks.mjs';

const PASSWORD = process.env.PLEIN_DEMO_PASSWORD ?? 'welkom in deltaland';
const NEW_PASSWORD = 'een zin die niemand raadt 27';
const ENROLS = 'ANALYST';

/** Before the server starts: somebody gets a new start, with a password for once. */
export function prepareHouse(place) {
	const person = place.personWith(ENROLS);
	const said = place.plein('person', 'restart', '--person', person.email);
	const password = /: (\S+)\s*$/m.exec(said);
	if (!password) throw new Error(`no password in: ${said}`);
	return { person, password: password[1] };
}

function base32(text) {
	const bits = [...text.replace(/[\s=]/g, '').toUpperCase()].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
}

/** What an app shows for this secret now (RFC 6238). */
function codeOf(secret) {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
	const mac = createHmac('sha1', base32(secret)).update(counter).digest();
	const at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** One page seen: accessible, nothing refused, and no wider than the screen. */
export async function seen(tap, page, what, faults) {
	tap.none(await axeFaults(page), `${what}: accessible`);
	tap.none(await overflowFaults(page), `${what}: no sideways scroll`);
	tap.none([...faults.splice(0), ...await policyFaults(page)], `${what}: nothing refused, nothing from elsewhere`);
}

export async function headed(tap, page, name, what) {
	const heading = page.getByRole('heading', { level: 1, name });
	await heading.waitFor({ timeout: 5000 }).catch(() => {});
	return tap.ok(await heading.count() === 1, what, [await page.title(), page.url(), ...await page.getByRole('alert').allTextContents()]);
}

async function givePassword(page, place, email, password, stay = false) {
	if (!stay) await page.goto(`${place.url}/sign-in`);
	await page.getByLabel('E-mailadres').fill(email);
	await page.getByLabel('Wachtwoord').fill(password);
	await send(page, page.getByRole('button', { name: 'Verder naar de code' }));
}

/** The n-th person with this role: a code works once, so each journey has its own person. */
export function another(place, role, n) {
	return [...new Set(place.people().filter(p => p.role === role && p.state === 'ACTIVE').map(p => p.email))][n];
}

/** Who has several roles works in this one. */
export async function workAs(page, label) {
	if ((await page.locator('.plein-who__behalf').textContent()).includes(label)) return;
	await page.locator('.plein-who > summary').click();
	await page.getByRole('group', { name: 'Namens wie werkt u?' }).getByRole('radio', { name: new RegExp(label) }).first().check();
	await send(page, page.getByRole('button', { name: 'Wijzig' }));
}

const lastCode = new Map();

/** A code works once: who signed in with this one waits for the next. */
async function freshCode(place, email) {
	for (;;) {
		const code = place.code(email);
		if (lastCode.get(email) !== code) {
			lastCode.set(email, code);
			return code;
		}
		await new Promise(resolve => setTimeout(resolve, 1000));
	}
}

/** stay: on the page that asks for it, which leads back to what was being done. */
export async function signIn(page, place, email, { stay = false } = {}) {
	await givePassword(page, place, email, PASSWORD, stay);
	await page.getByRole('textbox', { name: /^Code/ }).fill(await freshCode(place, email));
	await send(page, page.getByRole('button', { name: 'Log in' }));
	if (!stay) await page.getByRole('heading', { level: 1, name: 'Mijn werk' }).waitFor();
}

export async function within(browser, place, options, work) {
	const { context, faults } = await watchedContext(browser, place.url, options);
	try {
		await work(await context.newPage(), faults);
	} finally {
		await context.close();
	}
}

/** Password for once, phone, recovery codes, a password of one's own, my work. */
async function enrolling(tap, browser, place) {
	await within(browser, place, {}, async (page, faults) => {
		const { person, password } = place.prepared;
		await givePassword(page, place, person.email, password);
		await headed(tap, page, 'Koppel uw telefoon', 'enrolling: the first password leads to the phone');
		await seen(tap, page, 'enrolling: the phone', faults);
		tap.ok(await page.locator('img.plein-qr').evaluate(i => i.complete && i.naturalWidth > 0), 'enrolling: the code to scan is drawn');
		await page.getByRole('textbox', { name: /^Code/ }).fill('000000');
		await send(page, page.getByRole('button', { name: 'Koppel deze telefoon' }));
		tap.ok(await page.getByText('Deze code klopt niet').count() > 0, 'enrolling: a wrong code is said');
		const secret = await page.locator('.plein-mono').textContent();
		await page.getByRole('textbox', { name: /^Code/ }).fill(codeOf(secret));
		await send(page, page.getByRole('button', { name: 'Koppel deze telefoon' }));
		await headed(tap, page, 'Bewaar uw herstelcodes', 'enrolling: then come the recovery codes');
		await seen(tap, page, 'enrolling: the recovery codes', faults);
		await send(page, page.getByRole('button', { name: 'Ik heb ze bewaard' }));
		await headed(tap, page, 'Kies een nieuw wachtwoord', 'enrolling: a password of one\'s own comes before any work');
		await seen(tap, page, 'enrolling: the password', faults);
		await page.locator('input[autocomplete=current-password]').fill(password);
		for (const field of await page.locator('input[autocomplete=new-password]').all()) await field.fill(NEW_PASSWORD);
		await send(page, page.getByRole('button', { name: 'Bewaar' }));
		await page.goto(`${place.url}/`);
		await headed(tap, page, 'Mijn werk', 'enrolling: and then one is at work');
		await seen(tap, page, 'enrolling: my work', faults);
	});
}

/** A form that isn't right: a summary with the focus, a link to the field, and what was typed. */
async function wrongInput(tap, browser, place) {
	await within(browser, place, {}, async (page, faults) => {
		await signIn(page, place, place.personWith('AUTHORISATION_MANAGER').email);
		await page.goto(`${place.url}/people/requests`);
		await seen(tap, page, 'wrong input: the empty form', faults);
		await page.getByLabel('Naam').fill('Nora <b> Proef');
		await page.getByLabel('E-mailadres').fill('geen adres');
		await send(page, page.getByRole('button', { name: 'Vraag aan' }));
		tap.ok(await focusComes(page, '[role=alert]'), 'wrong input: the summary has the focus');
		await seen(tap, page, 'wrong input: the form with what is wrong', faults);
		const email = page.locator('#email');
		tap.ok(await email.getAttribute('aria-invalid') === 'true', 'wrong input: the field says that it is wrong');
		tap.ok(await email.evaluate(f => f.getAttribute('aria-describedby')?.split(' ').some(id => document.getElementById(id)?.textContent.trim().length > 10)), 'wrong input: the sentence stands at the field');
		tap.ok(await email.inputValue() === 'geen adres' && await page.getByLabel('Naam').inputValue() === 'Nora <b> Proef', 'wrong input: what was typed stands there still');
		await page.getByRole('alert').getByRole('link').first().click();
		tap.ok(await focusComes(page, 'input, select, textarea'), 'wrong input: a link in the summary leads into the field');
	});
}

async function tabTo(page, test, most = 80) {
	for (let i = 0; i < most; i++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate(test)) return true;
	}
	return false;
}

/** From the sign-in page to an answer of the law without a pointer. */
async function keyboardOnly(tap, browser, place) {
	await within(browser, place, {}, async page => {
		const { email } = place.personWith('MAYOR_READER');
		await page.goto(`${place.url}/sign-in`);
		tap.ok(await tabTo(page, () => document.activeElement?.id === 'email'), 'keyboard: reaches the address');
		await page.keyboard.type(email);
		tap.ok(await tabTo(page, () => document.activeElement?.id === 'password'), 'keyboard: reaches the password');
		await page.keyboard.type(PASSWORD);
		await page.keyboard.press('Enter');
		await page.locator('#code').waitFor();
		if (!await page.evaluate(() => document.activeElement?.id === 'code')) await tabTo(page, () => document.activeElement?.id === 'code');
		await page.keyboard.type(await freshCode(place, email));
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'Mijn werk' }).waitFor();
		tap.ok(await tabTo(page, () => document.activeElement?.getAttribute('href') === '/may-i-share'), 'keyboard: reaches the question to the law');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'Mag ik dit delen?' }).waitFor();
		tap.ok(await tabTo(page, () => document.activeElement?.id === 'what'), 'keyboard: reaches what it is about');
		await page.keyboard.press('ArrowDown');
		tap.ok(await tabTo(page, () => document.activeElement?.textContent === 'Zoek het op'), 'keyboard: reaches the button');
		await page.keyboard.press('Enter');
		await page.locator('.plein-verdict__answer').waitFor();
		tap.ok(await page.locator('.plein-verdict__answer').count() === 1, 'keyboard: gets an answer');
		tap.ok(await tabTo(page, () => document.activeElement?.matches('.plein-who > summary')), 'keyboard: reaches on whose behalf');
		await page.keyboard.press('Enter');
		tap.ok(await tabTo(page, () => document.activeElement?.textContent === 'Uitloggen'), 'keyboard: reaches the way out');
		await page.keyboard.press('Enter');
		await headed(tap, page, 'Inloggen bij Plein', 'keyboard: and is out');
	});
}

/** A clerk writes the beginning of a signal; the same with script, without, and on a phone. */
async function writing(tap, browser, place, name, n, options) {
	await within(browser, place, options, async (page, faults) => {
		const look = async what => {
			if (options.javaScriptEnabled === false) return;
			await seen(tap, page, `${name}: ${what}`, faults);
		};
		await signIn(page, place, another(place, 'SUBMITTER', n));
		await workAs(page, 'indiener');
		await look('my work');
		await page.goto(`${place.url}/signals`);
		await look('signals');
		await send(page, page.getByRole('button', { name: 'Schrijf een signaal' }));
		await look('the facts, empty');
		await page.locator('#title').fill(`Proef ${name}`);
		await page.locator('#facts').fill('Bij drie controles was de winkel leeg, de kassa vol.');
		await send(page, page.getByRole('button', { name: 'Bewaar en ga verder' }));
		tap.ok(/\/edit\/place$/.test(page.url()), `${name}: saving leads to the next step`, [page.url()]);
		await look('the place');
		await page.goto(page.url().replace('/edit/place', ''));
		tap.ok((await page.locator('main').textContent()).includes('de kassa vol'), `${name}: what was written stands in the signal`);
		await look('the signal');
		await send(page, page.getByRole('link', { name: 'Alle namen, met de reden' }));
		await headed(tap, page, 'Wie ziet dit?', `${name}: reads who sees it`);
		tap.ok((await page.locator('tbody tr').count()) >= 1, `${name}: at least the clerk does`);
		await look('who sees it');
	});
}

/** On behalf of another organ: said on every page, and the record is that organ's. */
async function onBehalf(tap, browser, place) {
	const all = place.people();
	const two = all.find(p => all.filter(q => q.email === p.email && q.role !== undefined).length > 1);
	if (!tap.ok(two !== undefined, 'on behalf: somebody has two roles')) return;
	await within(browser, place, {}, async (page, faults) => {
		await signIn(page, place, two.email);
		const shown = page.locator('.plein-who__behalf');
		const before = await shown.textContent();
		await page.locator('.plein-who > summary').click();
		const radios = page.getByRole('group', { name: 'Namens wie werkt u?' }).getByRole('radio');
		tap.ok(await radios.count() >= 2, 'on behalf: both choices are there');
		await radios.nth((await radios.first().isChecked()) ? 1 : 0).check();
		await send(page, page.getByRole('button', { name: 'Wijzig' }));
		const after = await shown.textContent();
		tap.ok(after !== before, 'on behalf: the other choice is made', [before, after]);
		await page.goto(`${place.url}/may-i-share`);
		tap.ok(await shown.textContent() === after, 'on behalf: it stands on every page');
		await seen(tap, page, 'on behalf: a page of the other role', faults);
	});
}

/** The auditor finds what the clerk did, by number, and no word of what was written. */
async function logged(tap, browser, place) {
	await within(browser, place, {}, async (page, faults) => {
		await signIn(page, place, place.personWith('AUDITOR').email);
		await page.goto(`${place.url}/log?action=SIGNAL_WRITE`);
		const actor = /Medewerker (\d+)/.exec(await page.locator('tbody').textContent());
		if (!tap.ok(actor !== null, 'log: who wrote is a number')) return;
		await page.goto(`${place.url}/log?actor=${actor[1]}`);
		await seen(tap, page, 'log: of one person', faults);
		const text = await page.locator('tbody').textContent();
		for (const act of ['Logde in', 'Opende Mijn werk', 'Bekeek een lijst signalen', 'Schreef aan een signaal', 'Bekeek een signaal', 'Bekeek wie wat ziet'])
			tap.ok(text.includes(act), `log: ${act.toLowerCase()}`);
		tap.ok(!/kassa|Proef/.test(text), 'log: no word of what was written');
		await page.goto(`${place.url}/log?actor=${actor[1]}&action=SIGNAL_WRITE`);
		const writes = await page.locator('tbody td[data-label=Wanneer]').count();
		tap.ok(writes >= 2, 'log: a line for the beginning and one for each saving', [`${writes} lines`]);
	});
}

/* ---- who sees what (D 6.8 with decisions 5), and the log of every click -------------------------- */

async function get(page, place, path) {
	const answer = await page.request.get(`${place.url}/api/v1${path}`, { maxRedirects: 0, failOnStatusCode: false });
	return { code: answer.status(), json: answer.status() === 200 ? await answer.json() : null };
}

/** What the coordinator sees is all there is of the region, drafts apart. */
async function regionSignals(browser, place) {
	const all = [];
	await within(browser, place, {}, async page => {
		await signIn(page, place, place.personWith('INFO_COORDINATOR').email);
		const list = await get(page, place, '/signals');
		const references = JSON.stringify(list.json).match(/S-\d{4}-[0-9A-Z]{5}/g) ?? [];
		for (const reference of new Set(references)) all.push((await get(page, place, `/signals/${reference}`)).json);
	});
	return all;
}

/** Pages of the house by role: what the matrix gives each of them, and nothing else. */
const PAGES = ['/may-i-share', '/signals', '/meetings', '/people', '/people/proposals', '/access/what-sees', '/log', '/log/heads', '/me/log', '/retention'];
const OPEN = {
	SUBMITTER: ['/may-i-share', '/signals', '/me/log'],
	PARTNER_DESK: ['/may-i-share', '/signals', '/me/log'],
	MAYOR_READER: ['/may-i-share', '/signals', '/me/log'],
	PARTNER_DECIDER: ['/may-i-share', '/me/log'],
};
const SEES = {
	SUBMITTER: (person, signal) => signal.onBehalf === person.onBehalf.replace(/^(de|het) /, '') || signal.onBehalf === person.onBehalf,
	PARTNER_DESK: (person, signal) => signal.onBehalf === person.onBehalf.replace(/^(de|het) /, '') || signal.onBehalf === person.onBehalf,
	MAYOR_READER: (person, signal) => person.onBehalf.endsWith(` ${signal.municipalityName}`),
	PARTNER_DECIDER: () => false,
};

/** Somebody with this role alone, of an organisation that `wanted` likes best. */
function chosen(place, role, wanted) {
	const all = place.people();
	const alone = all.filter(p => p.role === role && all.filter(q => q.email === p.email).length === 1);
	return alone.sort((a, b) => wanted(b) - wanted(a))[0];
}

async function looksAround(tap, browser, place, person, signals) {
	const asked = [];
	await within(browser, place, {}, async page => {
		await signIn(page, place, person.email);
		const wrong = [];
		const look = async (path, open) => {
			const { code } = await get(page, place, path);
			asked.push(code === 200);
			if (code !== (open ? 200 : 404)) wrong.push(`${path}: ${code}, not ${open ? 200 : 404}`);
		};
		await look('/rules', true); // by which the auditor finds who this is
		asked.length = 0;
		for (const path of PAGES) await look(path, OPEN[person.role].includes(path));
		for (const signal of signals) {
			const open = SEES[person.role](person, signal);
			await look(`/signals/${signal.reference}`, open);
			await look(`/signals/${signal.reference}/who-sees`, open && person.role !== 'MAYOR_READER');
			await look(`/signals/${signal.reference}/questions`, open);
		}
		tap.none(wrong, `matrix: ${person.role} sees what the matrix says, of ${signals.length} signals too`);
	});
	return asked;
}

async function matrix(tap, browser, place) {
	const signals = await regionSignals(browser, place);
	if (!tap.ok(signals.length >= 5, 'matrix: the region has signals', [`${signals.length}`])) return;
	const found = [];
	for (const role of Object.keys(OPEN)) {
		const person = chosen(place, role, p => signals.filter(s => SEES[role](p, s)).length);
		const mine = signals.filter(s => SEES[role](person, s)).length;
		if (role !== 'PARTNER_DECIDER') tap.ok(mine > 0 && mine < signals.length, `matrix: ${role} sees some of them and not all`, [`${mine} of ${signals.length}`]);
		const asked = await looksAround(tap, browser, place, person, signals);
		found.push({ person, asked });
	}
	await within(browser, place, {}, async page => {
		await signIn(page, place, place.personWith('AUDITOR').email);
		const rules = (await get(page, place, '/log?action=RULES_VIEW')).json.events.filter(e => OPEN[e.role]);
		for (const { person, asked } of found) {
			const actor = rules.find(e => e.role === person.role).actorId;
			const events = [];
			for (let path = `/log?actor=${actor}`; path; path = null) {
				const { json } = await get(page, place, path);
				events.push(...json.events);
			}
			const clicks = events.slice(0, events.findIndex(e => e.action === 'RULES_VIEW')).reverse();
			const outcomes = clicks.map(e => e.outcome === 'DONE');
			const same = asked.length <= 50 && outcomes.length === asked.length && outcomes.every((done, i) => done === asked[i]);
			tap.ok(same, `matrix: the auditor finds each of the ${asked.length} clicks of ${person.role}, in order, shown or refused`, [outcomes.length, JSON.stringify(clicks.slice(0, 3))]);
		}
	});
}

const JOURNEYS = [
	['matrix', matrix],
	['enrolling', enrolling],
	['wrong input', wrongInput],
	['keyboard', keyboardOnly],
	['on behalf', onBehalf],
	['with script', (tap, browser, place) => writing(tap, browser, place, 'with script', 1, {})],
	['without script', (tap, browser, place) => writing(tap, browser, place, 'without script', 2, { javaScriptEnabled: false })],
	['on a phone', (tap, browser, place) => writing(tap, browser, place, 'on a phone', 3, { viewport: { width: 320, height: 640 } })],
	['log', logged],
];

export async function houseJourneys(tap, browser, place, { only }) {
	for (const [name, journey] of JOURNEYS.filter(j => !only || j[0] === only)) {
		try {
			await journey(tap, browser, place);
		} catch (error) {
			tap.ok(false, `${name}: goes through to the end`, error.message.split('\n').slice(0, 6));
		}
	}
}
