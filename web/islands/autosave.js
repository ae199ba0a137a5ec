// Saves a draft a few seconds after typing stops and on leaving a field. The buttons save too:
// this only shortens what a crash can cost.
//
// <form data-island="autosave" data-autosave="/signals/S-2026-7K3QF/edit/facts/_autosave"
//       data-saved="saved">  and  <p id="saved" role="status" aria-live="polite">
//
// The answer is JSON: {"version": 8, "savedAt": "2026-11-24T13:05:00Z"}. 409: a colleague was
// first; the form's own button then leads to the page with both versions.

const QUIET_MS = 3000;
const RETRY_MS = 10000;
const ALOUD_MS = 60000;

function clockTime(iso) {
	const at = iso ? new Date(iso) : new Date();
	return at.toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' }).replace(':', '.');
}

export function autosave(form) {
	const status = document.getElementById(form.dataset.saved);
	let timer = 0;
	let sending = false;
	let dirty = false;
	let submitted = false;
	let saidAt = 0;

	function say(text, urgent) {
		if (!status) return;
		const now = Date.now();
		status.setAttribute('aria-live', urgent || now - saidAt > ALOUD_MS ? 'polite' : 'off');
		if (urgent || now - saidAt > ALOUD_MS) saidAt = now;
		status.textContent = text;
	}

	function later(ms) {
		clearTimeout(timer);
		timer = setTimeout(save, ms);
	}

	async function save() {
		if (!dirty || sending || submitted) return;
		sending = true;
		dirty = false;
		try {
			const answer = await fetch(form.dataset.autosave, {
				method: 'POST',
				body: new URLSearchParams(new FormData(form)),
				headers: { Accept: 'application/json' },
				credentials: 'same-origin',
				redirect: 'error',
			});
			if (answer.ok) saved(await answer.json());
			else refused(answer.status);
		} catch {
			dirty = true;
			say('Verbinding weg. Uw tekst staat nog in deze pagina. Wij proberen het opnieuw.', true);
			later(RETRY_MS);
		} finally {
			sending = false;
			if (dirty && !submitted) later(QUIET_MS);
		}
	}

	function saved(answer) {
		const version = form.elements.namedItem('_version');
		if (version && answer.version !== undefined) version.value = answer.version;
		say(`Bewaard om ${clockTime(answer.savedAt)} uur`, false);
	}

	function refused(code) {
		if (code === 409) say('Een collega was eerder. Kies Bewaar: dan ziet u beide versies.', true);
		else if (code === 401 || code === 403) say('U bent uitgelogd. Kies Bewaar: na het inloggen staat uw tekst er weer.', true);
		else {
			dirty = true;
			say('Bewaren lukt nu niet. Uw tekst staat nog in deze pagina. Wij proberen het opnieuw.', true);
			later(RETRY_MS);
		}
	}

	form.addEventListener('input', () => { dirty = true; later(QUIET_MS); });
	form.addEventListener('change', () => { dirty = true; later(0); });
	form.addEventListener('submit', () => { submitted = true; clearTimeout(timer); });
	window.addEventListener('beforeunload', event => {
		if ((dirty || sending) && !submitted) event.preventDefault();
	});
}
