// Follows what pages offer, as one person of each role: every link opens, and no page speaks the language of programs.
// Without a browser: what counts is what the server says.

/** Of links of one shape (the same page of another record) so many are followed. */
const OF_A_SHAPE = 3;
const PAGES_MAX = 700;
const PASSWORD = 'welkom in deltaland';

/** What a person doesn't read: names of codes, what a program leaves open, one of what stands in plural. */
const NOT_FOR_PEOPLE = [
	/\(null\)|\bundefined\b|\bNaN\b|\bnull\b/, /\{\{|\}\}/, /%[sdl]\b/, /\b[A-Z]{3,}_[A-Z_]{2,}\b/,
	/\b\d{4}-\d\d-\d\d(?!\d)/, /\b(true|false)\b/,
	/(?<![\d.,]|artikel |lid |nummer |Nummer )\b1 (signalen|feiten|casussen|personen|interventies|bevragingen|dagen|weken|maanden|punten|stukken|regels|taken|gegevens|rijen|adviezen|betrokkenen|leden)\b/,
	/\b(de de|een een|het het|van van)\b/i,
];

class Reader {
	constructor(place, email) {
		this.place = place;
		this.email = email;
		this.jar = new Map();
	}

	async ask(path, form) {
		const headers = { cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ') };
		if (form) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', origin: this.place.url });
		const answer = await fetch(this.place.url + path, { redirect: 'manual', method: form ? 'POST' : 'GET', headers, body: form && new URLSearchParams(form) });
		for (const cookie of answer.headers.getSetCookie()) {
			const [name, value] = cookie.split(';')[0].split('=');
			this.jar.set(name, value);
		}
		return { code: answer.status, to: answer.headers.get('location'), type: answer.headers.get('content-type') ?? '', text: await answer.text() };
	}

	async follow(answer) {
		return answer.to && answer.code < 400 ? this.follow(await this.ask(new URL(answer.to, this.place.url).pathname)) : answer;
	}

	/** Fills in the form of the page, its hidden fields as they stand. */
	async send(page, fields) {
		const form = /<form[^>]*action="([^"]*)"[\s\S]*?<\/form>/.exec(main(page.text));
		const hidden = [...form[0].matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [/name="([^"]*)"/.exec(input)[1], /value="([^"]*)"/.exec(input)?.[1] ?? '']);
		return this.follow(await this.ask(form[1], { ...Object.fromEntries(hidden), ...fields }));
	}

	async signIn() {
		const asked = await this.send(await this.ask('/sign-in'), { email: this.email, password: PASSWORD });
		const home = await this.send(asked, { code: this.place.code(this.email) });
		return home.code === 200;
	}
}

function main(html) {
	return /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
}

/** The same page of another record has the same shape. */
function shapeOf(link) {
	return link.replace(/[A-Z]{1,2}-20\d\d-[0-9A-Z]+/g, 'REF').replace(/=[^&]*/g, '=').replace(/\/\d+/g, '/N')
		.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID').replace(/[0-9a-f]{32,}/g, 'HEX');
}

function linksOf(html) {
	return [...html.matchAll(/<a[^>]*href="(\/[^"]*)"/g)].map(([, link]) => link.replace(/&amp;/g, '&').split('#')[0])
		.filter(link => !/^\/(assets\/|sign-out)/.test(link));
}

/** What a person reads of a page, without what people typed or a drawing says. */
function wordsOf(html) {
	return main(html).replace(/<(script|svg|textarea|pre|code)[\s\S]*?<\/\1>/g, ' ').replace(/<([a-z]+)[^>]*class="[^"]*plein-(?:typed|mono)[^"]*"[^>]*>[\s\S]*?<\/\1>/g, ' ')
		.replace(/<\/?(b|i|em|strong|span|a|bdi)\b[^>]*>/g, '').replace(/<[^>]+>/g, ' | ').replace(/\s+/g, ' ');
}

function oddWords(html) {
	const words = wordsOf(html);
	return NOT_FOR_PEOPLE.map(odd => odd.exec(words)).filter(Boolean).map(found => words.slice(Math.max(0, found.index - 40), found.index + 60));
}

async function walk(reader) {
	const queue = [{ link: '/', from: 'the start' }], seen = new Set(['/']), ofShape = new Map(), dead = [], odd = [];
	let pages = 0;
	while (queue.length > 0 && pages < PAGES_MAX) {
		const { link, from } = queue.shift();
		const answer = await reader.follow(await reader.ask(link));
		pages++;
		// A list that is too long for a file says so, and what to do.
		const refused = answer.code === 413 && /[?&]format=|\/export/.test(link) && /Kies (eerst )?een/.test(answer.text);
		if (answer.code >= 400 && !refused) dead.push(`${answer.code} ${link} on ${from}`);
		if (answer.code >= 400 || !answer.type.startsWith('text/html')) continue;
		odd.push(...oddWords(answer.text).map(words => `${link}: ${words}`));
		for (const next of linksOf(answer.text)) {
			const shape = shapeOf(next);
			ofShape.set(shape, (ofShape.get(shape) ?? 0) + 1);
			if (seen.has(next) || ofShape.get(shape) > OF_A_SHAPE) continue;
			seen.add(next);
			queue.push({ link: next, from: link });
		}
	}
	return { pages, dead, odd };
}

/** Of each role somebody, each time somebody else: a code of an app opens once. */
function oneOfEach(people) {
	const chosen = new Map();
	for (const person of people.filter(p => p.state === 'ACTIVE'))
		if (!chosen.has(person.role) && ![...chosen.values()].includes(person.email)) chosen.set(person.role, person.email);
	return chosen;
}

export async function links(tap, place) {
	for (const [role, email] of oneOfEach(place.people())) {
		const reader = new Reader(place, email);
		if (!tap.ok(await reader.signIn(), `${role}: signs in`)) continue;
		const { pages, dead, odd } = await walk(reader);
		tap.none(dead, `${role}: every link on what this person can reach opens`);
		tap.none(odd, `${role}: no page of these speaks the language of programs`);
		tap.ok(pages > 10, `${role}: reaches more than a handful of pages`, [`only ${pages}`]);
	}
}
