// Judging with the keyboard: while the focus stands on one of the choices, 1, 2 or 3 makes that
// choice and goes to the reason; Enter sends, as in every form. Keys count only on the choices
// themselves, so that they never take a letter that somebody types (WCAG 2.1.4).
//
// <form data-island="keys"> radio buttons, a textarea </form>
export function keys(form) {
	const choices = [...form.querySelectorAll('input[type="radio"]')];
	const reason = form.querySelector('textarea');
	if (choices.length === 0) return;
	if (!choices.some((choice) => choice.checked) && !document.querySelector('[data-island~="focus"]'))
		choices[0].focus({ preventScroll: true });
	form.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		if (choices.includes(event.target) && /^[1-9]$/.test(event.key)) {
			const choice = choices[Number(event.key) - 1];
			if (!choice) return;
			event.preventDefault();
			choice.checked = true;
			(reason ?? choice).focus();
		} else if (event.target === reason && event.key === 'Enter' && !event.shiftKey) {
			event.preventDefault();
			form.requestSubmit();
		}
	});
}
