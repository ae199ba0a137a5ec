// Serves the samples as the program would: same templates, same assets, same security headers.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Templates } from './mustache.mjs';
import { frames, samples } from './samples.mjs';

export const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', html: 'text/html' };

function summary(problems) {
	const n = problems.length;
	if (n === 0) return null;
	return n === 1 ? 'Er klopt 1 ding nog niet.' : `Er kloppen ${n} dingen nog niet.`;
}

export function renderSample(templates, sample) {
	const person = frames[sample.frame ?? 'coordinator'];
	const problems = (sample.problems ?? []).map(p => ({ warning: false, article: null, ...p }));
	const crumbs = sample.crumbs ?? [];
	const frame = {
		...person, ...sample.frameMore, title: sample.title, confidential: !!sample.confidential, crumbs, hasCrumbs: crumbs.length > 0,
		menu: person.menu.map(m => ({ ...m, current: m.href === sample.place })), problems, problemSummary: summary(problems),
	};
	return templates.render('frame/top', frame) + templates.render(sample.template, frame, sample.data) + templates.render('frame/bottom', frame);
}

function answer(res, code, type, body) {
	res.writeHead(code, {
		'Content-Type': `${type}; charset=utf-8`, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store',
	});
	res.end(body);
}

export function serveSamples(webFolder) {
	const templates = new Templates(webFolder);
	const pages = new Map(samples.map(s => [`/${s.name}`, renderSample(templates, s)]));
	const server = createServer((req, res) => {
		const path = new URL(req.url, 'http://localhost').pathname;
		if (pages.has(path)) return answer(res, 200, 'text/html', pages.get(path));
		const asset = /^\/assets\/([\w-]+\.(css|js|svg))$/.exec(path);
		if (asset) return answer(res, 200, TYPES[asset[2]], readFileSync(join(webFolder, 'assets', asset[1])));
		if (path === '/events') return answer(res, 204, 'text/plain', '');
		return answer(res, 404, 'text/plain', 'not here');
	});
	return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve({
		url: `http://127.0.0.1:${server.address().port}`, close: () => server.close(), names: [...pages.keys()].map(p => p.slice(1)),
	})));
}
