// What to do now when somebody is in danger: in the words of the scheme, with and without a connection.
import { button, heading, make, paragraph } from '../../shared/making.js';
import { ring } from '../alarms.js';

function step({ title, text, call }) {
  const large = call && make('p', 'govuk-body govuk-!-margin-bottom-1', ring(call, 'govuk-link govuk-!-font-size-36 govuk-!-font-weight-bold'));
  return make('li', '', heading(2, 'm', title), large, paragraph(text));
}

function alarmButton({ words, alarms, press: send }, reference) {
  // One press is one alarm, and what becomes of it is said above. The button keeps its place: a second tap must not ring a number.
  const press = button(words.alarm, () => {
    press.disabled = true;
    send(alarms, { visit: reference });
  }, false);
  press.classList.add('govuk-button--warning');
  return make('div', '', paragraph(words.alarm_about), press);
}

export function dangerPage(app, visit, reference) {
  const { facts, words, alarms } = app;
  const card = facts.cards[visit?.scheme_name] || facts.cards[''];
  return {
    title: card?.title || words.danger,
    back: visit ? [`#/${visit.reference}`, visit.organisation] : ['#/', words.all_visits],
    inside: [alarms.unsent().length ? '' : alarmButton(app, reference), ...(card ? [
      make('ol', 'govuk-list govuk-list--number govuk-list--spaced', ...card.steps.map(step)),
      facts.lead ? make('p', 'govuk-body', words.lead, ' ', ring(facts.lead, 'govuk-link govuk-!-font-weight-bold')) : '',
      heading(2, 'm', words.never_do),
      make('ul', 'govuk-list govuk-list--bullet govuk-list--spaced', ...card.never.map((text) => make('li', '', text))),
      paragraph(words.write_after),
    ] : [paragraph(words.ring)])],
  };
}
