// What every page promises, as functions from an open page to a list of faults.

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** All that axe knows of colour; every other rule reads what is the same in light and in dark. */
const AXE_COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

export function axeFaults(page) {
	return axeRun(page, AXE_TAGS);
}

/** For a page that axeFaults has seen at this width, now in other colours. */
export function axeColourFaults(page) {
	return axeRun(page, AXE_COLOUR_RULES);
}

async function axeRun(page, runOnly) {
	const result = await page.evaluate(rules => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), runOnly);
	return result.violations.flatMap(v => v.nodes.slice(0, 4).map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary?.split('\n').slice(1).join(' ').trim()}`));
}

export async function overflowFaults(page) {
	return page.evaluate(() => {
		const wide = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= wide) return [];
		const scrolls = e => e.closest('.plein-scroll, .plein-plotwrap, .plein-tabs ul, .plein-nav__list');
		const out = [...document.body.querySelectorAll('*')].filter(e => !scrolls(e) && e.getBoundingClientRect().right > wide + 0.5 && !e.closest('.plein-visually-hidden'));
		return [`the page is ${document.documentElement.scrollWidth} wide on ${wide}`, ...out.slice(-3).map(e => `${e.tagName} ${e.className}`)];
	});
}

export async function policyFaults(page) {
	return page.evaluate(() => window.__refused);
}

/** Tab through the whole page: each stop shows a ring of at least 2 px, and can be seen. */
export async function focusFaults(page, limit = 250) {
	await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; document.activeElement?.blur(); window.scrollTo(0, 0); });
	const faults = [];
	const seen = new Set();
	for (let i = 0; i < limit; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(() => {
			const e = document.activeElement;
			if (!e || e === document.body || e === document.documentElement) return null;
			window.__stops ??= new Map();
			if (!window.__stops.has(e)) window.__stops.set(e, window.__stops.size);
			const s = getComputedStyle(e);
			const box = e.getBoundingClientRect();
			const ringed = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
			const near = e.nextElementSibling && getComputedStyle(e.nextElementSibling);
			const byNeighbour = near && near.outlineStyle !== 'none' && parseFloat(near.outlineWidth) >= 2;
			return {
				id: window.__stops.get(e), what: `${e.tagName.toLowerCase()} ${(e.textContent || e.name || '').trim().slice(0, 40)}`,
				ringed: ringed || byNeighbour, visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
			};
		});
		if (!stop || seen.has(stop.id)) break;
		seen.add(stop.id);
		if (!stop.ringed) faults.push(`no ring on ${stop.what}`);
		if (!stop.visible) faults.push(`out of sight: ${stop.what}`);
	}
	if (seen.size === 0) faults.push('nothing can be reached with the keyboard');
	return faults;
}

/** Structure that no validator knows: ours. */
export async function structureFaults(page) {
	return page.evaluate(() => {
		const faults = [];
		if (document.querySelectorAll('h1').length !== 1) faults.push(`${document.querySelectorAll('h1').length} times h1`);
		if (!/ - Plein$/.test(document.title)) faults.push(`title: ${document.title}`);
		for (const s of document.querySelectorAll('.plein-state, .plein-clock, .plein-kind, .plein-phase'))
			if (!s.querySelector('svg.plein-icon') || s.textContent.trim() === '') faults.push(`a state without icon or word: ${s.outerHTML.slice(0, 80)}`);
		for (const table of document.querySelectorAll('.plein-table--stack')) {
			const heads = [...table.querySelectorAll('thead th')].map(h => h.textContent.trim().toLowerCase());
			for (const cell of table.querySelectorAll('tbody [data-label]')) {
				const head = heads[[...cell.parentElement.children].indexOf(cell)];
				if (!head?.includes(cell.dataset.label.toLowerCase())) faults.push(`data-label ${cell.dataset.label} under ${head}`);
			}
		}
		for (const icon of document.querySelectorAll('svg.plein-icon')) if (icon.getAttribute('aria-hidden') !== 'true') faults.push('an icon that a screen reader reads');
		for (const id of [...document.querySelectorAll('.plein-errors a[href^="#"]')].map(a => a.hash.slice(1)))
			if (!document.getElementById(id)) faults.push(`the error summary links to #${id}, which is not there`);
		return faults;
	});
}

/** On paper: no bar, no buttons, open details, dark on white. */
export async function printFaults(page) {
	await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
	const faults = await page.evaluate(() => {
		const shown = s => [...document.querySelectorAll(s)].filter(e => e.getClientRects().length > 0 && getComputedStyle(e).display !== 'none');
		const list = ['.plein-bar__inner', '.plein-nav', '.plein-foot', '.utrecht-button'].flatMap(s => (shown(s).length ? [`${s} is printed`] : []));
		if (getComputedStyle(document.body).color !== 'rgb(0, 0, 0)') list.push(`text is ${getComputedStyle(document.body).color}`);
		if (getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)') list.push('paper is not white');
		return list;
	});
	await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
	return faults;
}

/** With colours forced by the system, borders carry the shapes. */
export async function forcedColourFaults(page) {
	await page.emulateMedia({ forcedColors: 'active' });
	const faults = await page.evaluate(() => [...document.querySelectorAll('.plein-state, .plein-partner, .plein-note, .plein-verdict, .plein-card, .utrecht-button, .utrecht-textbox')]
		.filter(e => parseFloat(getComputedStyle(e).borderTopWidth) < 1 || getComputedStyle(e).borderTopStyle === 'none')
		.map(e => `no border in forced colours: ${e.className}`));
	await page.emulateMedia({ forcedColors: 'none' });
	return faults;
}

/** Zoomed to 200 % a window of 1280 is 640 wide. */
export async function zoomFaults(page) {
	await page.setViewportSize({ width: 640, height: 450 });
	return overflowFaults(page);
}

/** The spacing that a reader may set (WCAG 1.4.12) cuts nothing off at 320. */
export async function spacingFaults(page) {
	await page.setViewportSize({ width: 320, height: 900 });
	await page.evaluate(() => {
		for (const e of document.body.querySelectorAll('*')) {
			e.style.setProperty('line-height', '1.5', 'important');
			e.style.setProperty('letter-spacing', '0.12em', 'important');
			e.style.setProperty('word-spacing', '0.16em', 'important');
		}
	});
	const faults = await overflowFaults(page);
	await page.evaluate(() => {
		for (const e of document.body.querySelectorAll('*'))
			for (const p of ['line-height', 'letter-spacing', 'word-spacing']) e.style.removeProperty(p);
	});
	return faults;
}
