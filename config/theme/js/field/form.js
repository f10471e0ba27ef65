// A form of fields: each is made from a line of data, keeps what is typed as a draft, and says what is wrong above and beside it.
import { button, heading, link, make, picture } from '../shared/making.js';

const SIDE = 1000;

// What is said in the worker's language can be said in another one without losing what is typed. Beside it stands what it
// says, in the language of whoever asks.
function speaking(element, words, lang) {
  if (!words) return;
  const spoken = make('span');
  const own = make('span', 'govuk-hint app-own-words');
  spoken.said = words;
  // Each script in the direction in which it is read.
  spoken.dir = 'auto';
  spoken.own = own;
  own.textContent = words[document.documentElement.lang] || words['en-gb'];
  element.replaceChildren(spoken, own);
  sayIn(spoken, lang);
}

function sayIn(spoken, lang) {
  spoken.lang = lang in spoken.said ? lang : 'en-gb';
  spoken.textContent = spoken.said[spoken.lang];
  spoken.own.hidden = spoken.own.textContent === spoken.textContent;
}

export const speak = (form_, lang) => [...form_.querySelectorAll('span[lang]')].filter((one) => one.said).forEach((one) => sayIn(one, lang));

function group(field, ...inside) {
  const whole = make('div', 'govuk-form-group', ...inside);
  whole.id = `group-${field.name}`;
  return whole;
}

function hinted({ name, hint }, control) {
  if (!hint) return '';
  const told = make('div', 'govuk-hint', hint);
  told.id = `${name}-hint`;
  control.setAttribute('aria-describedby', told.id);
  return told;
}

function labelled(field, control) {
  control.id = field.name;
  const label = make('label', 'govuk-label govuk-label--s', field.label);
  label.htmlFor = control.id;
  speaking(label, field.words, field.lang);
  return group(field, label, hinted(field, control), control);
}

function choices(field, type) {
  const boxes = type === 'radio' ? 'radios' : 'checkboxes';
  const list = make('div', `govuk-${boxes}${type === 'radio' && field.options.length < 3 ? ' govuk-radios--inline' : ''}`);
  const inputs = field.options.map(([value, words, inLanguages], at) => {
    const input = make('input', `govuk-${boxes}__input`);
    Object.assign(input, { type, id: `${field.name}-${at}`, name: field.name, value });
    const label = make('label', `govuk-label govuk-${boxes}__label`, words);
    label.htmlFor = input.id;
    speaking(label, inLanguages, field.lang);
    list.append(make('div', `govuk-${boxes}__item`, input, label));
    return input;
  });
  const legend = make('legend', 'govuk-fieldset__legend govuk-fieldset__legend--s', field.label);
  speaking(legend, field.words, field.lang);
  const set = make('fieldset', 'govuk-fieldset', legend);
  set.append(hinted(field, set), list);
  const chosen = () => inputs.filter((one) => one.checked).map((one) => one.value);
  return {
    element: group(field, set),
    get: () => (type === 'radio' ? chosen()[0] ?? '' : chosen()),
    set: (value) => inputs.forEach((one) => { one.checked = [value].flat().includes(one.value); }),
  };
}

// What is drawn with a finger, a pen or a mouse. Whoever cannot draw types the name instead.
function pad(field) {
  const canvas = picture('app-signature-pad', 600, 300, field.label);
  let strokes = [];
  let isDown = false;
  const pen = canvas.getContext('2d');
  function paint() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 4;
    pen.strokeStyle = getComputedStyle(canvas).color;
    strokes.forEach((line) => {
      pen.beginPath();
      line.forEach(([x, y], at) => pen[at ? 'lineTo' : 'moveTo']((x / SIDE) * canvas.width, (y / SIDE) * canvas.height));
      pen.stroke();
    });
  }
  function point(event) {
    const box = canvas.getBoundingClientRect();
    const within = (part) => Math.round(Math.min(1, Math.max(0, part)) * SIDE);
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  }
  canvas.addEventListener('pointerdown', (event) => {
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    strokes.push([point(event)]);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!isDown) return;
    strokes[strokes.length - 1].push(point(event));
    paint();
  });
  ['pointerup', 'pointercancel'].forEach((kind) => canvas.addEventListener(kind, () => {
    isDown = false;
    canvas.dispatchEvent(new Event('change', { bubbles: true }));
  }));
  const clear = button(field.clear, () => {
    strokes = [];
    paint();
    canvas.dispatchEvent(new Event('change', { bubbles: true }));
  });
  return {
    element: group(field, make('div', '', make('p', 'govuk-label govuk-label--s', field.label), canvas, make('div', '', clear))),
    get: () => strokes.filter((line) => line.length > 1),
    set: (value) => { strokes = value || []; paint(); },
  };
}

