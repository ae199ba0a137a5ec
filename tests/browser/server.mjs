// A server of its own with an invented region in a folder that is thrown away; and its people.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 30_000;
const STOP_MS = 15_000;

/**
 * What puts the program on a clock that runs so many days ahead; the browser keeps its own. By its
 * library: the command of that name stays between, and stopping it would leave the server behind.
 */
function onClock(daysAhead) {
	if (daysAhead === 0) return process.env;
	const library = readdirSync('/usr/lib').map(place => `/usr/lib/${place}/faketime/libfaketimeMT.so.1`).find(existsSync);
	if (!library) throw new Error('libfaketime is not installed: tools/install-packages test');
	return { ...process.env, LD_PRELOAD: library, FAKETIME: `+${daysAhead}d` };
}

export class Installation {
	constructor(program, data, url) {
		this.program = program;
		this.data = data;
		this.url = url;
		this.daysAhead = 0;
	}

	/** Stops the server and starts it again on the same data, this many days from now. */
	async later(days) {
		await stop(this.child);
		this.daysAhead = days;
		await this.start();
	}

	async start() {
		const port = this.url ? new URL(this.url).port : await freePort();
		this.child = spawn(this.program, ['serve', '--data', this.data, '--port', String(port)], { env: onClock(this.daysAhead), stdio: ['ignore', 'ignore', 'inherit'] });
		this.url ??= `http://127.0.0.1:${port}`;
		await untilReady(this.url, this.child);
	}

	plein(...words) {
		return execFileSync(this.program, [...words, '--data', this.data], { env: onClock(this.daysAhead), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	}

	people() {
		this.known ??= JSON.parse(this.plein('person', 'list', '--json'));
		return this.known;
	}

	/** The first person who may sign in with this role, or null. */
	personWith(role) {
		const roles = p => p.roles ?? [p.role];
		return this.people().find(p => roles(p).includes(role) && (p.state ?? 'ACTIVE') === 'ACTIVE') ?? null;
	}

	code(email) {
		const found = /\b\d{6}\b/.exec(this.plein('demo', 'code', email));
		if (!found) throw new Error(`no code for ${email}`);
		return found[0];
	}
}

function freePort() {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address();
			probe.close(() => resolve(port));
		});
	});
}

async function untilReady(url, child) {
	const end = Date.now() + START_MS;
	while (Date.now() < end) {
		if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
		try {
			if ((await fetch(`${url}/sign-in`)).ok) return;
		} catch { /* not listening yet */ }
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	throw new Error('the server did not answer in time');
}

function stop(child) {
	if (child.exitCode !== null) return Promise.resolve();
	return new Promise(resolve => {
		const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
		child.once('exit', () => { clearTimeout(hard); resolve(); });
		child.kill('SIGTERM');
	});
}

/** PostgreSQL where the tests ask for it: a cluster of this run's own (tools/with-postgres). */
function database() {
	if (process.env.PLEIN_TEST_ENGINE !== 'postgres') return;
	process.env.PLEIN_DATABASE = process.env.PLEIN_TEST_PG;
}

/**
 * Runs work(installation) against a fresh server; stops it and removes its data whatever happens.
 * prepare(installation) comes before the start; what it gives is installation.prepared.
 */
export async function withServer(program, work, { prepare, demo = [] } = {}) {
	database();
	const folder = mkdtempSync(join(tmpdir(), 'plein-browser-'));
	const data = join(folder, 'data');
	let place = null;
	try {
		execFileSync(program, ['demo', '--data', data, '--seed', '1', '--scale', 'small', ...demo], { stdio: ['ignore', 'ignore', 'inherit'] });
		place = new Installation(program, data, null);
		place.prepared = prepare?.(place);
		await place.start();
		return await work(place);
	} finally {
		if (place?.child) await stop(place.child);
		rmSync(folder, { recursive: true, force: true });
	}
}
