// Each island finds its own elements by data-island and does nothing where there are none.
import { focusErrors } from './focus.js';
import { autosave } from './autosave.js';
import { known } from './known.js';
import { keys } from './keys.js';
import { live } from './live.js';

function start() {
	for (const element of document.querySelectorAll('[data-island~="focus"]')) focusErrors(element);
	for (const form of document.querySelectorAll('form[data-island~="autosave"]')) autosave(form);
	live(document.querySelectorAll('[data-island~="live"]'));
	for (const form of document.querySelectorAll('form[data-island~="known"]')) known(form);
	for (const form of document.querySelectorAll('form[data-island~="keys"]')) keys(form);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
