// Whoever hears the page hears the answer first: it takes the focus, unless something on the page is wrong.
const answer = document.querySelector('[data-answer]');
if (answer && !document.querySelector('.govuk-error-summary')) answer.focus({ preventScroll: true });
