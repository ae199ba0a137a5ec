// The islands against a server that answers as told: saved, stale, gone.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchedContext } from './browser.mjs';
import { POLICY } from './serve_samples.mjs';

const FOLLOWS = 'data-island="live" data-topic="meeting:7" data-fragment="/ready" data-line="line"';
const PAGE = `<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Eilanden - Plein</title><script src="/assets/islands.js" defer></script></head><body>
<form method="post" action="/drafts/7" data-island="autosave" data-saved="saved" data-parts="progress"><input type="hidden" name="_csrf" value="token"><input type="hidden" name="_once" value="00ff"><input type="hidden" name="_version" value="7">
<label for="facts">Feiten</label><textarea id="facts" name="facts"></textarea><label for="seenOn">Wanneer</label><input id="seenOn" name="seenOn"><button type="submit" name="step" value="next">Bewaar en ga verder</button></form><p id="saved" role="status"></p><ul id="progress"><li>Titel: nodig</li><li><a href="/elsewhere" id="fill">Vul aan</a></li></ul>
<p id="line" role="status"></p><section id="ready" ${FOLLOWS}>niemand is klaar</section>
<section id="ballot" ${FOLLOWS}><h2>Uw score</h2><details><summary>Toelichting</summary>Kort</details><label for="why">Waarom</label><input id="why" name="why"><p id="open">open</p></section></body></html>`;

class Scripted {
	constructor(web) {
		this.script = readFileSync(join(web, 'assets/islands.js'));
		this.drafts = [];
		this.submitted = [];
		this.answer = { code: 200, delay: 0 };
		this.fragments = 0;
		this.streams = new Set();
		this.server = createServer((req, res) => this.handle(req, res));
	}

