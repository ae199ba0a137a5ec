// A casefile is worked out by role, each in a browser of his own: the coordinator asks five partners in
// one act, one answers, one knows nothing, one refuses and nobody else can tell, one gives too much, one
// is late; phase 2 opens for one subject; an analyst and two partners write the analysis at once; a
// fact turns out wrong and the correction reaches who had it; the advice is written, asked, and final.
import { Cast, advise, signTwice } from './journeys_effect.mjs';
import { ONE_LOOK, seen, shows, signIn } from './journeys_weighing.mjs';

const WHY = 'Zonder deze gegevens weten wij niet of het beeld van de controle klopt.';
const FACT = 'Controle in mei, geen administratie aanwezig';
const EXTRA = 'Deze toezichthouder vond het niets';
const DAYS_LATER = 30;

const enter = (play, person, label) => signIn(play.browser, play.place, person, label, ONE_LOOK);

async function api(play, path) {
	const answer = await play.coordinator.page.request.get(`${play.place.url}/api/v1${path}`);
	return answer.ok() ? answer.json() : null;
}

const works = (place, role, onBehalf) => place.people().find(p => p.role === role && p.onBehalf === onBehalf && p.state === 'ACTIVE');

/** A casefile that is worked on, with five partners whose desk is there, one of them with a decider. */
async function findCasefile(play) {
	for (const { reference } of (await api(play, '/casefiles?state=OPEN')).items) {
		const { organs, subjects } = await api(play, `/requests/new?casefile=${reference}`);
		const desks = organs.filter(o => works(play.place, 'PARTNER_DESK', o.label)).map(o => o.label);
		const members = (await api(play, `/casefiles/${reference}/members`)).members.filter(m => m.capacity === 'WORKING_GROUP');
		const refuses = desks.find(label => works(play.place, 'PARTNER_DECIDER', label));
		if (desks.length < 5 || members.length < 2 || !refuses || subjects[0]?.phase !== 1) continue;
		const others = desks.filter(label => label !== refuses);
		return { reference, members, refuses, answers: others[0], tooMuch: others[1], nothing: others[2], late: others[3] };
	}
	throw new Error('no casefile with five desks');
}

/* ---- asking --------------------------------------------------------------------------------------- */

async function ask(play) {
	const { tap, coordinator: { page }, casefile } = play;
	await page.goto(`${play.place.url}/requests/new?casefile=${casefile.reference}`);
	for (const label of [casefile.refuses, casefile.answers, casefile.tooMuch, casefile.nothing, casefile.late])
		await page.locator('#organs').getByLabel(label, { exact: true }).check();
	await page.locator('#subjects input').first().check();
	await page.getByLabel('Toezicht en handhaving').check();
	await page.getByLabel('Uw vraag').fill('Welke controles waren er, en wat bleek daar?');
	await page.getByLabel('Waarom is dit nodig?').fill(WHY);
	await seen(tap, play.coordinator, 'ask: one question to five');
	await page.getByRole('button', { name: 'Zet meteen uit' }).click();
	await shows(tap, page.getByText('5 bevragingen zijn uitgezet'), 'ask: five partners are asked in one act');
	await seen(tap, play.coordinator, 'ask: what the casefile asks');
	const { requests } = await api(play, `/casefiles/${casefile.reference}/requests`);
	play.asked = {};
	for (const { reference } of requests.filter(r => (r.state.name ?? r.state) === 'ISSUED')) {
		const { onBehalf, question } = await api(play, `/requests/${reference}`);
		if (question.startsWith('Welke controles waren er, en wat')) play.asked[onBehalf] = reference;
	}
	tap.ok(Object.keys(play.asked).length === 5, 'ask: each has a request of its own', [JSON.stringify(play.asked)]);
}

/* ---- the desks -------------------------------------------------------------------------------------- */

async function atDesk(play, label, role, work) {
	const who = await enter(play, works(play.place, role, label), role === 'PARTNER_DESK' ? /loket/i : /beslisser/i);
	await who.page.goto(`${play.place.url}/requests/${play.asked[label]}`);
	await work(who);
	await who.context.close();
}

