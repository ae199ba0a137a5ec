// Makes web/assets/ from styles, community packages and islands. `--check` writes nothing and
// fails when the committed files are not what the sources give.
import { readFileSync, readdirSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { classFaults, stateFaults, stylesheetFaults } from './style_rules.mjs';
import { styleGuide } from './style-guide/samples.mjs';
import { Templates } from '../tests/browser/mustache.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const root = dirname(web);
const assets = join(web, 'assets');

const COMMUNITY = [
	'breadcrumb-nav', 'button', 'form-field', 'form-field-description', 'form-field-error-message',
	'form-fieldset', 'form-label', 'select', 'skip-link', 'textarea', 'textbox',
];

function communityStyles() {
	const notice = '/*! Components of the NL Design System community (@utrecht/*-css), unchanged. EUPL-1.2.\n' +
		'    Copyright (c) 2020-2024 Frameless B.V., (c) 2021-2024 Gemeente Utrecht. */\n';
	return notice + COMMUNITY.map(name => {
		const folder = join(root, 'node_modules/@utrecht', `${name}-css`);
		const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		const css = readFileSync(join(folder, 'dist/index.min.css'), 'utf8').trim();
		return `/* ${name}-css ${version} */\n${css}\n`;
	}).join('');
}

function ownSources() {
	return readdirSync(join(web, 'styles')).filter(f => f.endsWith('.css')).sort()
		.map(name => ({ name, css: readFileSync(join(web, 'styles', name), 'utf8') }));
}

async function ownStyles(sources) {
	const css = sources.map(s => s.css).join('\n');
	const { code } = await transform(css, { loader: 'css', minify: true, charset: 'utf8' });
	return `/*! Plein: theme and components. EUPL-1.2 */\n${code}`;
}

async function islands() {
	const result = await build({
		entryPoints: [join(web, 'islands/index.js')], bundle: true, minify: true, write: false,
		format: 'iife', target: 'es2020', charset: 'utf8', legalComments: 'none',
	});
	return `/*! Plein: islands. EUPL-1.2 */\n${result.outputFiles[0].text}`;
}

/** The style guide shows the components themselves, so it is drawn from them here. */
function styleGuidePage() {
	const text = readFileSync(join(web, 'style-guide/style_guide.mustache'), 'utf8');
	return `{{! Made from style_guide.mustache and the components by npm run assets. }}\n${new Templates(web).renderText(text, 'style guide', styleGuide)}`;
}

const sources = ownSources();
const community = communityStyles();
const files = {
	'assets/nlds.css': community,
	'assets/plein.css': await ownStyles(sources),
	'assets/islands.js': await islands(),
	'style-guide/style_guide.html': styleGuidePage(),
};

const templates = new Templates(web);
const markup = templates.names().map(name => ({ name, text: templates.source(name) }));
const faults = [...stylesheetFaults(sources, community), ...classFaults(sources, community, markup), ...stateFaults(markup)];
const check = process.argv.includes('--check');
if (!check) mkdirSync(assets, { recursive: true });
for (const [name, text] of Object.entries(files)) {
	const path = join(web, name);
	if (!check) writeFileSync(path, text);
	else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
		faults.push(`web/${name} is not what its sources give: npm run assets`);
	console.log(`${name.padEnd(28)} ${String(Buffer.byteLength(text)).padStart(7)} bytes`);
}
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
