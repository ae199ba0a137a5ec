// Looks at every page with a real browser and says in TAP what it saw.
//   node tests/browser/run.mjs [--only NAME] [--out FOLDER]           the templates with sample data
//   node tests/browser/run.mjs --program build/plein [...]            people at a server of its own
//   node tests/browser/run.mjs --program build/plein --house          the house itself, quickly
//   node tests/browser/run.mjs --program build/plein --signal         a signal by role, from draft to intake
//   node tests/browser/run.mjs --walk --program build/plein               one casefile from signal to effect, station by station
//   node tests/browser/run.mjs --program build/plein --chain          one signal from suspicion to measured effect, another to its end
//   node tests/browser/run.mjs --program build/plein --ask            five partners asked, answers, analysis, a correction
//   node tests/browser/run.mjs --program build/plein --links          every link of a played region, by each role
//   node tests/browser/run.mjs --program build/plein --weighing       a whole informatie-overleg, nine people at once
//   node tests/browser/run.mjs --program build/plein --url http://127.0.0.1:8080 --data data/demo
import { mkdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, watchedContext } from './browser.mjs';
import { axeColourFaults, axeFaults, focusFaults, forcedColourFaults, overflowFaults, policyFaults, printFaults, spacingFaults, structureFaults, zoomFaults } from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { islands } from './islands.mjs';
import { journeys } from './journeys.mjs';
import { asking } from './journeys_ask.mjs';
import { chain } from './journeys_chain.mjs';
import { weighing } from './journeys_weighing.mjs';
import { links } from './links.mjs';
import { houseJourneys, prepareHouse } from './journeys_house.mjs';
import { signalJourneys } from './journeys_signal.mjs';
import { walkJourney } from './journeys_walk.mjs';
import { serveSamples } from './serve_samples.mjs';
import { Installation, withServer } from './server.mjs';
import { Tap } from './tap.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const { values: options } = parseArgs({ options: {
	program: { type: 'string' }, url: { type: 'string' }, data: { type: 'string', default: 'data/demo' }, only: { type: 'string' }, house: { type: 'boolean' }, signal: { type: 'boolean' }, weighing: { type: 'boolean' }, walk: { type: 'boolean' }, links: { type: 'boolean' }, chain: { type: 'boolean' }, ask: { type: 'boolean' }, out: { type: 'string' },
} });
/** Pictures of each page, for whoever asks for them: no promise is read from them. */
const pictures = options.out !== undefined;
options.out ??= join(root, 'build', 'screens');

const LOOKS = [{ scheme: 'light', width: 1280 }, { scheme: 'light', width: 320 }, { scheme: 'dark', width: 1280 }, { scheme: 'dark', width: 320 }];
/** Pages that print everything there is may be longer than the others. */
const LONG = [[/-(signals|log|requests|monitor)$/, 40_000], [/-interventions$/, 36_000], [/rules/, 240_000], [/style-guide/, 120_000], [/may-i-share/, 36_000]];

function bytesFor(name) {
	return LONG.find(([pages]) => pages.test(name))?.[1];
}

async function look(tap, page, name) {
	for (const { scheme, width } of LOOKS) {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme: scheme });
		tap.none(await (scheme === 'light' ? axeFaults(page) : axeColourFaults(page)), `${name}: accessible in ${scheme} at ${width}`);
		if (width === 320) tap.none(await overflowFaults(page), `${name}: no sideways scroll in ${scheme} at ${width}`);
		if (pictures) await page.screenshot({ path: join(options.out, `${name}-${scheme}-${width}.png`), fullPage: true });
	}
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.emulateMedia({ colorScheme: 'light' });
}

async function visit(tap, page, url, name, faults) {
	const answer = await page.goto(url, { waitUntil: 'load' });
	tap.none(await htmlFaults(await answer.text(), { maxBytes: bytesFor(name) }), `${name}: valid and small HTML`);
	tap.none(await structureFaults(page), `${name}: one title, words beside icons, labels like their heads`);
	await look(tap, page, name);
	tap.none(await zoomFaults(page), `${name}: no sideways scroll zoomed to 200 %`);
	tap.none(await spacingFaults(page), `${name}: wide text spacing fits at 320`);
	await page.setViewportSize({ width: 1280, height: 900 });
	tap.none(await forcedColourFaults(page), `${name}: borders carry the shapes when colours are forced`);
	tap.none(await printFaults(page), `${name}: prints black on white without buttons`);
	tap.none(await focusFaults(page), `${name}: focus is visible at each stop`);
	tap.none([...faults.splice(0), ...await policyFaults(page)], `${name}: nothing refused by the policy, nothing from elsewhere`);
}

async function main() {
	mkdirSync(options.out, { recursive: true });
	const tap = new Tap();
	const browser = await launch();
	try {
		if (options.program) {
			const work = place => journeys(tap, browser, place, { visit, only: options.only });
			if (options.house) await withServer(options.program, place => houseJourneys(tap, browser, place, { only: options.only }), { prepare: prepareHouse, demo: ['--signals', '12'] });
			else if (options.signal) await withServer(options.program, place => signalJourneys(tap, browser, place), { demo: ['--signals', '0'] });
			else if (options.chain) await withServer(options.program, place => chain(tap, browser, place, join(options.out, 'chain')), { demo: ['--signals', '0'] });
			else if (options.ask && options.url) await asking(tap, browser, new Installation(options.program, options.data, options.url));
			else if (options.ask) await withServer(options.program, place => asking(tap, browser, place), { demo: ['--signals', '60'] });
			else if (options.weighing) await withServer(options.program, place => weighing(tap, browser, place));
			else if (options.links && options.url) await links(tap, new Installation(options.program, options.data, options.url));
			else if (options.links) await withServer(options.program, place => links(tap, place), { demo: ['--signals', '120'] });
			else if (options.walk) await withServer(options.program, place => walkJourney(tap, browser, place, options.out), { demo: ['--signals', '60'] });
			else if (options.url) await work(new Installation(options.program, options.data, options.url));
			else await withServer(options.program, work);
		} else {
			const server = await serveSamples(join(root, 'web'));
			const { context, faults } = await watchedContext(browser, server.url);
			const page = await context.newPage();
			for (const name of server.names.filter(n => !options.only || n.startsWith(options.only)))
				await visit(tap, page, `${server.url}/${name}`, name, faults);
			server.close();
			if (!options.only || options.only === 'islands') await islands(tap, browser, join(root, 'web'));
		}
	} finally {
		await browser.close();
	}
	return tap.end();
}

process.exit(await main() ? 0 : 1);