async function answers(play) {
	await atDesk(play, play.casefile.answers, 'PARTNER_DESK', async ({ page }) => {
		await page.getByRole('button', { name: 'Neem in behandeling' }).click();
		await page.locator('details.plein-answer > summary').first().click();
		await page.locator('textarea[name=text]').first().fill(FACT);
		await page.getByRole('button', { name: 'Bewaar dit gegeven' }).first().click();
		await shows(play.tap, page.getByText('Bewaard. Nog niet verstuurd.'), 'ask: a desk writes down what it knows');
		await page.getByRole('button', { name: 'Verstuur het antwoord' }).click();
		await shows(play.tap, page.getByText('Uw antwoord is verstuurd'), 'ask: and sends it');
	});
}

async function givesTooMuch(play) {
	await atDesk(play, play.casefile.tooMuch, 'PARTNER_DESK', async who => {
		const { page } = who;
		await page.getByRole('button', { name: 'Neem in behandeling' }).click();
		await page.getByLabel('Plak hier de tabel').fill(`Wie;Wat;Tekst\n1;INSPECTION;Controle in juni\n1;INSPECTION;${EXTRA}\n1;VEHICLE_FACT;Rijdt in een bus\n`);
		await page.getByRole('button', { name: 'Lees de tabel' }).click();
		await shows(play.tap, page.getByRole('alert').getByRole('link', { name: 'Regel 4 (1, VEHICLE_FACT)' }), 'ask: what was not asked is refused at its row');
		await shows(play.tap, page.getByText('2 gegevens zijn bewaard, 1 regel niet.'), 'ask: and the rest kept');
		play.tap.ok(await page.getByLabel('Plak hier de tabel').inputValue() === 'Wie;Wat;Tekst\n1;VEHICLE_FACT;Rijdt in een bus', 'ask: the refused row stands in its field');
		await seen(play.tap, who, 'ask: an answer at the desk');
		await page.getByRole('button', { name: 'Verstuur het antwoord' }).click();
		await page.getByText('Uw antwoord is verstuurd').first().waitFor();
	});
}

async function emptyHanded(play) {
	await atDesk(play, play.casefile.nothing, 'PARTNER_DESK', async ({ page }) => {
		await page.getByRole('button', { name: 'Niets bekend', exact: true }).first().click();
		await shows(play.tap, page.getByText('Afgehandeld: niets bekend'), 'ask: nothing known is one click');
	});
	await atDesk(play, play.casefile.refuses, 'PARTNER_DECIDER', async ({ page }) => {
		await page.getByText('Weiger de hele vraag').first().click();
		await page.getByRole('button', { name: 'Weiger de hele vraag' }).click();
		await shows(play.tap, page.getByText('Alleen de informatiecoördinator ziet dat'), 'ask: a decider refuses');
	});
}

/* ---- the bureau ----------------------------------------------------------------------------------------- */

async function check(play) {
	const { tap, place, analyst: { page }, casefile } = play;
	await page.goto(`${place.url}/requests/${play.asked[casefile.tooMuch]}`);
	await page.getByRole('row', { name: new RegExp(EXTRA) }).getByLabel('Terugsturen en wissen').check();
	await page.getByRole('row', { name: /Controle in juni/ }).getByLabel('Houden').check();
	await page.getByRole('button', { name: 'Bewaar uw oordeel' }).click();
	await shows(tap, page.getByText('Wat u terugstuurde, is gewist'), 'ask: what is out of scope goes back');
	tap.ok(!(await page.locator('main').textContent()).includes(EXTRA), 'ask: and its words are gone');
	await page.getByRole('button', { name: 'Rond de controle af' }).click();
	await page.goto(`${place.url}/requests/${play.asked[casefile.answers]}`);
	await page.getByLabel('Houden').first().check();
	await page.getByRole('button', { name: 'Bewaar uw oordeel' }).click();
	await page.getByRole('button', { name: 'Rond de controle af' }).click();
	await shows(tap, page.getByText('Wat u hield, staat nu in de casus'), 'ask: what is kept stands in the casefile');
}

/** What somebody reads of a request, but for what differs by nature: number, partner and moments. */
async function reads(page, place, path, words) {
	const answer = await page.request.get(`${place.url}${path}`);
	let text = (await answer.text()).replace(/(name="_(once|csrf)" value=|nonce=)"[^"]*"/g, '').replace(/[A-Za-z0-9_-]{22,}/g, '').replace(/\d\d?\.\d\d uur/g, '').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
	for (const word of words) text = text.replaceAll(word, 'X');
	return text;
}

