// Makes an element say what a fresh one says, touching only what differs: what stays the same is
// not laid out again, and keeps its place, its focus, its listeners and whether it is unfolded.

function sameKind(old, fresh) {
	return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && old.id === fresh.id;
}

/** A control that was touched no longer follows its attributes. */
function setControl(control, name, value) {
	if (name === 'value' && 'value' in control) control.value = value ?? '';
	if (name === 'checked') control.checked = value !== null;
	if (name === 'selected') control.selected = value !== null;
}

function redrawAttributes(old, fresh) {
	for (const { name } of [...old.attributes]) {
		if (fresh.hasAttribute(name) || (name === 'open' && old.nodeName === 'DETAILS')) continue;
		old.removeAttribute(name);
		setControl(old, name, null);
	}
	for (const { name, value } of fresh.attributes) {
		if (old.getAttribute(name) === value) continue;
		old.setAttribute(name, value);
		setControl(old, name, value);
	}
}

function redrawChildren(old, fresh) {
	const wanted = [...fresh.childNodes];
	while (old.childNodes.length > wanted.length) old.lastChild.remove();
	wanted.forEach((node, place) => {
		const here = old.childNodes[place];
		if (!here) old.append(node);
		else if (sameKind(here, node)) redraw(here, node);
		else here.replaceWith(node);
	});
}

/** Both of the same kind; fresh is used up. */
export function redraw(old, fresh) {
	if (old.isEqualNode(fresh)) return;
	if (old.nodeType !== Node.ELEMENT_NODE) {
		old.nodeValue = fresh.nodeValue;
		return;
	}
	redrawAttributes(old, fresh);
	if (old.nodeName !== 'TEXTAREA') return redrawChildren(old, fresh);
	old.defaultValue = fresh.defaultValue;
	old.value = fresh.defaultValue;
}
