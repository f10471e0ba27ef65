// What the register says of an entry on a day: the same as EntryQuerySet.standing_on, worked out from the same dates.
// Days are text, YYYY-MM-DD: they compare as they stand. `…_from` is the first day without, `…_until` the last day with.

const ENDS = ['revoked_from', 'surrendered_from', 'ended_from'];

export function standing(entry, day) {
  const come = (field) => Boolean(entry[field]) && entry[field] <= day;
  const first = (field) => come(field) && ENDS.every((other) => !entry[other] || entry[other] >= entry[field]);
  const ranOut = entry.valid_until < day && ENDS.every((end) => !entry[end] || entry.valid_until < entry[end]);
  if (!entry.valid_from) return come('refused_from') ? 'refused' : 'applied';
  if (entry.valid_from > day) return 'applied';
  if (ranOut) return 'expired';
  if (first('revoked_from')) return 'revoked';
  if (first('surrendered_from')) return 'surrendered';
  if (come('ended_from')) return 'expired';
  if (come('suspended_from') && (!entry.suspended_until || entry.suspended_until >= day)) return 'suspended';
  if (entry.revoked_from || entry.appealed_from) return 'revocation_to_come';
  return entry.condition_count > 0 ? 'licensed_with_conditions' : 'licensed';
}

// The last day with the licence, as far as is known; of one that is suspended, the day before that began.
export function lastDay(entry, day) {
  if (standing(entry, day) === 'suspended') return before(entry.suspended_from);
  const days = ENDS.filter((end) => entry[end]).map((end) => before(entry[end]));
  if (entry.valid_until) days.push(entry.valid_until);
  return days.sort()[0] || '';
}

function before(day) {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

// Licences begin and end with the day in London, wherever the phone is.
export function londonDay(instant) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London', calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit',
  }).formatToParts(instant);
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

// Which sentence is said of an entry: its standing, told apart by why and until when (public_lookup/lookup/queries/answers.py).
export function kindOf(entry, day) {
  const stands = standing(entry, day);
  if (stands === 'revocation_to_come') return entry.revoked_from ? stands : 'under_appeal';
  if (stands === 'suspended') return entry.suspended_until ? 'suspended_until' : 'suspended';
  if (stands === 'expired') return entry.ended_from && lastDay(entry, day) < entry.valid_until ? 'ended' : 'expired';
  if (stands === 'applied' && !entry.valid_from) return entry.applied_on ? 'applied_on' : 'applied';
  return stands === 'applied' ? 'not_yet' : stands;
}
