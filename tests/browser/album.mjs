// The pictures of a journey: each station as who stands there sees it, numbered in the order of the way.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export class Album {
	constructor(folder) {
		mkdirSync(folder, { recursive: true });
		Object.assign(this, { folder, count: 0 });
	}

	/** url: gone to first; else what is on the screen now. */
	async add({ page }, name, url) {
		if (url) await page.goto(url);
		const number = String(++this.count).padStart(2, '0');
		await page.evaluate(() => window.scrollTo(0, 0));
		await page.screenshot({ path: join(this.folder, `${number}-${name}.png`), fullPage: true });
	}
}
