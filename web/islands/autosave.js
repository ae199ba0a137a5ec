// Saves a draft a few seconds after typing stops and on leaving a field. The buttons save too:
// this only shortens what a crash can cost.
//
// <form method="post" action="/signals/S-2026-7K3QF/edit/facts" data-island="autosave" data-saved="saved">
// <p id="saved" role="status"></p>
//
// The form goes to the API twin of its own action (same handler, same token), which answers
// {"version": 8}. The once token stays with the button: an autosave is not the one submission.
//
// data-parts="progress words" names the parts of the page at that same address that tell what was
// saved: they are drawn anew after each save.

import { fetchParts, renew } from './parts.js';

const QUIET_MS = 3000;
const RETRY_MS = 10000;
const ALOUD_MS = 60000;

function clockTime(iso) {
	const at = iso ? new Date(iso) : new Date();
	return at.toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' }).replace(':', '.');
}

/** Everything typed, without files and without what belongs to pressing the button. */
function draftOf(form) {
	const draft = new URLSearchParams();
	for (const [name, value] of new FormData(form))
		if (typeof value === 'string' && name !== '_once') draft.append(name, value);
	return draft;
}

/** The API twin of the form's own address. */
function apiOf(form) {
	return `/api/v1${new URL(form.getAttribute('action'), document.baseURI).pathname}`;
}

const SENTENCES = {
	gone: 'Verbinding weg. Uw tekst staat nog in deze pagina. Wij proberen het opnieuw.',
	broken: 'Bewaren lukt nu niet. Uw tekst staat nog in deze pagina. Wij proberen het opnieuw.',
	stale: 'Een collega was eerder. Kies Bewaar: dan ziet u beide versies.',
	signedOut: 'U bent uitgelogd. Kies Bewaar: na het inloggen staat uw tekst er weer.',
	incomplete: 'Nog niet bewaard: er klopt nog iets niet. Kies Bewaar om te zien wat.',
};

function sentenceFor(code) {
	if (code === 409) return SENTENCES.stale;
	if (code === 401 || code === 403) return SENTENCES.signedOut;
	return code < 500 ? SENTENCES.incomplete : SENTENCES.broken;
}

/** The line that says how it stands: aloud at most once a minute, what is wrong always. */
function announcer(status) {
	let saidAt = -ALOUD_MS;
	return (text, urgent) => {
		if (!status) return;
		const aloud = urgent || performance.now() - saidAt > ALOUD_MS;
		status.setAttribute('aria-live', aloud ? 'polite' : 'off');
		if (aloud) saidAt = performance.now();
		status.textContent = text;
	};
}

/** What tells how the form stands. A part that can't be had stays as it is until the page is opened again. */
function partsOf(form) {
	const elements = (form.dataset.parts ?? '').split(' ').map(id => document.getElementById(id)).filter(Boolean);
	let asked = 0;
	return async () => {
		if (elements.length === 0) return;
		const turn = ++asked;
		const page = await fetchParts(form.getAttribute('action'), elements.map(e => e.id)).catch(() => null);
		if (turn === asked) elements.forEach(element => renew(element, page?.getElementById(element.id)));
	};
}

export function autosave(form) {
	const say = announcer(document.getElementById(form.dataset.saved));
	const renewParts = partsOf(form);
	let timer = 0;
	let sending = null; // the save under way, a promise
	let unsaved = false;
	let leaving = false;

	function later(ms) {
		clearTimeout(timer);
		timer = setTimeout(save, ms);
	}

	function failed(sentence, retry) {
		unsaved = true;
		say(sentence, true);
		if (retry) later(RETRY_MS);
	}

	async function send() {
		unsaved = false;
		let answer;
		try {
			answer = await fetch(apiOf(form), {
				method: 'POST', body: draftOf(form), headers: { Accept: 'application/json' }, credentials: 'same-origin', redirect: 'error',
			});
		} catch {
			return failed(SENTENCES.gone, true);
		}
		if (!answer.ok) return failed(sentenceFor(answer.status), answer.status >= 500);
		const { version, savedAt } = answer.status === 204 ? {} : await answer.json();
		const field = form.elements.namedItem('_version');
		if (field && version !== undefined) field.value = version;
		say(`Bewaard om ${clockTime(savedAt)} uur`, false);
		if (!leaving) renewParts();
	}

	function save() {
		if (!unsaved || leaving) return;
		if (sending) later(QUIET_MS);
		else sending = send().finally(() => { sending = null; });
	}

	// A save under way moves the version: the button waits for it, or it would be stale itself.
	form.addEventListener('submit', event => {
		clearTimeout(timer);
		if (!sending) {
			leaving = true;
			return;
		}
		event.preventDefault();
		sending.finally(() => form.requestSubmit(event.submitter));
	});
	form.addEventListener('input', () => { unsaved = true; later(QUIET_MS); });
	form.addEventListener('change', () => { unsaved = true; later(0); });
	window.addEventListener('pageshow', () => { leaving = false; });
	window.addEventListener('beforeunload', event => {
		if ((unsaved || sending) && !leaving) event.preventDefault();
	});
}
