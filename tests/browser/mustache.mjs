// A small Mustache for tests and for expanding the style guide. The program has its own renderer
// in C; this one exists so that the look can be tested before and without a running server.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const TAG = /\{\{([#^\/!>@]?)\s*([\s\S]*?)\s*\}\}(?!\})/g;
const STANDALONE = /^[ \t]*(\{\{[#^\/!>][\s\S]*?\}\})[ \t]*\r?\n/gm;

export function escapeHtml(value) {
	return String(value).replace(/[&<>"']/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);
}

export function parse(source, name) {
	const text = source.replace(STANDALONE, '$1');
	const rootNode = { kind: 'root', children: [] };
	const open = [rootNode];
	let at = 0;
	for (const m of text.matchAll(TAG)) {
		if (/^\{\{[{&]/.test(m[0])) throw new Error(`${name}: unescaped tag ${m[0]}`);
		const here = open[open.length - 1];
		if (m.index > at) here.children.push({ kind: 'text', text: text.slice(at, m.index) });
		at = m.index + m[0].length;
		const [, sigil, body] = m;
		if (sigil === '!') continue;
		if (sigil === '#' || sigil === '^') {
			const form = sigil === '#' && /^@form\s+(\S+)\s*(.*)$/s.exec(body);
			const node = form ? { kind: '#@form', name: '@form', route: form[1], attributes: form[2], children: [] }
				: /^@rows\s/.test(body) ? { kind: '#@rows', name: '@rows', list: body.split(/\s+/)[1], children: [] } : /^@part\s/.test(body) ? { kind: '#@part', name: '@part', children: [] } : { kind: sigil, name: body, children: [] };
			here.children.push(node);
			open.push(node);
		} else if (sigil === '/') {
			if (open.length < 2 || here.name !== body) throw new Error(`${name}: {{/${body}}} closes nothing`);
			open.pop();
		} else if (sigil === '@') {
			const [tag, ...rest] = body.split(/\s+/);
			here.children.push({ kind: '@', tag, argument: rest.join(' ') });
		} else here.children.push({ kind: sigil || 'name', name: body });
	}
	if (open.length > 1) throw new Error(`${name}: {{#${open[open.length - 1].name}}} is not closed`);
	if (at < text.length) rootNode.children.push({ kind: 'text', text: text.slice(at) });
	return rootNode;
}

function has(context, key) {
	return context !== null && typeof context === 'object' && key in context;
}

function lookup(stack, name) {
	if (name === '.') return stack[stack.length - 1];
	const [head, ...rest] = name.split('.');
	for (let i = stack.length - 1; i >= 0; i--) {
		if (!has(stack[i], head)) continue;
		if (head === 'problems' && rest.length) return stack[i].problems?.find(p => p.path === rest.join('.'));
		return rest.reduce((value, key) => (has(value, key) ? value[key] : undefined), stack[i][head]);
	}
	return undefined;
}

function truthy(value) {
	return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

const VERDICT = { yes: ['check', 'Ja.'], if: ['fork', 'Alleen als'], no: ['stop', 'Nee.'] };

export class Templates {
	constructor(webFolder) {
		this.folder = webFolder;
		this.parsed = new Map();
	}

	source(name) {
		return readFileSync(join(this.folder, `${name}.html`), 'utf8');
	}

	names() {
		return readdirSync(this.folder, { recursive: true }).map(String).filter(f => f.endsWith('.html'))
			.map(f => f.slice(0, -'.html'.length)).sort();
	}

	tree(name) {
		if (!this.parsed.has(name)) this.parsed.set(name, parse(this.source(name), name));
		return this.parsed.get(name);
	}

	icon(name) {
		return readFileSync(join(this.folder, 'icons', `${name}.svg`), 'utf8').trim();
	}

	/** A text that is no file of its own, with the partials of this folder. */
	renderText(text, name, ...contexts) {
		return this.nodes(parse(text, name).children, contexts);
	}

	render(name, ...contexts) {
		return this.nodes(this.tree(name).children, contexts);
	}

	nodes(children, stack) {
		return children.map(node => this.node(node, stack)).join('');
	}

	node(node, stack) {
		switch (node.kind) {
		case 'text': return node.text;
		case '>': return this.nodes(this.tree(node.name).children, stack);
		case '@': return this.helper(node, stack);
		case '#': return this.section(node, stack);
		case '#@form': return this.form(node, stack);
		case '#@rows': return this.rows(node, stack);
		case '#@part': return this.nodes(node.children, stack);
		case '^': return truthy(lookup(stack, node.name)) ? '' : this.nodes(node.children, stack);
		default: {
			const value = lookup(stack, node.name);
			return value === undefined || value === null || value === false ? '' : escapeHtml(value);
		}
		}
	}

	section(node, stack) {
		const value = lookup(stack, node.name);
		if (!truthy(value)) return '';
		if (Array.isArray(value)) return value.map(item => this.nodes(node.children, [...stack, item])).join('');
		return this.nodes(node.children, typeof value === 'object' ? [...stack, value] : stack);
	}

	/** A form to a route, with the hidden fields that the program gives it. */
	form({ route, attributes, children }, stack) {
		const action = route.replace(/\{(\w+)\}/g, (_, name) => escapeHtml(lookup(stack, name) ?? ''));
		return `<form method="post" action="${action}"${attributes ? ` ${attributes}` : ''}>${this.helper({ tag: 'csrf' }, stack)}${this.nodes(children, stack)}</form>`;
	}

	/** The rows of a list in a form, at least one; names and ids begin with the row's path. */
	rows({ list, children }, stack) {
		const recorded = lookup(stack, list) ?? [];
		return (recorded.length ? recorded : [{}]).map((row, i) => this.nodes(children, [...stack, { form: lookup(stack, 'form')[list].element, rowPath: `${list}[${i}].`, ...row }])).join('');
	}

	helper({ tag, argument }, stack) {
		switch (tag) {
		case 'icon': return this.icon(argument);
		case 'drawn': return this.icon(lookup(stack, argument));
		case 'time': return lookup(stack, argument) ? `<time>${escapeHtml(lookup(stack, argument))}</time>` : '';
		case 'csrf': return '<input type="hidden" name="_csrf" value="sample"><input type="hidden" name="_once" value="sample">';
		case 'errors': return this.nodes(this.tree('components/error_summary').children, stack);
		case 'error': return this.problemOf(argument, stack);
		case 'describedby': return this.describedBy(argument, stack);
		case 'field': case 'radios': return this.field(tag, argument, stack);
		default: return this.shown(tag, lookup(stack, argument));
		}
	}

	/** Component tags that show one value of the record. */
	shown(tag, value) {
		if (!value) return '';
		if (tag === 'number') return escapeHtml(String(value));
		if (tag === 'ref') return `<bdi>${escapeHtml(value)}</bdi>`;
		if (tag === 'state') return `<span class="plein-state plein-state--${value.tint}">${this.icon(value.icon)}${escapeHtml(value.label)}</span>`;
		if (tag === 'clock') {
			const tone = value.tone ? ` plein-clock--${value.tone}` : '';
			return `<span class="plein-clock${tone}">${this.icon(value.tone === 'late' ? 'late' : 'clock')}${escapeHtml(value.label)}</span>`;
		}
		if (tag === 'verdict') {
			const [icon, word] = VERDICT[value.kind];
			const law = value.article ? ` (${escapeHtml(value.article)})` : '';
			return `<p class="plein-lawline plein-lawline--${value.kind}">${this.icon(icon)}<span><b>${word}</b> ${escapeHtml(value.sentence)}${law}</span></p>`;
		}
		throw new Error(`no tag {{@${tag}}}`);
	}

	problemOf(path, stack) {
		const problem = lookup(stack, `problems.${path}`);
		return problem ? this.nodes(this.tree('components/problem').children, [...stack, problem]) : '';
	}

	describedBy(argument, stack) {
		const [path, help] = argument.split(/\s+/);
		const problem = lookup(stack, `problems.${path}`);
		const ids = [help && `${path}-help`, problem && `${path}-problem`].filter(Boolean).join(' ');
		return ids ? `aria-describedby="${ids}"${problem ? ' aria-invalid="true"' : ''}` : '';
	}

	field(tag, argument, stack) {
		const [words, help] = argument.split('|').map(s => s.trim());
		const [name, ...options] = words.split(/\s+/);
		const path = `${lookup(stack, 'rowPath') ?? ''}${name}`;
		const shape = lookup(stack, 'form')?.[name];
		if (!shape) throw new Error(`{{@${tag} ${path}}}: the sample's form lacks it`);
		const problem = lookup(stack, `problems.${path}`);
		const picture = {
			path, label: shape.label, help, type: 'text', rows: 5, max: shape.max ?? null, mode: null, width: null, autocomplete: null,
			value: lookup(stack, name) ?? null, optional: !!shape.optional, problem: !!problem, choose: !!shape.optional, chosen: false,
			fieldProblems: problem ? [problem] : [], choices: shape.choices ?? [],
			described: [help && `${path}-help`, problem && `${path}-problem`].filter(Boolean).join(' ') || null,
			...Object.fromEntries(options.map(o => o.split('=')).map(([k, v]) => [k === 'inputmode' ? 'mode' : k, v])),
		};
		const kind = tag === 'radios' ? 'radios' : shape.kind ?? 'text';
		return this.nodes(this.tree(`components/field_${kind}`).children, [picture]);
	}
}
