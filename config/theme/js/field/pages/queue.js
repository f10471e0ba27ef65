// What waits, what was sent and what came of it; sending; and choosing between two versions.
import { about, button, heading, link, make, paragraph, say } from '../../shared/making.js';
import { rows } from './visit.js';

const COLOURS = { waiting: 'yellow', sending: 'blue', sent: 'green', refused: 'red', conflict: 'orange', stuck: 'red', dropped: 'grey' };
const tag = (colour, text) => make('strong', `govuk-tag govuk-tag--${colour}`, text);

function what(app, item) {
  const visit = app.visits.visit(item.visit);
  const name = item.part === 'exhibit' ? item.content.name || item.content.description : '';
  return [visit.organisation, app.facts.parts[item.part], item.of.includes('-') ? name : item.of].filter(Boolean).join(' – ');
}

function line(app, item) {
  const { words } = app;
  const inside = [make('strong', '', what(app, item)), ' ', tag(COLOURS[item.state], app.facts.states[item.state])];
  const { size } = item.content;
  if (item.hasFile && item.arrived && item.state !== 'sent') inside.push(' ', say(words.part_sent, { percent: Math.floor((item.arrived / size) * 100) }));
  item.reasons.forEach((reason) => inside.push(paragraph(reason)));
  const leads = (text, rest) => inside.push(paragraph(about(link(text, `#/${item.visit}/${rest}`), what(app, item))));
  if (item.state === 'conflict') leads(words.choose_version, `settle/${item.key}`);
  if (item.state === 'refused' && item.part === 'exhibit') leads(words.replace_or_remove, `exhibit/${item.of}`);
  else if (item.state === 'refused') inside.push(paragraph(words.refused_about), button(words.drop, () => app.drop(item)));
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

// Words of one version; those that the other has otherwise are bold and underlined.
const version = (name, parts, nothing) => make(
  'div', 'app-versions__one', make('p', 'govuk-body-s govuk-!-margin-bottom-1', make('strong', '', name)),
  make('p', 'govuk-body app-preserve-lines app-break-word', ...(parts.length ? parts.map(([text, differs]) => (differs ? make('mark', 'app-versions__other', text) : text)) : [nothing])),
);

export async function settlePage(app, visit, key) {
  const { visits, words } = app;
  const item = visits.items.find((one) => one.key === key);
  const back = ['#/queue', words.queue];
  if (item?.state !== 'conflict') return { title: words.choose_version, back, inside: [paragraph(words.settled)] };
  const asked = item.may_choose ? item.rows.filter((row) => row.differs) : [];
  const field = (row) => ({
    kind: 'radios', name: row.field, label: say(words.which_counts, { field: row.name }),
    options: [['sent', words.on_device], ['stood', words.at_office], ...(row.both ? [['both', words.both]] : [])],
  });
  const form = await app.form(visit, 'settle', key, {
    fields: asked.map(field),
    values: {},
    check: (typed) => asked.filter((row) => !typed[row.field]).map((row) => [row.field, words.choose_version_first]),
    write: async (typed) => {
      const chosen = new Set(Object.values(typed));
      const isOne = chosen.size < 2 && !chosen.has('both');
      await app.settle(item, isOne ? [...chosen][0] || 'stood' : 'chosen', typed);
    },
    after: '#/queue',
    press: item.may_choose ? words.save : words.keep_theirs,
  });
  // What is asked stands below the two versions of it.
  form.prepend(...item.rows.flatMap((row) => [
    heading(2, 'm', row.name), make('p', 'govuk-body', row.differs ? tag('orange', words.differ) : tag('grey', words.same)),
    make('div', 'app-versions', version(words.on_device, row.sent, words.nothing), version(words.at_office, row.stood, words.nothing)),
    ...(asked.includes(row) ? [form.querySelector(`[id="group-${row.field}"]`)] : []),
  ]));
  return {
    title: words.choose_version,
    back,
    inside: [paragraph(`${what(app, item)}. ${words.not_merged}`), rows([words.on_device, item.from.sent], [words.at_office, item.from.stood]), item.may_choose ? '' : paragraph(words.stays_as_it_is), form],
  };
}
