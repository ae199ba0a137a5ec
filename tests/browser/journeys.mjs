// What people do with a running server, by role and by what a screen reader hears.
import { focusComes, watchedContext } from './browser.mjs';

const PASSWORD = process.env.PLEIN_DEMO_PASSWORD ?? 'welkom in deltaland';

/** Everyone whose screens are looked at: role, and what only that role can do. */
const CAST = [
	{ role: 'SUBMITTER', extra: [capacityChoice, sharing, settings] },
	{ role: 'INFO_COORDINATOR', extra: [] },
	{ role: 'RIEC_HEAD', extra: [] },
	{ role: 'AUDITOR', extra: [] },
	{ role: 'AUTHORISATION_MANAGER', extra: [] },
	{ role: 'SYSTEM_ADMIN', extra: [] },
];

function heading(page, name) {
	return page.getByRole('heading', { level: 1, name });
}

async function shows(tap, page, name, what) {
	const found = await heading(page, name).count();
	return tap.ok(found === 1, what, [`h1 is ${await page.getByRole('heading', { level: 1 }).allTextContents()}`, page.url()]);
}

async function enterPassword(page, url, email, password) {
	await page.goto(`${url}/sign-in`);
	await page.getByLabel('E-mailadres').fill(email);
	await page.getByLabel('Wachtwoord').fill(password);
	await page.getByRole('button', { name: 'Verder naar de code' }).click();
}

async function signIn(tap, page, place, person) {
	await enterPassword(page, place.url, person.email, PASSWORD);
	await page.getByRole('textbox', { name: /^Code/ }).fill(place.code(person.email));
	await page.getByRole('button', { name: 'Log in' }).click();
	return shows(tap, page, 'Mijn werk', `${person.role}: signs in and lands on my work`);
}

/** Strangers: sign-in, what everybody may read, and what they may not. */
async function stranger(tap, browser, place, visit) {
	const { context, faults } = await watchedContext(browser, place.url);
	const page = await context.newPage();
	await page.goto(`${place.url}/`);
	await shows(tap, page, 'Inloggen bij Plein', 'stranger: is asked to sign in');
	await visit(tap, page, `${place.url}/sign-in`, 'real-sign-in', faults);
	tap.ok(await page.getByLabel('Wachtwoord').getAttribute('type') === 'password', 'stranger: nobody reads the password along');
	await enterPassword(page, place.url, 'niemand@plein.example', 'iets anders dan het wachtwoord');
	const alert = page.getByRole('alert');
	await tap.ok(await alert.count() === 1 && /kennen wij niet/.test(await alert.textContent()), 'stranger: a wrong password is answered with a sentence');
	tap.ok(await focusComes(page, '[role=alert]'), 'stranger: the error summary has the focus');
	tap.ok(/^Fout: /.test(await page.title()), 'stranger: the title of the page says that something is wrong');
	await page.goto(`${place.url}/`);
	for (const link of await page.locator('footer a').evaluateAll(list => list.map(a => a.getAttribute('href'))))
		await visitLink(tap, page, place, link, 'stranger', visit, faults);
	await context.close();
}

async function visitLink(tap, page, place, href, who, visit, faults) {
	const answer = await page.goto(new URL(href, place.url).href);
	if (!tap.ok(answer.status() === 200, `${who}: ${href} is there`, [`status ${answer.status()}`])) return;
	await visit(tap, page, page.url(), `real-${who.toLowerCase()}${href.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}`, faults);
}

async function capacityChoice(tap, page, person) {
	await page.locator('.plein-who > summary').click();
	const radios = page.getByRole('group', { name: 'Namens wie werkt u?' }).getByRole('radio');
	const count = await radios.count();
	tap.ok(count >= 1, `${person.role}: sees on whose behalf`, [`${count} choices`]);
	if (count < 2) return;
	const before = await page.locator('.plein-who__behalf').textContent();
	await radios.nth((await radios.first().isChecked()) ? 1 : 0).check();
	await page.getByRole('button', { name: 'Wijzig' }).click();
	tap.ok(await page.locator('.plein-who__behalf').textContent() !== before, `${person.role}: works on behalf of another organ after choosing it`);
}