	open() {
		return new Promise(resolve => this.server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${this.server.address().port}`)));
	}

	close() {
		this.server.closeAllConnections();
		this.server.close();
	}

	send(res, code, type, body) {
		res.writeHead(code, { 'Content-Type': type, 'Content-Security-Policy': POLICY });
		res.end(body);
	}

	async handle(req, res) {
		const path = req.url.split('?')[0];
		let body = '';
		for await (const chunk of req) body += chunk;
		if (path === '/assets/islands.js') return this.send(res, 200, 'text/javascript', this.script);
		if (path === '/events') return this.stream(req, res);
		if (path === '/ready') {
			this.fragments++;
			this.asked = req.headers['plein-parts'];
			const parts = { ready: `<section id="ready" ${FOLLOWS}>klaar: ${this.fragments}</section>`, ballot: `<section id="ballot" ${FOLLOWS}><h2>Uw score</h2><details><summary>Toelichting</summary>Kort</details><label for="why">Waarom</label><input id="why" name="why"><p id="open">ronde ${this.fragments}</p></section>` };
			return this.send(res, 200, 'text/html', this.asked.split(' ').map(name => parts[name]).join(''));
		}
		if (path === '/drafts/7' && req.headers['plein-parts'] === 'progress') {
			this.progress = (this.progress ?? 0) + 1;
			return this.send(res, 200, 'text/html', `<ul id="progress"><li>bewaard: ${this.drafts.length}</li><li><a href="/elsewhere" id="fill">Vul aan</a></li></ul>`);
		}
		if (path === '/api/v1/drafts/7') return this.draft(res, body);
		if (req.method === 'POST') this.submitted.push(new URLSearchParams(body));
		return this.send(res, 200, 'text/html', PAGE);
	}

	stream(req, res) {
		res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Security-Policy': POLICY });
		res.write(': open\n\n');
		this.streams.add(res);
		this.topic = new URL(req.url, 'http://localhost').searchParams.get('topic');
		res.on('close', () => this.streams.delete(res));
	}

	publish(version) {
		for (const stream of this.streams) stream.write(`data: {"topic":"meeting:7","version":${version}}\n\n`);
	}

	draft(res, body) {
		this.drafts.push(new URLSearchParams(body));
		const { code, delay } = this.answer;
		if (code === 0) return res.destroy();
		return setTimeout(() => this.send(res, code, 'application/json', code === 200 ? '{"version":8,"savedAt":"2026-11-24T13:05:00Z"}' : '{}'), delay);
	}
}

function until(test, ms = 8000) {
	const end = Date.now() + ms;
	return (async () => {
		while (Date.now() < end) {
			if (await test()) return true;
			await new Promise(resolve => setTimeout(resolve, 50));
		}
		return false;
	})();
}

async function autosaves(tap, page, server, url) {
	const status = page.locator('#saved');
	await page.goto(url);
	await page.fill('#facts', 'Acht mensen');
	tap.ok(await until(() => server.drafts.length === 1), 'autosave: saves when typing stops');
	const draft = server.drafts[0] ?? new URLSearchParams();
	tap.ok(draft.get('facts') === 'Acht mensen' && draft.get('_csrf') === 'token' && draft.get('_version') === '7', 'autosave: sends what was typed, token and version');
	tap.ok(!draft.has('_once'), 'autosave: leaves the once token to the button');
	tap.ok(await until(async () => await status.textContent() === 'Bewaard om 14.05 uur'), 'autosave: says when, in Dutch time');
	tap.ok(await page.inputValue('[name=_version]') === '8', 'autosave: goes on with the new version');
	const progress = page.locator('#progress li').first();
	tap.ok(await until(async () => await progress.textContent() === 'bewaard: 1'), 'autosave: draws the parts anew that tell what was saved');
	tap.ok(await page.evaluate(() => document.activeElement.id) === 'facts', 'autosave: leaves the focus where it is');

	server.answer = { code: 409, delay: 0 };
	await page.fill('#seenOn', '1 maart');
	await page.locator('#seenOn').blur();
	tap.ok(await until(async () => /collega was eerder/.test(await status.textContent())), 'autosave: says that a colleague was first');
	const dialog = page.waitForEvent('dialog', { timeout: 4000 }).then(d => { d.dismiss(); return d.type(); }, () => 'none');
	await page.evaluate(() => { setTimeout(() => { location.href = '/elsewhere'; }, 0); });
	tap.ok(await dialog === 'beforeunload', 'autosave: warns before unsaved text is left behind');

	server.answer = { code: 0, delay: 0 };
	await page.fill('#seenOn', '2 maart');
	await page.locator('#seenOn').blur();
	tap.ok(await until(async () => /Verbinding weg/.test(await status.textContent())), 'autosave: says that the connection is gone');
	tap.ok(await page.inputValue('#seenOn') === '2 maart', 'autosave: keeps the text in the page');
}

async function buttonWaits(tap, page, server, url) {
	server.answer = { code: 200, delay: 1500 };
	await page.goto(url);
	const before = server.drafts.length;
	await page.fill('#seenOn', '3 maart');
	await page.locator('#seenOn').blur();
	await until(() => server.drafts.length > before);
	await page.getByRole('button', { name: 'Bewaar en ga verder' }).click();
	await page.waitForURL('**/drafts/7');
	const sent = server.submitted.at(-1) ?? new URLSearchParams();
	tap.ok(sent.get('_version') === '8' && sent.get('step') === 'next' && sent.get('_once') === '00ff', 'autosave: the button waits for a save under way and sends the new version');
}

async function follows(tap, page, server, url) {
	server.answer = { code: 200, delay: 0 };
	await page.goto(url);
	const section = page.locator('#ready');
	tap.ok(await until(() => server.streams.size === 1) && server.topic === 'meeting:7', 'live: listens to its topic');
	server.publish(1);
	tap.ok(await until(async () => await section.textContent() === 'klaar: 1'), 'live: fetches its part when the version moves');
	tap.ok(server.asked === 'ready ballot', 'live: names the parts that it follows, once for all of them');
	server.publish(1);
	await page.waitForTimeout(300);
	tap.ok(server.fragments === 1, 'live: the same version again fetches nothing');
	for (const stream of server.streams) stream.destroy();
	tap.ok(await until(async () => /Verbinding weg/.test(await page.locator('#line').textContent())), 'live: says that the line dropped');
	tap.ok(await until(() => server.streams.size === 1, 10000), 'live: comes back by itself');
	server.publish(2);
	tap.ok(await until(async () => await section.textContent() === 'klaar: 2' && await page.locator('#line').textContent() === ''), 'live: goes on where it was');
}

async function keeps(tap, page, server) {
	const ballot = page.locator('#ballot');
	await page.evaluate(() => { window.heading = document.querySelector('#ballot h2'); });
	await ballot.locator('summary').click();
	await page.locator('#facts').focus();
	server.publish(3);
	tap.ok(await until(async () => await page.locator('#open').textContent() === 'ronde 3') && server.fragments === 3, 'live: redraws what differs');
	tap.ok(await page.evaluate(() => window.heading === document.querySelector('#ballot h2')), 'live: what stays the same stays where it is');
	tap.ok(await ballot.locator('details').evaluate(e => e.open), 'live: what was unfolded stays unfolded');
	await page.fill('#why', 'Twee keer eerder');
	server.publish(4);
	tap.ok(await until(async () => await page.locator('#ready').textContent() === 'klaar: 4') && server.asked === 'ready', 'live: a part in which somebody types is left alone, the others go on');
	tap.ok(await page.inputValue('#why') === 'Twee keer eerder' && await page.evaluate(() => document.activeElement.id) === 'why', 'live: text and focus stay');
	tap.ok(/Er is iets veranderd/.test(await page.locator('#line').textContent()), 'live: says that something waits');
	await page.fill('#why', '');
	await page.locator('#facts').focus();
	tap.ok(await until(async () => await page.locator('#open').textContent() === 'ronde 5' && await page.locator('#line').textContent() === ''), 'live: goes on once it is left');
	for (let version = 5; version < 25; version++) server.publish(version);
	tap.ok(await until(async () => await page.locator('#ready').getAttribute('data-version') === '24') && server.fragments <= 8, 'live: a burst is a few requests', [`${server.fragments}`]);
}

export async function islands(tap, browser, web) {
	const server = new Scripted(web);
	const url = await server.open();
	const { context } = await watchedContext(browser, url);
	const page = await context.newPage();
	await autosaves(tap, page, server, url);
	page.on('dialog', d => d.accept().catch(() => {}));
	await buttonWaits(tap, page, server, url);
	await follows(tap, page, server, url);
	await keeps(tap, page, server);
	tap.none(await page.evaluate(() => window.__refused), 'islands: nothing refused by the policy');
	await context.close();
	server.close();
}
