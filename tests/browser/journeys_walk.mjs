// One casefile of the invented region from signal to effect, each station seen by who works there. The
// pictures of these stations stand in docs/walk.md: node tests/browser/run.mjs --program build/plein --walk --out docs/walk
import { join } from 'node:path';
import { headed, seen, signIn, within, workAs } from './journeys_house.mjs';

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

/** The newest casefile whose intervention was carried out, and what belongs to it. */
async function findCase(place, people) {
	for (let path = '/casefiles?state=EVALUATION'; path;) {
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

async function station(walk, { number, name, person, label, path, heading, says }) {
	await within(walk.browser, walk.place, {}, async (page, faults) => {
		await signIn(page, walk.place, person.email);
		await workAs(page, label);
		const answer = await page.goto(walk.place.url + path);
		walk.tap.ok(answer.status() === 200, `walk: ${name} opens for the ${label}`, [path, String(answer.status())]);
		if (heading) await headed(walk.tap, page, heading, `walk: ${name} is named so`);
		const text = await page.locator('main').textContent();
		walk.tap.ok(text.includes(says), `walk: ${name} shows '${says}'`, [path]);
		await seen(walk.tap, page, `walk: ${name}`, faults);
		await page.screenshot({ path: join(walk.out, `${number}-${name}.png`), clip: { x: 0, y: 0, width: 1280, height: 900 } });
	});
}

export async function walkJourney(tap, browser, place, out) {
	const people = { head: who(place, 'RIEC_HEAD'), coordinator: who(place, 'INFO_COORDINATOR'), analyst: who(place, 'ANALYST'), auditor: who(place, 'AUDITOR') };
	const walk = { tap, browser, place, out };
	const found = await findCase(place, people);
	people.lead = who(place, 'INTERVENTION_LEAD', p => (p.name ?? p.fullName) === found.lead);
	const stations = [
		{ number: '01', name: 'signal', person: people.coordinator, label: 'informatiecoördinator', path: `/signals/${found.signal}`, says: found.signal },
		{ number: '02', name: 'casefile', person: people.analyst, label: 'analist', path: `/casefiles/${found.casefile}`, says: found.casefile },
		{ number: '03', name: 'subject', person: people.analyst, label: 'analist', path: `/casefiles/${found.casefile}/subjects/1`, says: 'Weg uiterlijk op' },
		{ number: '04', name: 'requests', person: people.coordinator, label: 'informatiecoördinator', path: `/casefiles/${found.casefile}/requests`, says: 'V-' },
		{ number: '05', name: 'advice', person: people.head, label: 'hoofd RIEC', path: `/advices/${found.advice}`, says: 'Tweede handtekening' },
		{ number: '06', name: 'decision', person: people.head, label: 'hoofd RIEC', path: `/casefiles/${found.casefile}/decisions`, says: 'B-' },
		{ number: '07', name: 'board', person: people.lead, label: 'regievoerder', path: `/casefiles/${found.casefile}/interventions`, says: found.card },
		{ number: '08', name: 'intervention', person: people.lead, label: 'regievoerder', path: `/interventions/${found.card}`, says: found.card },
		{ number: '09', name: 'monitor', person: people.head, label: 'hoofd RIEC', path: '/monitor', heading: 'Monitor', says: 'Signalen ingediend' },
		{ number: '10', name: 'log', person: people.auditor, label: 'auditor', path: '/log', heading: 'Logboek', says: 'bekeek' },
	];
	for (const one of stations) {
		try {
			await station(walk, one);
		} catch (error) {
			tap.ok(false, `walk: ${one.name} goes through to the end`, error.message.split('\n').slice(0, 6));
		}
	}
}
