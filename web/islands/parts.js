// Parts of a page ({{#@part}}, docs/templates.md), fetched as an ordinary request for their page, with
// rights and log, that names them: the answer holds nothing but the parts.

import { redraw } from './redraw.js';

function changed(control) {
	if (control.type === 'checkbox' || control.type === 'radio') return control.checked !== control.defaultChecked;
	if (control.tagName === 'SELECT') return [...control.options].some(o => o.selected !== o.defaultSelected) && control.selectedIndex > 0;
	return control.type !== 'hidden' && control.value !== control.defaultValue;
}

/** Replacing it would take the focus away, or what somebody typed. */
export function inUse(element) {
	return element.contains(document.activeElement) || [...element.querySelectorAll('input, select, textarea')].some(changed);
}

/** A document with these parts of the page at this address; null if the server doesn't give them. */
export async function fetchParts(address, names) {
	const headers = { Accept: 'text/html', 'Plein-Parts': names.join(' ') };
	const answer = await fetch(address, { credentials: 'same-origin', headers });
	return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
}

/** What differs, and nothing at all while somebody is in it. */
export function renew(element, fresh) {
	if (fresh && !inUse(element)) redraw(element, fresh);
}