async function nobodyCanTell(play) {
	const { tap, place, casefile, asked } = play;
	const short = {};
	for (const label of [casefile.refuses, casefile.nothing]) short[label] = (await api(play, `/requests/${asked[label]}`)).participant;
	const of = label => [asked[label], label, short[label]];
	for (const api of ['', '/api/v1']) {
		const [refused, nothing] = await Promise.all([casefile.refuses, casefile.nothing].map(label => reads(play.analyst.page, place, `${api}/requests/${asked[label]}`, of(label))));
		tap.ok(refused === nothing && refused.length > 200, `ask: the analyst reads the same of a refusal and of nothing known${api}`, [refused.length, nothing.length].map(String));
		tap.ok(!/eweiger/.test(refused), `ask: nothing says that it was refused${api}`);
	}
	await play.coordinator.page.goto(`${place.url}/requests/${asked[casefile.refuses]}`);
	await shows(tap, play.coordinator.page.getByText('Geweigerd').first(), 'ask: the coordinator does see that');
}

/* ---- phase, analysis, correction ---------------------------------------------------------------------------- */

async function openPhase(play) {
	const { tap, place, casefile } = play;
	const path = `${place.url}/casefiles/${casefile.reference}/subjects/1/phases`;
	await play.analyst.page.goto(path);
	await play.analyst.page.locator('[name=phase]').first().selectOption({ index: 1 }).catch(() => play.analyst.page.locator('[name=phase]').first().check());
	await play.analyst.page.getByLabel(/Waarom|nodig/).first().fill(WHY);
	await play.analyst.page.getByRole('button', { name: 'Stel voor' }).click();
	await play.coordinator.page.goto(path);
	await play.coordinator.page.getByRole('button', { name: 'Teken: fase open' }).click();
	await shows(tap, play.coordinator.page.getByText('Open tot en met fase 2'), 'ask: phase 2 opens for one subject, with a second signature');
	const { subjects } = await api(play, `/requests/new?casefile=${casefile.reference}`);
	tap.ok(subjects[0].phase === 2 && subjects.slice(1).every(s => s.phase === 1), 'ask: and for that one only', [JSON.stringify(subjects.map(s => s.phase))]);
}

async function writeTogether(play) {
	const { tap, place, casefile } = play;
	const people = casefile.members.slice(0, 2).map(m => place.people().find(p => p.role === 'WORKING_GROUP' && p.name === m.name && p.state === 'ACTIVE'));
	play.members = [];
	for (const person of people) play.members.push(await enter(play, person, /werkgroep/i));
	const writers = [play.analyst, ...play.members];
	const path = `${place.url}/casefiles/${casefile.reference}/analysis`;
	for (const { page } of writers) {
		await page.goto(path);
		await page.getByRole('link', { name: /Schrijf een alinea/ }).first().click();
	}
	await Promise.all(writers.map(({ page }, i) => page.locator('textarea[name=text]').fill(`Alinea ${i + 1} van drie die tegelijk schrijven.`)));
	await Promise.all(writers.map(({ page }) => page.getByRole('button', { name: 'Zet in de analyse' }).click()));
	await play.analyst.page.waitForLoadState('load');
	await play.analyst.page.goto(path);
	const text = await play.analyst.page.locator('main').textContent();
	tap.ok([1, 2, 3].every(i => text.includes(`Alinea ${i} van drie`)), 'ask: three write at once and nobody loses a word');
	await seen(tap, play.analyst, 'ask: the analysis that three wrote');
}

