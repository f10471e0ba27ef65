// Marks that scripts run: the line that upstream writes into the page, which our content policy refuses there.
document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported');
}
