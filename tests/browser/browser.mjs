// Chromium as Debian ships it, closed off from the network, and watched for what a page must not do.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
}

/** A context with axe in it and a list of everything that may not happen while it lives. */
export async function watchedContext(browser, origin, options = {}) {
	const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', viewport: { width: 1280, height: 900 }, ...options });
	context.setDefaultTimeout(45_000);
	await context.addInitScript({ content: `${AXE}
		window.__refused = [];
		document.addEventListener('securitypolicyviolation', e => window.__refused.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + (e.sourceFile || '')));` });
	const faults = [];
	context.on('request', r => { if (!r.url().startsWith(origin)) faults.push(`asked ${r.url()}`); });
	context.on('response', r => { if (r.request().resourceType() !== 'document' && r.status() >= 400) faults.push(`${r.status()} ${r.url()}`); });
	context.on('weberror', e => faults.push(`script: ${e.error()}`));
	context.on('console', m => { if (m.type() === 'error' && /Content Security Policy/.test(m.text())) faults.push(m.text()); });
	return { context, faults };
}

/** So many days from now as people type it, where the server counts its days: not where this machine is. */
export function dutchDay(days) {
	const parts = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: 'numeric', month: 'numeric', year: 'numeric' });
	return parts.format(new Date(Date.now() + days * 86_400_000));
}

/** Presses it and waits for the page that answers: who goes on at once takes the form back. */
export async function send(page, button) {
	await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
	await page.waitForLoadState('load');
}

/** Whether the focus comes to what fits: a page's script sets it when the page stands, however busy the machine is. */
export function focusComes(page, selector) {
	return page.waitForFunction(s => document.activeElement?.matches(s) ?? false, selector, { timeout: 10_000 }).then(() => true, () => false);
}
