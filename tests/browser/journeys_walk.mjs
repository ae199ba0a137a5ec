// One casefile of the invented region from signal to effect, each station seen by who works there. The
// pictures of these stations stand in docs/walk.md: node tests/browser/run.mjs --program build/plein --walk --out docs/walk
import { join } from 'node:path';
import { seen, signIn, within, workAs } from './journeys_house.mjs';

/** What Plein itself says, as a machine of this person in this role; null: not found. */
async function ask(place, person, path) {
	const token = place.plein('token', 'create', '--person', person.email, '--role', person.role, '--days', '1').trim();
	const answer = await fetch(`${place.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } });
	return answer.ok ? answer.json() : null;
}

function who(place, role, fits = () => true) {
	const person = place.people().find(p => p.role === role && p.state === 'ACTIVE' && fits(p));
	if (!person) throw new Error(`nobody has the role ${role}`);
	return person;
}

/** The oldest casefile that is being measured, as docs/walk.md has people choose it, and what belongs to it. */
async function findCase(place, people) {
	for (let path = '/casefiles?state=EVALUATION&sort=oldest'; path;) {
		const list = await ask(place, people.head, path);
		for (const { reference } of list.items) {
			const page = await ask(place, people.head, `/casefiles/${reference}`);
			const board = await ask(place, people.head, `/casefiles/${reference}/interventions`);
			const advice = await ask(place, people.head, `/casefiles/${reference}/advice`);
			const card = JSON.stringify(board ?? {}).match(/I-\d{4}-\w{5}/)?.[0];
			const advised = JSON.stringify(advice ?? {}).match(/A-\d{4}-\w{5}/)?.[0];
			const led = card && await ask(place, people.head, `/interventions/${card}`);
			if (led && advised && page.signals?.length && page.subjects?.length)
				return { lead: led.lead, casefile: reference, signal: page.signals[0].reference, card, advice: advised };
		}
		path = list.next ?? null;
	}
	throw new Error('no casefile came as far as an effect');
}

/** Signs in once and goes past the stations of one person, in the order of the walk. */
async function visit(walk, { person, label, stations }) {
	await within(walk.browser, walk.place, {}, async (page, faults) => {
		await signIn(page, walk.place, person.email);
		await workAs(page, label);
		for (const { name, path, says } of stations) {
			const answer = await page.goto(walk.place.url + path);
			walk.tap.ok(answer.status() === 200, `walk: ${name} opens for the ${label}`, [path, String(answer.status())]);
			const text = await page.locator('main').textContent();
			walk.tap.ok(text.includes(says), `walk: ${name} shows '${says}'`, [path]);
			await seen(walk.tap, page, `walk: ${name}`, faults);
			const number = String(++walk.count).padStart(2, '0');
			await page.screenshot({ path: join(walk.out, `${number}-${name}.png`), clip: { x: 0, y: 0, width: 1280, height: 900 } });
		}
	});
}

export async function walkJourney(tap, browser, place, out) {
	const head = who(place, 'RIEC_HEAD', p => p.email.startsWith('e.wagenvoort@'));
	const walk = { tap, browser, place, out, count: 0 };
	const found = await findCase(place, { head });
	const casefile = `/casefiles/${found.casefile}`;
	const visitors = [
		{ person: head, label: 'hoofd RIEC', stations: [
			{ name: 'casefile', path: casefile, says: found.casefile },
			{ name: 'signal', path: `/signals/${found.signal}`, says: found.signal },
			{ name: 'subject', path: `${casefile}/subjects/1`, says: 'Grond' },
			{ name: 'requests', path: `${casefile}/requests`, says: 'V-' },
			{ name: 'advice', path: `${casefile}/advice`, says: 'Tweede handtekening' },
			{ name: 'decision', path: `${casefile}/decisions`, says: 'B-' },
			{ name: 'monitor', path: '/monitor', says: 'Signalen ingediend' },
		] },
		{ person: who(place, 'INTERVENTION_LEAD', p => (p.name ?? p.fullName) === found.lead), label: 'regievoerder', stations: [
			{ name: 'board', path: `${casefile}/interventions`, says: found.card },
			{ name: 'intervention', path: `/interventions/${found.card}`, says: 'Na 3 maanden' },
		] },
		{ person: who(place, 'MAYOR_READER', p => p.email.startsWith('h.zeegers@')), label: 'burgemeester', stations: [
			{ name: 'year', path: '/monitor/own-year', says: 'Hielp het?' },
		] },
		{ person: who(place, 'AUDITOR'), label: 'auditor', stations: [
			{ name: 'log', path: '/log', says: 'bekeek' },
		] },
	];
	for (const one of visitors) {
		try {
			await visit(walk, one);
		} catch (error) {
			tap.ok(false, `walk: the ${one.label} comes to the end`, error.message.split('\n').slice(0, 6));
		}
	}
}
