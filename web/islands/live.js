// Follows topics of the server and redraws parts of the page when their version moves.
//
// {{#@part ready}}<section id="ready" data-island="live" data-topic="meeting-IO-2026-7K3QF"
//          data-version="12" data-fragment="/meetings/IO-2026-7K3QF" data-line="line">..{{/@part}}
//
// data-topic may name several, parted by spaces, whose versions are of one count (moments): the newest
// of them counts.
//
// The stream carries only topic and version. The parts are fetched as an ordinary request for their
// page, with rights and log, that names them: all parts of one page at once, nothing but the parts.
// Focus never moves: a part that holds the focus, or in which something was typed, stays as it is
// until it is left or sent. Moves that follow each other quickly are answered by one request.

import { fetchParts, inUse, renew } from './parts.js';

const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;
const BREATH_MS = 100;
const GONE = 'Verbinding weg. Uw werk is bewaard. Wij proberen het opnieuw.';
const WAITS = 'Er is iets veranderd. Sla op wat u invult, of ververs de pagina.';

class Topic {
	constructor(name) {
		this.name = name;
		this.elements = [];
		this.version = null;
		this.busy = false;
		this.wait = FIRST_RETRY_MS;
	}

	add(element) {
		this.elements.push(element);
		element.addEventListener('focusout', () => setTimeout(() => this.refresh(), 0));
	}

	say(text) {
		for (const id of new Set(this.elements.map(e => e.dataset.line))) {
			const line = document.getElementById(id || '');
			if (line && line.textContent !== text) line.textContent = text;
		}
	}

	behind() {
		return this.elements.filter(e => this.version !== null && e.dataset.version !== this.version);
	}

	outdated() {
		return this.behind().filter(e => !inUse(e));
	}

	/** One request for each address; a version that moves meanwhile is asked for next, after a breath. */
	async refresh() {
		if (this.busy) return;
		this.busy = true;
		try {
			while (this.outdated().length > 0) {
				const version = this.version;
				await this.fetchAll(version);
				this.say('');
				if (this.version === version) break;
				await new Promise(resolve => setTimeout(resolve, BREATH_MS));
			}
			if (this.behind().length > 0) this.say(WAITS);
		} catch { /* the stream itself says that the line is gone */ } finally {
			this.busy = false;
		}
	}

	async fetchAll(version) {
		const outdated = this.outdated();
		for (const address of new Set(outdated.map(e => e.dataset.fragment))) {
			const elements = outdated.filter(e => e.dataset.fragment === address);
			const page = await fetchParts(address, elements.map(e => e.id));
			for (const element of elements) {
				const fresh = page?.getElementById(element.id);
				if (fresh) fresh.dataset.version = version;
				renew(element, fresh);
			}
		}
	}

	connect() {
		const names = this.name.split(' ');
		const source = new EventSource(`/events?${names.map(name => `topic=${encodeURIComponent(name)}`).join('&')}`);
		source.addEventListener('open', () => { this.wait = FIRST_RETRY_MS; this.say(''); });
		source.addEventListener('message', event => {
			const { topic, version } = JSON.parse(event.data);
			if (!names.includes(topic)) return;
			this.version = String(version);
			this.refresh();
		});
		source.addEventListener('error', () => {
			source.close();
			this.say(GONE);
			setTimeout(() => this.connect(), this.wait);
			this.wait = Math.min(this.wait * 2, LAST_RETRY_MS);
		});
	}
}

/** All live elements of a page; those of one topic share one stream. */
export function live(elements) {
	const topics = new Map();
	for (const element of elements) {
		const name = element.dataset.topic;
		if (!topics.has(name)) topics.set(name, new Topic(name));
		topics.get(name).add(element);
	}
	for (const topic of topics.values()) topic.connect();
}