async function correct(play) {
	const { tap, place, casefile } = play;
	const subject = `${place.url}/casefiles/${casefile.reference}/subjects/1`;
	for (const { page } of [play.coordinator, ...play.members, play.analyst]) await page.goto(subject);
	const { page } = play.coordinator;
	await page.locator('tr, li, div').filter({ hasText: FACT }).last().locator('a[href*="/facts/"]').first().click();
	await page.getByRole('link', { name: /Klopt niet|Verbeter/ }).first().click();
	await page.locator('input[name=kind][value=WITHDRAW]').check();
	await page.locator('[name=reason]').fill('De controle was op een ander adres.');
	await page.getByRole('button', { name: 'Leg vast' }).click();
	await shows(tap, page.getByText('Wie dit zag, krijgt bericht'), 'ask: a fact that is wrong is withdrawn');
	for (const [who, name] of [[play.analyst, 'the analyst'], [play.members[0], 'a partner'], [play.members[1], 'another partner']]) {
		await who.page.goto(`${place.url}/casefiles/${casefile.reference}/corrections`);
		await shows(tap, who.page.getByText('U zag eerder een versie die niet klopt'), `ask: the correction reaches ${name}`);
		await who.page.goto(subject);
		tap.ok(!(await who.page.locator('main').textContent()).includes(FACT), `ask: ${name} reads the old words no more`);
	}
	await play.coordinator.page.goto(`${place.url}/casefiles/${casefile.reference}/copies`);
	await shows(tap, play.coordinator.page.getByText('Geopend').first(), 'ask: and the registry of copies says who had it');
	await seen(tap, play.coordinator, 'ask: the copies of a casefile');
}

async function late(play) {
	const { tap, place, casefile } = play;
	await place.later(DAYS_LATER);
	const who = await enter(play, place.people().find(p => p.email === play.coordinator.person.email && p.role === 'INFO_COORDINATOR'), /informatieco/);
	await who.page.goto(`${place.url}/requests/${play.asked[casefile.late]}`);
	await shows(tap, who.page.getByText(/te laat/), 'ask: who does not answer is late');
	await who.context.close();
}

/** An analyst who works on it; named now if nobody did. */
async function analystOf(cast, coordinator, reference) {
	const path = `/casefiles/${reference}/members`, people = cast.place.people().filter(p => p.role === 'ANALYST' && p.state === 'ACTIVE');
	await coordinator.page.goto(cast.place.url + path);
	const named = (await coordinator.page.locator('main table').allTextContents()).join(' ');
	const there = people.find(p => named.includes(p.name));
	if (!there) await cast.send(coordinator, path, '/members', { appointment: new RegExp(`${people[0].name}.*analist`) }, people[0].name, 'the coordinator names an analyst');
	return there ?? people[0];
}

/** By who works on it a month later: everybody asked, the term for objections over, two signatures. */
async function finalAdvice(play) {
	const { tap, browser, place, casefile } = play;
	const cast = new Cast(tap, browser, place, null, 'ask');
	const one = role => place.people().find(p => p.role === role && p.state === 'ACTIVE');
	try {
		const coordinator = await cast.enter('INFO_COORDINATOR', one('INFO_COORDINATOR'));
		const analystPerson = await analystOf(cast, coordinator, casefile.reference);
		const analyst = await cast.enter('ANALYST', analystPerson);
		const partner = { name: casefile.answers, desk: works(place, 'PARTNER_DESK', casefile.answers) };
		const advice = await advise(cast, analyst, partner, casefile.reference);
		const head = await signTwice(cast, [analystPerson, one('RIEC_HEAD')], advice);
		await head.page.goto(`${place.url}/advices/${advice}`);
		await shows(tap, head.page.getByText('Onveranderd sinds de tweede handtekening'), 'ask: the advice is final, and nobody changes it any more');
	} finally {
		await cast.leave();
	}
}

async function journey(play) {
	const one = role => play.place.people().find(p => p.role === role && p.state === 'ACTIVE');
	play.coordinator = await enter(play, one('INFO_COORDINATOR'), /informatieco/);
	play.analyst = await enter(play, one('ANALYST'), /analist/);
	play.casefile = await findCasefile(play);
	await ask(play);
	await answers(play);
	await givesTooMuch(play);
	await emptyHanded(play);
	await check(play);
	await nobodyCanTell(play);
	await openPhase(play);
	await writeTogether(play);
	await correct(play);
	for (const { context } of [play.coordinator, play.analyst, ...play.members]) await context.close();
	await late(play);
	await finalAdvice(play);
}

export async function asking(tap, browser, place) {
	try {
		await journey({ tap, browser, place });
	} catch (error) {
		tap.ok(false, 'ask: goes through to the end', error.stack.split('\n').slice(0, 12));
	}
}
