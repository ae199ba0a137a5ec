// What our style sheets promise, as functions from text to a list of faults.

const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(/gi;

function withoutComments(css) {
	return css.replace(/\/\*[\s\S]*?\*\//g, m => m.replace(/[^\n]/g, ' '));
}

function lineOf(text, index) {
	return text.slice(0, index).split('\n').length;
}

/** No file but the token file names a colour. */
export function colourFaults({ name, css }) {
	if (name === '01_tokens.css') return [];
	const bare = withoutComments(css);
	return [...bare.matchAll(COLOUR)].map(m => `web/styles/${name}:${lineOf(bare, m.index)}: colour ${m[0]} outside the tokens`);
}

/** Every --plein-* that a rule uses is defined, and every one defined is used. */
export function tokenFaults(sources) {
	const all = withoutComments(sources.map(s => s.css).join('\n'));
	const defined = new Set([...all.matchAll(/(--plein-[\w-]+)\s*:/g)].map(m => m[1]));
	const used = new Set([...all.matchAll(/var\((--plein-[\w-]+)/g)].map(m => m[1]));
	return [
		...[...used].filter(t => !defined.has(t)).map(t => `${t} is used but not defined`),
		...[...defined].filter(t => !used.has(t)).map(t => `${t} is defined but not used`),
	];
}

/** The bridge fills only tokens that the community's components read. */
export function bridgeFaults(sources, community) {
	const all = withoutComments(sources.map(s => s.css).join('\n'));
	const filled = new Set([...all.matchAll(/(--utrecht-[\w-]+)\s*:/g)].map(m => m[1]));
	return [...filled].filter(t => !new RegExp(`${t}(?![\\w-])`).test(community))
		.map(t => `${t} is filled but no community component reads it`);
}

/** A class in a template is one that a style sheet knows: a typing error shows here, not on a screen. */
export function classFaults(sources, community, markup) {
	const known = new Set([...`${withoutComments(sources.map(s => s.css).join('\n'))}${community}`.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(m => m[1]));
	return markup.flatMap(({ name, text }) => [...text.matchAll(/\bclass="([^"]*)"/g)]
		.flatMap(m => m[1].replace(/\{\{[\s\S]*?\}\}/g, ' ').split(/\s+/))
		.filter(c => /^(plein|utrecht)-/.test(c) && !c.endsWith('-') && !known.has(c))
		.map(c => `web/${name}.html: no style sheet knows the class ${c}`));
}

/** A page that redraws its parts redraws the state in its head, too: buttons and badge say the same. */
export function stateFaults(markup) {
	return markup.filter(({ text }) => text.includes('data-island="live"') && /<header class="plein-head">[^\n]*\{\{@state /.test(text))
		.filter(({ text }) => !text.slice(0, text.indexOf('{{@state ')).match(/\{\{#@part (?![\s\S]*\{\{\/@part\}\})/))
		.map(({ name }) => `web/${name}.html: the state in the head is no part that is redrawn`);
}

export function stylesheetFaults(sources, community) {
	return [...sources.flatMap(colourFaults), ...tokenFaults(sources), ...bridgeFaults(sources, community)];
}