async function sharing(tap, page, person) {
	await page.getByRole('link', { name: 'Mag ik dit delen?' }).click();
	await shows(tap, page, 'Mag ik dit delen?', `${person.role}: reaches the question from every page`);
	await page.getByRole('button', { name: 'Zoek het op' }).click();
	const answer = await page.locator('.plein-verdict__answer').allTextContents();
	tap.ok(answer.length === 1 && /^(Ja|Alleen als|Nee)$/.test(answer[0].trim()), `${person.role}: gets one of three answers`, answer);
	tap.ok(await page.locator('.plein-verdict__law').count() === 1, `${person.role}: the answer names article or rule`);
}

async function settings(tap, page, person) {
	await page.goto(new URL('/me/settings', page.url()).href);
	await page.getByRole('radio', { name: 'Donker' }).check();
	await page.getByRole('radio', { name: /^Compact/ }).check();
	await page.getByRole('button', { name: 'Bewaar' }).click();
	const html = page.locator('html');
	tap.ok(await html.getAttribute('data-theme') === 'dark' && await html.getAttribute('data-density') === 'compact', `${person.role}: colours and density are kept`);
}

async function skipLink(tap, page, person) {
	await page.goto(new URL('/', page.url()).href);
	await page.keyboard.press('Tab');
	tap.ok(await page.evaluate(() => document.activeElement?.textContent === 'Naar de inhoud'), `${person.role}: the first stop is the skip link`);
	await page.keyboard.press('Enter');
	tap.ok(await page.evaluate(() => location.hash === '#main'), `${person.role}: the skip link leads to the content`);
}

async function absent(tap, page, place, person) {
	const answer = await page.goto(`${place.url}/people/requests/A-2026-00000`);
	tap.ok(answer.status() === 404, `${person.role}: what is not there answers 404`, [`status ${answer.status()}`]);
	await shows(tap, page, 'Deze pagina bestaat niet, of is niet voor u', `${person.role}: and says so in the words for hidden and absent alike`);
}

async function signOut(tap, page, place, person) {
	await page.goto(`${place.url}/`);
	await page.locator('.plein-who > summary').click();
	await page.getByRole('button', { name: 'Uitloggen' }).click();
	await page.goto(`${place.url}/`);
	await shows(tap, page, 'Inloggen bij Plein', `${person.role}: after signing out nothing opens`);
}

async function member(tap, browser, place, { role, extra }, visit) {
	const person = place.personWith(role);
	if (!tap.ok(person !== null, `${role}: somebody has this role`)) return;
	const { context, faults } = await watchedContext(browser, place.url);
	const page = await context.newPage();
	if (await signIn(tap, page, place, { ...person, role })) {
		await skipLink(tap, page, { role });
		const links = await page.locator('.plein-nav a, .plein-who__links a, .plein-bar__link').evaluateAll(list => [...new Set(list.map(a => a.getAttribute('href')))]);
		for (const href of links) await visitLink(tap, page, place, href, role, visit, faults);
		for (const act of extra) {
			await page.goto(`${place.url}/`);
			await act(tap, page, { role });
		}
		await absent(tap, page, place, { role });
		await signOut(tap, page, place, { role });
	}
	await context.close();
}

/** A journey that breaks off is a failure of its own; the next one still runs. */
async function tried(tap, name, work) {
	try {
		await work();
	} catch (error) {
		tap.ok(false, `${name}: goes through to the end`, [error.message.split('\n')[0]]);
	}
}

export async function journeys(tap, browser, place, { visit, only }) {
	if (!only || only === 'stranger') await tried(tap, 'stranger', () => stranger(tap, browser, place, visit));
	for (const who of CAST.filter(c => !only || c.role === only))
		await tried(tap, who.role, () => member(tap, browser, place, who, visit));
}
