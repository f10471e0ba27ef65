// The button for danger: an alarm waits on the device, locked or not, until the service has it, with the time at which it was pressed.
import { link as anchor, make, say } from '../shared/making.js';

const TRIES_EVERY = 15000;

export class Alarms {
  // `sees` is told whenever something has changed.
  static async opened({ store, link, sees }) {
    const kept = await store.alarms().catch(() => []);
    const alarms = new Alarms({ store, link, sees, all: kept, because: 'no_link', isSending: false });
    setInterval(() => alarms.send(), TRIES_EVERY);
    window.addEventListener('online', () => alarms.send());
    return alarms;
  }

  constructor(facts) {
    Object.assign(this, facts);
  }

  unsent() {
    return this.all.filter(({ reference }) => !reference);
  }

  // Where the device cannot keep it, it is sent all the same.
  async press({ visit, who }) {
    this.all.push({ key: crypto.randomUUID(), visit, who, pressed_at: new Date().toISOString() });
    this.sees();
    await this._keep();
    return this.send();
  }

  async send() {
    if (this.isSending || !this.unsent().length) return;
    this.isSending = true;
    try {
      const session = await this.link.session();
      this.because = session.is;
      for (const alarm of session.is === 'answer' ? this.unsent() : []) await this._sendOne(alarm, session.told.who);
      await this._keep();
    } finally {
      this.isSending = false; // whatever went wrong, it is tried again
      this.sees();
    }
  }

  // No one raises an alarm in the name of another.
  async _sendOne(alarm, signedIn) {
    const { key, visit, pressed_at, who } = alarm;
    if (who && who !== signedIn) {
      this.because = 'somebody_else';
      return;
    }
    const { is, told } = await this.link.post('alarm', { alarm: { key, visit, pressed_at } });
    if (is === 'answer') alarm.reference = told.reference;
    else this.because = is;
  }

  _keep() {
    return this.store.keepAlarms(this.unsent()).catch(() => null);
  }
}

export function ring(number, className) {
  const link = make('a', className, number);
  link.href = `tel:${number.replaceAll(' ', '')}`;
  return link;
}

// Whom to ring until it is sent: the numbers of the scheme.
function numbers({ facts, visits }, { visit }) {
  const card = facts.cards[visits?.visit(visit)?.scheme_name] || facts.cards[''];
  const calls = (card?.steps || []).map(({ call }) => call).filter(Boolean);
  return [...new Set([...calls, facts.lead].filter(Boolean))];
}

function line(app, alarm, because) {
  const { words, facts } = app;
  const time = new Date(alarm.pressed_at).toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit', hour12: true });
  if (alarm.reference) return make('p', 'govuk-body', say(words.alarm_sent, { time, reference: alarm.reference }));
  const why = words.alarm_waits[because] || words.alarm_waits.no_link;
  const signIn = because === 'sign_in' ? anchor(words.sign_in, facts.addresses.sign_in) : '';
  return make('div', '',
    make('p', 'govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1', say(words.alarm_not_sent, { time })),
    make('ul', 'govuk-list', ...numbers(app, alarm).map((number) => make('li', '', ring(number, 'govuk-link govuk-!-font-size-27 govuk-!-font-weight-bold')))),
    make('p', 'govuk-body', why, ' ', signIn));
}

// Above every page; said again only when it changes.
export function showAlarms(app, part) {
  const { all, because } = app.alarms;
  const lines = make('div', 'govuk-inset-text', ...all.map((alarm) => line(app, alarm, because)));
  part.hidden = !all.length;
  if (!all.length) part.replaceChildren();
  else if (part.firstChild?.innerHTML !== lines.innerHTML) part.replaceChildren(lines);
}
