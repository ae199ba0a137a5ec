import { HtmlValidate } from 'html-validate';

const PAGE_MAX_BYTES = 30_000;

const validator = new HtmlValidate({
	extends: ['html-validate:recommended', 'html-validate:a11y'],
	rules: {
		// A row's field has its path as id: factors[0].name.
		'valid-id': ['error', { relaxed: true }],
		'no-inline-style': 'error', 'no-implicit-button-type': 'error',
		// Roles on tables are written out since display:block drops them in some browsers (ux 6).
		'no-redundant-role': 'off', 'prefer-native-element': 'off',
		'void-style': 'off', 'no-trailing-whitespace': 'off', 'attribute-boolean-style': 'off', 'long-title': 'off', 'no-raw-characters': 'off',
		// A set of checkboxes shares its name; a list may have a name.
		'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit'] }],
		'aria-label-misuse': ['error', { allowAnyNamable: true }],
		'attribute-empty-style': 'off', 'tel-non-breaking': 'off',
	},
});

export async function htmlFaults(html, { maxBytes = PAGE_MAX_BYTES } = {}) {
	const report = await validator.validateString(html);
	const faults = report.results.flatMap(r => r.messages.map(m => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
	const bytes = Buffer.byteLength(html);
	if (bytes > maxBytes) faults.push(`${bytes} bytes, more than ${maxBytes}`);
	if (/\s(style|on[a-z]+)\s*=\s*"/.test(html)) faults.push('inline style or script');
	return faults;
}
