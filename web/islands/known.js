// Asks on leaving a field whether what stands there is known already, and shows a card only when
// something may be shown. Nothing is kept by asking. Without script the button under the form asks.
//
// <form ... data-island="known" data-ask="ask-known" data-card="known-card">
// <form id="ask-known" method="post" action="/signals/S-2026-7K3QF/known/ask"> hidden token </form>
// <section id="known-card" hidden> <ul></ul> </section>

function questionOf(form, ask) {
	const question = new URLSearchParams();
	for (const [name, value] of new FormData(form))
		if (typeof value === 'string' && name !== '_csrf' && name !== '_once') question.append(name, value);
	question.set('_csrf', ask.elements.namedItem('_csrf').value);
	return question;
}

function line(known) {
	const item = document.createElement('li');
	const link = document.createElement('a');
	link.href = `/signals/${encodeURIComponent(known.reference)}`;
	link.textContent = known.reference;
	item.append(link, ` ${[known.participant, known.municipality, known.theme].filter(Boolean).join(', ')}`);
	return item;
}

// Not the same token, but alike: says what agrees and what differs.
function likeness(alike) {
	const item = line(alike);
	const why = document.createElement('span');
	why.className = 'plein-table__sub';
	why.textContent = `${alike.verdict}: ${alike.why}`;
	item.append(why);
	return item;
}

function show(card, answer) {
	const known = answer.known ?? [];
	const told = new Set(known.map((one) => one.reference));
	const alike = (answer.alike ?? []).filter((one) => !told.has(one.reference));
	const items = [...known.map(line), ...alike.map(likeness)];
	card.querySelector('ul').replaceChildren(...items);
	card.hidden = items.length === 0;
}

export function known(form) {
	const ask = document.getElementById(form.dataset.ask);
	const card = document.getElementById(form.dataset.card);
	let last = '';

	async function look() {
		const question = questionOf(form, ask);
		if (question.toString() === last) return;
		last = question.toString();
		try {
			const answer = await fetch(`/api/v1${new URL(ask.getAttribute('action'), document.baseURI).pathname}`, {
				method: 'POST', body: question, headers: { Accept: 'application/json' }, credentials: 'same-origin', redirect: 'error',
			});
			if (answer.ok && question.toString() === last) show(card, await answer.json());
		} catch {
			// the button under the form asks as well
		}
	}

	if (ask && card) form.addEventListener('focusout', event => { if (event.target.value) look(); });
}
