// The error summary takes the focus once, so that a screen reader starts with it.
export function focusErrors(element) {
	element.focus({ preventScroll: false });
}
