// What somebody without a mouse does: Tab to a field or a button, type, arrows, Space, Enter. Nothing else.
import { send } from './browser.mjs';

const TABS_MAX = 200;

const isHere = (page, selector) => page.evaluate(s => document.activeElement?.matches(s) ?? false, selector);

/** Tabs on from where the focus is until it stands on what fits; throws when the page has no way to it. */
export async function reach(page, selector) {
	for (let i = 0; i < TABS_MAX; i++) {
		if (await isHere(page, selector)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
}

export async function type(page, selector, text) {
	await reach(page, selector);
	await page.keyboard.type(text);
}

/** One of a group of radio buttons: Tab to the group, arrows to the choice. */
export async function pick(page, name, value) {
	await reach(page, `input[name="${name}"]`);
	await page.keyboard.press('Space');
	for (let i = 0; i < 12 && !await isHere(page, `[value="${value}"]:checked`); i++) await page.keyboard.press('ArrowDown');
	if (!await isHere(page, `[value="${value}"]:checked`)) throw new Error(`the arrows do not reach ${value} of ${name}`);
}

/** A list to choose from: its option by the letters that it begins with. */
export async function choose(page, selector, letters) {
	await type(page, selector, letters);
}

export async function tick(page, selector) {
	await reach(page, selector);
	await page.keyboard.press('Space');
}

/** Enter on a button or link with this text. */
export async function enter(page, text) {
	for (let i = 0; i < TABS_MAX; i++) {
		if (await page.evaluate(t => document.activeElement?.matches('a, button, summary') && document.activeElement.textContent.trim() === t, text))
			return send(page, { click: () => page.keyboard.press('Enter') });
		await page.keyboard.press('Tab');
	}
	throw new Error(`the keyboard does not reach '${text}' on ${page.url()}`);
}
