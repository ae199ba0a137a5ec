// A whole meeting in real browsers: six partners score on their own screens, the chair runs it with
// the keyboard alone, the secretary writes down what is decided, the submitter hears why.
import { dutchDay, send, watchedContext } from './browser.mjs';
import { axeFaults, overflowFaults, policyFaults } from './checks.mjs';
import { accepted, submit, SUBJECTS, TITLE, write } from './journeys_signal.mjs';
import { scoresOnTwelveScreens } from './live_screens.mjs';

const PASSWORD = process.env.PLEIN_DEMO_PASSWORD ?? 'welkom in deltaland';
const PARTNERS = 6;
const TABS_MAX = 150;
const SOON_MS = 20_000;

/** Who has several roles works in the one that is called so. */
async function workAs(page, label) {
	if (label.test(await page.locator('.plein-who__behalf').textContent())) return;
	await page.locator('.plein-who > summary').click();
	await page.getByRole('group', { name: 'Namens wie werkt u?' }).getByRole('radio', { name: label }).first().check();
	await send(page, page.getByRole('button', { name: 'Wijzig' }));
}

const LOOKS = ['light', 'dark'].flatMap(colorScheme => [1280, 320].map(width => ({ colorScheme, width })));
/** Enough where another journey looks at the same page in all ways. */
export const ONE_LOOK = [{ colorScheme: 'light', width: 320 }];

/** A code works once: who signed in with this one waits for the next. */
const lastCode = new Map();
async function freshCode(place, email) {
	for (let code = place.code(email); ; code = place.code(email)) {
		if (lastCode.get(email) !== code) {
			lastCode.set(email, code);
			return code;
		}
		await new Promise(resolve => setTimeout(resolve, 500));
	}
}

export async function signIn(browser, place, person, label, looks = LOOKS) {
	const { context, faults } = await watchedContext(browser, place.url);
	const page = await context.newPage();
	await page.goto(`${place.url}/sign-in`);
	await page.getByLabel('E-mailadres').fill(person.email);
	await page.getByLabel('Wachtwoord').fill(PASSWORD);
	await page.getByRole('button', { name: 'Verder naar de code' }).click();
	const code = page.getByRole('textbox', { name: /^Code/ });
	await code.waitFor().catch(async () => { throw new Error(`${person.email} is not asked for a code: ${(await page.locator('main').textContent()).replace(/\s+/g, ' ').slice(0, 300)}`); });
	await code.fill(await freshCode(place, person.email));
	await page.getByRole('button', { name: 'Log in' }).click();
	await page.getByRole('heading', { level: 1, name: 'Mijn werk' }).waitFor();
	if (label) await workAs(page, label);
	return { page, context, faults, person, looks };
}

/** The page and what it refused: accessible, no wider than a phone, in light and dark. */
export async function seen(tap, who, what) {
	for (const { colorScheme, width } of who.looks) {
		await who.page.setViewportSize({ width, height: 900 });
		await who.page.emulateMedia({ colorScheme });
		tap.none(await axeFaults(who.page), `${what}: accessible in ${colorScheme} at ${width}`);
		if (width === 320) tap.none(await overflowFaults(who.page), `${what}: no sideways scroll in ${colorScheme}`);
	}
	await who.page.setViewportSize({ width: 1280, height: 900 });
	await who.page.emulateMedia({ colorScheme: 'light' });
	tap.none([...who.faults.splice(0), ...await policyFaults(who.page)], `${what}: nothing refused, nothing from elsewhere`);
}

/** Tab to what bears this name and press Enter, as somebody without a mouse does. */
export async function press(page, name) {
	await page.evaluate(() => document.activeElement?.blur());
	for (let i = 0; i < TABS_MAX; i++) {
		await page.keyboard.press('Tab');
		const here = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
		if (!name.test(here)) continue;
		await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')]);
		await page.waitForLoadState('load');
		return true;
	}
	return false;
}

export async function shows(tap, locator, what) {
	const found = await locator.first().waitFor({ timeout: SOON_MS }).then(() => true, () => false);
	return tap.ok(found, what, found ? [] : [locator.page().url(), await locator.page().getByRole('alert').allTextContents()]);
}

/** Members by the names that the planning page gives: one a participant, the municipality's own last. */
export async function plan(tap, coordinator) {
	const { page } = coordinator;
	await page.goto(new URL('/meetings/new', page.url()).href);
	await page.getByLabel('Op welke dag?').fill(dutchDay(0));
	await page.getByLabel('Hoe laat?').fill('23.30');
	await page.getByLabel('Waar?').fill('Zaal De Sluis');
	await seen(tap, coordinator, 'planning a meeting');
	await page.getByRole('button', { name: 'Plan het overleg' }).click();
	await shows(tap, page.getByText('Het overleg staat gepland'), 'a meeting is planned');
	return page.url();
}

