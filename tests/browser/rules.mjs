// The rules on style sheets and the sample renderer, each with an example that must turn red.
import { bridgeFaults, classFaults, colourFaults, stateFaults, tokenFaults } from '../../web/style_rules.mjs';
import { escapeHtml, parse, Templates } from './mustache.mjs';
import { Tap } from './tap.mjs';

const tap = new Tap();
const sheet = (css, name = '07_components.css') => ({ name, css });

function throws(work) {
	try {
		work();
		return false;
	} catch {
		return true;
	}
}

tap.ok(colourFaults(sheet('a { color: #fff; }')).length === 1, 'a colour outside the tokens is a fault');
tap.ok(colourFaults(sheet('a { color: rgb(0 0 0); }')).length === 1, 'a colour as a function is a fault too');
tap.ok(colourFaults(sheet('/* #fff */ a { color: var(--plein-link-color); }')).length === 0, 'a colour in a remark is none');
tap.ok(colourFaults(sheet(':root { --plein-x: #fff; }', '01_tokens.css')).length === 0, 'the token file may name colours');
tap.ok(tokenFaults([sheet('a { color: var(--plein-missing); }')]).length === 1, 'a token that is not defined is a fault');
tap.ok(tokenFaults([sheet(':root { --plein-idle: 1px; }')]).length === 1, 'a token that nothing uses is a fault');
tap.ok(bridgeFaults([sheet(':root { --utrecht-buton-color: red; }')], '.x{color:var(--utrecht-button-color)}').length === 1, 'a bridge to a token that nobody reads is a fault');
tap.ok(bridgeFaults([sheet(':root { --utrecht-button-color: red; }')], '.x{color:var(--utrecht-button-color)}').length === 0, 'a bridge that is read is fine');
tap.ok(classFaults([sheet('.plein-note {}')], '', [{ name: 'x', text: '<p class="plein-note plein-notee">' }]).length === 1, 'a class that no sheet knows is a fault');
tap.ok(classFaults([sheet('.plein-note {} .plein-note--ok {}')], '', [{ name: 'x', text: '<p class="plein-note{{#ok}} plein-note--ok{{/ok}}">' }]).length === 0, 'classes inside sections are found');
const live = '<div data-island="live"></div>';
tap.ok(stateFaults([{ name: 'x', text: `<header class="plein-head"><p>{{@state state}}</p></header>${live}` }]).length === 1, 'a state that stays as it was on a page that is redrawn is a fault');
tap.ok(stateFaults([{ name: 'x', text: `{{#@part a}}{{/@part}}<header class="plein-head"><p>{{@state state}}</p></header>${live}` }]).length === 1, 'a part that ended before it does not redraw it');
tap.ok(stateFaults([{ name: 'x', text: `<header class="plein-head">{{#@part state}}<p>{{@state state}}</p>{{/@part}}</header>${live}` }]).length === 0, 'a state within a part is fine');
tap.ok(stateFaults([{ name: 'x', text: '<header class="plein-head"><p>{{@state state}}</p></header>' }]).length === 0, 'so is one on a page that is not redrawn');
tap.ok(escapeHtml('<a href="x">&\'') === '&lt;a href=&quot;x&quot;&gt;&amp;&#39;', 'every value is escaped');
tap.ok(throws(() => parse('{{{x}}}', 't')) && throws(() => parse('{{&x}}', 't')), 'unescaped tags are refused');
tap.ok(throws(() => parse('{{#a}}', 't')) && throws(() => parse('{{/a}}', 't')), 'sections must close what they open');
tap.ok(new Templates('.').renderText('{{#a}}{{b}}{{c}}{{/a}}{{^d}}!{{/d}}', 't', { c: 2 }, { a: { b: 1 } }) === '12!', 'names are looked up outwards');

process.exit(tap.end() ? 0 : 1);
