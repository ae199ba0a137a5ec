// How soon a score is on twelve screens: six partners, and two pages each of who runs the meeting.
const ROUNDS = 12;
const GIVE_UP_MS = 10_000;

/** In the page: the moment at which a part of it that follows the meeting was replaced. */
function whenReplaced(page) {
	return page.evaluate(ms => new Promise(resolve => {
		const watcher = new MutationObserver(() => { watcher.disconnect(); resolve(Date.now()); });
		for (const part of document.querySelectorAll('[data-island~="live"]')) watcher.observe(part, { attributeFilter: ['data-version'] });
		setTimeout(() => resolve(Infinity), ms);
	}), GIVE_UP_MS);
}

/** Another laptop without its browser: hears, and asks for the parts as the island does. */
class Listener {
	async open(context, page) {
		const { origin } = new URL(page.url());
		const follows = await page.locator('[data-island~="live"]').evaluateAll(all => all.map(e => ({ id: e.id, ...e.dataset })));
		const cookies = (await context.cookies(origin)).map(c => `${c.name}=${c.value}`).join('; ');
		this.fragment = `${origin}${follows[0].fragment}`;
		this.headers = { Cookie: cookies, 'Plein-Parts': follows.map(f => f.id).join(' ') };
		this.closing = new AbortController();
		const answer = await fetch(`${origin}/events?topic=${follows[0].topic}`, { headers: { Cookie: cookies }, signal: this.closing.signal });
		this.listen(answer.body).catch(() => {});
		return this;
	}

	async listen(body) {
		for await (const bytes of body)
			if (Buffer.from(bytes).includes('"version"')) this.shown?.((await (await fetch(this.fragment, { headers: this.headers })).text()) ? Date.now() : Infinity);
	}

	whenShown() {
		return new Promise(resolve => {
			this.shown = resolve;
			setTimeout(() => resolve(Infinity), GIVE_UP_MS);
		});
	}

	close() {
		this.closing.abort();
	}
}

/** Sends the same score again, as the button would, without leaving the page; when it began. */
function sendScore(page) {
	return page.evaluate(async () => {
		const form = document.querySelector('form[action$="/score"]');
		const body = new URLSearchParams(new FormData(form));
		body.delete('_once');
		const began = Date.now();
		const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
		return answer.ok ? began : NaN;
	});
}

async function openScreens(runners, meeting, item) {
	const pages = [];
	for (const who of runners)
		for (const address of [item, who === runners[0] ? `${meeting}/screen` : meeting]) {
			const page = await who.context.newPage();
			await page.goto(address);
			pages.push(page);
		}
	return pages;
}

/** One real browser among eleven laptops that have their own processors: what a meeting looks like. */
async function oneBrowserOfTwelve(members, item) {
	const [{ page }] = members;
	for (const m of members.slice(1)) await m.page.goto('about:blank');
	await page.goto(`${item}/score`);
	const others = await Promise.all(Array.from({ length: 11 }, (_, i) => new Listener().open(members[i % members.length].context, page)));
	const rounds = [];
	for (let i = 0; i < ROUNDS; i++) {
		const shown = [whenReplaced(page), ...others.map(o => o.whenShown())];
		const began = await sendScore(page);
		rounds.push(Math.max(...await Promise.all(shown)) - began);
	}
	for (const o of others) o.close();
	return rounds.sort((a, b) => a - b);
}

function percentile(sorted, share) {
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/**
 * While scores are asked for. That each score arrives on each screen is what is tested; how soon
 * (the goal is 300 ms) is told, since it says as much about the machine.
 */
export async function scoresOnTwelveScreens(tap, runners, members, meeting, number) {
	const item = `${meeting}/items/${number}`;
	for (const m of members) await m.page.goto(`${item}/score`);
	const more = await openScreens(runners, meeting, item);
	const screens = [...members.map(m => m.page), ...more];
	const all = [], rounds = [];
	for (let i = 0; i < ROUNDS; i++) {
		const shown = screens.map(whenReplaced);
		const began = await sendScore(members[i % members.length].page);
		const took = (await Promise.all(shown)).map(at => at - began);
		all.push(...took);
		rounds.push(Math.max(...took));
	}
	all.sort((a, b) => a - b);
	const best = Math.min(...rounds);
	console.log(`# a score on ${screens.length} screens, ${rounds.length} times: per screen p50 ${percentile(all, 0.5)} ms, p99 ${percentile(all, 0.99)} ms; all screens at best after ${best} ms`);
	tap.ok(screens.length === 12 && Math.max(...rounds) < GIVE_UP_MS, 'every score is on twelve screens by itself', [`rounds: ${rounds.join(', ')}`]);
	for (const page of more) await page.close();
	const alone = await oneBrowserOfTwelve(members, item);
	console.log(`# one browser and eleven laptops with a processor of their own, ${alone.length} times: on all after p50 ${percentile(alone, 0.5)} ms, slowest ${alone.at(-1)} ms`);
	tap.ok(alone.at(-1) < GIVE_UP_MS, 'every score is on a browser and eleven other screens', [`rounds: ${alone.join(', ')}`]);
}
