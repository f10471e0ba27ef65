// Whether pay is below the minimum wage, counted on the device: nothing is sent.
// The same rule as public_lookup/help/rules.py: tests/public_lookup/help/wages.json is tried on both.

const NUMBER = /^[0-9]{1,6}(?:[.,][0-9]{1,2})?$/;

export function hundredths(typed) {
  const plain = typed.replace(/[\s£]/g, '');
  if (!NUMBER.test(plain)) return null;
  const [whole, part = ''] = plain.replace(',', '.').split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function wageOf({ hours, pay, taken = 0, rent = 0, nights = 0 }, { rate, offset }) {
  const due = Math.floor((hours * rate + 50) / 100);
  const allowed = offset * nights;
  const housing = rent ? -Math.max(0, rent - allowed) : allowed;
  const counted = pay - taken + housing;
  return { due, counted, short: Math.max(0, due - counted) };
}

export function pounds(pence) {
  const [whole, part] = (Math.abs(pence) / 100).toFixed(2).split('.');
  return `${pence < 0 ? '-' : ''}£${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}

const AMOUNTS = ['hours', 'pay', 'taken', 'rent', 'nights'];
const MUST = ['hours', 'pay'];

class Fault extends Error {
  constructor(field, words) {
    super(words);
    this.field = field;
  }
}

function read(form, faults) {
  const labelOf = (name) => document.querySelector(`label[for=${form.elements[name].id}]`).firstChild.textContent.trim();
  const work = {};
  for (const name of AMOUNTS) {
    const typed = form.elements[name].value.trim();
    work[name] = hundredths(typed || (MUST.includes(name) ? '' : '0'));
    if (work[name] === null) throw new Fault(name, faults.number.replace('%(label)s', labelOf(name)));
    const { most } = form.elements[name].dataset;
    if (most && work[name] > most * 100) {
      throw new Fault(name, faults.most.replace('%(label)s', labelOf(name)).replace('%(most)s', most));
    }
  }
  work.nights = Math.floor(work.nights / 100);
  if (!work.hours) throw new Fault('hours', faults.hours);
  if (work.rent && !work.nights) throw new Fault('nights', faults.nights);
  return work;
}

// What is wrong stands above its field, as on the page that is counted without a script.
function blame(form, note, fault) {
  for (const name of AMOUNTS) {
    const field = form.elements[name];
    const isWrong = fault?.field === name;
    const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== note.id);
    field.setAttribute('aria-describedby', [...others, ...(isWrong ? [note.id] : [])].join(' '));
    field.classList.toggle('govuk-input--error', isWrong);
    field.closest('.govuk-form-group').classList.toggle('govuk-form-group--error', isWrong);
    if (isWrong) field.before(note);
  }
  note.hidden = !fault;
  note.lastElementChild.textContent = fault ? fault.message : '';
  if (fault) form.elements[fault.field].focus();
}

function start(form) {
  const facts = (name) => JSON.parse(document.getElementById(name).textContent);
  const [allRates, faults] = [facts('rates'), facts('faults')];
  const place = document.getElementById('wages');
  const note = document.getElementById('fault');
  const show = (name, shown) => { place.querySelector(`[data-say=${name}]`).hidden = !shown; };

  form.addEventListener('submit', (event) => {
    const { period, nation, band } = form.elements;
    const rates = allRates.find((one) => one.since === period.value && (!one.nations.length || one.nations.includes(nation.value)));
    if (!rates) return;
    event.preventDefault();
    let answer = null;
    let fault = null;
    try {
      answer = wageOf(read(form, faults), { rate: rates.amounts[band.value], offset: rates.offset });
    } catch (wrong) {
      if (!(wrong instanceof Fault)) throw wrong;
      fault = wrong;
    }
    show('sums', answer);
    show('short', answer && answer.short);
    show('enough', answer && !answer.short);
    for (const amount of answer ? place.querySelectorAll('[data-amount]') : []) {
      amount.textContent = pounds(answer[amount.dataset.amount]);
    }
    blame(form, note, fault);
    if (answer) place.scrollIntoView();
  });
}

if (typeof document !== 'undefined') {
  const form = document.querySelector('[data-wages]');
  if (form) start(form);
}