export async function addSignal(tap, coordinator, wanted) {
	const { page } = coordinator;
	const choice = page.getByLabel('Welk signaal komt op de agenda?');
	if (!tap.ok(await choice.count() === 1, 'an accepted signal waits for an agenda')) throw new Error('no accepted signal');
	const option = wanted ? choice.locator(`option[value="${wanted}"]`) : choice.locator('option').first();
	const reference = await option.getAttribute('value');
	const [, participant] = (await option.textContent()).split(', ');
	await choice.selectOption(reference);
	await page.getByRole('button', { name: 'Zet op de agenda' }).click();
	await shows(tap, page.locator('#agenda').getByText(reference), 'the signal is on the agenda');
	return { reference, participant };
}

/** One member a participant, the submitter's own among them, each invited after planning. */
export async function invite(tap, coordinator, place, meeting, submitter) {
	const { page } = coordinator;
	await page.goto(`${meeting}/attendance`);
	const options = await page.getByLabel('Wie?').locator('option').evaluateAll(list => list.filter(o => o.value).map(o => ({ value: o.value, text: o.textContent })));
	const members = place.people().filter(p => (p.roles ?? [p.role]).includes('INFO_MEETING_MEMBER') && (p.state ?? 'ACTIVE') === 'ACTIVE');
	const chosen = [];
	const own = o => o.text.includes(submitter);
	for (const option of [...options.filter(own).slice(0, 1), ...options.filter(o => !own(o) && !/gemeente|B en W|burgemeester/i.test(o.text))]) {
		const name = option.text.split(', ')[0];
		const person = members.find(m => m.name === name);
		if (!person || chosen.length === PARTNERS || chosen.some(c => c.email === person.email)) continue;
		await page.getByLabel('Wie?').selectOption(option.value);
		await page.getByRole('button', { name: 'Nodig uit' }).click();
		await page.getByText('Uitgenodigd. Deze persoon leest nu').waitFor();
		chosen.push(person);
	}
	tap.ok(chosen.length === PARTNERS, `${PARTNERS} partners are invited after planning`, [`${chosen.length} of ${options.length}`]);
	await seen(tap, coordinator, 'who is invited');
	return chosen;
}

export async function prepare(tap, member, meeting) {
	const { page } = member;
	await page.goto(`${meeting}/pack`);
	await page.getByRole('link', { name: /Vul uw voorbereiding in/ }).first().click();
	await page.getByRole('group', { name: 'Is dit bij uw organisatie bekend?' }).getByLabel('Ja', { exact: true }).check();
	await page.getByRole('group', { name: 'Heeft uw organisatie zoiets ook gezien?' }).getByLabel('Nee', { exact: true }).check();
	await page.getByLabel('Wat deed uw organisatie al?').fill('Eén controle, zonder gevolg.');
	await page.getByRole('button', { name: 'Bewaar' }).click();
	await shows(tap, page.getByText('Uw voorbereiding is bewaard'), 'a partner writes down what it knows');
	await seen(tap, member, 'the pack');
}

export async function begin(tap, chair, secretary, meeting) {
	await chair.page.goto(meeting);
	tap.ok(await press(chair.page, /^Open de vergadering$/), 'the chair opens the meeting with the keyboard');
	await chair.page.waitForURL(/attendance$/);
	await secretary.page.goto(`${meeting}/attendance`);
	for (const select of await secretary.page.locator('select[name$=".presence"]').all()) await select.selectOption('room');
	await seen(tap, secretary, 'attendance');
	await secretary.page.getByRole('button', { name: 'Bewaar wie er is' }).click();
	await shows(tap, secretary.page.getByText('Vastgelegd wie er is'), 'the secretary writes down who is there');
}

export async function score(page, values) {
	for (const [i, field] of ['a', 'b', 'c', 'd'].entries()) await page.locator(`input[name="${field}"][value="${values[i]}"]`).check({ force: true });
	await page.getByRole('button', { name: 'Leg uw score vast' }).click();
}

/** Notes in the page itself when its list of who is ready says this many. */
function noteWhenReady(page, count) {
	return page.evaluate(n => new Promise(resolve => {
		const ready = document.getElementById('ready');
		const look = () => { if (ready.textContent.includes(`${n} van`)) { watcher.disconnect(); resolve(Date.now()); } };
		const watcher = new MutationObserver(look);
		watcher.observe(ready, { childList: true, subtree: true });
		look();
	}), count);
}

