// What must not be lost: an alarm, a check-in, a check-out. Each waits on the device, locked or not, until the service has it, with the
// time at which it was pressed.
import { button, link as anchor, make, paragraph, say } from '../shared/making.js';

const TRIES_EVERY = 15000;
const clock = (time) => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit', hour12: true });
// Until the officer has left, or has read why it was refused.
const isShown = ({ what, over, reference }) => what && !over && !(what === 'check_out' && reference);

export class Alarms {
  // `sees` is told whenever something has changed. Alarms and stays are kept apart, so that neither waits for the other.
  static async opened({ store, link, sees, name }) {
    const kept = await store.presses(name).catch(() => []);
    const alarms = new Alarms({ store, link, sees, name, all: kept, because: 'no_link', isSending: false });
    setInterval(() => alarms.send(), TRIES_EVERY);
    window.addEventListener('online', () => alarms.send());
    return alarms;
  }

  constructor(facts) {
    Object.assign(this, facts);
  }

  unsent() {
    return this.all.filter(({ reference, refused }) => !reference && !refused);
  }

  // Where the device cannot keep it, it is sent all the same.
  async press(facts) {
    this.all.push({ key: crypto.randomUUID(), pressed_at: new Date().toISOString(), ...facts });
    this.sees();
    await this._keep();
    this.send();
  }

  // The officer has read it, or has left: it is said no more.
  end(press) {
    press.over = true; // eslint-disable-line no-param-reassign
    this.sees();
    return this._keep();
  }

  async send() {
    if (this.isSending || !this.unsent().length) return;
    this.isSending = true;
    try {
      const session = await this.link.session();
      this.because = session.is;
      // In their order: what leads out is not sent before what leads in.
      for (const one of session.is === 'answer' ? this.unsent() : []) if (!(await this._sendOne(one, session.told.who))) break;
      await this._keep();
    } finally {
      this.isSending = false; // whatever went wrong, it is tried again
      this.sees();
    }
  }

  // No one raises an alarm in the name of another. False where there is no use in trying the next.
  async _sendOne(press, signedIn) {
    const { what = 'alarm', who, pressed_at } = press;
    if (who && who !== signedIn) {
      this.because = 'somebody_else';
      return true;
    }
    // How long ago it was is right on a device with a wrong clock too.
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(pressed_at)) / 1000));
    const { is, told } = await this.link.post(what, { [what]: { ...press, seconds } });
    if (is === 'answer') press.reference = told.reference;
    else if (is === 'refused' && press.what) press.refused = told.reasons;
    else this.because = is;
    return is === 'answer' || is === 'refused';
  }

  _keep() {
    const unsent = this.unsent();
    const kept = this.all.filter((one) => unsent.includes(one) || isShown(one));
    return this.store.keepPresses(this.name, kept).catch(() => null);
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

const strong = (text) => paragraph(text, 'govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1');

// Why it still waits, and what to do about it.
function waits({ words, facts }, because) {
  const signIn = because === 'sign_in' ? anchor(words.sign_in, facts.addresses.sign_in) : '';
  return make('p', 'govuk-body', words.press_waits[because] || words.press_waits.no_link, ' ', signIn);
}

function alarmLine(app, alarm, because) {
  const { words } = app;
  const time = clock(alarm.pressed_at);
  if (alarm.reference) return paragraph(say(words.alarm_sent, { time, reference: alarm.reference }));
  return make('div', '',
    strong(say(words.alarm_not_sent, { time })),
    make('ul', 'govuk-list', ...numbers(app, alarm).map((number) => make('li', '', ring(number, 'govuk-link govuk-!-font-size-27 govuk-!-font-weight-bold')))),
    waits(app, because));
}

function stayLine(app, press, because) {
  const { words, presence } = app;
  const { what, pressed_at, minutes, reference, refused, visit, who } = press;
  const said = words.presses[what];
  const times = { time: clock(pressed_at), until: clock(Date.parse(pressed_at) + minutes * 60000), visit };
  if (refused) return make('div', '', strong(say(said.refused, times)), ...refused.map((text) => paragraph(text)), button(words.understood, () => presence.end(press)));
  const leave = () => presence.end(press).then(() => presence.press({ what: 'check_out', visit, who }));
  return make('div', '', strong(say(reference ? said.sent : said.waits, times)), reference ? '' : waits(app, because), what === 'check_in' ? button(words.left_safely, leave) : '');
}

// Above every page; said again only when it changes.
export function showAlarms(app, part) {
  const { alarms, presence } = app;
  const all = [
    ...alarms.all.map((one) => alarmLine(app, one, alarms.because)),
    ...presence.all.filter(({ over }) => !over).map((one) => stayLine(app, one, presence.because)),
  ];
  const lines = make('div', all.length ? 'govuk-inset-text' : '', ...all);
  part.hidden = !all.length;
  if (part.firstChild?.innerHTML !== lines.innerHTML) part.replaceChildren(lines);
}
