// Follows topics of the server and replaces one fragment of the page when its version moves.
//
// <section id="ready" data-island="live" data-topic="meeting:IO-2026-7K3QF"
//          data-fragment="/meetings/IO-2026-7K3QF/ready">
//
// The stream carries only topic and version; the fragment is fetched as an ordinary request, with
// rights and log. Focus never moves: a fragment that holds the focus waits until it is left.

const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;

async function refresh(element, version) {
	const answer = await fetch(element.dataset.fragment, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
	if (!answer.ok) return;
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
	const fresh = page.getElementById(element.id);
	if (!fresh) return;
	element.replaceChildren(...fresh.childNodes);
	element.dataset.version = version;
}

export function live(element) {
	const line = document.getElementById(element.dataset.line || '');
	let wait = FIRST_RETRY_MS;
	let pending = null;

	function take(version) {
		if (String(version) === element.dataset.version) return;
		if (element.contains(document.activeElement)) pending = version;
		else refresh(element, version).catch(() => {});
	}

	function connect() {
		const source = new EventSource(`/events?topic=${encodeURIComponent(element.dataset.topic)}`);
		source.addEventListener('open', () => { wait = FIRST_RETRY_MS; if (line) line.textContent = ''; });
		source.addEventListener('message', event => {
			const { topic, version } = JSON.parse(event.data);
			if (topic === element.dataset.topic) take(version);
		});
		source.addEventListener('error', () => {
			source.close();
			if (line) line.textContent = 'Verbinding weg. Uw werk is bewaard. Wij proberen het opnieuw.';
			setTimeout(connect, wait);
			wait = Math.min(wait * 2, LAST_RETRY_MS);
		});
	}

	element.addEventListener('focusout', () => setTimeout(() => {
		if (pending === null || element.contains(document.activeElement)) return;
		const version = pending;
		pending = null;
		refresh(element, version).catch(() => {});
	}, 0));
	connect();
}
