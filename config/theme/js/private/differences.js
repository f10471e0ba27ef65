// Which letters of a name differ from what was typed: public_lookup/lookup/rules/differences.py, with its cases.

const isSpace = (letter) => /^\s$/u.test(letter);
// Each letter small and without its accent, as many as there were.
const plain = (letters) => letters.map((letter) => {
  const [bare] = letter.normalize('NFD');
  return bare === 'ı' ? bare : [...bare.toUpperCase().toLowerCase()][0];
});

// How many letters must be changed, put in or left out, for every beginning of both.
function distances(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  a.forEach((letter, i) => {
    const [above, row] = [rows[i], [i + 1]];
    b.forEach((other, j) => row.push(Math.min(above[j + 1] + 1, row[j] + 1, above[j] + (letter === other ? 0 : 1))));
    rows.push(row);
  });
  return rows;
}

// What both begin and end with is alike; between, the changes are read from the end, as rapidfuzz reads them.
function changes(typed, name) {
  let start = 0;
  while (start < typed.length && start < name.length && typed[start] === name[start]) start += 1;
  let end = 0;
  const most = Math.min(typed.length, name.length) - start;
  while (end < most && typed[typed.length - 1 - end] === name[name.length - 1 - end]) end += 1;
  const [a, b] = [typed.slice(start, typed.length - end), name.slice(start, name.length - end)];
  const far = distances(a, b);
  const found = [];
  let [i, j] = [a.length, b.length];
  while (i || j) {
    if (i && (!j || far[i][j] === far[i - 1][j] + 1)) {
      i -= 1;
      found.push(['delete', start + j]);
    } else if (!i || (j > 1 && far[i][j - 1] < far[i - 1][j - 1])) {
      j -= 1;
      found.push(['insert', start + j]);
    } else {
      [i, j] = [i - 1, j - 1];
      if (a[i] !== b[j]) found.push(['replace', start + j]);
    }
  }
  return found;
}

function differing(typed, name) {
  const differs = name.map(() => false);
  for (const [kind, place] of changes(plain(typed), plain(name))) {
    for (const at of kind === 'delete' ? [place - 1, place] : [place]) {
      if (at >= 0 && at < name.length) differs[at] = !isSpace(name[at]);
    }
  }
  return differs;
}

// Neighbours that are alike, as [first, end].
function groups(values) {
  const found = [];
  values.forEach((value, at) => {
    if (at && value === values[at - 1]) found[found.length - 1][1] = at + 1;
    else found.push([at, at + 1]);
  });
  return found;
}

// The name in pieces, each with whether it differs; none where hardly anything is alike, or all is.
export function compared(typed, text) {
  const name = [...text];
  const differs = differing([...typed], name);
  for (const [first, end] of groups(name.map(isSpace))) {
    const other = differs.slice(first, end).filter(Boolean).length;
    if (!isSpace(name[first]) && other * 2 > end - first) differs.fill(true, first, end);
  }
  const marked = name.filter((letter, at) => differs[at] && !isSpace(letter)).length;
  if (!marked || marked * 2 > name.filter((letter) => !isSpace(letter)).length) return [];
  return groups(differs).map(([first, end]) => [name.slice(first, end).join(''), differs[first]]);
}
