// What waits, what was sent and what came of it; and sending.
import { button, heading, make, paragraph, say } from '../../shared/making.js';
import { rows } from './visit.js';

const COLOURS = { waiting: 'yellow', sending: 'blue', sent: 'green', refused: 'red', conflict: 'orange', stuck: 'red', dropped: 'grey' };

function plain(content) {
  return Object.entries(content || {}).map(([, value]) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).filter(Boolean).join('\n');
}

function what(app, item) {
  const visit = app.visits.visit(item.visit);
  return [visit.organisation, app.facts.parts[item.part], item.of.includes('-') ? '' : item.of].filter(Boolean).join(' – ');
}

function line(app, item) {
  const { words } = app;
  const inside = [make('strong', '', what(app, item)), ' ', make('strong', `govuk-tag govuk-tag--${COLOURS[item.state]}`, app.facts.states[item.state])];
  item.reasons.forEach((reason) => inside.push(paragraph(reason)));
  if (item.state === 'conflict') {
    inside.push(rows([words.on_device, plain(item.content)], [words.at_office, plain(item.stood)]));
    inside.push(make('div', 'govuk-button-group', button(words.keep_mine, () => app.settle(item, 'sent')), button(words.keep_theirs, () => app.settle(item, 'stood'))));
  }
  if (item.state === 'refused') inside.push(paragraph(words.refused_about), button(words.drop, () => app.drop(item)));
  return make('li', 'app-break-word', ...inside);
}

export async function queuePage(app) {
  const { visits, words } = app;
  const left = visits.waiting().length;
  const open = visits.open().length;
  const order = [...visits.items].sort((one, other) => (one.state === 'sent') - (other.state === 'sent') || one.sequence - other.sequence);
  const stays = make('input', 'govuk-checkboxes__input');
  Object.assign(stays, { type: 'checkbox', id: 'stays', checked: app.stays });
  stays.addEventListener('change', () => { app.stays = stays.checked; });
  const label = make('label', 'govuk-label govuk-checkboxes__label', words.stays);
  label.htmlFor = 'stays';
  return {
    title: words.queue,
    back: ['#/', words.all_visits],
    inside: [
      paragraph(say(words.counts, { waiting: left, open, sent: visits.items.filter(({ state }) => state === 'sent').length })),
      make('div', 'govuk-form-group', make('div', 'govuk-checkboxes', make('div', 'govuk-checkboxes__item', stays, label))),
      button(words.send_now, app.send, false),
      heading(2, 'm', words.in_order),
      visits.items.length ? make('ol', 'govuk-list govuk-list--spaced', ...order.map((item) => line(app, item))) : paragraph(words.nothing_written),
    ],
  };
}
