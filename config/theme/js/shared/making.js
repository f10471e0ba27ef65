// Making what is shown: text is always text.
export const say = (sentence, values = {}) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? '');

export function make(tag, className, ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== ''));
  return element;
}

export const paragraph = (text, className = 'govuk-body') => make('p', className, text);
export const heading = (level, size, ...inside) => make(`h${level}`, `govuk-heading-${size}`, ...inside);

export const row = (name, ...value) => make('div', 'govuk-summary-list__row', make('dt', 'govuk-summary-list__key', name), make('dd', 'govuk-summary-list__value app-break-word', ...value));

// For those who hear it: what a link or a button is about.
export function about(element, said) {
  element.append(make('span', 'govuk-visually-hidden', `: ${said}`));
  return element;
}

// What is drawn, and what it shows in words.
export function picture(className, width, height, shows) {
  const canvas = make('canvas', className);
  Object.assign(canvas, { width, height });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', shows);
  return canvas;
}

export function link(text, href) {
  const element = make('a', 'govuk-link', text);
  element.href = href;
  return element;
}

export function button(text, press, secondary = true) {
  const element = make('button', `govuk-button${secondary ? ' govuk-button--secondary' : ''}`, text);
  element.type = 'button';
  element.addEventListener('click', press);
  return element;
}