const MAKES = {
  text(field) {
    const input = make(field.rows ? 'textarea' : 'input', field.rows ? 'govuk-textarea' : 'govuk-input');
    if (field.rows) input.rows = field.rows;
    else input.type = field.type || 'text';
    if (field.type === 'number') Object.assign(input, { type: 'text', inputMode: 'numeric' });
    if (field.width) input.classList.add(`govuk-input--width-${field.width}`);
    input.autocomplete = 'off';
    return { element: labelled(field, input), get: () => input.value, set: (value) => { input.value = value ?? ''; } };
  },
  select(field) {
    const select = make('select', 'govuk-select', ...field.options.map(([value, words]) => {
      const option = make('option', '', words);
      option.value = value;
      return option;
    }));
    return { element: labelled(field, select), get: () => select.value, set: (value) => { select.value = value ?? ''; } };
  },
  radios: (field) => choices(field, 'radio'),
  boxes: (field) => choices(field, 'checkbox'),
  files(field) {
    const input = make('input', 'govuk-file-upload');
    Object.assign(input, { type: 'file', accept: field.accept, multiple: true });
    if (field.capture) input.setAttribute('capture', field.capture);
    return { element: labelled(field, input), get: () => [...input.files], set: () => {}, isNotKept: true };
  },
  pad,
};

function summary(words, problems) {
  const box = make('div', 'govuk-error-summary', make('div', '', heading(2, 'm', words.problem), make(
    'ul', 'govuk-list govuk-error-summary__list', ...problems.map(([name, text]) => make('li', '', name ? link(text, `#${name}`) : text)),
  )));
  box.querySelector('h2').className = 'govuk-error-summary__title';
  box.setAttribute('role', 'alert');
  box.tabIndex = -1;
  // The address of the app is its page: an error leads to its field by hand.
  box.addEventListener('click', (event) => {
    const to = event.target.closest('a')?.getAttribute('href');
    if (!to) return;
    event.preventDefault();
    const whole = document.getElementById(`group-${to.slice(1)}`);
    whole?.querySelector('input, textarea, select, canvas')?.focus();
  });
  return box;
}

// What keeps something from being saved, in words that are there already.
export class Told extends Error {
  constructor(reasons) {
    super(reasons.join(' '));
    this.reasons = reasons;
  }
}

// `check` gives [field, what is wrong]; `save` writes it; `keep` is given what is half typed whenever it changes.
export function form({ words, fields, values, draft, check = () => [], save, keep = () => {}, press, extra = [] }) {
  const made = fields.map((field) => [field, MAKES[field.kind](field)]);
  const typed = () => Object.fromEntries(made.map(([field, one]) => [field.name, one.get()]));
  const whole = make('form', '', ...made.map(([, one]) => one.element), ...extra, make('button', 'govuk-button', press || words.save));
  made.forEach(([field, one]) => one.set((draft || values || {})[field.name]));
  whole.noValidate = true;
  const kept = () => Object.fromEntries(made.filter(([, one]) => !one.isNotKept).map(([field, one]) => [field.name, one.get()]));
  ['change', 'input'].forEach((kind) => whole.addEventListener(kind, () => {
    clearTimeout(whole.wait);
    whole.wait = setTimeout(() => keep(kept()), kind === 'input' ? 500 : 0);
  }));
  function complain(problems) {
    whole.querySelectorAll('.govuk-error-message, .govuk-error-summary').forEach((one) => one.remove());
    whole.querySelectorAll('.govuk-form-group--error').forEach((one) => one.classList.remove('govuk-form-group--error'));
    problems.forEach(([name, text]) => {
      const at = name && document.getElementById(`group-${name}`);
      if (!at) return;
      const message = make('p', 'govuk-error-message', make('span', 'govuk-visually-hidden', words.error), ' ', text);
      message.id = `${name}-error`;
      at.classList.add('govuk-form-group--error');
      const set = at.querySelector('fieldset');
      at.querySelector('legend, label, p').after(message);
      (set || document.getElementById(name))?.setAttribute('aria-describedby', message.id);
    });
    if (!problems.length) return;
    const told = summary(words, problems);
    whole.prepend(told);
    told.focus();
  }
  let isSaving = false;
  whole.addEventListener('submit', async (event) => {
    event.preventDefault();
    // Pressed twice it is saved once.
    if (isSaving) return;
    isSaving = true;
    await saveWhat().finally(() => { isSaving = false; });
  });
  async function saveWhat() {
    const found = typed();
    const problems = await check(found);
    complain(problems);
    if (problems.length) return;
    clearTimeout(whole.wait);
    try {
      await save(found);
    } catch (failed) {
      complain(failed instanceof Told ? failed.reasons.map((text) => ['', text]) : [['', words.not_kept]]);
    }
  }
  return whole;
}

