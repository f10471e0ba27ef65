// What to do now when somebody is in danger: in the words of the scheme, with and without a connection.
import { heading, make, paragraph } from '../../shared/making.js';

function step({ title, text, call }) {
  const ring = make('a', 'govuk-link govuk-!-font-size-36 govuk-!-font-weight-bold', call);
  ring.href = `tel:${call.replaceAll(' ', '')}`;
  return make('li', '', heading(2, 'm', title), call ? make('p', 'govuk-body govuk-!-margin-bottom-1', ring) : '', paragraph(text));
}

export function dangerPage({ facts, words }, visit) {
  const card = facts.cards[visit?.scheme_name] || facts.cards[''];
  return {
    title: card?.title || words.danger,
    back: visit ? [`#/${visit.reference}`, visit.organisation] : ['#/', words.all_visits],
    inside: card ? [
      make('ol', 'govuk-list govuk-list--number govuk-list--spaced', ...card.steps.map(step)),
      heading(2, 'm', words.never_do),
      make('ul', 'govuk-list govuk-list--bullet govuk-list--spaced', ...card.never.map((text) => make('li', '', text))),
      paragraph(words.write_after),
    ] : [paragraph(words.ring)],
  };
}