/** before: what happens while everybody scored and nothing is revealed yet. */
export async function weigh(tap, chair, members, meeting, number = 1, before = null) {
	const item = `${meeting}/items/${number}`;
	for (const m of members) await m.page.goto(`${item}/score`);
	await shows(tap, members[0].page.getByText('De voorzitter vraagt nog niet om scores'), 'nobody scores before the chair asks');
	await chair.page.goto(item);
	tap.ok(await press(chair.page, /^Vraag om scores$/), 'the chair asks for scores with the keyboard');
	for (const m of members) await shows(tap, m.page.getByRole('button', { name: 'Leg uw score vast' }), `${m.person.email.split('@')[0]}: the form comes by itself`);
	await seen(tap, members[0], 'own score');
	for (const [i, m] of members.slice(0, -1).entries()) {
		await score(m.page, i % 2 === 0 ? '0120' : '2121');
		await m.page.getByText('Uw score is bewaard').first().waitFor();
	}
	const others = [chair, ...members.slice(0, -1)].map(m => noteWhenReady(m.page, PARTNERS));
	const began = Date.now();
	await score(members.at(-1).page, '3321');
	const last = Math.max(...await Promise.all(others)) - began;
	tap.ok(last < SOON_MS, `the last score is on all screens by itself`, [`${last} ms from filling in the form, in ${PARTNERS + 1} browsers at once`]);
	console.log(`# the last score on all screens ${last} ms after its form was begun`);
	const html = await (await chair.page.request.get(item)).text();
	tap.ok(!/Verschil|Iedereen gelijk|plein-tokens/.test(html), 'the chair has no value in the page before the reveal');
	await before?.();
	for (const m of members) await m.page.goto(item);
	tap.ok(await press(chair.page, /^Onthul de scores/), 'the chair reveals with the keyboard');
	for (const m of members) await shows(tap, m.page.locator('#weigh').getByText(/Verschil 3/), `${m.person.email.split('@')[0]}: sees the reveal without reloading`);
	await seen(tap, members[1], 'the reveal');
	await members[1].page.goto(`${meeting}/screen`);
	await seen(tap, members[1], 'the large screen');
	const body = await members[1].page.locator('.plein-screen').textContent();
	tap.ok(members.every(m => !body.includes(m.person.name)), 'the large screen names no person');
}

async function pause(tap, chair, member, meeting) {
	await chair.page.goto(meeting);
	await member.page.goto(meeting);
	tap.ok(await press(chair.page, /^Schors$/), 'the chair pauses with the keyboard');
	await shows(tap, chair.page.getByRole('button', { name: 'Ga verder' }), 'and it is paused');
	await shows(tap, member.page.locator('#agenda, .plein-note, header').first(), 'the member is at the meeting');
	tap.ok(await press(chair.page, /^Ga verder$/), 'and goes on with the keyboard');
	await shows(tap, chair.page.getByRole('button', { name: 'Schors' }), 'and it goes on');
}

/** partners: whose work it becomes; null: whoever stands second. */
export async function decide(tap, secretary, member, meeting, partners = null) {
	const { page } = secretary;
	await page.goto(`${meeting}/items/1`);
	for (const field of ['agreedA', 'agreedB', 'agreedC', 'agreedD']) await page.locator(`select[name="${field}"]`).selectOption('2');
	await page.getByLabel('In behandeling als casus').check();
	const choice = page.getByRole('group', { name: 'Welke deelnemers werken mee?' });
	if (partners) for (const partner of partners) await choice.getByLabel(partner, { exact: true }).check();
	else await choice.getByRole('checkbox').nth(1).check();
	await page.getByLabel('Opdracht').fill('Waar komt het geld vandaan?');
	await page.getByLabel('Waarom, voor het verslag').fill('Meer partners zien hetzelfde.');
	await seen(tap, secretary, 'the decision');
	await page.getByRole('button', { name: 'Leg het besluit vast' }).click();
	// Not the note of the moment: the page follows the meeting, and its next look may take the note away.
	await shows(tap, page.getByRole('heading', { name: /^Besluit: In behandeling/ }), 'the secretary writes down the outcome');
	await member.page.goto(`${meeting}/items/1`);
	await member.page.getByText('Denkt u anders?').click();
	await member.page.getByLabel('Waarom?').fill('Eén partner kan dit alleen.');
	await member.page.getByRole('button', { name: 'Leg vast', exact: true }).click();
	await shows(tap, member.page.getByText('Vastgelegd dat u anders denkt'), 'a partner has its dissent written down');
}

export async function close(tap, secretary, coordinator, meeting) {
	await coordinator.page.goto(meeting);
	await secretary.page.goto(meeting);
	await secretary.page.getByRole('button', { name: 'Sluit de vergadering' }).click();
	// The minutes are what closing leads to; the note of the moment may go with the page that was followed.
	await shows(tap, secretary.page.getByRole('heading', { name: 'Verslag', exact: true }), 'the meeting is closed');
	const sent = coordinator.page.locator('form[action$="/_close"] button');
	if (await sent.count() === 1) await send(coordinator.page, sent);
	await coordinator.page.goto(meeting);
	await shows(tap, coordinator.page.getByText('Gesloten').first(), 'a second secretary finds it closed');
	await secretary.page.goto(`${meeting}/minutes`);
	await shows(tap, secretary.page.getByText('Eén partner kan dit alleen.'), 'the dissent stands in the minutes');
	await seen(tap, secretary, 'the minutes');
	const odt = await secretary.page.request.get(`${meeting}/minutes/odt`);
	tap.ok(odt.status() === 200 && (await odt.body()).subarray(0, 2).toString() === 'PK', 'the minutes leave as a document');
	await secretary.page.goto(`${meeting}/annex`);
	await seen(tap, secretary, 'the annex');
	await coordinator.page.goto(`${meeting}/minutes`);
	await coordinator.page.getByRole('button', { name: 'Geef het bericht vrij' }).first().click();
	await shows(tap, coordinator.page.getByText('Het bericht is vrijgegeven'), 'the coordinator releases the message that lay ready');
}

/** A signal that is ready for a meeting, whatever waits already; who wrote it. */
async function bring(tap, browser, place, coordinator) {
	const is = role => p => p.role === role && p.state === 'ACTIVE';
	const weighs = new Set(place.people().filter(is('INFO_MEETING_MEMBER')).map(p => p.participant));
	const clerk = place.people().find(p => is('SUBMITTER')(p) && weighs.has(p.participant) && /college/.test(p.onBehalf));
	const who = await signIn(browser, place, clerk, /college.*indiener/);
	const base = await write(who.page, place, TITLE, SUBJECTS);
	await submit(who.page, base);
	await who.context.close();
	await accepted(tap, coordinator.page, base, coordinator.faults);
	return { clerk, reference: base.split('/').pop() };
}

/** Whose signal it is hears why; a partner who wasn't invited learns nothing. */
async function heard(tap, browser, place, clerk, reference, meeting) {
	const outsider = place.people().find(p => (p.roles ?? [p.role]).includes('PARTNER_DESK'));
	const who = await signIn(browser, place, clerk, /college.*indiener/);
	await who.page.goto(`${place.url}/signals/${reference}`);
	await shows(tap, who.page.getByText('Het overleg maakt van uw signaal een casus'), 'the submitter reads why');
	await who.context.close();
	if (!outsider) return;
	const out = await signIn(browser, place, outsider, /loket|bevraging|aanspreekpunt/);
	for (const path of [meeting, `${meeting}/minutes`, `${meeting}/screen`, `${meeting}/items/1`]) {
		const answer = await out.page.goto(path);
		tap.ok([403, 404].includes(answer.status()), `a partner that isn't involved gets nothing at ${path.replace(/.*(IO-[^/]*)/, '...')}`, [`${answer.status()}`]);
	}
	await out.context.close();
}

async function journey(tap, browser, place) {
	const [coordinator, chair, secretary] = await Promise.all([['INFO_COORDINATOR'], ['CHAIR', /voorzitter/], ['SECRETARY', /secretaris/]].map(([role, label]) => signIn(browser, place, place.personWith(role), label)));
	const { clerk, reference } = await bring(tap, browser, place, coordinator);
	const meeting = await plan(tap, coordinator);
	const { participant } = await addSignal(tap, coordinator, reference);
	const people = await invite(tap, coordinator, place, meeting, participant);
	const members = [];
	for (const person of people) members.push(await signIn(browser, place, person, /lid informatie-overleg/));
	await prepare(tap, members[0], meeting);
	await begin(tap, chair, secretary, meeting);
	await weigh(tap, chair, members, meeting, 1, () => scoresOnTwelveScreens(tap, [chair, secretary, coordinator], members, meeting, 1));
	await pause(tap, chair, members[2], meeting);
	await decide(tap, secretary, members[3], meeting);
	await close(tap, secretary, coordinator, meeting);
	await heard(tap, browser, place, clerk, reference, meeting);
	for (const who of [coordinator, chair, secretary, ...members]) await who.context.close();
}

export async function weighing(tap, browser, place) {
	try {
		await journey(tap, browser, place);
	} catch (error) {
		tap.ok(false, 'weighing: goes through to the end', error.message.split('\n').slice(0, 6));
	}
}
